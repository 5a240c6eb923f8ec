"""A site of invented articles, served on loopback: what tests, demo and benchmarks crawl.

`Site(...)` holds the truth, `serve(site)` or `serve_process(...)` serve it, `render_article(...)` shows a given one.
"""

from __future__ import annotations

from tests.samplesite.charsets import CHARSETS
from tests.samplesite.markups import BY_NAME, CHAINED, MARKUPS
from tests.samplesite.model import Article, Block, Link, Neighbour, Response
from tests.samplesite.process import Remote, serve_process
from tests.samplesite.render import Look, render_article
from tests.samplesite.server import Server, serve
from tests.samplesite.site import Site
from tests.samplesite.urls import FAMILIES

__all__ = [
    "BY_NAME",
    "CHAINED",
    "CHARSETS",
    "FAMILIES",
    "MARKUPS",
    "Article",
    "Block",
    "Link",
    "Look",
    "Neighbour",
    "Remote",
    "Response",
    "Server",
    "Site",
    "render_article",
    "serve",
    "serve_process",
]
