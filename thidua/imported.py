"""What came of an import, in numbers and in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from archive.errors import RecordError
from crawler.sources.mirror import NO_ADDRESS
from pipelines.finding import OTHER_HOST
from pipelines.settling import Settled
from thidua.options import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.finding import Found

_HOSTS = 5  # that are named of those whose pages were left out
_GIVEN = "; --url can give one"  # to pages of a mirror without an address
_TOLD = 20  # lines about damage; --json has them all


@dataclass(slots=True)
class Outcome:
    """What an import found and did."""

    found: list[Found]
    settled: Settled = field(default_factory=Settled)
    told: list[str] = field(default_factory=list)  # lines about what is wrong
    files: tuple[str, ...] = ()  # of the archive, that were written
    seconds: float = 0.0

    @property
    def new(self) -> list[Found]:
        """What was not brought in before, or not from there."""
        return [each for each in self.found if each.brought]

    @property
    def repeated(self) -> int:
        """How many captures came more than once."""
        return self.settled.held + sum(each.held for each in self.found)

    @property
    def left_out(self) -> Counter[str]:
        """How many records were no captures of pages, by reason."""
        return sum((each.left_out for each in self.found), Counter[str]())

    @property
    def damage(self) -> list[str]:
        """What could not be read now: what was wrong with other files was told when these were brought in."""
        ours = (*(str(each.path) for each in self.found), *self.files)
        damaged = [line for line in self.settled.damaged if line.startswith(ours)]
        lines = [*self.told, *(line for each in self.found for line in each.damage), *self.settled.faults, *damaged]
        return list(dict.fromkeys(lines))

    def keep(self, do: Callable[[Found], None]) -> None:
        """Do something with all that was found; what cannot be read any more is told, and left."""
        kept = []
        for each in self.found:
            try:
                do(each)
            except RecordError as error:
                self.told.append(str(error))
            else:
                kept.append(each)
        self.found = kept

    def as_json(self) -> dict[str, Any]:
        """Return the numbers, as `--json` and the run's row have them."""
        return {
            "sources": len(self.found),
            "already_imported": len(self.found) - len(self.new),
            "captures": sum(each.taken for each in self.found),
            "articles_new": self.settled.new,
            "articles_changed": self.settled.changed,
            "status_changed": self.settled.status,
            "repeated": self.repeated,
            "left_out": dict(self.left_out.most_common()),
            "other_hosts": dict(sum((each.others for each in self.found), Counter[str]()).most_common()),
            "damaged": len(self.damage),
            "seconds": round(self.seconds, 1),
        }


def show(outcome: Outcome, *, asked: bool) -> None:
    """Print what was brought in, for a person; `asked` tells whether paths were given."""
    console = Console(highlight=False)

    def say(line: str, style: str = "") -> None:
        # Names of files may hold anything.
        plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
        console.print(Text(plain, style=style), soft_wrap=True)

    if asked and not (outcome.found or outcome.damage):
        say("Nothing but files of this archive's own: what they hold is here already")
    for each in outcome.found:
        say(f"{each.name}: {plural(each.taken, 'capture') if each.brought else 'was imported before'}", "bold")
        for why, number in each.left_out.most_common():
            more = _hosts(each) if why == OTHER_HOST else _GIVEN if why == NO_ADDRESS else ""
            say(f"  left out: {number:,} ({why}{more})")
    for line in outcome.damage[:_TOLD]:
        say(f"  {line}", "yellow")
    if len(outcome.damage) > _TOLD:
        say(f"  and {len(outcome.damage) - _TOLD:,} more that could not be read; --json has them all", "yellow")
    if outcome.settled != Settled() or outcome.new:
        say(_changed(outcome.settled, outcome.repeated))


def _hosts(found: Found) -> str:
    """Return which other hosts there are, those with most pages first."""
    hosts = [host for host, _ in found.others.most_common(_HOSTS)]
    more = len(found.others) - len(hosts)
    return f": {', '.join(hosts)}{f' and {more:,} more' if more else ''}" if hosts else ""


def _changed(done: Settled, repeated: int) -> str:
    """Return a line about what is different in the archive now."""
    return (
        f"{plural(done.new, 'new article')}, {done.changed:,} with other versions, "
        f"{done.status:,} gone or back; {plural(repeated, 'capture')} came more than once"
    )
