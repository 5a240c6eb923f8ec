"""Writes docs/commands.md from the commands' own help, so that the two cannot differ. Run by `make docs`."""

from __future__ import annotations

from pathlib import Path

import click

from thidua.cli import VERBS, cli

TARGET = Path(__file__).with_name("commands.md")
HEAD = """# The commands

Written by `make docs` from the commands' own help; change it there.

Exit status: 0 done, 1 failed, 2 wrong use, 3 the crawl ended but the site looks unwell, 4 another crawl holds this
archive, 130 stopped with Ctrl-C.
"""


def rendered() -> str:
    """Return the text that docs/commands.md should hold."""
    parts = [HEAD, _section("thidua", cli)]
    for verb in VERBS:
        command = cli.get_command(click.Context(cli), verb)
        assert command is not None  # noqa: S101 - VERBS are what there is
        parts.append(_section(f"thidua {verb}", command))
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    """Return one command's help under its heading. The width is fixed: the reader's terminal is not the writer's."""
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
    lines = (line.rstrip() for line in command.get_help(context).splitlines())
    return "## `{}`\n\n```text\n{}\n```\n".format(name, "\n".join(lines))


if __name__ == "__main__":
    TARGET.write_text(rendered(), encoding="utf-8")
