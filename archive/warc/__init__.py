"""The WARC files of an archive: the log that `archive.db` is made from, and can be made from again.

A record is on its way to the disk when `Writer.append` returns, so it survives the death of the process; `sync` waits
until it would survive that of the machine. Rows that point at records are committed after that.
"""

from archive.warc.reader import files, read, records, whole
from archive.warc.records import HEAD_END, Exchange, Original, Place, Record, digest_of, fields, parsed, payload_of
from archive.warc.scan import Damage, mend, salvaged, scan
from archive.warc.writer import FOLDER, LARGEST, Writer, info

__all__ = [
    "FOLDER",
    "HEAD_END",
    "LARGEST",
    "Damage",
    "Exchange",
    "Original",
    "Place",
    "Record",
    "Writer",
    "digest_of",
    "fields",
    "files",
    "info",
    "mend",
    "parsed",
    "payload_of",
    "read",
    "records",
    "salvaged",
    "scan",
    "whole",
]
