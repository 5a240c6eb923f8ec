"""How an article is cited, so that a reader finds both the original and what was kept of it."""

from archive.stored import Article
from archive.wording import day

_WAYBACK = "https://web.archive.org/web"
_INNER = str.maketrans("“”", "‘’")  # quotation marks inside quotation marks
_SPECIAL = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {letter: "\\" + letter for letter in "&%$#_{}"}
)


def plain(article: Article) -> str:
    """Return a citation in words: title, who published it and when, its address, when it was last read there."""
    parts = [
        f"“{article.title.translate(_INNER)}”",
        article.byline,
        article.site,
        day(article.published),
        article.url,
        f"bản lưu ngày {day(article.last_captured_at[:10])}",
    ]
    return ", ".join(part for part in parts if part) + "."


def bibtex(article: Article) -> str:
    """Return a citation for BibTeX and BibLaTeX, in UTF-8."""
    fields = {
        "title": f"{{{_escaped(article.title)}}}",
        "author": f"{{{_escaped(article.byline)}}}" if article.byline else "",
        "organization": _escaped(article.site),
        "date": article.published or "",
        "year": (article.published or "")[:4],
        "url": article.url.replace("{", "%7B").replace("}", "%7D"),
        "urldate": article.last_captured_at[:10],
        "language": "vietnamese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{thidua-{article.id},", *lines, "}"])


def wayback(article: Article) -> str:
    """Return where the Internet Archive shows the page as it was about when we last read it."""
    moment = "".join(letter for letter in article.last_captured_at if letter.isdigit())
    return f"{_WAYBACK}/{moment}/{article.url}"


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)
