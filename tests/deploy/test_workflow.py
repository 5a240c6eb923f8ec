"""deploy/crawl.yml: its steps are run here, in a repository with an origin, as a hosted runner would run them."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from crawler.message import LARGEST
from tests.deploy import DEPLOY
from tests.deploy.conftest import HASTE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.samplesite import Server, Site

WORKFLOW: dict[Any, Any] = yaml.safe_load((DEPLOY / "crawl.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = WORKFLOW["jobs"]["crawl"]["steps"]
SCRIPTS = {step["name"]: step["run"] for step in STEPS if "run" in step}
BASH, GIT = shutil.which("bash") or "", shutil.which("git") or ""
FETCH, REBUILD, CRAWL, VERIFY, KEEP, END = list(SCRIPTS)[1:]


@dataclass
class Runner:
    """A checkout of a repository, in which steps are run one by one; `outputs` are those of the last run of each."""

    checkout: Path
    environ: dict[str, str]
    outputs: dict[str, str] = field(default_factory=dict)

    def run(self, name: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a step's script as the runner does, by `bash -e`."""
        output = self.checkout.parent / "output"
        output.write_text("")
        script = SCRIPTS[name].replace("thidua crawl", f"thidua crawl{HASTE}")
        ran = subprocess.run(
            [BASH, "-e", "-c", script],
            cwd=self.checkout,
            env={**self.environ, "GITHUB_OUTPUT": str(output), **more},
            capture_output=True,
            text=True,
            check=False,
        )
        self.outputs |= dict(line.split("=", 1) for line in output.read_text().splitlines())
        return ran

    def git(self, *arguments: str) -> str:
        return subprocess.run(
            [GIT, *arguments], cwd=self.checkout, env=self.environ, capture_output=True, text=True, check=True
        ).stdout


