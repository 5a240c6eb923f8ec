"""Builds observations for the tests: an invented site whose pages are numbered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from archive.models import Known, Observation, Sighted, Text

SITE = "noivu.example"
START = datetime(2024, 1, 1, 3, 0, tzinfo=UTC)
BODY = "Sáng nay, xã tổ chức hội nghị.\n\nMười hộ trồng na được khen."


def url(number: int) -> str:
    return f"http://{SITE}/tin?id={number}"


def key(number: int) -> str:
    return f"{SITE}/tin?id={number}"


def listed(number: int, relation: str, published: str | None = None, *, position: int = 0, title: str = "") -> Sighted:
    day = date.fromisoformat(published) if published else None
    return Sighted(url(number), key(number), relation, position, title or f"Tin số {number}", day)


def newer(number: int, published: str | None = None) -> Sighted:
    return listed(number, "newer", published)


def older(number: int, published: str | None = None) -> Sighted:
    return listed(number, "older", published)


def text(title: str, body: str = BODY, **more: object) -> Text:
    kinds = "p" * len(body.split("\n\n"))
    plain = Text(title=title, category="Thi đua - Khen thưởng", lead="", body=body, block_kinds=kinds)
    return replace(plain, **more)  # type: ignore[arg-type]


def page(number: int, day: int = 0, **more: object) -> Observation:
    """Return an observation of page `number`, `day` days after the start, with no article on it."""
    plain = Observation(
        site=SITE,
        url=url(number),
        key=key(number),
        captured_at=START + timedelta(days=day),
        source="live",
        http_status=200,
        digest=f"sha1:{number}-{day}",
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def article(number: int, *lists: Sighted, day: int = 0, said: Text | None = None, **more: object) -> Observation:
    """Return an observation of an article with the lists under it."""
    said = said or text(f"Tin số {number}")
    return page(number, day, kind="article", text=said, sighted=lists, **more)


def gone(number: int, status: int = 404, *, day: int = 0, run_id: int | None = None) -> Observation:
    reason = "" if status in (404, 410) else "soft404"
    return page(number, day, http_status=status, state="gone", reason=reason, kind="", run_id=run_id)


def known(number: int, kind: str = "article", depth: int = 0) -> Known:
    return Known(url(number), key(number), kind, depth)
