"""The sample site in a process of its own, so that it does not share an interpreter lock with the crawler it serves."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.samplesite.server import CONTROL
from tests.samplesite.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[2]


class Remote:
    """A site served by another process. `site` is its twin here, kept equal by `call`: the truth to compare with."""

    def __init__(self, url: str, site: Site) -> None:
        self.url = url
        self.site = site

    @property
    def requests(self) -> Counter[str]:
        """The request targets counted so far."""
        return Counter(json.loads(self._ask("requests")))

    def reset(self) -> None:
        """Forget the requests counted so far."""
        self._ask("reset")

    def call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Do to the site, there and here, what a method of `Site` does: add, edit, remove, restore, fault …

        Arguments must be plain JSON values (no `blocks`; `edit_paragraph` changes words).
        """
        self._ask("call", json.dumps({"method": method, "args": args, "kwargs": kwargs}).encode())
        return getattr(self.site, method)(*args, **kwargs)

    def _ask(self, name: str, body: bytes | None = None) -> bytes:
        with urllib.request.urlopen(f"{self.url.rstrip('/')}{CONTROL}{name}", body, timeout=10) as answer:  # noqa: S310 - our own loopback URL
            content: bytes = answer.read()
        return content


@contextmanager
def serve_process(articles: int = 120, categories: int = 3, **options: Any) -> Iterator[Remote]:
    """Serve a site from another process while the `with` block runs. Options are those of `Site`, plain JSON values."""
    site = Site(articles, categories, **options)
    given = json.dumps({"articles": articles, "categories": categories, **options})
    command = [sys.executable, "-m", "tests.samplesite", "--options", given]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            if not url.startswith("http://"):
                raise RuntimeError("the sample site did not start in a process of its own")
            yield Remote(url, site)
        finally:
            process.terminate()
            process.wait(10)
