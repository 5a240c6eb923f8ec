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
    ("articles.csv", "bảng các bài viết · the articles as a table", "Excel, LibreOffice"),
    ("datapackage.zip", "các bảng CSV kèm mô tả · tables in CSV, and what they mean", "R, pandas, frictionless"),
    ("feed.atom", "nguồn tin Atom · all articles as a feed", "trình đọc tin · feed readers"),
    ("thidua.wacz", "bản sao nguyên trạng các trang đã tải · the pages as they were fetched", "replayweb.page, pywb"),
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
        "and `body`.\n"
        "Dấu thanh theo kiểu *hóa, khỏe, thủy* (không phải *hoá, khoẻ, thuỷ*). Tone marks as in *hóa*, not *hoá*.\n\n"
        f"{_ask()}",
        f"## Trích dẫn · Cite\n\n{_cite(conn, found, about)}",
        f"## Nguồn gốc · Provenance\n\n{_provenance(conn)}",
        f"## Giấy phép · Licence\n\n{_licence(about)}",
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
        f"đăng từ {day(found.first_published)} đến {day(found.last_published)}, "
        f"được tải về {_between(day(_date(found.first_captured_at)), day(_date(found.last_captured_at)))}. "
        f"{count(found.articles - found.dated)} bài chưa rõ ngày đăng; {count(found.gone)} bài nay không còn trên "
        f"trang gốc; {count(found.missing)} bài được nhắc tới nhưng chưa tải được. Ảnh và tệp đính kèm không được tải. "
        "Mọi thời điểm ghi theo giờ UTC; ngày đăng theo lịch Việt Nam."
    )


def _between(first: str, last: str) -> str:
    return f"ngày {first}" if first == last else f"từ {first} đến {last}"


def _english(found: Figures) -> str:
    first, last = _date(found.first_captured_at), _date(found.last_captured_at)
    fetched = f"on {first}" if first == last else f"from {first} to {last}"
    return (
        f"This bundle holds **{found.articles:,} articles** on emulation and commendation (thi đua – khen thưởng) "
        f"published by {', '.join(found.sites)} from {found.first_published or 'an unknown day'} to "
        f"{found.last_published or 'an unknown day'}, fetched {fetched}. "
        f"{found.articles - found.dated:,} articles are undated; {found.gone:,} are gone from their site; "
        f"{found.missing:,} known articles could not be fetched. Pictures and attached files were not fetched. "
        "Times are UTC; days of publication are those of Vietnam's calendar."
    )


def _date(moment: str | None) -> str | None:
    return moment[:10] if moment else None


def _cite(conn: sqlite3.Connection, found: Figures, about: About) -> str:
    """Return how to cite, shown on the newest article, and how to cite the whole."""
    newest = conn.execute("SELECT id FROM articles ORDER BY published DESC, id DESC LIMIT 1").fetchone()
    article = stored.find(conn, newest[0]) if newest else None
    until = day(_date(found.last_captured_at))
    whole = ", ".join(part for part in (about.publisher, f"“{about.title or TITLE}”", f"bản {until}") if part)
    return (
        "Một bài: tên bài, cơ quan đăng, ngày đăng, địa chỉ gốc và ngày lưu, ví dụ:\n"
        "An article: title, publisher, day, the original address and the day it was kept, as in:\n\n"
        + (f"> {citation.plain(article)}\n\n" if article else "")
        + f"Cả bộ dữ liệu · The whole bundle: {whole}.\n\n"
        "Bản gốc của một bài: `articles.version_capture_id` là `captures.id`; tìm trong `thidua.wacz` theo `url` và "
        "`captured_at`. The page as it was: `articles.version_capture_id` is a `captures.id`; look for its `url` and "
        "`captured_at` in `thidua.wacz`, on replayweb.page or with pywb:\n\n"
        "```console\n$ wb-manager init news\n$ wb-manager add --unpack-wacz news thidua.wacz\n$ wayback\n```"
    )


def _provenance(conn: sqlite3.Connection) -> str:
    captures = conn.execute("SELECT count(*) FROM captures").fetchone()[0]
    again, changed = conn.execute(_READ_AGAIN).fetchone()
    return (
        f"Mỗi bài được đọc từ trang gốc; {count(captures)} lần tải được ghi lại trong bảng `captures` (địa chỉ, thời "
        f"điểm, mã kiểm tra). Căn cứ của ngày đăng ghi ở cột `published_source`. {count(again)} bài đã được đọc hơn "
        f"một lần, {count(changed)} bài có sửa: bảng `versions` có mọi phiên bản. Bài mới đọc một lần thì chưa thể "
        "biết có bị sửa hay gỡ.\n\n"
        f"Every article was read from its page; {captures:,} answers of the sites are listed in `captures` (address, "
        f"time, digest). `published_source` says what a date rests on. {again:,} articles were read more than once, "
        f"{changed:,} have changed: `versions` has every text. Of an article that was read once nobody knows whether "
        "it was changed or removed since."
    )


_READ_AGAIN = """
SELECT count(*) FILTER (WHERE first_captured_at < last_captured_at), count(*) FILTER (WHERE version > 1) FROM articles
"""


def _licence(about: About) -> str:
    if not about.licence:
        return "\n".join(_UNSAID)
    return (
        f"{about.licence} (phần tập hợp dữ liệu · the compilation)\n\n"
        "Nội dung bài viết thuộc các cơ quan đã đăng. The texts are those of the offices that published them."
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
