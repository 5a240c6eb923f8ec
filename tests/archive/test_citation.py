"""Citations of an article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive import Archive, citation
from archive.show import show
from archive.store import save
from tests.archive.build import article, listed, page, text

if TYPE_CHECKING:
    from archive.stored import Article


def stored(archive: Archive) -> Article:
    save(archive, page(9, sighted=(listed(1, "listing", "2020-06-12"),)))
    save(archive, article(1, said=text("Mùa na {chín} 100% & hơn", byline="Theo Báo Ruộng Đồng")))
    return show(archive, "http://noivu.example/tin?id=1").article


def test_in_words(archive: Archive) -> None:
    found = stored(archive)
    assert citation.plain(found) == (
        "Theo Báo Ruộng Đồng. “Mùa na {chín} 100% & hơn”. noivu.example, ngày 12/06/2020. "
        "http://noivu.example/tin?id=1 (bản lưu ngày 01/01/2024)."
    )
    bare = replace(found, byline="", published=None)
    assert citation.plain(bare, "en").startswith("“Mùa na {chín} 100% & hơn”. noivu.example, undated. http")


def test_in_bibtex_nothing_is_taken_for_a_command(archive: Archive) -> None:
    cited = citation.bibtex(stored(archive))
    assert r"title = {{Mùa na \textbraceleft{}chín\textbraceright{} 100\% \& hơn}}," in cited
    assert cited.count("{") == cited.count("}")
    assert "date = {2020-06-12}," in cited


def test_the_day_is_that_of_the_last_reading_in_vietnam(archive: Archive) -> None:
    found = replace(stored(archive), last_captured_at="2024-01-01T18:30:00Z")
    assert citation.csl(found)[0]["accessed"] == {"date-parts": [[2024, 1, 2]]}
    assert "urldate = {2024-01-02}" in citation.bibtex(found)
