"""What the archive is told of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.models import Known, Observation, Sighted, Text
from crawler import traversal
from crawler.pages.urls import key, tidy
from crawler.records import Kind, ListItem, Page
from crawler.visit import ROBOTS_TXT, State, Visit

if TYPE_CHECKING:
    from crawler.scope import Scope


def observation(visit: Visit, scope: Scope, run_id: int | None) -> Observation:
    """Return the archive's record of a visit, with the pages it makes known."""
    asked, capture, page = visit.asked, visit.reading.capture, visit.reading.page
    links = traversal.links(page, capture, kind=asked.kind, depth=asked.depth, hosts=scope.hosts, profile=scope.profile)
    return Observation(
        site=scope.site,
        url=capture.url,
        key=scope.key(capture.url),
        captured_at=capture.captured_at,
        source=capture.source,
        http_status=capture.status,
        digest=capture.digest,
        content_type=capture.content_type,
        length=capture.length,
        location=capture.location,
        etag=capture.etag,
        last_modified=capture.last_modified,
        state=visit.state,
        kind=page.kind if page else ROBOTS_TXT if asked.kind == ROBOTS_TXT else "",
        reason=visit.reason,
        text=text(page) if page and page.kind is Kind.ARTICLE and visit.state is State.FETCHED else None,
        sighted=tuple(_sighted(item) for item in page.items) if page else (),
        known=tuple(Known(link.url, key(link.url), link.kind, link.depth) for link in links),
        canonical_key=_canonical(page, scope),
        depth=asked.depth,
        run_id=run_id,
        warc_file=capture.warc_file,
        warc_offset=capture.warc_offset,
        warc_length=capture.warc_length,
        revisit_of=capture.revisit_of,
    )


def text(page: Page) -> Text:
    """Return what the archive keeps of an article."""
    return Text(
        title=page.title,
        category=page.category,
        lead=page.lead,
        body=page.body,
        block_kinds="".join(block.kind for block in page.blocks),
        byline=page.byline,
        page_date=page.published,
        text_date=page.dateline,
        images=tuple((image.url, image.caption) for image in page.images),
        attachments=tuple((file.url, file.name) for file in page.attachments),
    )


def _sighted(item: ListItem) -> Sighted:
    """Return the archive's record of one list entry."""
    url = tidy(item.url)
    return Sighted(url, key(url), item.relation, item.position, item.title, item.published)


def _canonical(page: Page | None, scope: Scope) -> str:
    """Return the key of the page's canonical address; a malformed one gives an empty string."""
    if page is None or not page.canonical:
        return ""
    try:
        return scope.key(page.canonical)
    except ValueError:
        return ""
