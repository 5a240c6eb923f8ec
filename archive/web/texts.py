"""What the reading room says, in Vietnamese and in English, and how it writes numbers and days in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from archive.times import VIETNAM, days

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

# Each text in Vietnamese, then in English; there `one thing|many things` says both, and `n` decides.
_TEXTS: dict[str, tuple[str, str]] = {
    # every page
    "name": ("Phòng đọc thi đua – khen thưởng", "Emulation and commendation reading room"),
    "skip": ("Đến nội dung chính", "Skip to content"),
    "menu": ("Các trang", "Pages"),
    "home": ("Trang chủ", "Home"),
    "search": ("Tìm kiếm", "Search"),
    "coverage": ("Tình trạng kho", "Coverage"),
    "data": ("Dữ liệu và SQL", "Data and SQL"),
    "in_language": ("Tiếng Việt", "English"),
    "switch": ("Ngôn ngữ", "Language"),
    "feeds": ("Theo dõi bài mới:", "Follow new articles:"),
    "about": (
        "Kho này giữ lại tin, bài mà các trang thông tin điện tử đã đăng. Bản quyền thuộc về cơ quan đăng tin.",
        "This archive keeps what official news sites have published. Rights remain with the publishers.",
    ),
    "made_with": ("Xây dựng bằng", "Made with"),
    "and": ("và", "and"),
    "articles": ("{n} bài", "{n} article|{n} articles"),
    "undated": ("Không rõ ngày", "Undated"),
    "no_category": ("Không có chuyên mục", "No category"),
    "categories": ("Chuyên mục", "Categories"),
    "category": ("Chuyên mục", "Category"),
    "years": ("Năm", "Years"),
    "year": ("Năm", "Year"),
    "month": ("Tháng", "Month"),
    "page_before": ("Trang trước", "Previous page"),
    "page_after": ("Trang sau", "Next page"),
    "first_page": ("Trang đầu danh sách", "First page"),
    "all": ("Xem tất cả ({n})", "See all {n}"),
    "in_time": ("GMT+7", "UTC+7"),
    # first page
    "placeholder": ("Tên người, đơn vị, danh hiệu, địa danh…", "A person, body, award or place…"),
    "search_label": ("Tìm trong kho", "Search the archive"),
    "find": ("Tìm", "Search"),
    "hint": (
        "Gõ không dấu cũng được: thi dua tìm được “thi đua”.",
        "Accents are optional: thi dua finds “thi đua”.",
    ),
    "per_month": ("Số bài theo tháng", "Articles per month"),
    "as_table": ("Xem dạng bảng", "Show as a table"),
    "chart_hint": ("Bấm vào một cột để xem các bài của tháng đó.", "Click a bar to see that month’s articles."),
    "most_in_month": (
        "Nhiều nhất: {n} bài trong {month}",
        "Most: {n} article in {month}|Most: {n} articles in {month}",
    ),
    "newest": ("Bài mới nhất", "Newest articles"),
    "all_newest": ("Xem tiếp các bài cũ hơn", "More, from the newest on"),
    "line_articles": ("Kho giữ {n} bài", "The archive holds {n} article|The archive holds {n} articles"),
    "line_span": (", đăng từ {first} đến {last}", ", published from {first} to {last}"),
    "line_missing": (
        "; còn {n} bài được nhắc đến nhưng chưa có",
        "; {n} more is named by its pages but missing|; {n} more are named by its pages but missing",
    ),
    "line_whole": ("; không thiếu bài nào được nhắc đến", "; none that its pages name is missing"),
    "empty": (
        "Kho chưa có bài nào. Khi thu thập được bài đầu tiên, bài sẽ hiện ở đây.",
        "The archive holds no articles yet. They appear here once a crawl has stored the first.",
    ),
    # search
    "results_for": ("Kết quả tìm “{q}”", "Results for “{q}”"),
    "browse": ("Duyệt theo ngày đăng", "Browse by date"),
    "words": ("Từ cần tìm", "Words"),
    "accents": ("Dấu tiếng Việt", "Vietnamese accents"),
    "loose": ("Từ gõ không dấu khớp mọi dấu", "Words typed without accents match any"),
    "exact": ("Khớp đúng dấu từng từ", "Every word as typed"),
    "loosely": ("không kể dấu", "any accents"),
    "exactly": ("đúng dấu", "accents as typed"),
    "looking_for": ("Đang tìm", "Looking for"),
    "from": ("Từ ngày", "From"),
    "to": ("Đến ngày", "To"),
    "day_hint": ("2019, 06/2019 hoặc 12/06/2019", "2019, 06/2019 or 12/06/2019"),
    "syntax": ("Cách gõ câu truy vấn", "How to write a query"),
    "syntax_phrase": ("cụm từ liền nhau", "words in a row"),
    "syntax_or": ("một trong hai từ", "either word"),
    "syntax_not": ("bỏ bài có từ đứng sau", "leaves out articles with the word after it"),
    "syntax_prefix": ("từ bắt đầu bằng", "words that begin so"),
    "syntax_title": ("chỉ tìm trong tiêu đề", "in titles only"),
    "found": ("{n} bài", "{n} article|{n} articles"),
    "found_pages": ("trang {page}/{pages}", "page {page} of {pages}"),
    "nothing": ("Không tìm thấy bài nào.", "Nothing found."),
    "nothing_hint": (
        "Thử ít từ hơn, gõ không dấu, hoặc bỏ bớt điều kiện lọc.",
        "Try fewer words, words without accents, or fewer filters.",
    ),
    "no_such_page": ("Danh sách không có trang này.", "The list has no such page."),
    "sort": ("Sắp xếp", "Sort"),
    "sort_relevance": ("Phù hợp nhất", "Best match"),
    "sort_newest": ("Mới nhất", "Newest"),
    "sort_oldest": ("Cũ nhất", "Oldest"),
    "filters": ("Lọc kết quả", "Filter the results"),
    "to_filters": ("Đến phần lọc kết quả", "Go to filters"),
    "active": ("Đang lọc", "Filters in use"),
    "remove": ("Bỏ điều kiện: {what}", "Remove filter: {what}"),
    "since": ("từ {day}", "from {day}"),
    "until": ("đến {day}", "until {day}"),
    "in_period": ("trong {period}", "in {period}"),
    "more_categories": ("{n} chuyên mục khác", "{n} more category|{n} more categories"),
    "download": ("Tải toàn bộ kết quả:", "Download the whole result:"),
    "permalink": ("Đường dẫn của lần tìm này", "Link to this search"),
    "paging": ("Các trang kết quả", "Pages of results"),
    "query_wrong": ("Chưa hiểu câu truy vấn", "The query could not be understood"),
    "day_wrong": (
        "Ngày chưa đúng, nên chưa lọc theo ngày ấy",
        "A date could not be understood, and is not filtered by",
    ),
    "wrong_day": (
        "“{text}” không phải là ngày. Hãy viết 12/06/2019, 06/2019 hoặc 2019.",
        "“{text}” is not a date. Write 12/06/2019, 06/2019 or 2019.",
    ),
    "query_": ("Câu truy vấn không có nghĩa.", "The query means nothing."),
    "query_long": ("Câu truy vấn dài quá {value} ký tự.", "The query is longer than {value} characters."),
    "query_unopened": (
        "Có dấu ngoặc đóng mà không có dấu ngoặc mở.",
        "A parenthesis is closed that was never opened.",
    ),
    "query_unclosed": ("Có dấu ngoặc mở mà không có dấu ngoặc đóng.", "A parenthesis is never closed."),
    "query_empty": ("Hãy gõ ít nhất một chữ cái hoặc chữ số.", "Type at least one letter or digit."),
    "query_quote": ("Có dấu ngoặc kép mở mà không đóng.", "A quotation mark is never closed."),
    "query_deep": ("Ngoặc lồng nhau quá {value} lớp.", "Parentheses are nested deeper than {value}."),
    "query_only_not": (
        "Câu truy vấn chỉ nói điều cần bỏ ra; hãy thêm từ cần tìm.",
        "The query only says what to leave out; add what to look for.",
    ),
    "query_operator": (
        "{value} phải đứng giữa hai từ; nếu là từ cần tìm thì viết thường.",
        "{value} must stand between two words; write it in small letters if it is a word to find.",
    ),
    "query_parentheses": ("Có cặp ngoặc không chứa gì.", "A pair of parentheses holds nothing."),
    "query_not": ("Sau NOT phải có từ cần bỏ ra.", "NOT needs the word to leave out after it."),
    "query_title": ("Sau title: phải có từ cần tìm trong tiêu đề.", "title: needs a word after it."),
    "query_prefix": (
        "Trước dấu * cần ít nhất {value} chữ cái, chẳng hạn nông*.",
        "At least {value} letters must stand before a star, as in nông*.",
    ),
    "query_many": ("Câu truy vấn có quá {value} từ.", "The query has more than {value} words."),
    # article
    "origin": ("Nguồn gốc", "Where it comes from"),
    "published": ("Ngày đăng", "Published"),
    "source_list": (
        "theo danh sách tin trên {n} trang khác",
        "as the list on {n} other page says|as lists on {n} other pages say",
    ),
    "source_page": ("theo chính trang bài", "as its own page says"),
    "source_text": ("theo đoạn mở đầu của bài", "as the opening of its text says"),
    "bounds_between": (
        "các tin liền kề cho thấy bài đăng trong khoảng {first} – {last}",
        "its neighbours put it between {first} and {last}",
    ),
    "bounds_after": (
        "các tin liền kề cho thấy bài đăng từ {first} trở đi",
        "its neighbours put it at {first} or later",
    ),
    "bounds_before": (
        "các tin liền kề cho thấy bài đăng muộn nhất là {last}",
        "its neighbours put it at {last} or earlier",
    ),
    "disputed": ("có danh sách ghi ngày khác: {days}", "some lists say otherwise: {days}"),
    "bounds_disputed": ("các tin liền kề mâu thuẫn nhau về thời gian", "its neighbours contradict each other"),
    "byline": ("Nguồn, tác giả", "Byline"),
    "original": ("Bản gốc", "Original"),
    "wayback": ("Tìm ở Wayback Machine", "Look it up in the Wayback Machine"),
    "gone": (
        "Trang gốc đã gỡ bài này{when}. Kho giữ nguyên văn bài như lần đọc cuối.",
        "The site has removed this article{when}. The archive keeps its text as last read.",
    ),
    "gone_when": (" (phát hiện ngày {day})", " (found on {day})"),
    "images": ("Hình ảnh trong bài", "Pictures"),
    "images_note": (
        "Kho không giữ tệp ảnh, chỉ giữ chú thích và địa chỉ gốc.",
        "The archive keeps captions and addresses, not the pictures themselves.",
    ),
    "image": ("Ảnh {n}", "Picture {n}"),
    "attachments": ("Tệp đính kèm", "Attachments"),
    "attachments_note": (
        "Kho không giữ tệp, chỉ giữ tên và địa chỉ gốc.",
        "The archive keeps names and addresses, not the files themselves.",
    ),
    "neighbours": ("Các tin trước và sau", "Before and after"),
    "newer": ("Các tin mới hơn", "Newer"),
    "older": ("Các tin cũ hơn", "Older"),
    "next": ("Tin mới hơn", "Newer article"),
    "previous": ("Tin cũ hơn", "Older article"),
    "not_stored": ("chưa có trong kho", "not in the archive"),
    "cite": ("Trích dẫn", "Cite"),
    "cite_plain": ("Văn bản", "Plain text"),
    "copy": ("Sao chép", "Copy"),
    "copied": ("Đã sao chép", "Copied"),
    "versions": ("Các phiên bản", "Versions"),
    "version": ("Phiên bản {n}", "Version {n}"),
    "version_first": ("Bản đầu tiên kho đọc được", "The first text that the archive read"),
    "version_now": ("bản hiện nay", "the present text"),
    "words_changed": ("thêm {added} từ, bớt {removed} từ", "{added} words added, {removed} removed"),
    "title_changed": ("Tiêu đề đổi", "Title changed"),
    "seen": ("đọc được {moment}", "first read {moment}"),
    "read_version": ("Đọc toàn văn bản này", "Read this text in full"),
    "old_version": (
        "Đây là phiên bản {n} của bài, không phải bản hiện nay.",
        "This is version {n} of the article, not its present text.",
    ),
    "to_present": ("Về bản hiện nay", "To the present text"),
    "removed_on": ("Bị gỡ{reason}, phát hiện {moment}", "Found gone{reason} {moment}"),
    "back_on": ("Có lại trên trang gốc, {moment}", "Back on the site, {moment}"),
    "captures": ("Các lần lưu", "Captures"),
    "captures_note": (
        "Mỗi lần chương trình hỏi trang gốc và nhận được gì; mã băm SHA-1 để kiểm tra với tệp WARC.",
        "Each time the site was asked and what it answered; the SHA-1 digest ties it to the WARC file.",
    ),
    "when": ("Thời điểm", "When"),
    "from_source": ("Lấy từ", "From"),
    "status": ("Trả lời", "Answer"),
    "digest": ("Mã băm", "Digest"),
    "no_answer": ("không trả lời", "no answer"),
    "capture_live": ("trang gốc", "the site"),
    "capture_wayback": ("Wayback Machine", "Wayback Machine"),
    "capture_warc": ("tệp WARC", "a WARC file"),
    "capture_mirror": ("bản sao", "a mirror"),
    "as_data": ("Dữ liệu của bài:", "This article as data:"),
    "row": ("dòng trong cơ sở dữ liệu", "database row"),
    # errors
    "not_found": ("Không có trang này", "There is no such page"),
    "not_found_hint": ("Hãy tìm trong kho, hoặc về trang chủ.", "Search the archive, or go to the first page."),
    "no_article": ("Kho không có bài số {id}.", "The archive has no article {id}."),
    "known_article": (
        "Kho biết bài này qua danh sách ở các trang khác nhưng chưa lưu được.",
        "The archive knows of this article from other pages’ lists, but could not store it.",
    ),
    "gone_article": (
        "Bài này đã bị gỡ khỏi trang gốc trước khi kho kịp lưu.",
        "The site had removed this article before it could be stored.",
    ),
    "no_answer_now": ("Kho chưa trả lời được", "The archive cannot answer now"),
    "too_slow": (
        "Câu hỏi này mất quá nhiều thời gian. Hãy hỏi hẹp hơn.",
        "This took too long. Ask for less at once.",
    ),
    "try_later": ("Hãy thử lại sau ít phút.", "Try again in a few minutes."),
    # coverage
    "heat": ("Số bài theo tháng và chuyên mục", "Articles by month and category"),
    "heat_note": (
        "Mỗi ô ghi số bài của tháng; bấm vào một ô để xem.",
        "Each cell is a month’s count; click it to see the articles.",
    ),
    "blank_year": ("không có bài nào", "no articles"),
    "total": ("Cộng", "Total"),
    "facts": ("Tóm tắt", "In short"),
    "stored": ("Bài đã lưu", "Articles stored"),
    "known": ("Bài được biết đến", "Articles known of"),
    "missing": ("Chưa lưu được", "Missing"),
    "missing_note": (
        "Bài mà một trang nào đó nhắc đến nhưng kho chưa có.",
        "Articles that some page names and that are not stored.",
    ),
    "gone_list": ("Đã bị gỡ", "Gone"),
    "gone_note": ("Bài mà trang gốc không còn nữa.", "Articles that the site has no more."),
    "gone_kept": ("kho vẫn giữ {n}", "{n} of them kept here"),
    "kept": ("còn trong kho", "kept here"),
    "lost": ("không kịp lưu", "not stored in time"),
    "gaps": ("Chỗ đứt của chuỗi tin", "Gaps in the chain"),
    "gaps_note": (
        "Bài nêu tên các tin kế bên mà kho không có tin nào trong số đó.",
        "Articles that name neighbours of which none is stored.",
    ),
    "gap_newer": ("thiếu {n} tin mới hơn", "{n} newer article missing|{n} newer articles missing"),
    "gap_older": ("thiếu {n} tin cũ hơn", "{n} older article missing|{n} older articles missing"),
    "disputed_list": ("Ngày đăng còn mâu thuẫn", "Disputed dates"),
    "disputed_note": (
        "Bài mà các danh sách ghi ngày khác nhau, hoặc các tin liền kề mâu thuẫn nhau.",
        "Articles of which lists give different dates, or whose neighbours contradict each other.",
    ),
    "none": ("Không có.", "None."),
    "state": ("Tình trạng", "State"),
    "state_known": ("chưa tải", "not fetched yet"),
    "state_failed": ("tải không được", "failed"),
    "state_blocked": ("bị chặn", "blocked"),
    "state_fetched": ("tải được, không đọc được bài", "fetched, no article in it"),
    "state_gone": ("đã bị gỡ", "gone"),
    "runs": ("Các lần chạy", "Runs"),
    "runs_note": (
        "Những lần chương trình làm việc với kho, mới nhất trước.",
        "The runs of the program on this archive, the latest first.",
    ),
    "command": ("Lệnh", "Command"),
    "outcome": ("Kết quả", "Outcome"),
    "health": ("Chất lượng đọc", "Health"),
    "outcome_done": ("xong", "done"),
    "outcome_limited": ("dừng theo giới hạn", "stopped at its limit"),
    "outcome_interrupted": ("bị ngắt", "interrupted"),
    "outcome_unwell": ("trang gốc có vẻ bất thường", "the site looks unwell"),
    "outcome_failed": ("thất bại", "failed"),
    "outcome_": ("đang chạy, hoặc bị cắt ngang", "running, or cut off"),
    "run_new": ("{n} bài mới", "{n} new"),
    "run_changed": ("{n} bài đổi", "{n} changed"),
    "run_gone": ("{n} bài bị gỡ", "{n} gone"),
    "run_failed": ("{n} trang lỗi", "{n} failed"),
    "run_fetched": ("{n} trang đã tải", "{n} page fetched|{n} pages fetched"),
    "fill_title": ("tiêu đề", "titles"),
    "fill_body": ("nội dung", "texts"),
    "fill_date": ("ngày", "dates"),
    "fill_lists": ("danh sách", "lists"),
    # feeds and data
    "feed_about": ("{n} bài mới nhất trong kho", "The {n} newest articles of the archive"),
    "feed_title": ("{name}: bài mới nhất", "{name}: newest articles"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language: `texts("found", n=3)`."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values; whole numbers are written as the language does."""
        text = _TEXTS[key][LANGUAGES.index(self.language)]
        one, _, many = text.partition("|")
        if many and values.get("n") != 1:
            one = many
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return one.format(**shown)

    def known(self, prefix: str, name: str) -> str:
        """Return the text for a word of the archive, such as a state, or the word itself where there is none."""
        return self(prefix + name) if prefix + name in _TEXTS else name

    def number(self, value: int) -> str:
        """Return a number with its thousands parted: 1.234, in English 1,234."""
        return f"{value:,}".replace(",", "." if self.language == "vi" else ",")

    def percent(self, part: int, whole: int) -> str:
        """Return a share, rounded down so that 100 % means all."""
        return f"{100 * part // whole}%"

    def day(self, iso: str | None) -> str:
        """Return a day, month or year: 12/06/2020, 06/2020, 2020; in English 12 June 2020, June 2020."""
        if not iso:
            return self("undated")
        parts = iso.split("-")
        if self.language == "vi":
            return "/".join(reversed(parts))
        if len(parts) > 1:
            parts[1] = _MONTHS[int(parts[1]) - 1]
        if len(parts) > 2:  # noqa: PLR2004 - year, month and day
            parts[2] = str(int(parts[2]))
        return " ".join(reversed(parts))

    def days(self, parted: str) -> str:
        """Return ISO dates that commas part, as this language writes them."""
        return ", ".join(map(self.day, parted.split(",")))

    def typed(self, iso: str) -> str:
        """Return a day, month or year as one types it; what is none stays as it is."""
        return "/".join(reversed(iso.split("-"))) if days(iso) else iso

    def source(self, source: str, lists: int) -> str:
        """Return how a date is known; `lists` is how many lists give it."""
        return self("source_list", n=lists) if source == "list" else self.known("source_", source)

    def bounds(self, first: str | None, last: str | None) -> str:
        """Return what the neighbours leave possible, where they leave anything out."""
        key = "bounds_between" if first and last else "bounds_after" if first else "bounds_before"
        return self(key, first=self.day(first), last=self.day(last))

    def moment(self, stamp: str) -> str:
        """Return a moment of the archive (UTC) in Vietnam's time: 15:15 12/06/2020 (GMT+7)."""
        local = datetime.fromisoformat(stamp).astimezone(VIETNAM)
        return f"{local:%H:%M} {self.day(f'{local:%Y-%m-%d}')} ({self('in_time')})"
