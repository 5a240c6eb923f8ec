"""The WARC files of an archive: the log that `archive.db` is made from, and can be made from again.

A record is on its way to the disk when `Writer.append` returns, so it survives the death of the process; `sync` waits
until it would survive that of the machine. Rows that point at records are committed after that.
"""

from archive.warc.holding import Holding, digest_of_file, holdings, walk
from archive.warc.meaning import Reference, http_of, may_hold, moment, moment_of, original_of, why_not
from archive.warc.names import FOLDER, files, run_of
from archive.warc.reader import read, records, whole
from archive.warc.records import (
    HEAD_END,
    RUN,
    SOURCE,
    Exchange,
    Original,
    Place,
    Record,
    digest_of,
    fields,
    final_of,
    is_intake,
    parsed,
    payload_of,
)
from archive.warc.scan import Damage, mend, salvaged, scan
from archive.warc.source import reading, still_there
from archive.warc.streams import LARGEST_BLOCK
from archive.warc.writer import IDENTICAL, LARGEST, Writer, info

__all__ = [
    "FOLDER",
    "HEAD_END",
    "IDENTICAL",
    "LARGEST",
    "LARGEST_BLOCK",
    "RUN",
    "SOURCE",
    "Damage",
    "Exchange",
    "Holding",
    "Original",
    "Place",
    "Record",
    "Reference",
    "Writer",
    "digest_of",
    "digest_of_file",
    "fields",
    "files",
    "final_of",
    "holdings",
    "http_of",
    "info",
    "is_intake",
    "may_hold",
    "mend",
    "moment",
    "moment_of",
    "original_of",
    "parsed",
    "payload_of",
    "read",
    "reading",
    "records",
    "run_of",
    "salvaged",
    "scan",
    "still_there",
    "walk",
    "whole",
    "why_not",
]
