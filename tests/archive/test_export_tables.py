"""Exports that are tables or texts, opened by the programs they are for: nothing is lost, nothing is changed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import unicodedata
import zipfile
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pytest
from pyarrow import parquet

from archive import Archive, QueryError
from archive.export import FORMATS, export
from archive.export.rows import COLUMNS, row
from archive.selection import Selection
from tests.archive.offered import ARTICLES, DATED, FORMULA, MARKUP, VERSIONS, filled
from tests.thidua.foreign import programs

if TYPE_CHECKING:
    from collections.abc import Callable

    Out = Callable[..., Path]

OURS = ("csv", "jsonl", "sqlite", "parquet", "datapackage", "text")
EXTENSION = {"datapackage": "zip"}  # frictionless goes by it
FRICTIONLESS = "frictionless==5.21.0"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("offered") / "data")


@pytest.fixture(scope="module")
def out(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Out:
    """Export in a format; each choice once."""
    made: dict[tuple[str, Selection], Path] = {}

    def exported(name: str, selection: Selection | None = None) -> Path:
        chosen = selection or Selection()
        if (name, chosen) not in made:
            made[name, chosen] = tmp_path_factory.mktemp(name) / f"out.{EXTENSION.get(name, name)}"
            with Archive(data) as archive:
                export(archive, name, made[name, chosen], chosen)
        return made[name, chosen]

    return exported


@pytest.fixture(scope="module")
def stored(data: Path) -> list[dict[str, Any]]:
    """The articles as the archive has them."""
    with Archive(data) as archive:
        return [row(article) for article in archive.articles()]


def plain(text: str) -> str:
    """Return a text of a CSV file without what makes it harmless."""
    return re.sub(r"^'(?=[=+@-])", "", text)


def digests(path: Path) -> dict[str, str]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {str(f.relative_to(path)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files if f.is_file()}


# -- what holds for all


@pytest.mark.parametrize("name", OURS)
def test_the_same_archive_gives_the_same_bytes(data: Path, out: Out, name: str, tmp_path: Path) -> None:
    with Archive(data) as archive:
        export(archive, name, tmp_path / "again", Selection())
    assert digests(tmp_path / "again") == digests(out(name)) != {}


@pytest.mark.parametrize("name", OURS)
def test_what_was_written_is_counted(data: Path, name: str, tmp_path: Path) -> None:
    ticks: list[tuple[int, int]] = []
    selection = Selection(date_from=date(2020, 6, 12), query="thi dua")
    with Archive(data) as archive:
        done = export(archive, name, tmp_path / "out", selection, tick=lambda *seen: ticks.append(seen))
    files = [f for f in (tmp_path / "out").rglob("*") if f.is_file() and f.name != ".thidua-export"]
    assert (done.path, done.articles, done.files) == (tmp_path / "out", 3, len(files) or 1)
    assert done.bytes == sum(f.stat().st_size for f in files or [tmp_path / "out"])
    assert ticks == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("name", OURS)
def test_an_archive_without_articles_can_be_exported(name: str, tmp_path: Path) -> None:
    Archive.open(tmp_path / "data", create=True).close()
    with Archive(tmp_path / "data") as archive:
        assert export(archive, name, tmp_path / "out", Selection()).articles == 0
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("name", OURS)
def test_a_senseless_query_is_told_and_nothing_written(data: Path, name: str, tmp_path: Path) -> None:
    with Archive(data) as archive, pytest.raises(QueryError):
        export(archive, name, tmp_path / "out", Selection(query='"'))
    assert list(tmp_path.iterdir()) == []


def test_every_format_says_what_it_is() -> None:
    assert set(OURS) <= set(FORMATS)


# -- CSV and JSON Lines


def test_pandas_reads_the_csv(out: Out, stored: list[dict[str, Any]]) -> None:
    table = pd.read_csv(out("csv"), keep_default_na=False)
    assert list(table.columns) == list(COLUMNS)
    read = [{name: plain(str(value)) for name, value in each.items()} for each in table.to_dict("records")]
    assert read == [{name: str(value or "") for name, value in each.items()} for each in stored]


def test_excel_knows_the_encoding_of_the_csv(out: Out) -> None:
    assert out("csv").read_bytes().startswith(b"\xef\xbb\xbfid,site,")


def test_no_text_is_a_formula(out: Out) -> None:
    with out("csv").open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    tables = [read, *packaged(out("datapackage")).values(), metadata(out("text"))]
    assert sum(each["title"] == f"'{FORMULA}" for each in read) == 1
    for each in chain.from_iterable(tables):
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in each.values()), each


def test_each_line_of_jsonl_is_an_article(out: Out, stored: list[dict[str, Any]]) -> None:
    lines = out("jsonl").read_bytes().decode("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == stored
    assert "Đời sống văn hoá" in out("jsonl").read_text("utf-8")


def test_texts_are_composed_and_markup_is_but_text(out: Out) -> None:
    articles = [json.loads(line) for line in out("jsonl").read_text("utf-8").splitlines()]
    assert all(unicodedata.is_normalized("NFC", each["title"] + each["body"]) for each in articles)
    assert sum(each["body"].endswith(MARKUP) for each in articles) == 1


# -- Parquet


def test_duckdb_reads_the_parquet_file_with_types(out: Out, stored: list[dict[str, Any]]) -> None:
    table = duckdb.read_parquet(str(out("parquet")))
    types = dict(zip(table.columns, map(str, table.types), strict=True))
    assert [types[name] for name in ("id", "published", "first_captured_at", "body")] == [
        *("BIGINT", "DATE", "TIMESTAMP WITH TIME ZONE", "VARCHAR")
    ]
    assert table.select("id, title, body, published::VARCHAR").fetchall() == [
        tuple(each[name] for name in ("id", "title", "body", "published")) for each in stored
    ]


def test_pandas_reads_the_parquet_file(out: Out, stored: list[dict[str, Any]]) -> None:
    table = pd.read_parquet(out("parquet"))
    assert list(table.columns) == list(COLUMNS)
    assert list(table["title"]) == [each["title"] for each in stored]
    assert list(table["first_captured_at"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")) == [
        each["first_captured_at"] for each in stored
    ]
    assert table["published"].notna().sum() == DATED


def test_the_parquet_file_says_what_it_is(out: Out) -> None:
    schema = parquet.read_schema(out("parquet"))
    assert "Thi đua" in schema.metadata[b"title"].decode()
    assert schema.metadata[b"sources"].decode() == "noivu.example"
    assert b"published" not in schema.field("published").metadata
    assert "Day of publication" in schema.field("published").metadata[b"description"].decode()


# -- Data Package


def packaged(path: Path) -> dict[str, list[dict[str, str]]]:
    """Return the tables of a package."""
    with zipfile.ZipFile(path) as package:
        return {
            Path(name).stem: list(csv.DictReader(io.StringIO(package.read(name).decode("utf-8"), newline="")))
            for name in package.namelist()
            if name.endswith(".csv")
        }


@pytest.mark.parametrize("selection", [Selection(), Selection(query="cong trinh OR 'mười hộ'"), Selection(query="gỡ")])
def test_frictionless_finds_the_package_valid(out: Out, selection: Selection, pytestconfig: pytest.Config) -> None:
    package = out("datapackage", selection)
    frictionless = programs(pytestconfig, FRICTIONLESS, FRICTIONLESS) / "frictionless"
    command = [str(frictionless), "validate", "--json", "--type", "package", str(package)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(ran.stdout)
    assert (ran.returncode, report["valid"], report["errors"]) == (0, True, []), ran.stdout
    said = {task["name"]: task["stats"].get("rows", 0) for task in report["tasks"]}
    assert said == {name: len(table) for name, table in packaged(package).items()}


def test_the_package_has_all_that_belongs_to_the_articles(out: Out, stored: list[dict[str, Any]]) -> None:
    tables = packaged(out("datapackage"))
    assert {name: len(table) for name, table in tables.items()} == {
        "articles": ARTICLES,
        "versions": VERSIONS,
        "sightings": 9,
        "images": 1,
        "attachments": 1,
        "captures": 9,
    }
    assert [plain(each["body"]) for each in tables["articles"]] == [each["body"] for each in stored]
    (second,) = [each for each in tables["captures"] if each["status"] == "301"]
    assert second["article_id"] == tables["images"][0]["article_id"]


def test_the_package_says_what_each_column_and_file_is(out: Out) -> None:
    with zipfile.ZipFile(out("datapackage")) as package:
        said = json.loads(package.read("datapackage.json"))
        for resource in said["resources"]:
            content = package.read(resource["path"])
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert content.decode().splitlines()[0].split(",") == [
                each["name"] for each in resource["schema"]["fields"]
            ]
            assert all(each["description"] for each in resource["schema"]["fields"])
            assert "apostrophe" in resource["description"]
    assert said["sources"] == [{"title": "noivu.example", "path": "http://noivu.example/"}]
    assert said["licenses"]


# -- plain text


def metadata(folder: Path) -> list[dict[str, str]]:
    with (folder / "metadata.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_article_is_a_text_file_in_the_order_of_days(out: Out, stored: list[dict[str, Any]]) -> None:
    files = sorted((out("text") / "texts").iterdir())
    assert [file.read_bytes().decode("utf-8") for file in files] == [
        f"{each['title']}\n\n{each['body']}\n" for each in stored
    ]
    assert files[0].name == "2019-11-20-000004.txt"
    assert files[-1].name == "undated-000008.txt"


def test_its_metadata_names_each_file(out: Out, stored: list[dict[str, Any]]) -> None:
    folder = out("text")
    table = metadata(folder)
    assert [each["url"] for each in table] == [each["url"] for each in stored]
    for each in table:
        assert len((folder / "texts" / each["filename"]).read_text("utf-8")) == (
            len(plain(each["title"])) + len("\n\n\n") + int(each["characters"])
        )


def test_its_readme_says_what_it_is(out: Out) -> None:
    said = (out("text", Selection(category="Tin tức")) / "README.txt").read_text("utf-8")
    assert "thuộc chuyên mục “Tin tức”" in said
    assert "--category 'Tin tức'" in said
    assert "noivu.example" in said
    assert "{" not in said


def test_many_texts_have_a_folder_for_each_year(data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("archive.export.text.MANY", 5)
    with Archive(data) as archive:
        export(archive, "text", tmp_path / "out", Selection())
    texts = tmp_path / "out" / "texts"
    assert sorted(each.name for each in texts.iterdir()) == ["2019", "2020", "undated"]
    assert {str(f.relative_to(texts)) for f in texts.rglob("*.txt")} == {
        each["filename"] for each in metadata(tmp_path / "out")
    }
