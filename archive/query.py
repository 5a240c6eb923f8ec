"""Reads what a person types into the search box, and writes it as an FTS5 expression that is always well-formed.

Words, "phrases", OR, NOT or a leading -, prefix*, title:, parentheses. Words side by side must all occur. Capital OR,
NOT and AND are operators, in small letters they are words. A word typed with accents matches as typed, one typed
without matches whatever its accents; a phrase with any accent matches as typed as a whole.

A concordance takes words side by side for a phrase, as all concordances do: `thi đua` is one thing to look for there.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from archive.errors import QueryError
from archive.folding import exact, folded, nfc

LONGEST = 1000  # characters
MOST_TERMS = 100
DEEPEST = 8  # parentheses within parentheses: FTS5's own parser has room for little more

_TOKEN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")  # what FTS5's unicode61 takes for a word
_LEXEMES = re.compile(
    r"""\s+
    | (?P<open>\() | (?P<close>\))
    | "(?P<phrase>[^"]*)(?P<end>"?)(?P<starred>\*?)
    | (?P<minus>-(?=[^\s)\-]))
    | (?P<field>title:)
    | (?P<word>[^\s()"]+)""",
    re.VERBOSE | re.IGNORECASE,
)
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_NOTHING = "the query holds no word to look for; type at least one letter or digit"


@dataclass(frozen=True, slots=True)
class Needle:
    """One word or phrase to be found and highlighted: its tokens, in the form (`folded` or exact) they match in."""

    tokens: tuple[str, ...]
    folded: bool
    prefix: bool = False  # the last token may go on
    title_only: bool = False

    def expression(self) -> str:
        """Return the needle in FTS5's language."""
        suffix = "_folded" if self.folded else ""
        columns = ("title",) if self.title_only else ("title", "body", "byline")
        where = " ".join(column + suffix for column in columns)
        return f'{{{where}}} : "{" ".join(self.tokens)}"{" *" if self.prefix else ""}'


@dataclass(frozen=True, slots=True)
class Query:
    """A query understood: `match` for FTS5, `needles` for highlighting (not those it excludes).

    `title_match` is the same query asked of titles alone.
    """

    match: str
    title_match: str
    needles: tuple[Needle, ...]


def parse(text: str, *, exact_only: bool = False, phrase: bool = False, shortest_prefix: int = 1) -> Query:
    """Understand a query.

    Args:
        text: as typed, in any Unicode form.
        exact_only: match words without accents as typed too, instead of whatever accents they have.
        phrase: take words side by side for a phrase; AND between them asks for both, wherever they are.
        shortest_prefix: how many letters must stand before a star.

    Raises:
        QueryError: it means nothing. The message is one line that says why.
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query is {len(text)} characters long; {LONGEST} is the most", "long", LONGEST)
    lexemes = _phrases(_lexemes(text)) if phrase else _lexemes(text)
    parser = _Parser(lexemes, exact_only=exact_only, shortest_prefix=shortest_prefix)
    match = parser.alternatives(depth=0)
    if parser.kind == "close":
        raise QueryError("the query closes a parenthesis that it never opened", "unopened")
    if match is None:
        raise QueryError(_NOTHING, "empty")
    title_match = _Parser(lexemes, exact_only=exact_only).alternatives(depth=0, title=True) or match
    return Query(match, title_match, tuple(parser.needles))


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text in exact or folded form."""
    return tuple(_TOKEN.findall(text))


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str = ""
    starred: bool = False


def _lexemes(text: str) -> list[_Lexeme]:
    """Split the query into its parts. What SQLite cannot be given, such as a NUL, counts as a space."""
    clean = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)
    lexemes = []
    for match in _LEXEMES.finditer(nfc(clean).translate(QUOTES)):
        kind = match.lastgroup
        if kind in ("phrase", "end", "starred"):
            if not match["end"]:
                raise QueryError("the query opens a quotation mark that it never closes", "quote")
            lexemes.append(_Lexeme("phrase", match["phrase"], starred=bool(match["starred"])))
        elif kind == "word":
            word = match.group()
            operator = word in ("OR", "AND", "NOT")
            lexemes.append(_Lexeme(word if operator else "word", word.rstrip("*"), starred=word.endswith("*")))
        elif kind is not None:
            lexemes.append(_Lexeme(kind))
    return lexemes


def _phrases(lexemes: Sequence[_Lexeme]) -> list[_Lexeme]:
    """Return the lexemes, words side by side made one phrase, which ends where one of them has a star."""
    joined: list[_Lexeme] = []
    for lexeme in lexemes:
        last = joined[-1] if joined else None
        if last is not None and (last.kind, lexeme.kind, last.starred) == ("word", "word", False):
            joined[-1] = _Lexeme("word", f"{last.text} {lexeme.text}", lexeme.starred)
        else:
            joined.append(lexeme)
    return joined


