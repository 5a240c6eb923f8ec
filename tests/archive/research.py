"""A small archive in which something has happened: texts changed and removed, dates disputed, articles missing."""

from pathlib import Path

from archive import Archive
from archive.store import save
from tests.archive.build import article, gone, newer, older, page, text

NEWS, PRAISE = "Tin tức", "Thi đua - Khen thưởng"
_PLANTED = (
    "Xã Cẩm Khê, huyện Bình Quý biểu dương {} hộ trồng na. Sở Nội vụ có đại diện dự. Phong trào thi đua yêu nước của "
    "xã được nhân dân hưởng ứng từ đầu năm, nhất là ở thôn Đông Lạc."
)


def fill(folder: Path) -> Path:
    """Store six articles, 1 to 6, of which the fifth is gone and the fourth was changed; 7 and 8 are only named."""
    said = {
        1: ("Phát động thi đua", NEWS, "Sáng nay, UBND huyện Bình Quý phát động phong trào thi đua yêu nước."),
        2: ("Tổng kết phong trào", PRAISE, "Hội nghị tổng kết phong trào thi đua yêu nước họp tại huyện Bình Quý."),
        3: ("Đón Huân chương", PRAISE, "Trường Tiểu học Tân Lộ đón Huân chương Lao động hạng Ba tại xã Cẩm Khê."),
        4: ("Biểu dương hộ trồng na", PRAISE, _PLANTED.format("mười hai")),
        5: ("Gương sáng vùng cao", NEWS, "Thầy Khuê ở xã Minh Tiến nhận Bằng khen của UBND tỉnh."),
        6: ("Tin vắn", "", "Hội Nông dân xã Cẩm Khê họp."),
    }
    lists = {
        1: (newer(2, "2019-12-20"), newer(3, "2020-06-12")),
        2: (newer(3, "2020-06-11"), older(1, "2019-01-10")),
        3: (newer(4, "2020-06-15"), older(2, "2019-12-20"), older(1, "2019-01-10")),
        4: (newer(5, "2020-07-03"), older(3, "2020-06-12")),
        5: (newer(7, "2020-12-30"), newer(8, "2021-01-05"), older(4, "2020-06-15")),
        6: (),
    }
    with Archive.open(folder, create=True) as archive, archive.write():
        for number, (title, category, body) in said.items():
            save(archive, article(number, *lists[number], said=text(title, body, category=category)))
        changed = text("Biểu dương hộ trồng na", _PLANTED.format("mười lăm"), category=PRAISE)
        save(archive, article(4, *lists[4], day=30, said=changed))
        save(archive, gone(5, day=40))
        save(archive, page(8, day=40, http_status=410, state="gone"))
    return folder
