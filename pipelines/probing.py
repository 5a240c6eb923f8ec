"""One page read as a crawl would read it, with the reasons: what `thidua probe` shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from crawler.message import WITH_PAGE
from crawler.pages import read, urls
from crawler.pages.dates import VIETNAM
from crawler.pages.explain import Explained, explain
from crawler.records import Kind, ListItem, Page
from crawler.scope import Scope
from crawler.traversal import followable
from crawler.visit import State
from pipelines.check import GONE, readable
from pipelines.clean import no_news

if TYPE_CHECKING:
    from datetime import date

    from crawler.sites import Profile
    from crawler.specimen import Specimen


@dataclass(frozen=True, slots=True)
class Address:
    """What is known of the page's address: who it is, what the rules say of it."""

    url: str
    key: str  # two addresses with one key are one page
    meant: str  # by the rules of `rewrite`; the address itself where there is none
    skipped: str  # why it is left out, or empty
    rule: str  # "article", "listing" or empty
    on_site: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list, and why it is not followed; `refused` is empty where it is."""

    relation: str
    url: str
    title: str
    published: date | None
    refused: str


@dataclass(frozen=True, slots=True)
class Probed:
    """Everything about one page."""

    specimen: Specimen
    profile: Profile
    era: str
    address: Address
    page: Page
    explained: Explained
    items: tuple[Item, ...]
    verdict: str

    def as_json(self) -> dict[str, Any]:
        """Return all of it but the page's bytes."""
        page = asdict(self.page)
        return {
            "address": asdict(self.address),
            "captured_at": self.specimen.at,
            "told": self.specimen.told,
            "profile": {"key": self.profile.key, "name": self.profile.name, "era": self.era},
            "kind": self.page.kind,
            "why": self.explained.why,
            "verdict": self.verdict,
            **{name: page[name] for name in _FIELDS},
            "body": self.page.body,
            "sources": self.explained.sources,
            "lists": [asdict(each) for each in self.explained.lists],
            "items": [asdict(each) for each in self.items],
            "sections": self.page.sections,
            "pagers": self.page.pagers,
            "dropped": [asdict(each) for each in self.explained.dropped],
            "notes": self.page.notes,
        }


_FIELDS = (
    "charset",
    "title",
    "published",
    "category",
    "byline",
    "lead",
    "images",
    "attachments",
    "canonical",
    "onward",
)


def probed(specimen: Specimen, profile: Profile, at: date | None = None) -> Probed:
    """Return what a crawl of the profile's site would see on a page, were it captured on a day (else on its own)."""
    day = at or specimen.at.astimezone(VIETNAM).date()
    hints = profile.hints(day)
    page = read(specimen.body, specimen.url, content_type=specimen.content_type, hints=hints)
    explained = explain(specimen.body, page, content_type=specimen.content_type, hints=hints)
    address = _address(specimen.url, profile)
    items = tuple(_item(entry, page, profile) for entry in page.items)
    until = next((until for until, _ in profile.eras if day < until), None)
    era = f"before {until}" if until else "the newest" if profile.eras else ""
    return Probed(specimen, profile, era, address, page, explained, items, _verdict(specimen.status, page, address))


def _address(url: str, profile: Profile) -> Address:
    meant = profile.address(url)
    rule = "article" if profile.is_article(url) else "listing" if profile.is_listing(url) else ""
    try:
        key = Scope.of(profile).key(url)
    except ValueError:
        key = ""
    return Address(url, key, meant, profile.skips(url), rule, urls.same_site(meant, profile.hosts))


def _item(entry: ListItem, page: Page, profile: Profile) -> Item:
    return Item(
        entry.relation, profile.address(entry.url), entry.title, entry.published, _refusal(entry, page, profile)
    )


def _refusal(entry: ListItem, page: Page, profile: Profile) -> str:
    """Return why a crawl does not take a list's entry for an article of the site, as `pipelines.clean` decides it."""
    meant = profile.address(entry.url)
    if why := profile.skips(entry.url):
        return f"left out by the profile: {why}"
    if profile.is_listing(entry.url):
        return "a listing, by the profile"
    if not urls.same_site(meant, profile.hosts):
        return "off the site"
    if not followable(entry.url, profile.hosts, profile):
        return "a file, or a door such as printing or logging in"
    return "an entry of the menu" if no_news(entry, profile.hosts, frozenset(page.sections)) else ""


def _verdict(status: int, page: Page, address: Address) -> str:
    """Return what a crawl would make of the page, in a few words."""
    if address.skipped:
        return f"left out by the profile: {address.skipped}"
    if not address.on_site:
        return "not a page of this site"
    if status not in WITH_PAGE:
        return f"{State.GONE if status in GONE else State.FAILED}: HTTP {status}"
    state, reason = readable(page)
    if reason:
        return f"{state}: {reason}"
    return "stored as an article" if page.kind is Kind.ARTICLE else "followed, not stored"
