"""The page that comes with a bundle: what it is, how to ask and cite it, where it comes from, what its columns mean.

For a reader who has nothing but the bundle. In Vietnamese first, then in English; the dictionary is in English.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive import citation, stored
from archive.dictionary import TABLES, Table
from archive.publish.figures import Figures
from archive.wording import count, day

TITLE = "Lưu trữ tin thi đua – khen thưởng"
_UNSAID = (
    "Bên công bố chưa nêu giấy phép. Các bài viết thuộc trang tin gốc.",
    "The publisher has stated no licence. The articles are those of the sites they come from.",
)
_FILES = (
    (
        "thidua.db",
        "mọi bài viết, tìm được toàn văn · all articles, with full-text search",
        "SQLite, Datasette, Python, R",
    ),
    ("metadata.json", "mô tả bảng, cột và câu hỏi mẫu · what the tables mean, and ready questions", "Datasette"),
    ("datapackage.zip", "các bảng CSV kèm mô tả · tables in CSV, and what they mean", "Excel, R, pandas, frictionless"),
    ("feed.atom", "nguồn tin Atom · all articles as a feed", "trình đọc tin · feed readers"),
    ("thidua.wacz", "các trang gốc như đã tải · the pages as they were fetched", "replayweb.page, pywb"),
    ("bundle.json", "các con số của bộ dữ liệu · the numbers of this bundle", ""),
    ("SHA256SUMS", "mã kiểm tra · checksums", "`sha256sum -c SHA256SUMS`"),
)
_SEARCH = (
    "SELECT articles.published, articles.title, articles.url",
    "FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid",
    "WHERE articles_fts MATCH '{title_folded body_folded}: (thi AND dua)'",
    "ORDER BY articles.published LIMIT 10;",
)


@dataclass(frozen=True, slots=True)
class About:
    """What the publisher says of the bundle; each may be empty."""

    title: str = ""
    publisher: str = ""
    licence: str = ""


def readme(conn: sqlite3.Connection, found: Figures, about: About, schema: Mapping[str, Sequence[str]]) -> str:
    """Return the page, in Markdown. It depends on nothing but the archive and what the publisher says.

    `schema` is what the bundle's database has: the columns of each table and view.
    """
    parts = [
        f"# {about.title or TITLE}",
        f"Công bố · Published by: {about.publisher}" if about.publisher else "",
        _vietnamese(found),
        _english(found),
        f"## Các tệp · Files\n\n{_files()}",
        "## Đặt câu hỏi · Ask a question\n\n"
        "Gõ không dấu để tìm mọi cách viết (cột `*_folded`), gõ có dấu để tìm đúng chữ (cột `title`, `body`).\n"
        "Words without accents find any spelling in the `*_folded` columns; words with accents are found in `title` "
        f"and `body`.\n\n{_ask()}",
        f"## Trích dẫn · Cite\n\n{_cite(conn)}",
        f"## Nguồn gốc · Provenance\n\n{_provenance(found)}",
        f"## Giấy phép · Licence\n\n{about.licence or chr(10).join(_UNSAID)}",
        f"## Bảng và cột · Data dictionary\n\n{''.join(_dictionary(schema))}".rstrip(),
    ]
    return "\n\n".join(part.rstrip() for part in parts if part) + "\n"


def _files() -> str:
    lines = (f"| `{name}` | {what} | {opens} |" for name, what, opens in _FILES)
    return "\n".join(["| tệp · file | nội dung · what it is | mở bằng · opens in |", "|---|---|---|", *lines])


def _ask() -> str:
    query = "\n".join(_SEARCH)
    serve = "datasette thidua.db --metadata metadata.json"
    return (
        f"Trong `sqlite3 thidua.db` · in `sqlite3 thidua.db`:\n\n```sql\n{query}\n```\n\n"
        "Trong trình duyệt · in the browser (`pip install datasette`), http://127.0.0.1:8001/:\n\n"
        f"```console\n$ {serve}\n```"
    )


def _vietnamese(found: Figures) -> str:
    return (
        f"Bộ dữ liệu gồm **{count(found.articles)} bài viết** về thi đua – khen thưởng của {', '.join(found.sites)}, "
        f"đăng từ {day(found.first_published)} đến {day(found.last_published)}, được tải về trong khoảng "
        f"{day(_date(found.first_captured_at))} – {day(_date(found.last_captured_at))}. "
        f"{count(found.articles - found.dated)} bài chưa rõ ngày đăng; {count(found.gone)} bài nay không còn trên "
        f"trang gốc; {count(found.missing)} bài được nhắc tới nhưng chưa tải được."
    )


def _english(found: Figures) -> str:
    return (
        f"This bundle holds **{found.articles:,} articles** on emulation and commendation (thi đua – khen thưởng) "
        f"published by {', '.join(found.sites)} from {found.first_published or 'an unknown day'} to "
        f"{found.last_published or 'an unknown day'}, fetched between {_date(found.first_captured_at)} and "
        f"{_date(found.last_captured_at)}. The day of {found.articles - found.dated:,} is not known; "
        f"{found.gone:,} are no longer on their site; {found.missing:,} more are named by others and could not be had."
    )


def _date(moment: str | None) -> str | None:
    return moment[:10] if moment else None


def _cite(conn: sqlite3.Connection) -> str:
    """Return how to cite, shown on the newest article."""
    newest = conn.execute("SELECT id FROM articles ORDER BY published DESC, id DESC LIMIT 1").fetchone()
    article = stored.find(conn, newest[0]) if newest else None
    example = f"> {citation.plain(article)}\n\n" if article else ""
    return (
        "Nêu tên bài, cơ quan đăng, ngày đăng, địa chỉ gốc và ngày lưu, ví dụ:\n"
        "Give title, publisher, day, the original address and the day it was kept, as in:\n\n"
        f"{example}"
        "`articles.url` là địa chỉ gốc, `last_captured_at` là lúc lưu; bản gốc như đã tải nằm trong `thidua.wacz`.\n"
        "`articles.url` is the address, `last_captured_at` when it was kept; `thidua.wacz` has the page as it was."
    )


def _provenance(found: Figures) -> str:
    return (
        f"Mỗi bài được đọc từ trang gốc; {count(found.captures)} lần tải được ghi lại trong bảng `captures` (địa chỉ, "
        "thời điểm, mã kiểm tra). Ngày đăng có ghi căn cứ ở cột `published_source`. Bài đã sửa có đủ các phiên bản "
        "trong `versions`.\n"
        f"Every article was read from its page; the {found.captures:,} answers of the sites are listed in `captures` "
        "(address, time, digest). `published_source` says what a date rests on. Texts that changed have all their "
        "versions in `versions`. Pictures and attached files were not fetched."
    )


def _dictionary(schema: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a section for each public table and view that the bundle's database has."""
    for name, table in TABLES.items():
        if name in schema:
            columns = _columns(table, schema[name])
            yield f"### `{name}`: {table.title_vi}\n\n{table.text_vi} {table.text}\n\n{columns}\n\n"


def _columns(table: Table, there: Sequence[str]) -> str:
    described = [(name, column) for name, column in table.columns.items() if name in there]
    lines = (f"| `{name}` | {column.kind} | {_cell(column.description)} |" for name, column in described)
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *lines])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
