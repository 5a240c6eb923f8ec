"""Times and days as the archive writes them."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))  # no summer time since 1975


def stamp(moment: datetime) -> str:
    """Return an aware moment as ISO 8601 in UTC, to the second, with `Z`.

    Raises:
        ValueError: the moment is naive: nobody can say which time it means.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a time without a time zone: {moment!r}")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def now() -> str:
    """Return the present moment, as `stamp` writes it."""
    return stamp(datetime.now(UTC))


def day_in_vietnam(moment: datetime) -> date:
    """Return the date in Vietnam's calendar at an aware moment."""
    return moment.astimezone(VIETNAM).date()


def days(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of what a person types.

    That is `2020-06-12`, `12/06/2020`, `2020-06`, `06/2020` or `2020`. None where it is no day, month or year.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip())
    if match:
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", text.strip()):
        day, month, year = match.groups()
    else:
        return None
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        until = int(month or 12)
        last = date(int(year), until, int(day or monthrange(int(year), until)[1]))
    except ValueError:  # no such day; calendar.IllegalMonthError is one too
        return None
    return first, last
