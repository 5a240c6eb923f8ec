"""Stores one observation: capture, page, article, version, lists, dates and index, in ONE transaction (design §3)."""

import sqlite3
from dataclasses import replace

from archive import again, aliases, articles, captures, dates, doors, pages, quarantine, sightings, witnesses
from archive.database import Archive
from archive.models import Known, Observation, Saved
from archive.times import stamp

_NOT_MODIFIED = 304


def save(archive: Archive, seen: Observation, capture_id: int | None = None) -> Saved:
    """Store all that one response told, or nothing of it.

    Half of what it costs is the commit: several calls inside one `archive.write()` block share one. `capture_id` is
    that of a capture which is stored already, and has been read again.

    Raises:
        ArchiveError: the disk is full, the archive locked, read-only or damaged; nothing was stored.
        ValueError: `captured_at` has no time zone.
    """
    moment = stamp(seen.captured_at)
    with archive.write() as conn:
        own, new = pages.enter(conn, seen.site, [Known(seen.url, seen.key, _first_kind(seen), seen.depth)], moment)
        row = own[seen.key]
        capture_id = capture_id or captures.insert(conn, seen, row.id)
        if _own_spelling(seen):
            return _respelled(conn, row, seen)
        if seen.http_status == _NOT_MODIFIED and seen.state == "fetched":
            return _confirmed(conn, row, seen)
        row, seen = _its_own(conn, row, seen)
        what, article_id = _article(conn, row, seen, capture_id)
        if what in quarantine.UNBELIEVED:
            return Saved(what, article_id, new, _refused(seen))
        named, more = pages.enter(conn, seen.site, _named(seen, row.depth), moment)
        _told(conn, row, seen, {**named, seen.key: row}, Saved(what, article_id), capture_id)
    return Saved(what, article_id, new + more, sightings.refused(seen) + _refused(seen))


def _first_kind(seen: Observation) -> str:
    """Return what a page is that nobody named before it was fetched."""
    return "article" if seen.text is not None else seen.kind or "other"


def _named(seen: Observation, depth: int) -> list[Known]:
    """Return all pages that this one names, those of its lists first.

    These are articles as far from the start as this page is, unless `known` says otherwise of one.
    """
    listed: dict[str, Known] = {}
    for item in seen.sighted:
        listed.setdefault(item.key, Known(item.url, item.key, "article", depth))  # of two spellings, the first
    known: dict[str, Known] = {}
    for page in seen.known:
        known.setdefault(page.key, page)
    return list({**listed, **known}.values())


def _own_spelling(seen: Observation) -> bool:
    """Tell whether this is a redirect to another spelling of the same address: http to https, another slug."""
    target = seen.known[0] if seen.known else None
    return bool(seen.location) and target is not None and target.key == seen.key and target.url != seen.url


def _respelled(conn: sqlite3.Connection, row: pages.Row, seen: Observation) -> Saved:
    """Ask again under the new spelling; give up where a page leads round in a circle."""
    if row.attempts < pages.MAX_HOPS:
        pages.respell(conn, row, seen.known[0].url)
    else:
        conn.execute(
            "UPDATE pages SET state = 'failed', reason = 'redirect-loop', due = 0, http_status = ? WHERE id = ?",
            (seen.http_status, row.id),
        )
    return Saved("none")


def _confirmed(conn: sqlite3.Connection, row: pages.Row, seen: Observation) -> Saved:
    """Store that the page still says what the archive holds (304), as if it had been read again."""
    if not pages.confirm(conn, row, seen):
        lost = replace(seen, state="failed", reason="not modified, and nothing held")
        pages.settle(conn, row, lost, gone=False, stored=articles.find(conn, row.id) is not None, canonical="")
        return Saved("none")
    sightings.confirm(conn, seen, row.id)
    if not articles.confirm(conn, row.id, seen):
        return Saved("none")
    quarantine.heard(conn, row, seen, witnesses.ITSELF)
    return Saved("unchanged", row.id)


