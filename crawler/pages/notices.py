"""A text that is none: it only says that the article was taken down, or is not there yet.

Told by its sentences, whatever title and date stand over them: each is either such a notice or a courtesy. Their
subject is the page itself ("Bài viết này …"), with nothing between it and what became of it; news of something that was
removed names what that was, by whom, and what followed.
"""

from __future__ import annotations

import re

from ..records import Kind
from .text import fold

_LONGEST = 400  # characters of such a text
_TAIL = 100  # characters of a sentence after what became of the article: "theo yêu cầu của cơ quan quản lý"
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\s*\n+\s*")
_WHAT = (
    r"(?:bai(?: viet| bao| dang)?|tin(?: bai| tuc)?|ban tin|noi dung|trang(?: web| tin)?|thong tin|du lieu|duong dan"
    r"|lien ket|(?:bai viet|tin|noi dung|trang) nay)"
)
_READER = r"(?:ban doc|quy ban doc|doc gia|quy doc gia|quy vi|quy khach|nguoi dung|ban)"
_WHICH = (
    rf"(?:,? (?:nay|tren|do)|,? (?:ma )?{_READER}(?: (?:dang|vua|muon|can|da))*"
    r" (?:yeu cau|tim(?: kiem)?|xem|truy cap|doc)(?: (?:den|toi|vao))?)*"
)
_WHEN = r"(?:,? (?:hien(?: tai| nay| gio| da)?|tam thoi|da|dang|co the|se|vua|van|chua))*"
_REMOVED = (
    r"(?:(?:bi|duoc) )?(?:(?:nguoi dang|tac gia|quan tri(?: vien)?|ban bien tap|toa soan|he thong) )?"
    r"(?:tam )?(?:xoa(?: bo)?|go(?: bo| xuong)?|an(?: di)?|huy(?: bo)?|thu hoi|rut(?: lai| xuong| bo)?|ha(?: xuong)"
    r"|loai bo|chuyen (?:di|sang)|di chuyen|khoa|ngung (?:dang|xuat ban|hien thi|phat hanh))"
)
_ABSENT = (
    r"khong (?:con |the |duoc )*(?:ton tai|co san|kha dung|hien thi|tim thay|hieu luc|hop le|truy cap|xem|mo|dang tai)"
    r"(?: duoc)?"
)
_HERE = r"(?:he thong|(?:trang(?! ca nhan| facebook| mang)|cong|website|may chu|co so du lieu|chuyen muc|du lieu)\b)"
_ENDS = (
    rf"(?:$|[ ,:;(–-]+(?:hoac|va|theo|(?:khoi|tren|trong|tai) {_HERE}|boi|vi|do|de|tu ngay|ngay"
    rf"|tai day|tai dia chi|sang|den|nua|nay|phu hop|{_READER}|or|from|by|due|on|in|at|here|please)\b.{{0,{_TAIL}}}$)"
)
_LOST = re.compile(
    rf"(?:{_WHAT}{_WHICH}{_WHEN} (?:{_REMOVED}|{_ABSENT})"
    rf"|khong (?:the )?(?:tim thay|ton tai|tim duoc) {_WHAT}\b(?!.*\bnao\b)"  # "… nào": what an empty list says
    r"|(?:ban bien tap|chung toi|toa soan|quan tri(?: vien)?|cong thong tin(?: dien tu)?)"
    rf"(?: (?:da|xin(?: phep)?|tam|vua))* {_REMOVED} {_WHAT}\b|da (?:xoa|go)(?: bo)? {_WHAT}\b"
    r"|(?:loi |error )?404(?: not found)?|(?:page |article )?not found"
    r"|(?:the|this) (?:\w+ )?(?:page|article|content|post|news|item|resource)\b.{0,60}?"
    r"(?:removed|deleted|not (?:be )?found|no longer|not exist|unavailable|not available|unpublished|taken down)"
    rf".{{0,{_TAIL}}}$)\b{_ENDS}"
)
_TO_COME = re.compile(
    rf"{_WHAT}{_WHICH}(?:,? (?:hien(?: tai| nay)?|van|con|dang|se|chua|tiep tuc|duoc|som))* "
    r"(?:cap nhat|bien tap|bien soan|chinh sua|hoan thien|xay dung|kiem duyet|cho duyet|bo sung)\b.{0,60}$"
    r"|dang (?:cap nhat|xay dung|bien tap)(?: noi dung| du lieu| thong tin)?$"
    r"|(?:coming soon|under construction)\b.{0,40}$"
)
_COURTESY = re.compile(
    r"(?:(?:chung toi )?(?:rat |vo cung )?(?:xin loi|tiec|lay lam tiec)"
    r"|xin (?:cam on|thong bao|quy|ban|moi|chan thanh|vui)"
    r"|(?:tran trong )?cam on|tran trong|vui long|moi (?:ban|quy)|(?:rat |kinh )?mong (?:ban|quy|duoc)|thong bao|kinh"
    r"|quay (?:lai|ve)|tro (?:lai|ve)|ve trang|hay |nhan (?:vao )?(?:day|nut)|click|bam (?:vao )?day|xem (?:them|cac) "
    r"|ban (?:co the|vui long|hay)|quy (?:vi|khach|doc gia) (?:co the|vui long)|neu (?:ban|can)"
    r"|(?:chi tiet )?(?:xin )?lien he"
    r"|please|sorry|we(?: are|'re) sorry|we apologi[sz]e|go back|back to|try |return|thank)"
)
_OPENING = re.compile(
    r"^(?:(?:chung toi )?(?:rat |vo cung |thanh that )?(?:xin loi|tiec|lay lam tiec)"
    r"(?: (?:ban(?: doc)?|quy vi|quy khach))?"
    r"|(?:xin )?thong bao|luu y|sorry|chu y)\s*[,:;!.–-]*\s*(?:vi |rang |la )?"
)
_EDGES = re.compile(r"^[\s\W]+|[\s\W]+$")
_NUMBER = re.compile(r"\d")
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|404")


def kind(text: str) -> Kind | None:
    """Return what a page is whose whole text this is: `soft404`, `other` where the text is still to come, else None."""
    if len(text) > _LONGEST:
        return None
    said = [_EDGES.sub("", fold(sentence)) for sentence in _SENTENCE.split(text)]
    said = [sentence for sentence in said if sentence]
    if not said or not all(_says(sentence) or _COURTESY.match(sentence) for sentence in said):
        return None
    found = [kind for sentence in said if (kind := _says(sentence))]
    return Kind.SOFT_404 if Kind.SOFT_404 in found else found[0] if found else None


def _says(sentence: str) -> Kind | None:
    """Return what a folded sentence says of the page. It names no numbers: these belong to news."""
    if _NUMBER.search(_DAY.sub("", sentence)):
        return None
    told = _OPENING.sub("", sentence, count=1)
    if _LOST.match(told):
        return Kind.SOFT_404
    return Kind.OTHER if _TO_COME.match(told) else None
