"""A small archive with what exports have to get right, and what is said of it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from archive import Archive
from archive.store import save
from tests.archive.build import article, gone, known, listed, newer, older, page, text, url

if TYPE_CHECKING:
    from pathlib import Path

FORMULA = '=HYPERLINK("http://xau.example/","Bấm vào đây")'
MARKUP = 'Xã có <b>12</b> hộ & "điểm sáng"; <script>alert(1)</script>\nvà một dòng mới.'
BODY = "Sáng nay, xã tổ chức hội nghị tổng kết phong trào thi đua.\n\nMười hộ trồng na được khen trong đợt này."
ARTICLES, DATED, VERSIONS = 6, 5, 7
DAYS = {1: "2020-06-11", 2: "2020-06-12", 4: "2019-11-20", 5: "2020-06-14", 6: "2020-06-15", 7: "2020-06-16"}
FIRST, MISSING = url(1), url(7)


def filled(folder: Path) -> Path:
    """Make the archive: one article is undated, one has two texts, one is gone, one is known of and missing."""
    with Archive.open(folder, create=True) as archive:
        named = [listed(number, "listing", day, position=n) for n, (number, day) in enumerate(DAYS.items())]
        save(archive, page(90, kind="listing", sighted=(*named, listed(3, "listing", position=9))))
        save(
            archive,
            article(
                1,
                newer(2, DAYS[2]),
                said=text(
                    "Thi đua yêu nước ở xã Hoa Sen",
                    BODY,
                    byline="Nguồn: Báo Ruộng Đồng",
                    images=(("http://noivu.example/anh/1.jpg", "Quang cảnh hội nghị"),),
                    attachments=(("http://noivu.example/tep/qd-145.pdf", "Quyết định số 145"),),
                ),
            ),
        )
        save(
            archive, article(2, older(1, DAYS[1]), said=text(FORMULA, f"- Mười hai hộ.\n\n{BODY}", category="Tin tức"))
        )
        save(archive, article(3, said=text("Mười hộ", f"{BODY}\n\n{MARKUP}")))
        save(archive, article(4, said=text(unicodedata.normalize("NFD", "Đời sống văn hoá ở cơ sở"), BODY)))
        save(archive, article(5, said=text("Tin được sửa", BODY)))
        save(archive, article(5, day=1, said=text("Tin được sửa", BODY.replace("Mười hộ", "Mười hai hộ"))))
        save(archive, article(6, said=text("Tin bị gỡ", BODY)))
        save(archive, gone(6, day=1))
        save(archive, page(8, http_status=301, location=url(1), known=(known(1),)))  # a second address of the first
    return folder
