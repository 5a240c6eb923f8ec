"""What Datasette is told about an archive: titles, descriptions, how its tables are sorted, searched and shown.

It is plain data, so a publisher can write it as `metadata.json` beside a copy of the database, for readers who have
Datasette and not our plugin.
"""

from collections.abc import Sequence
from typing import Any

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
    "sightings": {"facets": ["relation"]},
    "runs": {"sort_desc": "id"},
}


def metadata(database: str, *, sites: Sequence[str] = (), tables: Sequence[str] | None = None) -> dict[str, Any]:
    """Return the metadata of a Datasette that shows an archive, for `metadata.json`.

    Args:
        database: Datasette's name for it, that of its file without `.db`.
        sites: host names of the sites whose articles it holds, if they are to be named as the source.
        tables: which tables and views it has, where not all; nothing is said about others, nor asked of them.
    """
    here = {**of_database(tables), "queries": queries(tables, stock=True)}
    source = {"source": ", ".join(sites), "source_url": f"https://{sites[0]}/"} if sites else {}
    return {
        "title": TITLE,
        "description": _DESCRIPTION,
        "license": _LICENSE,
        **source,
        "databases": {database: here},
    }


def of_database(tables: Sequence[str] | None = None) -> dict[str, Any]:
    """Return what is said of the database and its tables, without queries; `tables` as for `metadata`."""
    shown = {name: _table(name, table) for name, table in TABLES.items() if tables is None or name in tables}
    hidden = {name: {"hidden": True} for name in INTERNAL if tables is None or name in tables}
    return {"description": _DESCRIPTION, "license": _LICENSE, "tables": {**shown, **hidden}}


def queries(tables: Sequence[str] | None = None, *, stock: bool = False) -> dict[str, dict[str, Any]]:
    """Return the canned queries by name, for stock SQLite or with our functions; `tables` as for `metadata`."""
    asked = (question for question in QUESTIONS if tables is None or question.needs <= set(tables))
    return {question.name: _query(question, stock=stock) for question in asked}


def _table(name: str, table: Table) -> dict[str, Any]:
    columns = {column: described.description for column, described in table.columns.items()}
    return {
        "title": f"{table.title_vi} ({name})",
        "description": f"{table.text_vi} — {table.text}",
        "columns": columns,
        **_SHOWN.get(name, {}),
    }


def _query(question: Question, *, stock: bool) -> dict[str, Any]:
    return {
        "sql": question.sql(stock=stock),
        "title": f"{question.title_vi} · {question.title}",
        "description": f"{question.text_vi} — {question.text}",
        "params": list(question.params),
    }
