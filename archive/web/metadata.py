"""What Datasette is told about an archive: titles, descriptions, how its tables are sorted, searched and shown.

It is plain data, so a publisher can write it as `metadata.json` beside a copy of the database, for readers who have
Datasette and not our plugin.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from archive.dictionary import INTERNAL, TABLES, Table
from archive.questions import QUESTIONS, Question

TITLE = "Kho lưu trữ tin thi đua – khen thưởng"
_DESCRIPTION = (
    "Tin bài về thi đua – khen thưởng do các tỉnh đăng trên trang tin của mình, lưu lại để tra cứu. "
    "— News on emulation and commendation that Vietnam's provinces publish, archived for research. "
    "Times are UTC; days of publication are those of Vietnam's calendar."
)
_LICENSE = (
    "Nội dung thuộc các cơ quan đã đăng tin; khi sử dụng xin ghi rõ nguồn. "
    "— The texts are those of the offices that published them; name the source."
)

# How tables are shown, where not as Datasette would by itself.
_SHOWN: dict[str, dict[str, Any]] = {
    "articles": {
        "fts_table": "articles_fts",  # it keeps no copy of the text, so Datasette does not find it alone
        "fts_pk": "id",
        "label_column": "title",
        "sort_desc": "published",
        "sortable_columns": ["id", "category", "title", "published", "first_captured_at", "last_captured_at"],
        "facets": ["category", "published_source", "status"],
        "size": 50,
    },
    "articles_by_month": {"sort_desc": "month", "facets": ["category"]},
    "pages": {"label_column": "url", "facets": ["kind", "state"]},
    "captures": {"sort_desc": "id", "facets": ["source", "status"]},
    "missing": {"sort_desc": "published", "facets": ["state"]},
    "removed": {"sort_desc": "gone_at", "facets": ["kept"]},
    "changes": {"sort_desc": "captured_at"},
    "names": {"facets": ["kind"]},
    "sightings": {"facets": ["relation"]},
    "runs": {"sort_desc": "id"},
}


Tables = Mapping[str, Sequence[str]]  # names of tables and views, each with those of its columns


def tables_of(conn: sqlite3.Connection) -> Tables:
    """Return what a database has; a copy for the public has less than an archive."""
    names = conn.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name").fetchall()
    return {name: [row[1] for row in conn.execute("SELECT * FROM pragma_table_info(?)", (name,))] for (name,) in names}


def metadata(database: str, tables: Tables, *, sites: Sequence[str] = (), address: str = "") -> dict[str, Any]:
    """Return the metadata of a Datasette that shows an archive and knows nothing of us, for `metadata.json`.

    Args:
        database: Datasette's name for it, that of its file without `.db`.
        tables: what it has: nothing is said of other tables, nor asked of them.
        sites: host names of the sites whose articles it holds, if they are to be named as the source.
        address: that of an article, whose site is then linked to; the scheme is the site's own, not each has HTTPS.
    """
    source = {"source": ", ".join(sites)} if sites else {}
    if address:
        source["source_url"] = urljoin(address, "/")
    here = {**of_database(tables), "queries": queries(tables, stock=True)}
    said = {"title": TITLE, "description": _DESCRIPTION, "license": _LICENSE, **source}
    return {**said, "databases": {database: here}}


def of_database(tables: Tables) -> dict[str, Any]:
    """Return what is said of a database and its tables, without queries."""
    shown = {name: _table(name, table, tables[name]) for name, table in TABLES.items() if name in tables}
    hidden = {name: {"hidden": True} for name in INTERNAL if name in tables}
    return {"description": _DESCRIPTION, "license": _LICENSE, "tables": {**shown, **hidden}}


def queries(tables: Tables, *, stock: bool = False) -> dict[str, dict[str, Any]]:
    """Return the canned queries by name, with our functions or for stock SQLite."""
    return {each.name: _query(each, stock=stock) for each in QUESTIONS if each.asks(stock=stock) <= set(tables)}


def _table(name: str, table: Table, columns: Sequence[str]) -> dict[str, Any]:
    described = {column: _plain(table.columns[column].description) for column in columns if column in table.columns}
    return {
        "title": f"{table.title_vi} ({name})",
        "description": _plain(f"{table.text_vi} — {table.text}"),
        "columns": described,
        **_SHOWN.get(name, {}),
    }


def _query(question: Question, *, stock: bool) -> dict[str, Any]:
    return {
        "sql": question.sql(stock=stock),
        "title": f"{question.title_vi} · {question.title}",
        "description": _plain(f"{question.said_vi(stock=stock)} — {question.said(stock=stock)}"),
        "params": list(question.params),
        "hide_sql": True,  # a link away: first comes what it answers
    }


def _plain(text: str) -> str:
    """Return a description without its marks for code: Datasette shows them as they are."""
    return text.replace("`", "")
