"""A Frictionless Data Package (https://datapackage.org), zipped: tables in CSV, and what they are.

`datapackage.json` says what each column means, which columns name rows of other tables, and the checksum of each file.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from archive.export import about, belonging
from archive.export.csv import inert
from archive.export.package import Package
from archive.export.resources import RESOURCES, Resource
from archive.export.source import Source
from archive.stored import host

_FORMULAS = "A text that a spreadsheet might take for a formula has an apostrophe before it that is not part of it."
_PIECE = 1 << 16  # characters of a table that are packed at once


def write(source: Source, path: Path) -> None:
    """Write the articles and what goes with them to the zip file `path`."""
    belonging.note(source)
    with Package(path) as package:
        for resource in RESOURCES:
            _write(package, source, resource)
        package.put("datapackage.json", _descriptor(source, package.resources))


def _write(package: Package, source: Source, resource: Resource) -> None:
    """Write a table. None is larger than twice the database that it is from."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(resource.columns)
    with package.part(_path(resource), size=2 * source.archive.path.stat().st_size) as part:
        for row in resource.rows(source):
            writer.writerow(map(inert, row))
            if buffer.tell() > _PIECE:
                part.write(buffer.getvalue().encode())
                buffer.seek(0)
                buffer.truncate()
        part.write(buffer.getvalue().encode())


def _path(resource: Resource) -> str:
    return f"data/{resource.name}.csv"


def _descriptor(source: Source, files: Sequence[dict[str, str | int]]) -> dict[str, Any]:
    """Return what `datapackage.json` says."""
    rights = source.rights or about.RIGHTS
    homes = [_home(source, site) for site in source.sites()]
    sites = [{"title": host(home), "path": home} for home in homes]
    return {
        "profile": "tabular-data-package",
        "name": "thidua",
        "title": about.title(source.hosts()),
        "description": f"{about.choice(source.selection, source.limit)} {about.ABOUT_VI} {about.ABOUT} {rights}",
        "keywords": ["thi đua", "khen thưởng", "Việt Nam", "Vietnam", "commendation", "news"],
        "licenses": [
            {"name": "notspecified", "title": rights}
        ],  # in words: not every licence has an Open Definition id
        **({"sources": sites} if sites else {}),
        "resources": [_resource(*each) for each in zip(RESOURCES, files, strict=True)],
    }


def _home(source: Source, site: str) -> str:
    """Return the address of a site's first page."""
    (url,) = source.archive.conn.execute("SELECT url FROM articles WHERE site = ? LIMIT 1", (site,)).fetchone()
    return str(urljoin(url, "/"))


def _resource(resource: Resource, file: dict[str, str | int]) -> dict[str, Any]:
    """Return what the descriptor says of a table: `file` is its size and checksum."""
    return {
        **file,
        "name": resource.name,
        "profile": "tabular-data-resource",
        "title": f"{resource.table.title} / {resource.table.title_vi}",
        "description": f"{resource.table.text} {resource.table.text_vi} {_FORMULAS}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(resource, name) for name in resource.columns],
            "missingValues": [""],
            **({"primaryKey": list(resource.table.key)} if resource.table.key else {}),
            "foreignKeys": [_link(resource, *link) for link in resource.links],
        },
    }


def _field(resource: Resource, name: str) -> dict[str, Any]:
    """Return what the descriptor says of a column."""
    column = resource.columns[name]
    constraints: dict[str, Any] = {}
    if name in resource.table.key or name in resource.always:
        constraints["required"] = True
    if column.values and name != "block_kinds":  # which has several of its values at once
        constraints["enum"] = list(column.values)
    told = {"name": name, "type": column.kind, "description": column.description}
    return {**told, "constraints": constraints} if constraints else told


def _link(resource: Resource, column: str, other: str, its: str) -> dict[str, Any]:
    """Return that a column names a row of another table, or of its own."""
    return {"fields": [column], "reference": {"resource": "" if other == resource.name else other, "fields": [its]}}
