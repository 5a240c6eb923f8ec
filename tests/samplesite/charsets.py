"""The ways a site tells, hides or mistakes the charset of its pages. Each is a name in `CHARSETS`."""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Charset:
    """How pages become bytes: the codec, the label in the header and in the page (empty: none), and where it stands."""

    codec: str = "utf-8"
    header: str = ""
    meta: str = ""
    bom: bytes = b""
    late: bool = False  # the declaration stands after byte 1,024, where browsers no longer look
    decompose: bool = False  # text in NFD

    @property
    def content_type(self) -> str:
        return f"text/html; charset={self.header}" if self.header else "text/html"

    def encode(self, text: str) -> bytes:
        """Return the bytes of a part of a page. What the charset lacks becomes a character reference."""
        if self.decompose:
            text = unicodedata.normalize("NFD", text)
        if self.codec == "cp1258":
            text = text.translate(_TONES_APART)
        return text.encode(self.codec, "xmlcharrefreplace")


def _tones_apart() -> dict[int, str]:
    """Map the letters that windows-1258 lacks to a letter it has and a combining tone mark."""
    tones = "\u0300\u0309\u0303\u0301\u0323"
    table: dict[int, str] = {}
    for base, tone in itertools.product("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", tones):
        letter = unicodedata.normalize("NFC", base + tone)
        try:
            letter.encode("cp1258")
        except UnicodeEncodeError:
            table[ord(letter)] = base + tone
    return table


_TONES_APART = _tones_apart()

CHARSETS: dict[str, Charset] = {
    "utf-8-header": Charset(header="utf-8"),
    "utf-8-meta": Charset(meta="utf-8"),
    "utf-8-both": Charset(header="utf-8", meta="utf-8"),
    "utf-8-undeclared": Charset(),
    "utf-8-late": Charset(meta="utf-8", late=True),
    "utf-8-wrong-header": Charset(header="iso-8859-1", meta="utf-8"),
    "utf-8-wrong-meta": Charset(header="utf-8", meta="windows-1252"),
    "utf-8-bom": Charset(bom=b"\xef\xbb\xbf"),
    "utf-8-nfd": Charset(meta="utf-8", decompose=True),
    "windows-1258": Charset("cp1258", meta="windows-1258"),
    "windows-1258-header": Charset("cp1258", header="windows-1258"),
    "windows-1258-undeclared": Charset("cp1258"),
    "utf-16": Charset("utf-16-le", header="utf-16", bom=b"\xff\xfe"),
}


def declaration(charset: Charset, *, html5: bool) -> str:
    """Return what the head says of the charset: nothing, a `meta`, or a `meta` behind a long comment."""
    if not charset.meta:
        return ""
    equiv = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={charset.meta}">'
    tag = f'<meta charset="{charset.meta}">' if html5 else equiv
    return f"<!-- {'trang thong tin ' * 80} -->\n{tag}" if charset.late else tag
