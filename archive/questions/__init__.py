"""What researchers of commendations ask most, as SQL with parameters: Datasette shows them as canned queries.

A question is a file here. Where it needs our functions (`archive.functions`) there is a second one, `.stock.sql`, for
readers with nothing but SQLite and the full-text index; it finds the same. What several have in common is in `shared`:
a line `--: days` stands for `shared/days.sql`. What would read thousands of bodies stops at some hundreds of articles,
so that each answer comes within a second or two.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_SHARED = re.compile(r"^--: (\w+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its name, what it is called and tells, its parameters, and the tables and views that it asks.

    `stock_vi` and `stock` are what is to be known besides of its form for stock SQLite, `stock_needs` what that asks.
    """

    name: str
    title_vi: str
    title: str
    text_vi: str
    text: str
    params: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset({"articles", "articles_fts"})
    stock_vi: str = ""
    stock: str = ""
    stock_needs: frozenset[str] = frozenset()

    def asks(self, *, stock: bool = False) -> frozenset[str]:
        """Return the tables and views that it asks."""
        return self.needs | self.stock_needs if stock else self.needs

    def said_vi(self, *, stock: bool = False) -> str:
        """Return in Vietnamese what it tells, and how it is asked."""
        return f"{self.text_vi} {self.stock_vi}".rstrip() if stock else self.text_vi

    def said(self, *, stock: bool = False) -> str:
        """Return the same in English."""
        return f"{self.text} {self.stock}".rstrip() if stock else self.text

    def sql(self, *, stock: bool = False) -> str:
        """Return the SQL for a connection with our functions, or for stock SQLite."""
        return _read(self.name, stock=stock)


@cache
def _read(name: str, *, stock: bool) -> str:
    plain = _HERE / f"{name}.stock.sql"
    return _whole(plain if stock and plain.exists() else _HERE / f"{name}.sql").strip()


def _whole(path: Path) -> str:
    """Return a file with what it shares with others in its place."""
    return _SHARED.sub(lambda match: _whole(_HERE / "shared" / f"{match[1]}.sql"), path.read_text("utf-8"))


_PERIOD = ("from", "to")
_DAYS_VI = "Ngày: 12/06/2020, 2020-06 hoặc 2020; có thể để trống."
_DAYS = "Days: 12/06/2020, 2020-06 or 2020; may be left empty."
_PHRASE_VI = "Gõ cả cụm đủ dấu, hoặc cả cụm không dấu để tìm mọi cách bỏ dấu; văn hoá và văn hóa được coi là một."
_PHRASE = "Type a phrase with all its accents, or with none to find it whatever they are; hoá and hóa are the same."

