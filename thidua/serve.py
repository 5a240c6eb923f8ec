"""`thidua serve`: the archive in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archive import Archive
from archive.web import server
from thidua.exits import told
from thidua.options import filled, reading_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command("serve", short_help="Open the archive as a reading room in the browser.")
@reading_option
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes any free one.")
@click.option(
    "--host",
    default="127.0.0.1",
    callback=filled,
    show_default=True,
    help="0.0.0.0 for all who can reach this machine.",
)
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
def command(folder: Path, port: int, host: str, browse: bool) -> None:
    """Serve the archive with Datasette: search, read, compare, cite, ask in SQL. Nothing can be changed there.

    A crawl may go on meanwhile. Ctrl-C stops it. Only programs on this machine can reach it, unless --host says more.

    \b
    thidua serve
    thidua serve --archive haiduong --port 8080 --open
    """  # noqa: D301 - click needs the character that \b stands for
    with told():
        with Archive.open(folder, readonly=True) as archive:  # says what is wrong with it, if anything is
            path = archive.path
        server.serve(path, host, port, _ready, browse=browse)


def _ready(url: str) -> None:
    """Say where it is, at once, also to a program that reads this in a pipe."""
    click.echo(f"The reading room is open: {url} (Ctrl-C closes it)")
