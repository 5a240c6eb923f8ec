"""A site that stands still until it is told to go on: a crawl can be met half-way, however fast it is."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from tests.samplesite import Site

if TYPE_CHECKING:
    from tests.samplesite import Response

PATIENCE = 60  # s


class Pausing(Site):
    """A site that keeps back its answer to the n-th request, and so all later ones, until `on` is set."""

    def __init__(self, articles: int, before: int) -> None:
        super().__init__(articles=articles, categories=3)
        self.on = threading.Event()
        self._left = before

    def render(self, target: str, visit: int = 1, if_none_match: str = "", if_modified_since: str = "") -> Response:
        self._left -= 1
        if self._left == 0:
            self.on.wait(PATIENCE)
        return super().render(target, visit, if_none_match, if_modified_since)
