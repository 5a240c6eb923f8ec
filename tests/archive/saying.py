"""An article, and what later captures say of it."""

from dataclasses import replace
from datetime import date

from archive import Archive
from archive.history import Version, history
from archive.models import Text
from archive.store import save
from tests.archive.build import article, text, url

TITLE = "Hội nghị biểu dương nông dân trồng na giỏi"
BODY = "Sáng nay, xã tổ chức hội nghị.\n\nMười hộ trồng na được khen.\n\nTổng thu nhập là 1.200 triệu đồng."
SAID = text(TITLE, BODY, byline="Tin từ xã", images=(("http://a/1.jpg", "Ảnh chung"),))
LOGIN = text("Đăng nhập hệ thống", "Tên đăng nhập và mật khẩu do đơn vị cấp. Quên mật khẩu?")


def stored(archive: Archive, *later: Text) -> list[str]:
    """Store the article, and on the days after what it says later; return what that did."""
    save(archive, article(1, said=SAID))
    return [save(archive, article(1, day=day, said=said)).what for day, said in enumerate(later, 1)]


def versions(archive: Archive, number: int = 1) -> tuple[Version, ...]:
    return history(archive, url(number)).versions


def run(archive: Archive) -> int:
    cursor = archive.conn.execute("INSERT INTO runs(started_at, command) VALUES ('2024-01-01T00:00:00Z', 'crawl')")
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def said(body: str = BODY, title: str = TITLE, **more: object) -> Text:
    return replace(text(title, body), **more)  # type: ignore[arg-type]


SAME = {
    "byline": replace(SAID, byline="Theo báo tỉnh"),
    "category": replace(SAID, category="Văn hoá"),
    "dates": replace(SAID, page_date=date(2023, 12, 31), text_date=date(2023, 12, 30)),
    "pictures": replace(SAID, images=(("http://a/2.jpg", "Ảnh khác"),)),
    "attached files": replace(SAID, attachments=(("http://a/1.pdf", "Quyết định"),)),
    "kinds of blocks": replace(SAID, block_kinds="phi"),
    "decomposed letters": said("Sa\u0301ng nay, xa\u0303 tổ chức hội nghị." + BODY[30:]),
    "spaces": said(BODY.replace(" hộ ", " \u00a0hộ  ")),
    "invisible letters": said(BODY.replace("hộ", "\ufeffh\u00adộ\u200b")),
    "a moved line break": said(BODY.replace("xã tổ", "xã\ntổ")),
    "paragraphs joined": said(BODY.replace("\n\n", " ")),
    "a paragraph parted": said(BODY.replace("na được", "na\n\nđược")),
    "cells of a table": said(BODY.replace("na được", "na | được")),
    "spaces in the title": said(title=TITLE.replace(" ", "\u00a0")),
}


CHANGED = {
    "a word": said(BODY.replace("Mười", "Chín")),
    "a mark": said(BODY.replace("khen.", "khen!")),
    "an accent": said(BODY.replace("hộ", "hồ")),
    "a capital": said(BODY.replace("xã", "Xã")),
    "the title": said(title="Hội nghị biểu dương nông dân trồng na"),
    "a paragraph more": said(f"{BODY}\n\nHội nghị kết thúc."),
    "a paragraph less": said(BODY.rpartition("\n\n")[0]),
    "title and text": said(BODY.replace("Mười", "Chín"), TITLE.replace("na", "vải")),
}
