"""What the sample site holds: its articles, how they name each other, and under which URLs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, overload

from tests.samplesite import prose, words
from tests.samplesite.chain import Chain
from tests.samplesite.markups import BY_NAME
from tests.samplesite.model import Link, Neighbour
from tests.samplesite.render import OTHERS, Look
from tests.samplesite.urls import FAMILIES, Named, Target, find, slug, vary

if TYPE_CHECKING:
    from datetime import date

    from tests.samplesite.model import Article
    from tests.samplesite.urls import Family
    from tests.samplesite.views import Markup

LISTED = 10  # articles on one page of a listing that is paged by links
_REMEMBERED = 4_096
GONE_FORMS = ("404", "410", "soft404", "home")


@dataclass(frozen=True, slots=True)
class Options:
    """What a site is made of.

    Attributes:
        seed: another seed is another site.
        markup: a name in `MARKUPS`, or "mojoportal".
        url_family: a name in `FAMILIES`; empty is the markup's own.
        gone: which articles are removed from the start: ids, a share such as 0.05, or ids with how (see `Site.remove`).
        name_gone: whether their neighbours' lists still name them.
        vary_urls: whether links spell one URL in several ways.
        newest: how many articles the home page and a category page show of each category.
        robots: the text of robots.txt; None answers 404.
        etags: whether answers carry an ETag and may be 304.
        last_modified: whether they carry a Last-Modified and may be 304. As on real sites it is when the article's own
            text was changed, whatever its lists show now, and on other pages when the template was.
    """

    seed: int = 1
    markup: str = "tables"
    url_family: str = ""
    gone: Mapping[int, str] | Sequence[int] | float = ()
    name_gone: bool = True
    vary_urls: bool = False
    newest: int = 5
    robots: str | None = "User-agent: *\nDisallow: /quan-tri/\n"
    etags: bool = False
    last_modified: bool = False


_LOOK = frozenset(field.name for field in fields(Look))


class Holdings:
    """The articles of a site. All of it follows from the options, so two sites of the same options are equal.

    Args:
        articles: how many it starts with; none is made before it is asked for.
        categories: how many categories they are spread over.
        **options: the fields of `Options` and of `Look`.
    """

    def __init__(self, articles: int = 120, categories: int = 3, **options: Any) -> None:
        self.options = Options(**{name: value for name, value in options.items() if name not in _LOOK})
        self.look = Look(**{name: value for name, value in options.items() if name in _LOOK})
        self.form: Markup = BY_NAME[self.options.markup]
        self.family: Family = FAMILIES[self.options.url_family or self.form.family]
        names = [*words.CATEGORIES, *(f"Chuyên mục số {n}" for n in range(len(words.CATEGORIES) + 1, categories + 1))]
        self.categories: tuple[str, ...] = tuple(names[:categories])
        self.sections = {slug(name): number for number, name in enumerate(self.categories)}
        self.chain = Chain(articles, categories)
        self._edited: dict[int, Article] = {}
        self._edits: Counter[int] = Counter()  # by article
        self._removed: dict[int, str] = _gone_forms(self.options.gone)
        self._restored: set[int] = set()
        self._named: dict[int, Neighbour] = {}  # a walk along the chain names each article eight times

    # -- what it holds

    @property
    def articles(self) -> Articles:
        """All articles, removed ones too, oldest id first; each is made when it is asked for."""
        return Articles(self)

    def article(self, number: int) -> Article:
        """Return an article as it is now. Raises KeyError where the site never had it."""
        if number in self._edited:
            return self._edited[number]
        category, position = self.chain.origin(number)
        link = self._body_link(number) if prose.trap_of(category, position) == "body-link" else None
        task = prose.Task(number, category, self.categories[category], position, self.chain.day(number), link)
        return prose.compose(self.options.seed, task)

    def _body_link(self, number: int) -> Link | None:
        """Return an older article to link to, with the title it had first: an edit there changes nothing here."""
        category, position = self.chain.origin(number)
        other = self.chain.born_at(category, position - 7)
        if other is None:
            return None
        title = prose.headline(self.options.seed, *self.chain.origin(other))
        return Link(self.url(other), f"{title}|{self.chain.day(other):%d/%m/%Y}")

    def title(self, number: int) -> str:
        """Return an article's title; cheaper than the whole article."""
        if number in self._edited:
            return self._edited[number].title
        return prose.headline(self.options.seed, *self.chain.origin(number))

    def published(self, number: int) -> date:
        return self.chain.day(number)

    def gone_as(self, number: int) -> str:
        """Return how a removed article is answered (404, 410, soft404, home), or "" while it is live."""
        if number in self._removed:
            return self._removed[number]
        gone = self.options.gone
        if not isinstance(gone, float) or gone <= 0 or number in self._restored or number in self.chain.added:
            return ""
        position = self.chain.origin(number)[1]
        span = max(2, round(1 / gone))  # one of each so many, so that never more than two in a row are gone
        chosen = (position // span * 2_654_435_761 + self.options.seed) % span
        return GONE_FORMS[position // span % 4] if position % span == chosen and position >= 2 else ""

    def live(self) -> Iterator[int]:
        """Yield the ids of the articles that can be read."""
        return (number for number in self.chain.ids() if not self.gone_as(number))

    # -- how its pages name each other

    def url(self, number: int) -> str:
        """Return the URL path of an article, in its usual spelling."""
        category, _ = self.chain.place(number)
        return self.family.article(self._words_of(number, category))

    def _words_of(self, number: int, category: int) -> Named:
        # a URL keeps the words of the first title when the title is edited, as it does on the real sites
        first = prose.headline(self.options.seed, *self.chain.origin(number))
        return Named(number, slug(first), category, slug(self.categories[category]), self.chain.day(number))

    def print_url(self, number: int) -> str:
        named = self._words_of(number, self.chain.place(number)[0])
        return self.family.printed(named) if self.family.printed else ""

    def section_url(self, category: int, page: int = 1) -> str:
        return self.family.section(category, slug(self.categories[category]), page)

    def newer(self, number: int) -> tuple[Neighbour, ...]:
        """Return the list of newer articles that an article's page shows, in the order it shows them."""
        if self.paged:
            return ()
        found = self._named_around(number, 1, 3)
        return self.neighbours(found[::-1] if self.form.newest_first else found, number)

    def older(self, number: int) -> tuple[Neighbour, ...]:
        """Return the list of older articles that an article's page shows: nearest first."""
        if self.paged:
            return ()
        return self.neighbours(self._named_around(number, -1, 5), number)

    def _named_around(self, number: int, way: int, most: int) -> list[int]:
        reach = most if self.options.name_gone else most * 4
        others = self.chain.around(number, range(way, way * (reach + 1), way))
        return [other for other in others if self.options.name_gone or not self.gone_as(other)][:most]

    def latest(self, count: int) -> list[int]:
        """Return the newest live ids of the whole site."""
        return list(islice((n for n in reversed(self.chain.ids()) if not self.gone_as(n)), count))

    def neighbours(self, numbers: Sequence[int], seen_on: int = 0) -> tuple[Neighbour, ...]:
        """Return articles as a list names them, with the spelling of the URL this page uses."""
        found = tuple(self._neighbour(number) for number in numbers)
        if not self.options.vary_urls:
            return found
        return tuple(replace(item, url=vary(item.url, item.id * 31 + seen_on)) for item in found)

    def _neighbour(self, number: int) -> Neighbour:
        item = self._named.get(number)
        if item is None:
            day = self.chain.day(number)
            if len(self._named) >= _REMEMBERED:
                self._named.clear()
            item = Neighbour(self.url(number), self.title(number), day, self.look.shown(self.form, day), number)
            self._named[number] = item
        return item

    def newest_of(self, category: int, count: int, skip: int = 0) -> list[int]:
        """Return the newest ids of a category, without those removed; `skip` counts positions."""
        top = self.chain.length(category) - 1 - skip
        places = range(top, max(-1, top - count), -1)
        return [
            n for n in (self.chain.id_at(category, place) for place in places) if n is not None and not self.gone_as(n)
        ]

    @property
    def paged(self) -> bool:
        """Whether listings are paged by links, so that everything can be reached by walking them."""
        return self.form.undirected or self.form.scripted_lists

    def page_count(self, category: int) -> int:
        """Return how many listing pages a category has that a link leads to."""
        return max(1, -(-self.chain.length(category) // LISTED)) if self.paged else 1

    def find(self, target: str) -> Target:
        """Return which page a request target means, in any of its spellings."""
        path = target.partition("?")[0]
        if any(path == link.url for link in OTHERS):
            return Target("other", name=path)
        return find(self.family, target, self.sections)

    def pages(self) -> Iterator[str]:
        """Yield the URL paths of all pages that exist: home, listings, the others, live articles."""
        yield "/"
        for category in range(len(self.categories)):
            yield from (self.section_url(category, page) for page in range(1, self.page_count(category) + 1))
        yield from (link.url for link in OTHERS)
        yield from (self.url(number) for number in self.live())


class Articles(Sequence["Article"]):
    """The articles of a site in the order of their ids, each made when it is asked for."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def __len__(self) -> int:
        return len(self._holdings.chain.ids())

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> list[Article]: ...
    def __getitem__(self, place: int | slice) -> Article | list[Article]:
        ids = self._holdings.chain.ids()
        return (
            [self._holdings.article(n) for n in ids[place]]
            if isinstance(place, slice)
            else self._holdings.article(ids[place])
        )


def _gone_forms(gone: Mapping[int, str] | Sequence[int] | float) -> dict[int, str]:
    if isinstance(gone, Mapping):
        return dict(gone)
    return {} if isinstance(gone, float) else {number: GONE_FORMS[place % 4] for place, number in enumerate(gone)}
