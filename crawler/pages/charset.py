"""Bytes to text: the HTML standard's order, corrected where the bytes themselves contradict what was declared.

The standard (https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding) believes a byte
order mark, then the HTTP header, then a `<meta>` in the first 1,024 bytes. On these sites the declaration may stand
later, or be wrong; but text that is valid UTF-8 beyond ASCII is UTF-8, and Vietnamese in windows-1258 is easily told
from Western text, because its tone marks are bytes of their own.
"""

from __future__ import annotations

import re
import unicodedata

from w3lib.encoding import http_content_type_encoding, read_bom, resolve_encoding

_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:-]{3,30})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_-]{3,30})", re.IGNORECASE)
_TAGS = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)|<[^>]*>", re.IGNORECASE | re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_WESTERN = re.compile("[ÌÒÞìòþðýõãÐ]")  # what windows-1258's own letters and tone marks look like in windows-1252
_SINGLE_BYTE = frozenset({"cp1252", "iso8859-1", "latin-1", "iso-8859-1", "windows-1252", "ascii", "cp1258"})
_END = 1_000  # characters at either end that show whether a page is text
_SAMPLE = 200_000  # bytes looked at when encodings are weighed against each other


def to_utf8(body: bytes, content_type: str = "") -> tuple[bytes, str]:
    """Return the page in UTF-8 without NULs, and the name of the encoding it came in. Never raises.

    An empty name says that no encoding turns these bytes into text; they are then returned as they are.
    """
    marked, mark = read_bom(body)
    if marked and mark:
        return _encoded(body[len(mark) :].decode(marked, "replace"), marked)
    if 0 not in body[:1000]:
        if body.isascii():
            ends = (body[:_END] + body[-_END:]).decode("ascii")
            return (body.replace(b"\x00", b""), "ascii") if _is_text(ends) else (body, "")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return (body.replace(b"\x00", b""), "utf-8") if _is_text(text) else (body, "")
    text, name = _weigh(body, content_type)
    return _encoded(text, name) if name else (body, "")


def _encoded(text: str, name: str) -> tuple[bytes, str]:
    if not _is_text(text):
        return text.encode("utf-8", "replace"), ""
    return text.replace("\x00", "").encode("utf-8", "replace"), name


def _declared(body: bytes, content_type: str) -> list[str]:
    """Return the declared encodings as Python names them: header, XML declaration, then every `<meta>`."""
    names = [http_content_type_encoding(content_type)] if content_type else []
    raw = _XML.findall(body[:500]) + _META.findall(body)
    names += [resolve_encoding(label.decode("ascii")) for label in raw]
    return [name for name in names if name]


def _weigh(body: bytes, content_type: str) -> tuple[str, str]:
    """Choose for bytes that are not plain UTF-8: damaged UTF-8, UTF-16, windows-1258 or what was declared."""
    sample = body[:_SAMPLE]
    candidates = [*_declared(body, content_type), *(["utf-16-le", "utf-16-be"] if 0 in sample[:1000] else [])]
    if _mostly_utf8(sample):
        return body.decode("utf-8", "replace"), "utf-8"
    others = [name for name in candidates if name != "utf-8"]
    if all(name in _SINGLE_BYTE for name in others):
        others = ["cp1258", *others] if _looks_1258(sample) else [*others, "cp1258"]
    for name in others:
        text = body.decode(name, "replace")
        if _is_text(text) and (not name.startswith("utf-16") or _is_markup(text)):
            return text, name
    return "", ""


def _mostly_utf8(sample: bytes) -> bool:
    """Tell whether the bytes are UTF-8 with a little damage: at least nine of ten characters beyond ASCII hold."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - bad
    return good >= 9 * bad


def _looks_1258(sample: bytes) -> bool:
    """Tell whether a single-byte text is Vietnamese: read as windows-1258 and composed, it is made of its letters."""
    visible = _TAGS.sub(b" ", sample)
    vietnamese = len(_VIETNAMESE.findall(unicodedata.normalize("NFC", visible.decode("cp1258", "replace"))))
    beyond = sum(byte > 0x7F for byte in visible)
    western = len(_WESTERN.findall(visible.decode("cp1252", "replace")))
    return vietnamese * 4 >= beyond and western > 0


def _is_markup(text: str) -> bool:
    """Tell whether most characters are ASCII, as in every page: any bytes at all make some UTF-16."""
    head = text[:_SAMPLE]
    return sum(char < "\x80" for char in head) * 2 > len(head)


def _is_text(text: str) -> bool:
    """Tell whether fewer than one character in twenty is a control or replacement character."""
    ends = text[:_END] + text[-_END:]
    return not _CONTROLS.search(ends) or len(_CONTROLS.findall(ends)) * 20 < len(ends)
