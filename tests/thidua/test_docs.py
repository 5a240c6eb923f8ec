from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
import pytest

from tests.samplesite import Site, serve
from tests.thidua.foreign import fetched
from thidua.cli import VERBS, cli

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_the_page_of_commands_is_what_their_help_says() -> None:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert (DOCS / "commands.md").read_text("utf-8") == generate.rendered(), "run `make docs`"


def test_the_pages_that_the_guide_to_a_new_site_looks_at_are_there() -> None:
    guide = (DOCS.parent / "CONTRIBUTING.md").read_text("utf-8")
    paths = set(re.findall(r"http://127\.0\.0\.1:8799(/[^\s\"`]*)", guide))
    assert len(paths) == 3
    with serve(Site(markup="liferay")) as server:
        assert all(fetched(f"{server.url.rstrip('/')}{path}")[0] for path in paths)  # an error page would be raised


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_shows_an_example_and_explains_every_option(verb: str) -> None:
    command = cli.get_command(click.Context(cli), verb)
    assert command is not None
    assert f"thidua {verb}" in (command.help or "")
    unexplained = [option.name for option in command.params if isinstance(option, click.Option) and not option.help]
    assert unexplained == []
