"""A folder of plain text, a file an article, as AntConc, quanteda, Voyant or Sketch Engine take it.

The articles lie in a folder of their own, `texts`, so that a tool told to read it reads nothing else.
"""

import csv
from pathlib import Path

from archive.export import about
from archive.export.csv import inert
from archive.export.source import Source
from archive.stored import Article

TEXTS = "texts"
MANY = 2000  # files in one folder: more are slow to list, and have a folder for each year
COLUMNS = (
    *("filename", "id", "site", "url", "category", "title", "published", "published_source", "byline", "status"),
    "characters",
)

_README = """\
{title}

{about.ABOUT_VI}

texts/         Mỗi bài một tệp: tiêu đề, một dòng trống, rồi nội dung. Mã UTF-8 (NFC), giữa các đoạn có một dòng trống,
               giữa các ô của bảng là " | ". Tên tệp gồm ngày đăng và số của bài trong kho: 2020-06-12-000017.txt;
               bài chưa rõ ngày: undated-000018.txt.
metadata.csv   Mỗi tệp một dòng: tên tệp, địa chỉ, chuyên mục, tiêu đề, ngày đăng, ... Mã UTF-8 có BOM; giá trị mà bảng
               tính có thể hiểu là công thức thì có thêm dấu nháy đơn (') ở đầu.

Số bài:        {articles}
Ngày đăng:     {first} – {last}
Chưa rõ ngày:  {undated}
Trang tin:     {sites}
Lựa chọn:      {choice_vi}

{about.RIGHTS_VI}

------------------------------

{about.ABOUT}

texts/         A file an article: the title, a blank line, the text. UTF-8 (NFC), a blank line between paragraphs, " | "
               between the cells of a table. A file is named by the day of publication and the article's number in the
               archive: 2020-06-12-000017.txt; undated ones: undated-000018.txt.
metadata.csv   A row a file: its name, address, category, title, day and so on. UTF-8 with a byte order mark; a value
               that a spreadsheet might take for a formula has an apostrophe (') before it.

Articles:      {articles}
Published:     {first} – {last}
Undated:       {undated}
Sites:         {sites}
Chosen by:     {choice}

{about.RIGHTS}
"""


def write(source: Source, path: Path) -> None:
    """Write the articles into the folder `path`."""
    by_year = len(source.ids) > MANY
    days: list[str] = []
    with (path / "metadata.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        (path / TEXTS).mkdir()
        for article in source.articles():
            name = filename(article, by_year=by_year)
            text = path / TEXTS / name
            text.parent.mkdir(exist_ok=True)
            text.write_text(f"{article.title}\n\n{article.body}\n", encoding="utf-8", newline="\n")
            writer.writerow(map(inert, _row(article, name)))
            days += filter(None, [article.published])
    (path / "README.txt").write_text(_readme(source, days), encoding="utf-8", newline="\n")


def filename(article: Article, *, by_year: bool) -> str:
    """Return the name of an article's file: names in the order of the alphabet are in the order of days."""
    day = article.published or "undated"
    name = f"{day}-{article.id:06d}.txt"
    return f"{day.partition('-')[0]}/{name}" if by_year else name


def _row(article: Article, name: str) -> tuple[object, ...]:
    """Return what `metadata.csv` says of an article, in the order of its columns."""
    return (name, *(getattr(article, column) for column in COLUMNS[1:-1]), len(article.body))


def _readme(source: Source, days: list[str]) -> str:
    sites = source.hosts()
    return _README.format(
        about=about,
        title=about.title(sites),
        articles=len(source.ids),
        first=min(days, default=""),
        last=max(days, default=""),
        undated=len(source.ids) - len(days),
        sites=", ".join(sites),
        choice_vi=about.choice(source.selection, source.limit),
        choice=about.options(source.selection, source.limit) or "nothing: all articles of the archive",
    )
