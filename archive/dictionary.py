"""The data dictionary: what every table, view and column of `archive.db` means, for all who show or export it.

Times are UTC, ISO 8601 with `Z`; dates are plain days in Vietnam's calendar; texts are in composed Unicode (NFC).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Kind = Literal["string", "integer", "date", "datetime", "boolean"]  # as Frictionless names them; a boolean is 0 or 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, what it holds, and, where there are only a few, its values with their meanings."""

    kind: Kind
    text: str
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def description(self) -> str:
        """What it holds, values included, in one line."""
        told = ", ".join(
            f"`{value}` ({meaning})" if meaning else f"`{value}`" for value, meaning in self.values.items()
        )
        return f"{self.text}: {told}" if told else self.text


@dataclass(frozen=True, slots=True)
class Table:
    """A public table or view: what a row is, in English and Vietnamese, its columns in order, and what names a row.

    `key` is empty where no columns do. `crawl` marks what tells of fetching rather than of articles, `copied` what only
    a copy for the public has (`archive.export.sqlite`).
    """

    title: str
    title_vi: str
    text: str
    text_vi: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    view: bool = False
    crawl: bool = False
    copied: bool = False


_ID = Column("integer", "The article's number in this archive: `articles.id`")
_URL = Column("string", "The article's address on its site")
_TITLE = Column("string", "The article's title, as last read")
_DAY = Column("date", "Day of publication; null where it is not known")
_SITE = Column("string", "The site: its host name, or the key of its profile, such as `haiduong`")
_NAMED = {"newer": "named as newer than the page it is seen on", "older": "as older"}
_KINDS = Column(
    "string",
    "One letter for each paragraph of the body",
    {"p": "paragraph", "h": "heading", "i": "list item", "r": "table row, cells parted by ` | `", "c": "caption"},
)
_SOURCES = {
    "list": "lists on other pages say so",
    "page": "the article's own page says so",
    "text": "its opening names the day",
}
_FOUND = {"live": "the site had it when last asked", "gone": "the site has it no more; its text is kept"}

_ARTICLES = Table(
    "Articles",
    "Bài viết",
    "One article a row, as last read.",
    "Mỗi dòng là một bài viết, theo lần đọc gần nhất.",
    {
        "id": Column("integer", "The article's number in this archive; another archive of the same site has others"),
        "site": _SITE,
        "url": _URL,
        "category": Column("string", "The section of the site it stood in; empty where its page names none"),
        "title": _TITLE,
        "published": _DAY,
        "published_source": Column("string", "How the day is known; null where it is not", _SOURCES),
        "published_earliest": Column("date", "No earlier than this, as its older neighbours in the chain say; or null"),
        "published_latest": Column("date", "No later than this, as its newer neighbours in the chain say; or null"),
        "published_disputed": Column("string", "Other days that lists give instead, parted by commas; or null"),
        "bounds_disputed": Column("boolean", "1 where its neighbours contradict each other about its day"),
        "page_date": Column("date", "The day its own page gives, used or not; or null"),
        "text_date": Column("date", "The day its opening names, used or not; or null"),
        "status": Column("string", "Whether the site still has it", _FOUND),
        "first_captured_at": Column("datetime", "When it was first fetched"),
        "last_captured_at": Column("datetime", "When it was last fetched and read, or the site said it is unchanged"),
        "version": Column("integer", "Number of this text: 1 is the first, one more for each change of its words"),
        "version_captured_at": Column("datetime", "When this text was first seen"),
        "version_capture_id": Column("integer", "The answer that brought this text: `captures.id`"),
        "byline": Column("string", "Who signed it, or where the site took it from; may be empty"),
        "lead": Column("string", "Its opening summary, where the page sets one apart; may be empty"),
        "block_kinds": _KINDS,
        "body": Column("string", "Its text, paragraphs parted by a blank line"),
    },
    key=("id",),
)

_VERSIONS = Table(
    "Versions",
    "Các phiên bản",
    "One text that an article has had, the present one included.",
    "Mỗi dòng là một phiên bản nội dung của bài viết, kể cả bản hiện tại.",
    {
        "article_id": _ID,
        "number": Column("integer", "1 is the first text; one more for each change of its words"),
        "captured_at": Column("datetime", "When this text was first seen"),
        "title": Column("string", "The title it had then"),
        "capture_id": Column("integer", "The answer that brought it: `captures.id`"),
        "block_kinds": _KINDS,
        "body": Column("string", "The text it had then"),
    },
    key=("article_id", "number"),
    view=True,
)