QUESTIONS: tuple[Question, ...] = (
    Question(
        "find",
        "Tìm bài viết",
        "Find articles",
        "200 bài khớp nhất, có đủ mọi từ đã gõ; các từ phải đứng liền nhau thì để trong ngoặc kép. Từ có dấu được tìm "
        f"đúng như đã gõ, từ không dấu khớp mọi cách bỏ dấu. {_DAYS_VI}",
        "The 200 articles that match best and have every word; quotation marks keep words together. A word with "
        f"accents is looked for as typed, one without whatever its accents are. {_DAYS}",
        ("words", *_PERIOD),
        stock_vi="OR, NOT và dấu * ở đây không có nghĩa đặc biệt.",
        stock="OR, NOT and * mean nothing special here.",
    ),
    Question(
        "kwic",
        "Từ khóa trong ngữ cảnh",
        "Key words in context",
        "Mỗi chỗ một từ hay cụm từ xuất hiện, kèm lời văn trước và sau, theo thứ tự thời gian, trong nhiều nhất 300 "
        f"bài. {_PHRASE_VI} {_DAYS_VI}",
        f"Every place where a word or phrase stands, oldest first, in 300 articles at most. {_PHRASE} {_DAYS}",
        ("words", *_PERIOD),
    ),
    Question(
        "per_month",
        "Số bài mỗi tháng có một từ",
        "Articles a month with a word",
        f"Mỗi tháng có bao nhiêu bài nhắc tới từ hay cụm từ, trên tổng số bài của tháng. {_PHRASE_VI} {_DAYS_VI}",
        f"How many articles of each month have a word or phrase, and of how many. {_PHRASE} {_DAYS}",
        ("words", *_PERIOD),
    ),
    Question(
        "first_and_last",
        "Lần nhắc đầu tiên và gần nhất",
        "First and last mention",
        f"Bài đầu tiên và bài gần nhất (có ngày đăng) nhắc tới một từ hay cụm từ. {_PHRASE_VI}",
        f"The first and the last dated article with a word or phrase. {_PHRASE}",
        ("words",),
    ),
    Question(
        "named_most",
        "Địa danh, cơ quan được nhắc nhiều nhất",
        "Places and bodies named most",
        "Địa danh (kind: place) và cơ quan, đoàn thể, đơn vị (kind: body) được nhắc trong nhiều bài nhất; có thể chỉ "
        f"xét các bài có một cụm từ. Nhiều nhất 500 bài mới nhất được xét (cột of_all). {_DAYS_VI}",
        "Places (kind: place) and bodies (kind: body) that most articles name, all or those with a phrase; at most the "
        f"newest 500 of the period are read, as `of_all` tells. {_DAYS}",
        ("kind", "words", *_PERIOD),
        stock_needs=frozenset({"names"}),  # which a copy for the public has
    ),
    Question(
        "awards",
        "Danh hiệu, hình thức khen thưởng",
        "Awards",
        "Mỗi danh hiệu thi đua, hình thức khen thưởng trong một danh sách định sẵn được nhắc trong bao nhiêu bài; "
        f"chiến sĩ và chiến sỹ được coi là một. Nhiều nhất 10.000 bài mới nhất được xét (cột of_all). {_DAYS_VI}",
        "How many articles name each award or title of a list; sĩ and sỹ are the same. At most the newest 10,000 of "
        f"the period are read, as `of_all` tells. {_DAYS}",
        _PERIOD,
    ),
    Question(
        "commended",
        "Ai được khen thưởng",
        "Who was commended",
        "Lời văn quanh tên một hình thức khen thưởng, ví dụ “Huân chương Lao động hạng Ba” (để trống: Bằng khen); có "
        f"thể chỉ xét các bài nhắc tới một nơi. Chiến sĩ và chiến sỹ được coi là một. {_PHRASE_VI} {_DAYS_VI}",
        "What stands before and after the name of an award (left empty: Bằng khen), in articles that name a place "
        f"or in all; the newest 300 at most. Sĩ and sỹ are the same here. {_PHRASE} {_DAYS}",
        ("award", "place", *_PERIOD),
    ),
    Question(
        "what_followed",
        "Các bài tiếp theo",
        "What followed",
        "Từ một bài (số `id`) lần lượt tới các bài mới hơn, theo danh sách dưới mỗi bài.",
        "From one article, by its `id`, to the nearest newer one, thirty times.",
        ("article",),
        frozenset({"articles", "mentions"}),
    ),
    Question(
        "disputed_dates",
        "Bài có ngày đăng chưa chắc chắn",
        "Articles with disputed dates",
        "Các nguồn nói những ngày khác nhau; căn cứ từng nguồn ở bảng `date_evidence`.",
        "Articles whose sources give different days; `date_evidence` tells who says what.",
        needs=frozenset({"articles"}),
    ),
    Question(
        "taken_away",
        "Bài đã bị gỡ",
        "What the site removed",
        "Các bài không còn trên trang tin, mới gỡ trước; `kept` là 1 nếu kho còn giữ nội dung.",
        "Articles that the site has no more, the latest first; `kept` is 1 where the archive has the text.",
        needs=frozenset({"removed"}),
    ),
    Question(
        "rewritten",
        "Bài đã bị sửa",
        "What the site rewrote",
        "Các lần trang tin sửa lời văn của bài, mới sửa trước; toàn văn ở bảng `versions`.",
        "Changes that the site made to the words of articles, the latest first; `versions` has the texts.",
        needs=frozenset({"changes"}),
    ),
)
