"""Serve the sample site on loopback: `python -m tests.samplesite --articles 60`. Prints the URL, runs until ended."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from typing import Any

from tests.samplesite.charsets import CHARSETS
from tests.samplesite.markups import BY_NAME
from tests.samplesite.server import Server
from tests.samplesite.site import Site
from tests.samplesite.urls import FAMILIES


def _options(arguments: argparse.Namespace) -> dict[str, Any]:
    named = {
        name: getattr(arguments, name)
        for name in ("articles", "categories", "markup", "charset", "url_family", "seed", "gone", "vary_urls")
    }
    given: dict[str, Any] = json.loads(arguments.options)
    options = {**named, **given}
    if isinstance(options["gone"], dict):  # JSON knows no numbers as keys
        options["gone"] = {int(number): how for number, how in options["gone"].items()}
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.samplesite", description=__doc__)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--categories", type=int, default=3)
    parser.add_argument("--markup", choices=BY_NAME, default="tables")
    parser.add_argument("--charset", choices=CHARSETS, default="utf-8-meta")
    parser.add_argument("--url-family", choices=["", *FAMILIES], default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gone", type=float, default=0.0, help="the share of articles that are removed, such as 0.05")
    parser.add_argument("--vary-urls", action="store_true", help="spell one URL in several ways")
    parser.add_argument("--options", default="{}", metavar="JSON", help="any options of Site; they win over the others")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    return parser


async def _serve(site: Site, port: int) -> None:
    server = Server(site)
    listening = await server.start(port)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    sys.stdout.write(f"{server.url}\n")
    sys.stdout.flush()
    await stop.wait()
    listening.close()
    server.close_connections()
    await asyncio.sleep(0)


def main() -> None:
    arguments = _parser().parse_args()
    asyncio.run(_serve(Site(**_options(arguments)), arguments.port))


if __name__ == "__main__":
    main()