_STATUS_CHANGES = Table(
    "Gone and back",
    "Bài bị gỡ và đăng lại",
    "An article found gone from its site, or back.",
    "Mỗi dòng là một lần bài viết được ghi nhận là đã bị gỡ hoặc đăng lại.",
    {
        "id": Column("integer", "Number of the row"),
        "article_id": _ID,
        "captured_at": Column("datetime", "When the site gave the answer that tells"),
        "status": Column("string", "What became of it", {"gone": "taken away", "live": "back"}),
        "reason": Column("string", "How the site showed that it is gone; empty where it is back"),
        "capture_id": Column("integer", "That answer: `captures.id`"),
    },
    key=("id",),
)

_IMAGES = Table(
    "Pictures",
    "Hình ảnh",
    "A picture in an article; the picture itself is not kept.",
    "Mỗi dòng là một hình ảnh trong bài viết (chỉ lưu địa chỉ, không lưu tệp ảnh).",
    {
        "article_id": _ID,
        "position": Column("integer", "Its place among the article's pictures, from 0"),
        "url": Column("string", "Its address"),
        "caption": Column("string", "The words under it, or its alternative text; may be empty"),
    },
    key=("article_id", "position"),
)

_ATTACHMENTS = Table(
    "Attached files",
    "Tệp đính kèm",
    "A file attached to an article; the file itself is not kept.",
    "Mỗi dòng là một tệp đính kèm của bài viết (chỉ lưu địa chỉ, không lưu tệp).",
    {
        "article_id": _ID,
        "position": Column("integer", "Its place among the article's files, from 0"),
        "url": Column("string", "Its address"),
        "name": Column("string", "What the page calls it; may be empty"),
    },
    key=("article_id", "position"),
)

_PAGES = Table(
    "Pages",
    "Các trang đã biết",
    "An address of the site that is known, fetched or not.",
    "Mỗi dòng là một địa chỉ đã biết của trang tin, đã tải hay chưa.",
    {
        "id": Column("integer", "Number of the page, in order of discovery; an article has that of its page"),
        "url": Column("string", "Its address"),
        "key": Column("string", "Its identity: all spellings of its address share it"),
        "site": _SITE,
        "kind": Column(
            "string",
            "What it is",
            {
                "article": "",
                "home": "the site's first page",
                "section": "first page of a listing",
                "listing": "a further page of one",
                "alias": "second address of an article",
                "robots": "robots.txt",
                "other": "none of these",
                "not-html": "a file, not a page",
                "elsewhere": "in a copy of chosen articles, one that was not chosen",
            },
        ),
        "state": Column(
            "string",
            "What became of it",
            {
                "known": "not fetched yet",
                "fetched": "",
                "gone": "the site has it no more",
                "failed": "no usable answer",
                "blocked": "not to be fetched",
            },
        ),
        "depth": Column("integer", "Menu links between it and the start of the crawl"),
        "due": Column("integer", "1: the next crawl asks for it; 2: it is asked for at once; 0: neither"),
        "attempts": Column("integer", "Requests in vain since its last answer"),
        "http_status": Column("integer", "Status of its last answer; 0 for none, null before the first"),
        "reason": Column("string", "Why it is gone, failed or blocked, or not what was expected; or null"),
        "redirect_to": Column("string", "Where its last answer pointed to; or null"),
        "alias_of": Column("integer", "The page that holds the article it is a second address of; or null"),
        "canonical_key": Column("string", "The key of the page it calls its canonical address; or null"),
        "etag": Column("string", "ETag of its last good answer; or null"),
        "last_modified": Column("string", "Last-Modified of its last good answer, as the site wrote it; or null"),
        "gone_votes": Column("integer", "Runs in a row that found it gone without the site saying so plainly"),
        "last_gone_run": Column("integer", "The last of these: `runs.id`; minus a day's number if brought in; or null"),
        "dated": Column("date", "Its day as lists, else its own page, say; or null"),
        "first_seen_at": Column("datetime", "When it was first heard of"),
        "fetched_at": Column("datetime", "When it was last answered; or null"),
        "looked_run": Column("integer", "The run that last had an answer: `runs.id`; or null"),
    },
    key=("id",),
    crawl=True,
)

