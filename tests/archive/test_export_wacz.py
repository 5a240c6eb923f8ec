"""WACZ: what is in the package, and that its index leads to the records."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from archive import Archive, warc
from archive.errors import NoRecordsError, RecordError
from archive.export import cdxj, export, surt
from archive.selection import Selection
from archive.store import save
from archive.warc import Place
from tests.archive import recorded
from tests.archive.build import article, text, url
from tests.archive.recorded import ALIAS, ALIASED, ARTICLES, EDITED, GONE, HOME, SAME, SECTION, SILENT, TITLE, UNCHANGED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorded") / "data"
    with Archive.open(folder, create=True) as opened:
        recorded.record(opened)
    return folder


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A copy of the archive for one test."""
    return shutil.copytree(data, tmp_path / "data")


@dataclass(frozen=True)
class Opened:
    """A WACZ, unpacked."""

    folder: Path
    notes: tuple[str, ...]

    def json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_bytes())

    def lines(self) -> list[dict[str, str]]:
        """The lines of the index, `key` and `moment` among what they say."""
        found = []
        for line in gzip.decompress((self.folder / "indexes/index.cdx.gz").read_bytes()).decode().splitlines():
            key, moment, said = line.split(" ", 2)
            found.append({"key": key, "moment": moment, **json.loads(said)})
        return found

    def record(self, line: dict[str, str]) -> warc.Record:
        return warc.read(self.folder, Place(f"archive/{line['filename']}", int(line["offset"]), int(line["length"])))

    def records(self) -> Iterator[warc.Record]:
        return warc.records(self.folder, "archive/data.warc.gz", requests=True)

    def pages(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in (self.folder / "pages/pages.jsonl").read_bytes().splitlines()]


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Opened]:
    """Export an archive folder and unpack what came of it."""

    def make(folder: Path, selection: Selection | None = None, name: str = "news", **more: Any) -> Opened:
        out = tmp_path / f"{name}.wacz"
        with Archive(folder) as archive:
            done = export(archive, "wacz", out, selection or Selection(), **more)
        with zipfile.ZipFile(out) as package:
            assert package.testzip() is None
            package.extractall(tmp_path / name)
        return Opened(tmp_path / name, done.notes)

    return make


def test_it_is_laid_out_as_the_standard_says(data: Path, made: Callable[..., Opened], tmp_path: Path) -> None:
    package = made(data).json("datapackage.json")
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert package["title"] == "Thi đua – Khen thưởng: noivu.example"
    assert package["created"] == "2024-01-02T03:04:00Z", "the last capture, not the moment of the export"
    with zipfile.ZipFile(tmp_path / "news.wacz") as packed:
        stored = {info.filename for info in packed.infolist() if info.compress_type == zipfile.ZIP_STORED}
        assert stored == {"archive/data.warc.gz", "indexes/index.cdx.gz"}, "what is zipped already is not zipped again"
        listed = {info.filename for info in packed.infolist()}
    assert listed == {each["path"] for each in package["resources"]} | {"datapackage.json", "datapackage-digest.json"}


def test_every_digest_is_right(data: Path, made: Callable[..., Opened]) -> None:
    opened = made(data)
    for each in opened.json("datapackage.json")["resources"]:
        content = (opened.folder / each["path"]).read_bytes()
        assert (each["hash"], each["bytes"]) == (f"sha256:{sha256(content).hexdigest()}", len(content))
    said = opened.json("datapackage-digest.json")
    whole = (opened.folder / "datapackage.json").read_bytes()
    assert said == {"path": "datapackage.json", "hash": f"sha256:{sha256(whole).hexdigest()}"}


def test_the_records_are_the_archives_own_byte_for_byte(data: Path, made: Callable[..., Opened]) -> None:
    opened = made(data)
    kept = b"".join((data / file).read_bytes() for file in warc.files(data))
    packed = (opened.folder / "archive/data.warc.gz").read_bytes()
    first, *rest = list(opened.records())
    assert (first.kind, first.fields["warc-filename"]) == ("warcinfo", "data.warc.gz")
    for record in rest:
        assert packed[record.place.offset :][: record.place.length] in kept
    assert {record.kind for record in rest} == {"warcinfo", "response", "revisit"}, "no requests, no notes"
    named = {record.fields["warc-record-id"] for record in rest if record.kind == "warcinfo"}
    assert {record.fields["warc-warcinfo-id"] for record in rest if record.kind != "warcinfo"} == named


