from __future__ import annotations

import json
import re
import subprocess
import tomllib
from typing import TYPE_CHECKING

from tests.deploy import DEPLOY, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.samplesite import Server, Site

KNOWN = {"ARG", "FROM", "COPY", "RUN", "USER", "WORKDIR", "VOLUME", "STOPSIGNAL", "ENTRYPOINT", "CMD"}


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^\s*#.*\n|\\\n", "", (DEPLOY / "Containerfile").read_text("utf-8"), flags=re.MULTILINE)
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in text.splitlines() if line.strip()]


def given(instruction: str) -> list[str]:
    return [value for name, value in instructions() if name == instruction]


def test_every_instruction_is_one() -> None:
    assert {name for name, _ in instructions()} <= KNOWN


def test_it_starts_from_a_small_python_that_the_project_runs_on() -> None:
    (base,) = given("FROM")
    (python,) = [value.removeprefix("PYTHON=") for value in given("ARG")]
    assert base == "python:${PYTHON}-slim", "the plain name: whoever builds it says which registry"
    least = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert [int(part) for part in python.split(".")] >= [int(part) for part in least.removeprefix(">=").split(".")]


def test_all_that_the_package_is_made_of_is_copied() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    needed = {"pyproject.toml", project["project"]["readme"], *project["project"]["license-files"], *packages}
    copied = {source for value in given("COPY") for source in value.split()[:-1]}
    assert copied == needed
    assert all((ROOT / source).exists() for source in copied)


def test_each_package_is_copied_to_a_folder_of_its_name() -> None:
    for source, *_, target in (value.split() for value in given("COPY")):
        if (ROOT / source).is_dir():
            assert target == f"/src/{source}"


def test_its_shell_commands_are_well_formed() -> None:
    for command in given("RUN"):
        subprocess.run(["/bin/sh", "-n", "-c", command], check=True)


def test_it_does_not_run_as_root_and_may_write_to_its_volume() -> None:
    assert given("USER") == ["thidua"]
    assert given("VOLUME") == ["/data"]
    made = next(command for command in given("RUN") if "useradd" in command)
    assert "--owner thidua" in made
    assert made.endswith(" /data")
    order = [name for name, _ in instructions()]
    assert order.index("USER") > max(place for place, name in enumerate(order) if name == "RUN")


def test_its_command_crawls_into_the_volume(server: Server[Site], tmp_path: Path, environ: dict[str, str]) -> None:
    (entry,), (arguments,) = given("ENTRYPOINT"), given("CMD")
    command = [*json.loads(entry), *json.loads(arguments)]
    local = [str(tmp_path) if part == "/data" else part for part in command]
    ran = subprocess.run([*local, server.url, "--delay", "0"], env=environ, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "archive.db").exists()