_CAPTURES = Table(
    "Captures",
    "Các lần tải",
    "One answer of the site, and where its bytes are.",
    "Mỗi dòng là một lần trang tin trả lời, và nơi lưu nguyên văn câu trả lời.",
    {
        "id": Column("integer", "Number of the capture"),
        "url": Column("string", "The address asked for"),
        "page_id": Column("integer", "The page it was for: `pages.id`, for an article `articles.id`"),
        "captured_at": Column("datetime", "When it was fetched"),
        "source": Column(
            "string",
            "Where it came from",
            {"live": "the site", "wayback": "a web archive", "warc": "a WARC file", "mirror": "a copied folder"},
        ),
        "status": Column("integer", "Status of HTTP; 0 for no answer"),
        "digest": Column("string", "SHA-1 of the payload as it came, in base 32, as WARC writes it; may be empty"),
        "content_type": Column("string", "Content-Type of the answer; or null"),
        "length": Column("integer", "Bytes of the payload as it came"),
        "location": Column("string", "Where a redirect led; or null"),
        "run_id": Column("integer", "The run it belongs to: `runs.id`; or null"),
        "warc_file": Column("string", "The WARC file that holds it, a path in the archive folder; or null"),
        "warc_offset": Column("integer", "Where its record begins in that file, in bytes"),
        "warc_length": Column("integer", "How long the record is, in bytes, compressed"),
        "revisit_of": Column("integer", "The capture whose bytes it repeats: `captures.id`; or null"),
        "quarantined": Column("string", "Why what was read on it is not believed; null where it is"),
    },
    key=("id",),
    crawl=True,
)

_SIGHTINGS = Table(
    "Sightings",
    "Các lần được nhắc tên",
    "One page naming another in a list. What a list says anew is a new row.",
    "Mỗi dòng là một lần trang này nêu tên trang khác trong danh sách của mình.",
    {
        "url": Column("string", "The page that is named"),
        "seen_on": Column("string", "The page that names it"),
        "relation": Column("string", "How the list names it", {**_NAMED, "listing": "merely listed"}),
        "position": Column("integer", "Its place in the list, from 0"),
        "title": Column("string", "What the list calls it"),
        "published": Column("date", "The day the list gives it; or null"),
        "first_seen_at": Column("datetime", "When the list was first seen to say so"),
        "last_seen_at": Column("datetime", "When the list was last seen to say so"),
    },
    view=True,
)

_RUNS = Table(
    "Runs",
    "Các lần chạy",
    "One run of a command on this archive.",
    "Mỗi dòng là một lần chạy lệnh trên kho lưu trữ này.",
    {
        "id": Column("integer", "Number of the run"),
        "started_at": Column("datetime", "When it began"),
        "finished_at": Column("datetime", "When it ended; null where it was cut off"),
        "command": Column("string", "What was run, such as `crawl`"),
        "outcome": Column(
            "string",
            "How it ended; null where it was cut off",
            {
                "done": "",
                "limited": "as many pages as allowed",
                "interrupted": "stopped by a person",
                "unwell": "the site was not as usual",
                "failed": "",
            },
        ),
        "counts": Column("string", "What it counted, as JSON"),
        "site": Column("string", "The site it was for: a host name, or the key of a profile; or null"),
        "accepts": Column("boolean", "1 where it was told to take the site as it is (`--accept`)"),
    },
    key=("id",),
    crawl=True,
)

