"""From the text of a profile's file to a `Profile`: everything in it is checked, and every error names its key."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.pages import urls
from crawler.pages.hints import Hints, Lines
from crawler.pages.selected import FIELDS, REMOVED
from crawler.pages.text import bare, fold, squeeze
from crawler.sites.errors import SiteError
from crawler.sites.patterns import slashed
from crawler.sites.profile import FIRST_DAY_ON_LINE, Profile
from crawler.sites.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_LABEL = range(3, 61)  # characters of the words over a list
_READING = ("labels", "boilerplate", "dates", "selectors")  # what an era may say otherwise


@lru_cache(maxsize=64)
def parsed(source: str, key: str, where: str = "") -> Profile:
    """Return the profile that a file's text describes; `where` is what errors call the file.

    Raises:
        SiteError: it does not say what it must.
    """
    where = where or f"sites/{key}.toml"
    try:
        top = Table(where, "", tomllib.loads(source))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SiteError(f"{where} is not TOML: {error}") from error
    hosts = tuple(dict.fromkeys(_host(top, host) for host in top.texts("hosts", required=True)))
    rules = top.table("urls")
    said = {name: top.take(name) for name in _READING}
    shared = Hints(article=rules.patterns("article"), listing=rules.patterns("listing"))
    profile = Profile(
        key,
        top.text("name", required=True),
        hosts,
        _addresses(top, "start_urls", hosts) or (f"https://{hosts[0]}/",),
        top.day("earliest") or FIRST_DAY_ON_LINE,
        _addresses(top, "listing_pages", hosts),
        tuple((rules.pattern("skip", pattern), reason) for pattern, reason in rules.pairs("skip")),
        tuple(_rewriting(rules, *pair) for pair in rules.pairs("rewrite", empty=True)),
        _hints(Table(where, "", said), shared),
        _eras(top, said, shared),
        source,
    )
    rules.done()
    top.done()
    return profile


def _host(top: Table, host: str) -> str:
    """Return a host as `urls.host` writes it."""
    if "://" in host:
        top.fail("hosts", f"{host!r} has a scheme: write {urlsplit(host).netloc or 'the host'!r} alone")
    try:
        name = urls.host(f"http://{host}").encode("idna").decode("ascii") if host.isprintable() else ""
    except (ValueError, UnicodeError):
        name = ""
    if not re.fullmatch(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::\d{1,5})?|\[[0-9a-f:.]+\](?::\d+)?", name) or "/" in host:
        top.fail("hosts", f"{host!r} is no host: write one such as sotttt.hanoi.gov.vn")
    return name


def _addresses(top: Table, key: str, hosts: Sequence[str]) -> tuple[str, ...]:
    for url in top.texts(key):
        if not url.lower().startswith(("http://", "https://")) or not url.isprintable() or " " in url:
            top.fail(key, f"{url!r} is no address: write it whole, such as https://{hosts[0]}/")
        if not urls.same_site(url, hosts):
            top.fail(key, f"{url!r} is on none of the hosts of this profile ({', '.join(hosts)})")
    return tuple(top.texts(key))


def _rewriting(rules: Table, pattern: str, replacement: str) -> tuple[re.Pattern[str], str]:
    made = rules.pattern("rewrite", pattern)
    try:
        made.sub(replacement, "")
    except (re.error, IndexError) as error:
        rules.fail("rewrite", f"the replacement {replacement!r} cannot be: {error}")
    return made, replacement


def _hints(said: Table, shared: Hints) -> Hints:
    """Return what the readers are told by the keys of one era."""
    labels, boilerplate, selectors = said.table("labels"), said.table("boilerplate"), said.table("selectors")
    newer, older, other = (_labels(labels, name) for name in ("newer", "older", "other"))
    for name, words in {"older": older & newer, "other": other & (newer | older)}.items():
        if words:
            labels.fail(name, f"{', '.join(sorted(words))!r} stands under another label too")
    made = Hints(
        newer,
        older,
        other,
        _lines(boilerplate, "edges"),
        _lines(boilerplate, "anywhere"),
        said.date_forms("dates"),
        shared.article,
        shared.listing,
        tuple((name, css) for name in (*FIELDS, REMOVED) for css in selectors.selectors(name)),
    )
    for table in (labels, boilerplate, selectors):
        table.done()
    return made


def _labels(labels: Table, name: str) -> frozenset[str]:
    for words in labels.texts(name):
        if len(squeeze(words)) not in _LABEL or not bare(squeeze(words)):
            labels.fail(name, f"{words!r} is no label: it needs {_LABEL.start} to {_LABEL.stop - 1} characters")
    return frozenset(bare(squeeze(words)) for words in labels.texts(name))


def _lines(boilerplate: Table, name: str) -> Lines:
    """Return lines of furniture: as they are written, or patterns between slashes."""
    literal, patterns = set(), []
    for line in boilerplate.texts(name):
        if (inner := slashed(line)) is not None:
            patterns.append(boilerplate.pattern(name, unicodedata.normalize("NFC", inner)))
        else:
            literal.add(fold(squeeze(line)))
    return Lines(frozenset(literal), tuple(patterns))


def _eras(top: Table, said: dict[str, Any], shared: Hints) -> tuple[tuple[date, Hints], ...]:
    """Return the hints of each era: what it does not say is as for the newest pages."""
    eras: list[tuple[date, Hints]] = []
    for era in top.tables("era"):
        until = era.day("until", required=True)
        if eras and until == eras[-1][0]:
            era.fail("until", f"{until} ends the era before this one too: two eras overlap")
        if eras and until < eras[-1][0]:
            era.fail(
                "until",
                f"{until} is before {eras[-1][0]}, where the era before this one ends: put eras in order of time",
            )
        own = {name: era.take(name) for name in _READING}
        if not any(value is not None for value in own.values()):
            era.fail("until", f"the era says nothing but its end: give it any of {', '.join(_READING)}")
        merged = {name: _merged(said[name], own[name]) for name in _READING}
        eras.append((until, _hints(Table(era.where, era.name, merged), shared)))
        era.done()
    return tuple(eras)


def _merged(usual: Any, own: Any) -> Any:
    """Return what an era says of a key: entries of a table replace those of the same name, all else the whole."""
    if isinstance(usual, dict) and isinstance(own, dict):
        return usual | own
    return usual if own is None else own