class _Parser:
    """Recursive descent over the lexemes. Each method returns an FTS5 expression, or None where no word was in it."""

    def __init__(self, lexemes: Sequence[_Lexeme], *, exact_only: bool, shortest_prefix: int = 1) -> None:
        self._lexemes = [*lexemes, _Lexeme("end")]
        self._place = 0
        self._exact_only = exact_only
        self._shortest_prefix = shortest_prefix
        self._terms = 0
        self.needles: list[Needle] = []

    @property
    def kind(self) -> str:
        return self._lexemes[self._place].kind

    def _next(self) -> _Lexeme:
        lexeme = self._lexemes[self._place]
        self._place += 1
        return lexeme

    def alternatives(self, depth: int, *, title: bool = False) -> str | None:
        """Read expressions parted by OR."""
        if depth > DEEPEST:
            raise QueryError(f"the query nests parentheses deeper than {DEEPEST}", "deep", DEEPEST)
        found = [self._together(depth, title=title)]
        while self.kind == "OR":
            self._next()
            found.append(self._together(depth, title=title))
        return _joined([each for each in found if each], " OR ")

    def _together(self, depth: int, *, title: bool) -> str | None:
        """Read items side by side: all of them must occur, and none of those marked NOT."""
        wanted: list[str] = []
        unwanted: list[str] = []
        first = True
        while self.kind not in ("end", "close", "OR"):
            if self.kind == "AND":
                self._operand("AND", given=not first)
            first = False
            negative = self.kind in ("NOT", "minus")
            item = self._negated(depth, title=title) if negative else self._item(depth, title=title)
            if item:
                (unwanted if negative else wanted).append(item)
        if first:
            self._missing(depth)
        if unwanted and not wanted:
            raise QueryError("the query only says what to leave out; say what to look for as well", "only_not")
        both = _joined(wanted, " AND ")
        return f"({both} NOT {_joined(unwanted, ' OR ')})" if unwanted else both

    def _operand(self, operator: str, *, given: bool) -> None:
        """Pass over an operator that must have something on both sides."""
        self._next()
        if not given or self.kind in ("end", "close", "OR", "AND"):
            raise self._unjoined(operator)

    @staticmethod
    def _unjoined(operator: str) -> QueryError:
        message = f"{operator} has nothing to join; write it between two words, or in small letters"
        return QueryError(message, "operator", operator)

    def _missing(self, depth: int) -> None:
        """Say what is wrong where a word should stand."""
        before = self._lexemes[self._place - 1].kind if self._place else ""
        if "OR" in (self.kind, before):
            raise self._unjoined("OR")
        if depth and self.kind == "close":
            raise QueryError("the query has a pair of parentheses with nothing between them", "parentheses")

    def _negated(self, depth: int, *, title: bool) -> str | None:
        self._next()
        if self.kind in ("end", "close", "OR", "AND", "NOT"):
            message = "NOT has nothing after it; write the word to leave out, or `not` in small letters"
            raise QueryError(message, "not")
        kept = len(self.needles)
        item = self._item(depth, title=title)
        del self.needles[kept:]  # what must not occur is not highlighted
        return item

    def _item(self, depth: int, *, title: bool) -> str | None:
        lexeme = self._next()
        if lexeme.kind == "field":
            if self.kind not in ("word", "phrase", "open"):
                message = "title: has nothing after it; write the word to look for in titles"
                raise QueryError(message, "title")
            return self._item(depth, title=True)
        if lexeme.kind == "open":
            inner = self.alternatives(depth + 1, title=title)
            if self._next().kind != "close":
                raise QueryError("the query opens a parenthesis that it never closes", "unclosed")
            return inner
        if lexeme.kind == "minus":  # the second of two: `- -word`
            return self._item(depth, title=title)
        return self._term(lexeme, title=title)

    def _term(self, lexeme: _Lexeme, *, title: bool) -> str | None:
        as_typed, bare = exact(lexeme.text), folded(lexeme.text)
        loose = as_typed == bare and not self._exact_only
        words = tokens(bare if loose else as_typed)
        if not words:
            return None  # a dash or other punctuation that stands alone
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise QueryError(f"the query has more than {MOST_TERMS} words", "many", MOST_TERMS)
        if lexeme.starred and len(words[-1]) < self._shortest_prefix:
            message = f"{words[-1]}* is too short; write at least {self._shortest_prefix} letters before the star"
            raise QueryError(message, "prefix", self._shortest_prefix)
        needle = Needle(words, folded=loose, prefix=lexeme.starred, title_only=title)
        self.needles.append(needle)
        return needle.expression()


def _joined(parts: Sequence[str], operator: str) -> str | None:
    """Join expressions, in parentheses where there are several."""
    if len(parts) > 1:
        return f"({operator.join(parts)})"
    return parts[0] if parts else None