_BROUGHT_FROM = Table(
    "Sources",
    "Nguồn nhập",
    "A file or folder that others' captures were brought in from.",
    "Mỗi dòng là một tệp hoặc thư mục mà các bản chụp của người khác được nhập vào từ đó.",
    {
        "id": Column("integer", "Number of the source"),
        "run_id": Column("integer", "The run that brought it in: `runs.id`"),
        "kind": Column("string", "What it is", {"warc": "a WARC file", "mirror": "a folder saved by wget or HTTrack"}),
        "path": Column("string", "Where it lay then, or lies"),
        "inside": Column("string", "Its name within a WACZ file; of a mirror, the address given for it; else empty"),
        "digest": Column("string", "SHA-256 of the file; of a folder, of the list of what is in it"),
        "bytes": Column("integer", "Its size"),
        "copied": Column("boolean", "1 where its captures are in the archive's own WARC files"),
        "reached": Column("string", "How far copying has come"),
        "complete": Column("boolean", "1 once all of it is in the archive's log"),
        "captures": Column("integer", "Pages that were taken"),
        "left_out": Column("string", "How many other records it has, by reason, as JSON"),
        "hosts": Column("string", "The hosts whose pages were taken, as JSON"),
    },
    key=("id",),
    crawl=True,
)

_FTS = Table(
    "Full-text index",
    "Chỉ mục toàn văn",
    "The words of each article (FTS5); `rowid` is `articles.id`. It is searched with MATCH, its columns read as null.",
    "Chỉ mục từ ngữ của các bài viết (FTS5); `rowid` là `articles.id`. Dùng với MATCH.",
    {
        "title": Column("string", "Words of the title, accents kept"),
        "body": Column("string", "Words of the body, accents kept"),
        "byline": Column("string", "Words of the byline, accents kept"),
        "title_folded": Column("string", "Words of the title without accents, đ as d"),
        "body_folded": Column("string", "Words of the body without accents, đ as d"),
        "byline_folded": Column("string", "Words of the byline without accents, đ as d"),
    },
)

_BY_MONTH = Table(
    "Articles by month",
    "Số bài theo tháng",
    "How many articles a category has of a month.",
    "Số bài viết của mỗi chuyên mục trong từng tháng.",
    {
        "month": Column("string", "Month of publication, such as `2020-06`; null for undated articles"),
        "site": _SITE,
        "category": Column("string", "The section of the site; empty for articles whose page names none"),
        "articles": Column("integer", "How many articles"),
    },
    key=("month", "site", "category"),
    view=True,
)

_CHAIN = Table(
    "Chain of articles",
    "Chuỗi bài viết",
    "An article and another that stands beside it: one of the two names the other as newer or older.",
    "Mỗi dòng là một bài viết và một bài lân cận, mới hơn hoặc cũ hơn, theo danh sách dưới bài.",
    {
        "article_id": _ID,
        "title": _TITLE,
        "published": _DAY,
        "relation": Column(
            "string", "How the other stands to it", {"newer": "the other is newer", "older": "the other is older"}
        ),
        "neighbour_id": Column("integer", "The other's `articles.id`; null where it is not stored"),
        "neighbour_url": Column("string", "The other's address"),
        "neighbour_title": Column("string", "The other's title; where it is not stored, what a list last called it"),
        "neighbour_published": Column("date", "The other's day; where it is not stored, as lists say; or null"),
    },
    key=("article_id", "relation", "neighbour_url"),
    view=True,
)

_MISSING = Table(
    "Missing articles",
    "Bài còn thiếu",
    "An article that some page names, that is not stored, and that the site may still have.",
    "Mỗi dòng là một bài được trang khác nhắc tới nhưng chưa có trong kho, có thể vẫn còn trên trang tin.",
    {
        "url": _URL,
        "site": _SITE,
        "title": Column("string", "What a list last called it; null where no list names it"),
        "published": Column("date", "Its day as most lists say; null where none says"),
        "state": Column(
            "string",
            "Why it is not stored",
            {
                "known": "not fetched yet",
                "fetched": "its page could not be read as an article",
                "failed": "no usable answer",
                "blocked": "not to be fetched",
            },
        ),
        "reason": Column("string", "More on that; or null"),
        "first_seen_at": Column("datetime", "When it was first heard of"),
        "named_by": Column("integer", "How many pages name it"),
    },
    key=("url",),
    view=True,
)

_REMOVED = Table(
    "Removed articles",
    "Bài đã bị gỡ",
    "An article that the site has no more, whether its text could be kept or not.",
    "Mỗi dòng là một bài không còn trên trang tin, dù nội dung có kịp lưu lại hay không.",
    {
        "article_id": Column("integer", "`articles.id`; null where it was gone before it could be stored"),
        "url": _URL,
        "site": _SITE,
        "title": Column("string", "Its title; where it is not stored, what a list last called it; or null"),
        "published": Column("date", "Its day; where it is not stored, as most lists say; or null"),
        "gone_at": Column("datetime", "When it was found gone; null where that was not noted"),
        "reason": Column("string", "How the site showed that; may be empty or null"),
        "kept": Column("boolean", "1 where its text is in the archive"),
    },
    key=("url",),
    view=True,
)

