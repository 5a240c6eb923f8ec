"""An article as it is cited: in a sentence, in BibTeX, and in CSL-JSON, which Zotero and others read.

A citation says when the archive last read the text, never what day it is today: it is the same whenever it is made.
"""

import re
from datetime import date, datetime
from typing import Any

from archive.stored import Article
from archive.times import day_in_vietnam

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: "\\" + mark for mark in "$&#_%"},
}
_INNER = str.maketrans("“”", "‘’")  # quotation marks inside quotation marks
_FROM = re.compile(
    r"(?:(?:nguồn tin|nguồn|theo|tin từ|tác giả)\s*:?|(?:tin|bài|ảnh|tin,? bài|(?:tin|bài)(?:,| và)? ảnh)\s*:)\s+",
    re.IGNORECASE,
)


def plain(article: Article, language: str = "vi") -> str:
    """Return a citation in words, as a footnote has it; `language` is `vi` or `en`."""
    by = f"{_ended(author(article))} " if article.byline else ""
    title = article.title.translate(_INNER)
    read = _slashed(_read_on(article))
    if language == "en":
        day = _slashed(date.fromisoformat(article.published)) if article.published else "undated"
        return f"{by}“{title}”. {article.host}, {day}. {article.url} (archived {read})."
    day = f"ngày {_slashed(date.fromisoformat(article.published))}" if article.published else "không rõ ngày"
    return f"{by}“{title}”. {article.host}, {day}. {article.url} (bản lưu ngày {read})."


def bibtex(article: Article) -> str:
    """Return a citation in BibTeX (biblatex's `@online`, which older styles treat as `@misc`)."""
    fields = {
        "author": f"{{{_tex(author(article))}}}" if article.byline else "",
        "title": f"{{{_tex(article.title)}}}",
        "organization": _tex(article.host),
        "date": article.published or "",
        "url": article.url.replace("{", "%7B").replace("}", "%7D"),
        "urldate": _read_on(article).isoformat(),
        "langid": "vietnamese",
    }
    key = re.sub(r"[^a-z0-9]+", "-", f"{article.host}-{article.id}".lower()).strip("-")
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{key},", *lines, "}"]) + "\n"


def csl(article: Article) -> list[dict[str, Any]]:
    """Return a citation in CSL-JSON: a list of one."""
    item: dict[str, Any] = {
        "id": article.url,
        "type": "webpage",
        "title": article.title,
        "container-title": article.host,
        "URL": article.url,
        "accessed": {"date-parts": [_parts(_read_on(article))]},
        "language": "vi",
    }
    if article.byline:
        item["author"] = [{"literal": author(article)}]
    if article.published:
        item["issued"] = {"date-parts": [_parts(date.fromisoformat(article.published))]}
    return [item]


def author(article: Article) -> str:
    """Return who wrote an article or where it was taken from, without the words that say so: "Theo", "Nguồn:"."""
    return _FROM.sub("", article.byline, count=1) if _FROM.match(article.byline) else article.byline


def _read_on(article: Article) -> date:
    """Return the day in Vietnam on which the archive last read the article."""
    return day_in_vietnam(datetime.fromisoformat(article.last_captured_at))


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _slashed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _tex(text: str) -> str:
    """Return text in which TeX sees no commands and BibTeX no braces."""
    return "".join(_TEX.get(letter, letter) for letter in " ".join(text.split()))