def test_every_line_of_the_index_leads_to_its_record(data: Path, made: Callable[..., Opened]) -> None:
    opened = made(data)
    lines = opened.lines()
    assert [f"{line['key']} {line['moment']}" for line in lines] == sorted(f"{e['key']} {e['moment']}" for e in lines)
    for line in lines:
        record = opened.record(line)
        assert (record.url, record.digest) == (line["url"], line["digest"])
        assert line["key"] in surt.keys(line["url"])
        assert line["mime"] == ("warc/revisit" if record.kind == "revisit" else "text/html")
        packed = (opened.folder / "archive/data.warc.gz").read_bytes()[record.place.offset :][: record.place.length]
        assert line["recordDigest"] == f"sha256:{sha256(packed).hexdigest()}"


def test_answers_of_every_kind_are_indexed_but_no_notes_and_no_304(data: Path, made: Callable[..., Opened]) -> None:
    lines = made(data).lines()
    found = {(line["url"], line["status"]) for line in lines}
    assert {(url(GONE), "404"), (url(ALIAS), "301"), (HOME, "200"), (SECTION, "200")} <= found
    assert url(SILENT) not in {address for address, _ in found}
    assert [line["status"] for line in lines if line["url"] == url(UNCHANGED)] == ["200"]
    assert [line["key"] for line in lines if line["url"] == SECTION] == ["example,noivu)/tin", "example,noivu)/tin/"]


def test_a_choice_takes_all_captures_of_its_articles_and_no_others(data: Path, made: Callable[..., Opened]) -> None:
    opened = made(data, Selection(query=f'"số {ALIASED}"'))
    assert sorted(record.url for record in opened.records() if record.url) == [url(ALIAS), url(ALIASED)]
    twice = made(data, Selection(query=f'"số {EDITED}"'), "twice")
    assert [record.url for record in twice.records() if record.url] == [url(EDITED)] * 2


def test_what_a_choice_repeats_comes_with_it(data: Path, made: Callable[..., Opened]) -> None:
    with Archive.open(shutil.copytree(data, data.parent / "moved")) as archive:  # as of a page under another address
        (other,) = archive.conn.execute("SELECT page_id FROM captures WHERE url = ?", (url(1),)).fetchone()
        archive.conn.execute("UPDATE captures SET page_id = ? WHERE url = ? AND revisit_of IS NULL", (other, url(SAME)))
    opened = made(data.parent / "moved", Selection(query=f'"số {SAME}"'))
    assert [(record.kind, record.url) for record in opened.records() if record.url] == [
        ("response", url(SAME)),
        ("revisit", url(SAME)),
    ]


def test_its_pages_are_every_text_with_the_capture_that_shows_it(data: Path, made: Callable[..., Opened]) -> None:
    opened = made(data)
    header, home, *pages = opened.pages()
    assert header == {"format": "json-pages-1.0", "id": "pages", "title": "Thi đua – Khen thưởng", "hasText": True}
    assert (home["url"], home["ts"]) == (HOME, "2024-01-01T03:01:00Z")
    assert len(pages) == ARTICLES + 1
    assert [page["title"] for page in pages if page["url"] == url(EDITED)] == [TITLE.format(EDITED)] * 2
    older, newer = (page for page in pages if page["url"] == url(EDITED))
    assert newer["text"] == recorded.EDITED_BODY
    shown = {(line["url"], line["moment"]) for line in opened.lines() if line["status"] == "200"}
    assert {(page["url"], "".join(filter(str.isdigit, page["ts"]))) for page in pages} <= shown
    assert older["ts"] < newer["ts"]


def test_the_same_archive_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    with Archive(data) as archive, archive.read():  # several exports may share one view of the archive
        for name in ("a", "b"):
            export(archive, "wacz", tmp_path / f"{name}.wacz", Selection())
    assert (tmp_path / "a.wacz").read_bytes() == (tmp_path / "b.wacz").read_bytes()


def test_an_article_without_a_captured_page_is_told_of(own: Path, made: Callable[..., Opened]) -> None:
    with Archive.open(own) as archive:
        save(archive, article(50, said=text("Bài chép tay")))
    opened = made(own)
    assert len(opened.notes) == 1
    assert opened.notes[0].startswith("1 of the articles have no captured page")
    assert "Bài chép tay" not in {page["title"] for page in opened.pages()}


