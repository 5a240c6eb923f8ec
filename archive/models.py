"""What comes into the archive: frozen, plain records that know nothing of Scrapy or HTML.

Two rules hold for all of them. A `url` is the address to ask for and to show; a `key` is the page's identity, made by
the caller: two spellings of one page's address share one key. Text may be in any Unicode form; the archive keeps NFC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Sighted:
    """One page named by a list on another.

    `relation` is `newer`, `older` or `listing`: how the named page stands to the one that names it. `position` counts
    from 0 within its list. `published` is the date the list gives, in Vietnam's calendar, or None.
    """

    url: str
    key: str
    relation: str
    position: int
    title: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """A page the crawl should know of.

    `kind` is `article`, `section` (the first page of a listing), `listing` (a further page of one) or `home`. `depth`
    counts menu links away from a start URL, which has 0.
    """

    url: str
    key: str
    kind: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    r"""What an article says.

    `body` is plain text, its blocks parted by a blank line; `block_kinds` has one letter for each of them, so that
    `body.split("\n\n")` and `block_kinds` go together. `page_date` is the page's own date line or metadata,
    `text_date` a date named in the opening of the text; both are days in Vietnam's calendar.
    """

    title: str
    category: str
    lead: str
    body: str
    block_kinds: str
    byline: str = ""
    page_date: date | None = None
    text_date: date | None = None
    images: tuple[tuple[str, str], ...] = ()  # (url, caption)
    attachments: tuple[tuple[str, str], ...] = ()  # (url, name)


@dataclass(frozen=True, slots=True)
class Observation:
    """One response and all that was read on it: what `archive.store.save` stores in one transaction.

    `captured_at` is aware; `in_turn` tells whether it says what came first. `source` is `live`, `wayback`, `warc` or
    `mirror`. `state` is what the response makes of the page: `fetched`, `gone` (404, 410, a soft 404, a redirect to the
    home page), `failed` or `blocked`; `reason` says
    why in a word, empty for a page that was simply fetched. `kind` is what the reader made of it (`article`, `listing`,
    `soft404` …), empty where nothing was read. `text` is set for a readable article and for nothing else.
    `location` is the target of a redirect. `depth` is that of a page nobody has named so far. `canonical_key` is the
    key of the page this one calls its canonical address, or empty. `warc_file`, `warc_offset` and
    `warc_length` say which record holds the answer; the file's path is relative to the archive folder, or absolute, or
    empty where there is none. `revisit_of` is the capture whose payload this one repeats.
    """

    site: str
    url: str
    key: str
    captured_at: datetime
    source: str
    http_status: int
    digest: str
    content_type: str = ""
    length: int = 0
    location: str = ""
    etag: str = ""
    last_modified: str = ""
    state: str = "fetched"
    kind: str = ""
    reason: str = ""
    text: Text | None = None
    sighted: tuple[Sighted, ...] = ()
    known: tuple[Known, ...] = ()
    canonical_key: str = ""
    depth: int = 0
    run_id: int | None = None  # that brought it: a crawl, an import
    warc_file: str = ""
    warc_offset: int = 0
    warc_length: int = 0
    revisit_of: int | None = None

    @property
    def in_turn(self) -> bool:
        """Whether it came after all else that is known of its page, whatever the clock of its machine said.

        What a crawl is answered does. What is read from elsewhere goes by its time: it may be older than what is here.
        """
        return self.crawl is not None

    @property
    def crawl(self) -> int | None:
        """The crawl that was given this answer; None for what is read from elsewhere, whichever run brought it."""
        return self.run_id if self.source == "live" else None

    @property
    def occasion(self) -> int:
        """What tells one look at the site from another: the crawl, or minus the (UTC) day's number since the year 1.

        What only a second look can confirm, two answers of one occasion do not.
        """
        return self.crawl if self.crawl is not None else -self.captured_at.astimezone(UTC).toordinal()


@dataclass(frozen=True, slots=True)
class Saved:
    """What storing an observation did.

    `what` is `new`, `changed` (another version), `unchanged`, `gone`, `back` (readable again, whatever else changed),
    `doubted` or `held` (a text that is not believed: `archive.doubts`, `archive.quarantine`), or `none` (nothing about
    an article). `article_id` is the article concerned, if there is one. `discovered` counts
    pages not known before. `refused` counts dates that cannot be true (`archive.dates.believable`).
    """

    what: str
    article_id: int | None = None
    discovered: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A page to be fetched. `etag` and `last_modified` are those of its last good answer, or empty."""

    url: str
    kind: str
    depth: int
    etag: str = ""
    last_modified: str = ""
