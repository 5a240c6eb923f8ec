"""WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/): captured pages in one file, for ReplayWeb.page and pywb.

The records of the site's answers are copied byte for byte from the archive's WARC files, each file's own `warcinfo`
before what comes from it. What the site was asked, and notes of requests without an answer, stay behind. A record that
cannot be read ends the export: a web archive with holes that nobody was told of is worth less than none.
"""

import json
import uuid
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from archive import warc
from archive.errors import NoRecordsError, RecordError
from archive.export import about, captured
from archive.export.captured import Capture, Whole
from archive.export.cdxj import Index
from archive.export.package import Package, Part
from archive.export.source import Source
from archive.times import day_in_vietnam
from archive.warc import Record

VERSION = "1.1.1"
WARC = "data.warc.gz"
_INDEX = "index.cdx.gz"
_REVISIT = "warc/revisit"
_NOT_MODIFIED = 304


def write(source: Source, path: Path) -> None:
    """Write the captures of the chosen articles to `path`; of all articles, everything that was captured.

    Raises:
        NoRecordsError: there is no record of any.
        RecordError: one is damaged or not there.
    """
    source = source.newest_first()
    chosen = captured.choose(source)
    _check(source, chosen)
    software = f"thidua/{version('thidua')}"
    with closing(Index()) as index, Package(path) as package:
        with package.part(f"archive/{WARC}", packed=False, size=chosen.bytes) as part:
            part.write(_info(source, chosen, software))
            _copy(source, chosen, part, index)
        _write_index(package, index)
        _write_pages(package, source)
        _describe(package, source, chosen, software)


def _check(source: Source, chosen: Whole) -> None:
    folder = source.archive.folder / warc.FOLDER
    if not chosen.captures:
        which = "the archive" if source.everything else "what was chosen"
        raise NoRecordsError(f"{source.archive.folder}: {which} has no captured page to put into a WACZ")
    if not folder.is_dir():
        raise NoRecordsError(f"{folder}: is not there, and a WACZ is made of the records in it; put the folder back")


# -- the records


def _info(source: Source, chosen: Whole, software: str) -> bytes:
    """Return the record at the head of the WARC file. Its name follows from what is in the file."""
    said = json.dumps([source.sites(), *chosen, source.ids])
    name = uuid.uuid5(uuid.NAMESPACE_URL, sha256(said.encode()).hexdigest())
    pairs = [
        ("software", software),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        ("description", "Records copied from the WARC files of an archive, requests and notes left out"),
    ]
    return warc.info(f"<{name.urn}>", chosen.last, WARC, pairs)


def _copy(source: Source, chosen: Whole, part: Part, index: Index) -> None:
    """Copy the records of the chosen captures, and enter them into the index."""
    folder, file = source.archive.folder, ""
    for done, capture in enumerate(captured.captures(source.archive.conn), start=1):
        if capture.place.file != file:
            file = capture.place.file
            part.write(_head(folder, file))
        record, data = warc.whole(folder, capture.place)
        _compare(folder, capture, record)
        if capture.status != _NOT_MODIFIED:  # a browser that is given one of these shows nothing
            index.add(capture.url, capture.captured_at, _facts(capture, data, part.size))
        part.write(data)
        source.tick(done, chosen.captures)


def _head(folder: Path, file: str) -> bytes:
    """Return the `warcinfo` record that a WARC file begins with; nothing where it begins with something else."""
    if Path(file).is_absolute():  # somebody else's
        warc.still_there(Path(file))
        first = next(warc.walk(warc.Holding(Path(file)), lambda _damage: None), None)
    else:
        first = next(warc.records(folder, file), None)
    if first is None or first.kind != "warcinfo" or not first.place.length:
        return b""
    return warc.whole(folder, first.place)[1]


def _compare(folder: Path, capture: Capture, record: Record) -> None:
    """Raise where a record is of something else than its capture. One from elsewhere may say it in other words."""
    if capture.source != "live":
        is_its = warc.may_hold(record, capture.digest)
    else:
        is_its = (record.url, record.digest) == (capture.url, capture.digest)
    if not is_its:
        place = record.place
        raise RecordError(
            f"{folder / place.file}: what lies at byte {place.offset} is not the capture of {capture.url}; "
            "run `thidua verify` for all that is wrong"
        )


def _facts(capture: Capture, data: bytes, offset: int) -> dict[str, str]:
    return {
        "mime": _REVISIT if capture.revisit_of else capture.content_type or "",
        "status": str(capture.status),
        "digest": capture.digest,
        "length": str(len(data)),
        "offset": str(offset),
        "filename": WARC,
        "recordDigest": f"sha256:{sha256(data).hexdigest()}",
    }


# -- what helps to find them


def _write_index(package: Package, index: Index) -> None:
    lines = ["!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": _INDEX})]
    with package.part(f"indexes/{_INDEX}", packed=False) as part:
        for head, block in index.blocks():
            place = {"offset": part.size, "length": len(block), "digest": f"sha256:{sha256(block).hexdigest()}"}
            lines.append(f"{head} {json.dumps(place)}")
            part.write(block)
    with package.part("indexes/index.idx") as part:
        part.write("".join(f"{line}\n" for line in lines).encode())


def _write_pages(package: Package, source: Source) -> None:
    """List the pages to begin with: home pages, and each text of each article with the capture that shows it."""
    bare = 0
    with package.part("pages/pages.jsonl") as part:
        _line(part, {"format": "json-pages-1.0", "id": "pages", "title": about.TOPIC, "hasText": True})
        for number, (url, moment) in enumerate(captured.homes(source.archive.conn), start=1):
            _line(part, {"id": f"home-{number}", "url": url, "ts": moment, "title": "Trang chủ"})
        for texts in captured.texts(source):
            bare += not texts
            for of in texts:
                page = {"id": f"{of.article}-{of.number}", "url": of.url, "ts": of.captured_at}
                _line(part, {**page, "title": of.title, "text": of.body})
    if bare:
        source.notes.append(f"{bare} of the articles have no captured page in the archive, and are not in the WACZ")


def _line(part: Part, value: dict[str, str | bool]) -> None:
    part.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")


def _describe(package: Package, source: Source, chosen: Whole, software: str) -> None:
    """Write the list of all files, and the digest of that."""
    title, description = about.title(source.hosts()), _description(source, chosen)
    digest = package.put(
        "datapackage.json",
        {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "description": description,
            "metadata": {"title": title, "desc": description},  # where ReplayWeb.page looks for them
            "created": chosen.last,
            "software": software,
            "resources": list(package.resources),
        },
    )
    package.put("datapackage-digest.json", {"path": "datapackage.json", "hash": digest})


def _description(source: Source, chosen: Whole) -> str:
    last = day_in_vietnam(datetime.fromisoformat(chosen.last))
    return (
        f"{about.choice(source.selection, source.limit)} {len(source.ids)} bài"
        f"{', cùng mọi trang khác đã thu thập' if source.everything else ''}: {chosen.captures} lần thu thập, "
        f"lần cuối ngày {last:%d/%m/%Y}. Nguyên văn máy chủ đã gửi; không có ảnh và tệp đính kèm.\n\n"
        f"{len(source.ids)} news articles{' and all other pages captured' if source.everything else ''}: "
        f"{chosen.captures} captures, the last of {last}. What the server sent, byte for byte, without pictures "
        "and attached files. Left out: what was asked of the server, and notes of requests without an answer."
    )
