"""What verifying an archive finds."""

from dataclasses import dataclass, field

MOST = 1000  # faults that are told one by one: where there are more, they have few causes


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be: in which file, from which byte on, of which page, and what to do."""

    file: str
    problem: str
    advice: str
    offset: int | None = None
    url: str = ""

    @property
    def line(self) -> str:
        """The fault in one line."""
        where = self.file if self.offset is None else f"{self.file} at byte {self.offset}"
        return f"{where}: {self.problem}{f' ({self.url})' if self.url else ''}; {self.advice}"


@dataclass(slots=True)
class Report:
    """What was looked at, and what is wrong with it.

    `files` and `records` count WARC files and the records in them, `captures` those rows that have a record,
    `unrecorded` those from before records were kept. `unreferenced` are answers in the WARC files that no row points
    at, as a killed run leaves them. `notes` are lines on what is not as usual, and no fault either. `unnamed` counts
    faults beyond the first `MOST`.
    """

    files: int = 0
    records: int = 0
    captures: int = 0
    unrecorded: int = 0
    unreferenced: int = 0
    articles: int = 0
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unnamed: int = 0

    def fault(self, fault: Fault) -> None:
        """Add a fault."""
        if len(self.faults) < MOST:
            self.faults.append(fault)
        else:
            self.unnamed += 1

    def add(self, other: "Report") -> None:
        """Add what was found in another part of the archive."""
        for name in ("files", "records", "captures", "unrecorded", "unreferenced", "articles", "unnamed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.notes += other.notes
        for fault in other.faults:
            self.fault(fault)
