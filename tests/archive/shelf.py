"""A small archive whose articles are known by heart: what is asked of it in tests of choosing, counting and context."""

import unicodedata
from pathlib import Path

from archive import Archive
from archive.store import save
from tests.archive.build import article, listed, page, text

NEWS, PRAISE = "Tin tức", "Thi đua - Khen thưởng"
# title, category, day, body
ARTICLES = (
    ("Phát động thi đua", PRAISE, "2018-12-31", "Phong trào thi đua yêu nước lan rộng.\n\nHuyện thi đua làm thuỷ lợi."),
    ("Ngày hội dưa hấu", NEWS, "2019-03-02", "Bà con thi dưa to, rồi thi nhau hái na."),
    ("Mùa na chín", NEWS, "2019-03-02", "Na được giá. Một phong trào: trồng na xen ổi."),
    ("Trao huân chương", PRAISE, "2020-06-12", "Huân chương Lao động hạng Ba; phong trào thi đua mới."),
    ("Đời sống văn hoá", "", "2020-06-30", unicodedata.normalize("NFD", "Xã Hoà Bình đón danh hiệu Văn hoá.")),
    ("Tin không ngày", NEWS, None, "Thi đua chăm sóc vườn na."),
)


def fill(folder: Path) -> Path:
    """Store the articles in a folder; their ids are 1 to 6 in the order above. The last names its source."""
    with Archive.open(folder, create=True) as archive, archive.write():
        for number, (title, category, _, body) in enumerate(ARTICLES, start=1):
            byline = "Theo Báo Ruộng Đồng" if number == len(ARTICLES) else ""
            save(archive, article(number, said=text(title, body, category=category, byline=byline)))
        days = tuple(listed(number, "listing", row[2]) for number, row in enumerate(ARTICLES, start=1) if row[2])
        save(archive, page(90, sighted=days))
    return folder