def test_a_text_from_before_records_were_kept_is_shown_by_a_later_capture(
    own: Path, made: Callable[..., Opened]
) -> None:
    with Archive.open(own) as archive:
        archive.conn.execute("UPDATE articles SET version_capture_id = NULL WHERE url = ?", (url(SAME),))
    assert [page["ts"] for page in made(own).pages() if page.get("url") == url(SAME)] == ["2024-01-01T03:05:00Z"]


# -- what stands in the way


def test_an_archive_without_records_says_so(archive: Archive, tmp_path: Path) -> None:
    save(archive, article(1))
    with pytest.raises(NoRecordsError, match="the archive has no captured page to put into a WACZ"):
        export(archive, "wacz", tmp_path / "a.wacz", Selection())
    assert list(tmp_path.iterdir()) == [archive.folder]


def test_a_choice_of_nothing_says_so(own: Path, made: Callable[..., Opened]) -> None:
    with pytest.raises(NoRecordsError, match="what was chosen has no captured page"):
        made(own, Selection(query="khongco"))


def test_a_copy_without_its_warc_folder_says_so(own: Path, made: Callable[..., Opened]) -> None:
    shutil.rmtree(own / "warc")
    with pytest.raises(NoRecordsError, match="data/warc: is not there"):
        made(own)


def test_a_file_that_is_gone_is_named(own: Path, made: Callable[..., Opened]) -> None:
    lost = warc.files(own)[1]
    (own / lost).unlink()
    with pytest.raises(RecordError, match=lost):
        made(own)
    made(own, Selection(query='"số 1"'))  # nothing of it is in that file


def test_a_damaged_record_is_named_and_nothing_is_written(
    own: Path, made: Callable[..., Opened], tmp_path: Path
) -> None:
    with Archive(own) as archive:
        file, offset = archive.conn.execute(
            "SELECT warc_file, warc_offset FROM captures WHERE url = ?", (url(ALIASED),)
        ).fetchone()
    content = bytearray((own / file).read_bytes())
    content[offset + 200] ^= 0xFF
    (own / file).write_bytes(content)
    with pytest.raises(RecordError, match=f"{file}: no whole record at byte {offset}"):
        made(own)
    assert list(tmp_path.iterdir()) == [own]


def test_a_row_that_points_at_another_record_is_named(own: Path, made: Callable[..., Opened]) -> None:
    with Archive.open(own) as archive:
        archive.conn.execute(
            "UPDATE captures SET (warc_offset, warc_length) = "
            "(SELECT warc_offset, warc_length FROM captures WHERE url = ?) WHERE url = ?",
            (HOME, url(ALIASED)),
        )
    with pytest.raises(RecordError, match=r"is not the capture of http://noivu\.example/tin\?id=7"):
        made(own)


# -- the index by itself


def test_a_long_index_goes_out_in_blocks_that_can_be_read_alone() -> None:
    index = cdxj.Index()
    for number in reversed(range(2500)):
        index.add(url(number), "2024-01-01T03:00:00Z", {"status": "200", "mime": ""})
    blocks = list(index.blocks())
    index.close()
    lines = [zlib.decompress(block, 31).decode().splitlines() for _, block in blocks]
    assert [len(block) for block in lines] == [1024, 1024, 452]
    assert [head for head, _ in blocks] == [block[0].partition(" {")[0] for block in lines]
    everything = [line for block in lines for line in block]
    assert everything == sorted(everything)
    assert everything[0] == (
        'example,noivu)/tin?id=0 20240101030000 {"url": "http://noivu.example/tin?id=0", "status": "200"}'
    )


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        ("http://noivu.example", ("example,noivu)/",)),
        ("https://www.noivu.example:443/Tin?b=2&A=1", ("example,noivu)/tin?a=1&b=2",)),
        ("http://127.0.0.1:8797/", ("1,0,0,127:8797)/",)),
        ("http://noivu.example/tin/", ("example,noivu)/tin", "example,noivu)/tin/")),
        ("http://noivu.example/a b/Th%E1%BB%8F", ("example,noivu)/a%20b/th%e1%bb%8f",)),
        ("http://noivu.example//x/../y%2Fz", ("example,noivu)/y/z", "example,noivu)//x/../y%2fz")),
    ],
)
def test_a_url_has_the_keys_that_replaying_programs_ask_for(address: str, keys: tuple[str, ...]) -> None:
    assert surt.keys(address) == keys
