"""Times and days as the archive writes them."""

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
