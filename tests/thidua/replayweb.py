"""ReplayWeb.page in a browser: a page with its component, a server of files on loopback, and what it shows."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Frame, Page, Playwright

# The page waits until the service worker is there before it puts the component in, which by itself does not: on a busy
# machine it would ask the server for what only the worker has.
SHOWING = """<!doctype html><meta charset="utf-8"><title>news</title><script src="/replay/ui.js"></script><body><script>
(async () => {
  const found = await navigator.serviceWorker.register("/replay/sw.js?serveIndex=1", {scope: "/replay/"});
  const worker = found.installing || found.waiting || found.active;
  while (worker.state !== "activated") await new Promise((done) => setTimeout(done, 20));
  const shown = document.createElement("replay-web-page");
  for (const [name, value] of new URLSearchParams(location.search)) shown.setAttribute(name, value);
  shown.style = "display: block; height: 800px";
  document.body.append(shown);
})();
</script>"""


class Loopback(BaseHTTPRequestHandler):
    """Serves a few files, in parts where the browser asks for those: ReplayWeb.page reads of a WACZ what it needs."""

    protocol_version = "HTTP/1.1"

    def __init__(self, files: dict[str, tuple[str, bytes]], *arguments: object) -> None:
        self._files = files
        super().__init__(*arguments)  # type: ignore[arg-type] # those of the server, whatever they are

    def do_GET(self) -> None:  # the library's name
        kind, content = self._files.get(self.path.partition("?")[0], ("", b""))
        part = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        start, end = (int(part[1]), int(part[2] or len(content) - 1)) if part else (0, len(content) - 1)
        self.send_response(206 if part else 200 if kind else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content[start : end + 1])))
        self.send_header("Accept-Ranges", "bytes")
        if part:
            self.send_header("Content-Range", f"bytes {start}-{end}/{len(content)}")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content[start : end + 1])

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(files: dict[str, tuple[str, bytes]]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Loopback, files)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
    thread.join()


def browser_of(playwright: Playwright, chromium: str) -> Browser:
    """Start the system's browser so that it knows no host but loopback."""
    alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", alone]
    return playwright.chromium.launch(executable_path=chromium, args=arguments)


def shown(page: Page, address: str) -> Frame:
    """Return the frame in which the component shows a page of the archive."""
    page.wait_for_function("() => document.querySelector('replay-web-page')")
    for _ in range(300):
        for frame in page.frames:
            if "mp_/" in frame.url and frame.url.endswith(address):
                return frame
        page.wait_for_timeout(100)
    raise AssertionError(f"not shown: {address}; but {[frame.url for frame in page.frames]}")