def _its_own(conn: sqlite3.Connection, row: pages.Row, seen: Observation) -> tuple[pages.Row, Observation]:
    """Return the page that the text is of, and the text in NFC: a copy of another article makes its page an alias."""
    if seen.text is None:
        return row, seen
    text = articles.composed(seen.text)
    original = aliases.original(conn, seen, row, text)
    if original is not None:
        aliases.make(conn, row.id, original)
        row = row._replace(kind="alias", alias_of=original)
    return row, replace(seen, text=text)


def _article(conn: sqlite3.Connection, row: pages.Row, seen: Observation, capture_id: int) -> tuple[str, int | None]:
    """Store what the observation says of the page's article, and what it makes of the page."""
    own = row.holder == row.id
    old = articles.find(conn, row.holder)
    if own and old is None and seen.text is not None and (why := quarantine.objection(conn, row, seen)):
        quarantine.hold(conn, row, seen, capture_id, why)
        return "held", None
    stored = own and old is not None
    gone = pages.is_gone(row, seen, stored=stored, door=doors.is_one(conn, row))
    canonical = seen.canonical_key or aliases.redirected_to(seen)
    pages.settle(conn, row, seen, gone=gone, stored=stored or (own and seen.text is not None), canonical=canonical)
    if not own or (seen.text is None and old is None):
        return "none", old.id if old else None
    if old is None:
        assert seen.text is not None  # noqa: S101 - the line above
        articles.insert(conn, row, seen, seen.text, capture_id)
        return "new", row.id
    stranger = _is_stranger(conn, row, seen)
    what, said = _again(conn, old, seen, capture_id, gone=gone, believed=stranger)
    if not stranger:
        quarantine.heard(conn, row, seen, said)
    return what, old.id


def _is_stranger(conn: sqlite3.Connection, row: pages.Row, seen: Observation) -> bool:
    """Tell whether what is stored of an article was brought in only after the crawl that is stored again here.

    It did not know of it: what it read is believed as it was then, and says nothing of the site's health.
    """
    if seen.crawl is None or row.looked_run is not None:
        return False
    return not captures.known_before(conn, row.holder, seen.crawl)


def _again(  # noqa: PLR0913 - what has been found out, by name
    conn: sqlite3.Connection, old: articles.Row, seen: Observation, capture_id: int, *, gone: bool, believed: bool
) -> tuple[str, str]:
    """Store what the observation says of an article that is stored already; return what that did, and what it tells."""
    if seen.state == "gone":
        what = articles.mark_gone(conn, old, seen, capture_id) if gone else "none"
        return what, witnesses.AWAY if old.status == "gone" else witnesses.GONE
    if seen.text is not None:
        what = articles.update(conn, old, seen, seen.text, capture_id, believed=believed)
        return what, witnesses.ANOTHER if what == "doubted" else witnesses.ITSELF
    return "none", witnesses.ASTRAY if seen.state == "fetched" else witnesses.FAILED


def _told(  # noqa: PLR0913, PLR0917 - what has been found out and stored, by name
    conn: sqlite3.Connection,
    row: pages.Row,
    seen: Observation,
    named: dict[str, pages.Row],
    saved: Saved,
    capture_id: int,
) -> None:
    """Store what the page tells of others, and the dates that follow; `saved` is what became of its own text."""
    again.ask(conn, seen, row, named)
    told = sightings.note(conn, seen, row.holder, named)
    target = aliases.redirect_target(conn, seen)
    if target is not None and saved.article_id is None:
        aliases.make(conn, row.id, target)
    elif target is not None and not aliases.move(conn, row.id, target, seen, capture_id):
        target = None  # an article of its own, which leads elsewhere today
    elif saved.what == "new" and seen.text is not None:
        aliases.absorb(conn, seen, row.id, seen.text, capture_id)
    dates.update(conn, [target or row.holder, *told])


def _refused(seen: Observation) -> int:
    """Count the page's own dates that cannot be true."""
    days = (seen.text.page_date, seen.text.text_date) if seen.text is not None else ()
    return sum(day is not None and not dates.believable(day, seen.captured_at) for day in days)
