"""Run the benchmarks named on the command line, or all of them."""

from __future__ import annotations

import argparse
import importlib
import platform

NAMES = ("reading", "crawl", "memory", "search", "recrawl", "reparse", "imports", "exports", "room")


def main() -> None:
    """Run the benchmarks one after the other, each printing its own table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which to run: {', '.join(NAMES)} (default: all)")
    parser.add_argument("--small", action="store_true", help="a tenth of the size: to see that they run")
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    print(f"Python {platform.python_version()} on {platform.machine()}. Machines differ: compare the ratios.")
    for name in options.names or NAMES:
        importlib.import_module(f"benchmarks.{name}").main(scale=0.1 if options.small else 1.0)


if __name__ == "__main__":
    main()