@pytest.fixture
def origin(tmp_path: Path, environ: dict[str, str]) -> Runner:
    """The first runner; `again` makes the next ones, which know nothing but what the origin holds."""
    for name in ("AUTHOR", "COMMITTER"):
        environ |= {f"GIT_{name}_NAME": "thử", f"GIT_{name}_EMAIL": "thu@example.vn"}
    environ |= {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    start = Runner(tmp_path, environ)
    start.git("init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    start.git("clone", "--quiet", "origin.git", "seed")
    seed = Runner(tmp_path / "seed", environ)
    (seed.checkout / "README").write_text("một kho\n")
    seed.git("add", "README")
    seed.git("commit", "--quiet", "--message", "Một")
    seed.git("push", "--quiet", "origin", "HEAD:main")
    return start


def again(origin: Runner, name: str) -> Runner:
    origin.git("clone", "--quiet", "--depth=1", f"file://{origin.checkout}/origin.git", name)
    (origin.checkout / f"{name}.d").mkdir()
    return Runner(origin.checkout / name, origin.environ)


def kept(origin: Runner) -> list[str]:
    return origin.git("--git-dir=origin.git", "ls-tree", "-r", "--name-only", "archive").splitlines()


def well(ran: subprocess.CompletedProcess[str]) -> None:
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_it_runs_by_a_schedule_one_at_a_time() -> None:
    on = WORKFLOW[True]  # YAML 1.1 takes the key `on` for a yes
    (when,) = on["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* \*", when["cron"])
    assert WORKFLOW["concurrency"] == {"group": "crawl", "cancel-in-progress": False}
    assert WORKFLOW["permissions"] == {"contents": "write"}


def test_every_step_does_one_thing_and_actions_name_a_version() -> None:
    assert all(("run" in step) != ("uses" in step) for step in STEPS)
    assert all(re.fullmatch(r"actions/[\w/-]+@v\d+", step["uses"]) for step in STEPS if "uses" in step)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_steps_script_is_well_formed(name: str) -> None:
    script = re.sub(r"\$\{\{.*?\}\}", "x", SCRIPTS[name])
    subprocess.run([BASH, "-n", "-c", script], check=True)


def test_no_script_pastes_what_others_wrote_into_a_shell() -> None:
    assert not [name for name, script in SCRIPTS.items() if "${{" in script]


def test_what_a_step_reads_of_another_one_is_written_there() -> None:
    named = dict(re.findall(r"steps\.(\w+)\.outputs\.(\w+)", str(STEPS)))
    scripts = {step["id"]: step["run"] for step in STEPS if "id" in step}
    assert named
    assert all(f'"{name}=' in scripts[step] for step, name in named.items())


def test_the_first_night_makes_a_branch_that_holds_the_warc_files_and_nothing_else(
    origin: Runner, server: Server[Site]
) -> None:
    runner = again(origin, "night-1")
    well(runner.run(FETCH))
    well(runner.run(CRAWL, START=server.url))
    well(runner.run(KEEP))
    assert runner.outputs["status"] == "0"
    assert kept(origin)
    assert all(re.fullmatch(r"warc/[\w-]+\.warc\.gz", name) for name in kept(origin))


def test_the_next_night_adds_its_files_to_those_of_the_first(origin: Runner, server: Server[Site]) -> None:
    first, second = again(origin, "night-1"), again(origin, "night-2")
    well(first.run(FETCH))
    well(first.run(CRAWL, START=server.url))
    well(first.run(KEEP))
    before = kept(origin)
    well(second.run(FETCH))
    assert second.outputs["files"] == first.outputs["files"], "by which the cache is found again"
    (first.checkout / "data/archive.db").rename(second.checkout / "data/archive.db")  # as the cache would
    server.site.add()
    well(second.run(CRAWL))
    well(second.run(KEEP))
    assert second.outputs["status"] == "0"
    assert set(before) < set(kept(origin))
    assert origin.git("--git-dir=origin.git", "rev-list", "--count", "archive").strip() == "2"


def test_each_file_is_pushed_by_itself_so_that_what_arrived_stays(origin: Runner, server: Server[Site]) -> None:
    runner = again(origin, "night-1")
    well(runner.run(FETCH))
    well(runner.run(CRAWL, START=server.url))
    for number in (1, 2):
        (runner.checkout / f"data/warc/thidua-000009-20200612000000-0000{number}.warc.gz").write_bytes(b"x")
    well(runner.run(KEEP))
    assert origin.git("--git-dir=origin.git", "rev-list", "--count", "archive").strip() == "3"
    assert len(kept(origin)) == 3
    (runner.checkout / "data/warc/thidua-000009-20200612000000-00002.warc.gz").unlink()
    well(runner.run(KEEP))
    assert len(kept(origin)) == 2


def test_a_push_that_is_refused_makes_the_run_red_and_its_files_an_artifact(
    origin: Runner, server: Server[Site]
) -> None:
    runner = again(origin, "night-1")
    well(runner.run(FETCH))
    well(runner.run(CRAWL, START=server.url))
    hook = origin.checkout / "origin.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert runner.run(KEEP).returncode != 0
    saved = [step for step in STEPS if step.get("with", {}).get("path") == "data/warc"]
    assert [step["if"] for step in saved] == ["!success()"]
    assert STEPS.index(saved[0]) > STEPS.index(next(step for step in STEPS if step.get("name") == KEEP))


def test_no_file_grows_larger_than_the_host_takes() -> None:
    found = re.search(r"--warc-size (\d+)", SCRIPTS[CRAWL])
    assert found
    assert int(found[1]) * 1_000_000 + LARGEST * 1.1 < 100_000_000


def test_a_night_without_anything_new_to_keep_makes_no_commit(origin: Runner, server: Server[Site]) -> None:
    runner = again(origin, "night-1")
    well(runner.run(FETCH))
    well(runner.run(CRAWL, START=server.url))
    well(runner.run(KEEP))
    well(runner.run(KEEP))
    assert origin.git("--git-dir=origin.git", "rev-list", "--count", "archive").strip() == "1"


def test_what_was_crawled_passes(origin: Runner, server: Server[Site]) -> None:
    runner = again(origin, "night-1")
    well(runner.run(FETCH))
    well(runner.run(CRAWL, START=server.url))
    well(runner.run(VERIFY))


def test_without_a_cache_the_database_is_made_from_the_branch(origin: Runner, server: Server[Site]) -> None:
    first, second = again(origin, "night-1"), again(origin, "night-2")
    well(first.run(FETCH))
    well(first.run(CRAWL, START=server.url))
    well(first.run(KEEP))
    well(second.run(FETCH))
    well(second.run(REBUILD))
    well(second.run(CRAWL))
    assert second.outputs["status"] == "0"
    assert '"articles_new": 0' in (second.checkout / "run.json").read_text("utf-8")


def test_the_first_night_has_nothing_to_make_a_database_from(origin: Runner) -> None:
    runner = again(origin, "night-1")
    well(runner.run(FETCH))
    well(runner.run(REBUILD))


def test_a_crawl_that_fails_does_not_keep_the_later_steps_from_running(origin: Runner) -> None:
    runner = again(origin, "night-1")
    well(runner.run(FETCH))
    well(runner.run(CRAWL, START="http://127.0.0.1:1/"))
    assert runner.outputs["status"] == "1"


def test_an_origin_that_does_not_answer_is_no_first_night(origin: Runner) -> None:
    runner = again(origin, "night-1")
    runner.git("remote", "set-url", "origin", f"file://{origin.checkout}/away.git")
    assert runner.run(FETCH).returncode not in {0, 2}


@pytest.mark.parametrize(("status", "red"), [("0", False), ("130", False), ("1", True), ("3", True), ("", True)])
def test_the_run_is_red_where_a_person_is_needed(status: str, red: bool, origin: Runner) -> None:
    ran = again(origin, "night-1").run(END, STATUS=status)
    assert bool(ran.returncode) is red
