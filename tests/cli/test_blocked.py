"""A week whose files would give something away: nothing is written, nothing is adopted, and the message is true."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from app.cli.main import main
from app.resources import resource

REFERENCE = resource("samples", "oxfordshire-2019.xlsx")


def run(*words: object) -> int:
    return main([str(word) for word in words])


def test_a_leak_leaves_the_database_and_the_folder_as_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(REFERENCE)
    sheet = book["Slots"]
    [column] = [cell.column for cell in sheet[1] if cell.value == "Activity"]
    sheet.cell(row=2, column=column, value="Talk about the boy, DOB 14/03/2012")
    book.save(tmp_path / "week.xlsx")
    database, out = tmp_path / "week.pweek", tmp_path / "out"
    assert run("import", database, tmp_path / "week.xlsx") == 0
    capsys.readouterr()
    assert run("plan", database, "--out", out, "--json", tmp_path / "result.json") == 1
    told = capsys.readouterr().err
    assert "Nothing was written" in told
    assert "Activity and take it out" in told
    assert not out.exists()
    assert not (tmp_path / "result.json").exists()
    assert run("check", database, "--json", tmp_path / "check.json") == 0
    assert json.loads((tmp_path / "check.json").read_text(encoding="utf-8"))["visits"] == []
