"""Pages that show nothing and make a browser do something: come back with a cookie, or go elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .urls import absolute, tidy

if TYPE_CHECKING:
    from .lines import Document

_SIZE = 4096  # bytes; the D1N page is under 1 KB
_AT_ONCE = 10  # s: a page that sends its reader on later than that is there to be read
_SHORT = 200  # characters: "Đang chuyển hướng, xin chờ"
_NOSCRIPT = re.compile(rb"<noscript\b.*?</noscript\s*>", re.IGNORECASE | re.DOTALL)  # not for those who run scripts
_SET = re.compile(rb"document\.cookie\s*=(?!=)", re.IGNORECASE)
_HERE = rb"(?:(?:window|document|self|top)\.)?location\b"
_AGAIN = re.compile(
    rb"location\.reload\b|history\.go\(\s*0?\s*\)"
    rb"|\blocation(?:\.href)?\s*=\s*" + _HERE + rb"|\blocation\.(?:replace|assign)\(\s*" + _HERE,
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    rb"""\blocation(?:\.href)?\s*=\s*(["'`])([^"'`\n]*)\1|\blocation\.(?:replace|assign)\(\s*(["'`])([^"'`\n]*)\3""",
    re.IGNORECASE,
)
_REFRESHED = re.compile(rb"""http-equiv\s*=\s*["']?refresh""", re.IGNORECASE)
_REFRESH = re.compile(r"""\s*(\d*)(?:\.\d*)?\s*(?:[;,]?\s*(?:url\s*=\s*)?["']?([^"']*)["']?)?\s*$""", re.IGNORECASE)
_MAYBE = re.compile(rb"<script[^>]*\bsrc\s*=|\bif\s*\(", re.IGNORECASE)  # an application, or a condition
_VARIABLE = re.compile(rb"""\b(?:var|let|const)\s+([A-Za-z_$][\w$]*)\s*=\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)')\s*[;,\n]""")
_TERM = re.compile(rb"""\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$\n]*)`|([A-Za-z_$][\w$]*)(?!\s*[.(\[]))\s*(\+)?""")
_COOKIE = re.compile(r"\s*([A-Za-z0-9_.-]{1,64})=([\x21\x23-\x26\x28-\x3a\x3c-\x7e]{1,512})\s*")


def is_challenge(body: bytes) -> bool:
    """Tell whether the page is a cookie challenge: a short script that sets a cookie and has the browser leave."""
    if len(body) > _SIZE or not _SET.search(body):
        return False
    run = _NOSCRIPT.sub(b"", body)
    leaves = _AGAIN.search(run) or _ELSEWHERE.search(run) or _REFRESHED.search(run)
    return bool(leaves) and b"<a " not in run.lower()


def cookies(body: bytes) -> tuple[tuple[str, str], ...]:
    """Return the cookies that a challenge's script sets, as far as it writes them out: none that it computes."""
    names = {name: one or other for name, one, other in _VARIABLE.findall(body)}
    written = (_said(body, found.end(), names) for found in _SET.finditer(body))
    found = (_COOKIE.fullmatch(text.decode("latin-1")) for text in written)
    return tuple({cookie[1]: cookie[2] for cookie in found if cookie}.items())


def _said(script: bytes, at: int, names: dict[bytes, bytes]) -> bytes:
    """Return the sum of strings and variables that begins there, up to its first semicolon; empty for any other."""
    text = b""
    while term := _TERM.match(script, at):
        if term[4] is not None and term[4] not in names:
            return b""
        text += names[term[4]] if term[4] is not None else next(part for part in term.groups() if part is not None)
        if b";" in text or not term[5]:
            return text.partition(b";")[0]
        at = term.end()
    return b""


def onward(document: Document, source: bytes) -> str:
    """Return where a browser goes on to from a page by itself: the page's own URL for once more, empty for nowhere.

    Only where next to nothing is there to be read. `source` is the page's HTML.
    """
    lines = document.lines
    if len(source) > _SIZE or sum(len(line.text) for line in lines) > _SHORT:
        return ""
    wait, target = _refresh(document)
    if lines:
        return target if wait <= _AT_ONCE and target != document.url else ""
    run = _NOSCRIPT.sub(b"", source)
    if _MAYBE.search(run):
        return target
    if _AGAIN.search(run):
        return document.url
    found = _ELSEWHERE.search(run)
    return _address(document, (found[2] or found[4] or b"").decode("utf-8", "replace")) if found else target


def _refresh(document: Document) -> tuple[int, str]:
    """Return after how many seconds the page's head sends a browser where; (0, "") for nowhere."""
    found = _REFRESH.match(document.meta.get("refresh", ""))
    if "refresh" not in document.meta or not found:
        return 0, ""
    return int(found[1][:6] or 0), _address(document, found[2] or "") if found[2] else document.url


def _address(document: Document, written: str) -> str:
    """Return an address as a browser takes it: the page's own URL as it was asked for, empty for none."""
    url = absolute(document.url, written)
    try:
        return document.url if url and tidy(url) == tidy(document.url) else url
    except ValueError:
        return ""
