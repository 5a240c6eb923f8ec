"""`make demo`: the whole way, from a site's pages to a search, on this machine alone."""

from __future__ import annotations

import json
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import click

from archive import Archive, NoArchiveError
from tests.samplesite import Site, serve

ARTICLES = 120
PORT = 8797  # the same each time where it is free: a second demo then crawls the same site again
OTHER = Path("demo-data")


def thidua(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "thidua", *arguments]


def run(*arguments: str) -> None:
    """Show a command as one would type it, and run it."""
    click.secho(f"\n$ thidua {shlex.join(arguments)}", bold=True)
    subprocess.run(thidua(*arguments), check=True)


def free(port: int) -> int:
    """Return the port where it is free, else 0 for any."""
    try:
        with socket.create_server(("127.0.0.1", port)):
            return port
    except OSError:
        return 0


def for_demo(folder: Path, host: str) -> Path:
    """Return the folder, or another where this one holds an archive of something real."""
    try:
        with Archive.open(folder, readonly=True) as archive:
            sites = {site for (site,) in archive.conn.execute("SELECT DISTINCT site FROM pages")}
    except NoArchiveError:
        return folder
    if sites <= {host}:
        return folder
    click.echo(f"{folder} holds an archive of {', '.join(sorted(sites))}: leaving it alone, using {OTHER}.")
    return OTHER


def first_hit(query: str, where: tuple[str, ...]) -> str:
    """Return the id of the article that a search finds first."""
    found = subprocess.run(thidua("search", query, "--limit", "1", "--json", *where), check=True, capture_output=True)
    return str(json.loads(found.stdout)[0]["id"])


@click.command()
@click.option("--archive", default="data", show_default=True, type=click.Path(path_type=Path))
def main(archive: Path) -> None:
    """Crawl the sample site into an archive and look at what was found."""
    with serve(Site(articles=ARTICLES, categories=3), port=free(PORT)) as server:
        folder = for_demo(archive, server.url.split("/")[2])
        where = () if folder == Path("data") else ("--archive", str(folder))
        click.echo(f"A site of {ARTICLES} invented articles is being served on {server.url} (this machine only).")
        click.echo("Its pages show only the newest few; the rest hang on the lists of newer and older articles.")
        run("crawl", server.url, "--delay", "0", "--concurrency", "8", *where)
    click.echo("\nThe site is switched off now. What it said is in the archive.")
    run("search", "thi dua", "--limit", "3", *where)
    run("show", first_hit("thi dua", where), *where)
    run("status", *where)
    room = " ".join(("  .venv/bin/thidua serve", *where))
    click.echo(f"\nTo read and search it in the browser:\n{room}")
    click.echo(
        "\nA real site, one request a second, as its robots.txt allows (Ctrl-C stops, the same command goes on):\n"
        "  .venv/bin/thidua crawl https://thiduakhenthuong.haiduong.gov.vn/ --archive haiduong\n"
        "  .venv/bin/thidua search '\"điển hình tiên tiến\"' --archive haiduong"
    )


if __name__ == "__main__":
    main()
