"""What pages and their boxes are called on every site, as `bare` writes it: the names of no article."""

from __future__ import annotations

PAGE_NAMES = frozenset(
    {  # what a page of the kind is called, on every article
        "chi tiet",
        "chi tiet tin",
        "chi tiet tin tuc",
        "chi tiet bai viet",
        "tin chi tiet",
        "thong tin chi tiet",
        "noi dung",
        "noi dung tin",
        "noi dung chi tiet",
        "noi dung bai viet",
        "xem tin",
        "bai viet",
    }
)  # fmt: skip — a list of names reads best as a block
SIDE_NAMES = frozenset(
    {  # what stands over the boxes at the side of a page, and over no article unless the head says so
        "lien ket",
        "lien ket web",
        "lien ket website",
        "website lien ket",
        "thoi tiet",
        "thong tin thoi tiet",
        "ty gia",
        "ty gia ngoai te",
        "gia vang",
        "tham do y kien",
        "thong ke truy cap",
        "thong ke",
        "luot truy cap",
        "so luot truy cap",
        "van ban moi",
        "van ban moi nhat",
        "van ban moi ban hanh",
        "tin moi",
        "tin moi nhat",
        "tin noi bat",
        "tin nong",
        "tin doc nhieu",
        "tin xem nhieu",
        "doc nhieu nhat",
        "xem nhieu nhat",
        "tin doc nhieu nhat",
        "tin xem nhieu nhat",
        "bai viet moi nhat",
        "bai viet moi",
        "dang nhap",
        "tim kiem",
        "quang cao",
        "danh muc",
        "chuyen muc",
        "thu vien anh",
        "thu vien video",
        "thu vien hinh anh",
    }
)  # fmt: skip — a list of names reads best as a block
HOME = frozenset({"trang chu", "home", "trang nhat", "trang chinh"})
