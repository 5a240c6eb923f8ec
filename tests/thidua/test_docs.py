from __future__ import annotations

import importlib.util
from pathlib import Path

import click
import pytest

from thidua.cli import VERBS, cli

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_the_page_of_commands_is_what_their_help_says() -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert (DOCS / "commands.md").read_text("utf-8") == generate.rendered(), "run `make docs`"


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_shows_an_example_and_explains_every_option(verb: str) -> None:
    command = cli.get_command(click.Context(cli), verb)
    assert command is not None
    assert f"thidua {verb}" in (command.help or "")
    unexplained = [option.name for option in command.params if isinstance(option, click.Option) and not option.help]
    assert unexplained == []