_CHANGES = Table(
    "Changed texts",
    "Các lần sửa bài",
    "A change that a site made to the words of an article; `versions` has the texts.",
    "Mỗi dòng là một lần trang tin sửa nội dung bài viết; toàn văn ở bảng `versions`.",
    {
        "article_id": _ID,
        "url": _URL,
        "published": _DAY,
        "number": Column("integer", "Number of the new text: `versions.number`, from 2"),
        "captured_at": Column("datetime", "When the new text was first seen"),
        "title": Column("string", "The title from then on"),
        "title_before": Column("string", "The title until then"),
        "characters": Column("integer", "Length of the new text, in characters"),
        "characters_before": Column("integer", "Length of the text before, in characters"),
    },
    key=("article_id", "number"),
    view=True,
)

_EVIDENCE = Table(
    "Evidence for dates",
    "Căn cứ ngày đăng",
    "Who says that an article was published on which day.",
    "Mỗi dòng là một căn cứ về ngày đăng của bài viết: nguồn nào nói ngày nào.",
    {
        "article_id": _ID,
        "date": Column("date", "The day"),
        "source": Column("string", "What says so", {**_SOURCES, "list": "a list on another page"}),
        "seen_on": Column("string", "The address of the page that says so"),
        "relation": Column(
            "string", "For a list, how it names the article; else null", {**_NAMED, "listing": "merely listed"}
        ),
        "agrees": Column("boolean", "1 where it is the day in `articles.published`"),
    },
    view=True,
)

_NAMED_IN = Table(
    "Names",
    "Địa danh, cơ quan",
    "A place or body that an article names, found by how such names are written; only in a copy for the public.",
    "Mỗi dòng là một địa danh hoặc cơ quan được nhắc trong bài viết, nhận ra theo cách viết; chỉ có ở bản công bố.",
    {
        "article_id": _ID,
        "kind": Column(
            "string", "What it is", {"place": "a unit of the country", "body": "an office, society or firm"}
        ),
        "name": Column("string", "Its name, one form for all spellings, such as `xã Đồng Tâm` or `UBND tỉnh`"),
        "mentions": Column("integer", "How often title and text have it"),
    },
    key=("article_id", "kind", "name"),
    copied=True,
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "articles": _ARTICLES,
        "articles_by_month": _BY_MONTH,
        "chain": _CHAIN,
        "missing": _MISSING,
        "removed": _REMOVED,
        "changes": _CHANGES,
        "date_evidence": _EVIDENCE,
        "versions": _VERSIONS,
        "status_changes": _STATUS_CHANGES,
        "images": _IMAGES,
        "attachments": _ATTACHMENTS,
        "names": _NAMED_IN,
        "sightings": _SIGHTINGS,
        "pages": _PAGES,
        "captures": _CAPTURES,
        "runs": _RUNS,
        "sources": _BROUGHT_FROM,
        "articles_fts": _FTS,
    }
)

# Tables that keep what the public ones show, or what only the program needs: hidden where data are shown.
INTERNAL: Mapping[str, str] = MappingProxyType(
    {
        "_sqlite_migrations": "which migrations have been applied",
        "articles_fts_config": "kept by FTS5",
        "articles_fts_data": "kept by FTS5",
        "articles_fts_docsize": "kept by FTS5",
        "articles_fts_idx": "kept by FTS5",
        "cdx": "captures that web archives offer, and which of them are here: the to-do list of `thidua wayback`",
        "cdx_queries": "how far each list of a web archive has been read",
        "doubts": "texts that are not believed yet",
        "edge_blocks": "how often short blocks stand at the edges of articles",
        "edge_sites": "of how many articles that was counted",
        "mentions": "what the view `sightings` shows",
        "superseded": "earlier texts, which the view `versions` shows",
        "witnesses": "what became of the known articles that a run asked for",
    }
)
