from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from archive import Archive
from tests.samplesite import Block, Site, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

PARAGRAPH = "Năm 2020, xã Vĩnh Hòa giữ vững danh hiệu đơn vị quyết thắng, và khai trương nhà văn hoá mới."
OTHER = "Vụ này dưa hấu được giá, bà con thi dưa to ngay tại ruộng của hợp tác xã."


@pytest.fixture
def searched(crawl: Callable[..., Ran], thidua: Callable[..., Ran]) -> Callable[..., list[str]]:
    """Search an archive of two articles of known words among others; give the titles found."""
    site = Site(articles=12, categories=3)
    site.add(0, title="Phong trào thi đua ở Vĩnh Hòa", blocks=(Block("p", PARAGRAPH),))
    site.add(1, title="Ngày hội dưa hấu Kim Thủy", blocks=(Block("p", OTHER),))
    with serve(site) as server:
        assert crawl(server.url).status == 0

    def search(*arguments: str) -> list[str]:
        ran = thidua("search", "--json", *arguments)
        assert ran.status == 0, ran.err
        return [hit["title"] for hit in ran.json]

    return search


DUA = "Phong trào thi đua ở Vĩnh Hòa"
MELON = "Ngày hội dưa hấu Kim Thủy"


def test_what_a_query_finds(searched: Callable[..., list[str]], thidua: Callable[..., Ran]) -> None:
    """One archive for many queries: crawling it anew for each would take longer than asking."""
    assert {DUA, MELON} <= set(searched("thi dua", "--limit", "50")), "without accents, any accents"
    assert DUA in searched("thi đua", "--limit", "50")
    assert MELON not in searched('"thi đua"', "--limit", "50"), "with accents, only those"
    assert searched("nhà văn hóa mới") == searched("nhà văn hoá mới") == [DUA], "hoà and hòa are one spelling"
    assert searched(unicodedata.normalize("NFD", "giữ vững danh hiệu")) == [DUA]
    assert searched('title:"dưa hấu"') == [MELON]
    assert searched("dưa", "-hấu") == [], "a word to leave out begins with a dash"
    assert searched("dua hau", "--exact") == []
    assert searched("dưa hấu", "--to", "1999") == []
    ran = thidua("search", "dua hau")
    assert ran.out.splitlines()[0] == "Ngày hội [dưa] [hấu] Kim Thủy", "brackets where there are no colours"
    assert "\x1b[" not in ran.out


@pytest.mark.parametrize("query", ['"', "((", "OR", "NOT", "title:", "*", "a AND", '"dưa" NEAR/', "{dưa}", "col:dưa ^"])
def test_no_query_is_an_error_of_the_database(query: str, thidua: Callable[..., Ran], tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", create=True):
        pass
    ran = thidua("search", query)
    assert ran.status in {0, 2}
    assert "fts5" not in ran.err.lower()
    assert "sql" not in ran.err.lower()
    if ran.status:
        ran.said()
