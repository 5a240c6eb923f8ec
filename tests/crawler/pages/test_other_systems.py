"""Pages of systems that the sample site does not imitate, a folder each: what is read is exactly what a person reads.

`page.html` holds the bytes as a server sends them, `expected.json` the page's address and what must be read. A field
that is not named there is not asked about. The texts are invented.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crawler.pages import read
from crawler.records import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.records import ListItem, Page

CASES = Path(__file__).parents[2] / "fixtures" / "pages"


def listed(items: Iterable[ListItem]) -> list[dict[str, str | None]]:
    return [
        {"url": i.url, "title": i.title, "published": i.published.isoformat() if i.published else None} for i in items
    ]


def seen(page: Page) -> dict[str, Any]:
    return {
        "url": page.url,
        "kind": page.kind.value,
        "charset": page.charset,
        "title": page.title,
        "category": page.category,
        "lead": page.lead,
        "published": page.published.isoformat() if page.published else None,
        "blocks": [{"kind": block.kind.value, "text": block.text} for block in page.blocks],
        "byline": page.byline,
        "newer": listed(page.listed(Relation.NEWER)),
        "older": listed(page.listed(Relation.OLDER)),
        "listing": listed(page.listed(Relation.LISTING)),
        "items": listed(page.items),
        "attachments": [{"url": a.url, "name": a.name} for a in page.attachments],
        "pagers": list(page.pagers),
        "notes": list(page.notes),
    }


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_it_is_read_as_a_person_reads_it(case: str) -> None:
    wanted = json.loads((CASES / case / "expected.json").read_text(encoding="utf-8"))
    page = read((CASES / case / "page.html").read_bytes(), wanted["url"], content_type="text/html")
    found = seen(page)
    assert {name: found[name] for name in wanted} == wanted
