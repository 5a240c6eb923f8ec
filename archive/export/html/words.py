"""The inverted index of a static site: where each word stands, in files small enough that a search loads a few.

The archive has such an index already, FTS5's; this is the same in another form, word by word in the order of their
folded spellings, and so never whole in memory. All spellings that fold to one word (`đua`, `dưa`, `dua`) lie in one
file: a search without accents takes all of them, one with accents its own. Two files go together: `tu/N.js` has for
each word the articles it stands in and how often, `vi-tri/N.js` the places, which only phrases need.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.export.html.numbers import all_written
from archive.folding import folded

FIELDS = ("title", "body", "byline")  # in the order in which their places are counted
_FULL = 48_000  # characters of a file of words; a word that stands in more has a file of its own

_TERMS = "SELECT DISTINCT term FROM temp.words WHERE col IN ('title', 'body', 'byline')"
_PLACES = "SELECT doc, col, offset FROM temp.places WHERE term = ? AND col IN ('title', 'body', 'byline')"

Places = dict[str, list[int]]  # by field


@dataclass(slots=True)
class Index:
    """What was written: the first folded word of each pair of files, and how many words each article has."""

    firsts: list[str]
    lengths: list[int]


def write(conn: sqlite3.Connection, numbers: Mapping[int, int], folder: Path, tick: Callable[[float], None]) -> Index:
    """Write the index of some articles.

    Args:
        conn: the archive, in a transaction.
        numbers: the articles' numbers in the site, from 0 on, by their ids.
        folder: where to; `tu` and `vi-tri` are made in it.
        tick: called with how much is done, from 0 to 1.

    Returns:
        The contents, which the search program needs before it can look anything up.
    """
    (folder / "tu").mkdir()
    (folder / "vi-tri").mkdir()
    index = Index([], [0] * len(numbers))
    shard = _Shard(folder)
    with _vocabulary(conn):
        terms = _terms(conn)
        for done, (plain, term) in enumerate(terms):
            tick(done / len(terms))
            if shard.full and plain != shard.last:
                shard.close()
            places = _places(conn, term, numbers)
            if not places:
                continue
            if not shard.words:
                index.firsts.append(plain)
            shard.add(plain, term, places)
            for number, found in places.items():
                index.lengths[number] += sum(map(len, found.values()))
    shard.close()
    return index


@contextmanager
def _vocabulary(conn: sqlite3.Connection) -> Iterator[None]:
    """Make FTS5's own index readable as tables, for the length of the block."""
    conn.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'articles_fts', 'col')")
    conn.execute("CREATE VIRTUAL TABLE temp.places USING fts5vocab('main', 'articles_fts', 'instance')")
    try:
        yield
    finally:
        conn.execute("DROP TABLE temp.words")
        conn.execute("DROP TABLE temp.places")


def _terms(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return every word, folded and as indexed, in the order in which JavaScript compares the folded ones."""
    terms = [(folded(term), term) for (term,) in conn.execute(_TERMS)]
    return sorted(terms, key=lambda pair: (pair[0].encode("utf-16-be"), pair[1]))


def _places(conn: sqlite3.Connection, term: str, numbers: Mapping[int, int]) -> dict[int, Places]:
    """Return by article where a word stands in each field, the articles in order."""
    found: dict[int, Places] = {}
    for article, column, place in conn.execute(_PLACES, (term,)):
        number = numbers.get(article)
        if number is not None:
            found.setdefault(number, {}).setdefault(column, []).append(place)
    return dict(sorted(found.items()))


def encoded(places: Mapping[int, Places]) -> tuple[str, str]:
    """Return the articles of a word with how often it stands in each, and the places, both as text.

    Articles are written as the gap to the one before, times two; plus one where it is not simply once in the body:
    then three counts follow, those of `FIELDS`. Places are the gaps within a field, field by field.
    """
    counts: list[int] = []
    gaps: list[int] = []
    before = -1
    for number, found in places.items():
        in_fields = [sorted(found.get(name, ())) for name in FIELDS]
        often = [len(each) for each in in_fields]
        gap = (number - before - 1) * 2
        counts += [gap] if often == [0, 1, 0] else [gap + 1, *often]
        before = number
        for each in in_fields:
            gaps += [place - last for last, place in zip([0, *each], each, strict=False)]
    return all_written(counts), all_written(gaps)


@dataclass(slots=True)
class _Shard:
    """The two files that are being filled."""

    folder: Path
    number: int = 0
    size: int = 0
    last: str = ""
    words: list[str] = field(default_factory=list)  # a word, then its articles
    places: list[str] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return self.size >= _FULL

    def add(self, plain: str, term: str, places: Mapping[int, Places]) -> None:
        """Add a word."""
        articles, where = encoded(places)
        self.words += [term, articles]
        self.places.append(where)
        self.size += len(term) + len(articles)
        self.last = plain

    def close(self) -> None:
        """Write what there is, and begin the next."""
        if not self.words:
            return
        write_data(self.folder, f"tu/{self.number}", self.words)
        write_data(self.folder, f"vi-tri/{self.number}", self.places)
        self.number, self.size, self.words, self.places = self.number + 1, 0, [], []


def write_data(folder: Path, name: str, data: object) -> None:
    """Write data as a script that hands it over: pages opened from a disk may load scripts, and nothing else."""
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{name}.js").write_text(f'thidua.put("{name}",{content});\n', encoding="utf-8", newline="\n")
