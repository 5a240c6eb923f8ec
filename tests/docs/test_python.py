"""What docs/python.md and docs/notebook.ipynb show runs."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from archive import Archive

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "python.md"
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def examples() -> str:
    """Return the guide's examples as one program, each at its own line."""
    lines = GUIDE.read_text("utf-8").splitlines()
    program, inside = [], False
    for line in lines:
        fence = line.startswith("```")
        program.append(line if inside and not fence else "")
        inside = line == "```python" if fence else inside
    return "\n".join(program)


def test_the_guide_runs(beside_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(beside_data)
    exec(compile(examples(), GUIDE, "exec"), {})  # noqa: S102 - our own guide
    said = capsys.readouterr().out
    assert "5 places in 3 articles" in said
    assert "the query opens a quotation mark that it never closes" in said


@pytest.mark.parametrize("name", ["search", "articles", "kwic", "timeline"])
def test_the_guide_names_every_field(name: str, beside_data: Path) -> None:
    with Archive(beside_data / "data") as archive:
        found = getattr(archive, name)("na")
    row = next(line for line in GUIDE.read_text("utf-8").splitlines() if line.startswith(f"| `{name}` |"))
    fields = set() if name == "articles" else set(found._kind.__dataclass_fields__)
    assert fields <= set(re.findall(r"`(\w+)`", row))


def notebook() -> nbformat.NotebookNode:
    read: nbformat.NotebookNode = nbformat.reads(NOTEBOOK.read_text("utf-8"), as_version=4)  # type: ignore[no-untyped-call] # it has no types
    return read


def test_the_notebook_is_stored_without_outputs() -> None:
    cells = notebook().cells
    assert all(not cell.outputs and cell.execution_count is None for cell in cells if cell.cell_type == "code")


def test_the_notebook_runs(beside_data: Path, tmp_path: Path) -> None:
    run = notebook()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(tmp_path), "THIDUA_ARCHIVE": "data"}
    client = NotebookClient(run, timeout=60, kernel_name="python3", resources={"metadata": {"path": beside_data}})
    client.execute(env=env)
    shown = [output for cell in run.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in shown if output.output_type == "stream" and output.name == "stderr"] == []
    assert shown[0].text == "6 bài · articles, 1 không rõ ngày · undated\n"
    assert any("image/png" in output.get("data", {}) for output in shown), "the chart is drawn"
    assert any("<td>Phát động thi đua</td>" in output.get("data", {}).get("text/html", "") for output in shown)
