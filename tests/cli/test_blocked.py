"""A week whose files would give something away: nothing is written, nothing is adopted, and the message is true."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from app.cli.main import main
from app.document.document import Document
from app.models.change import Verb
from app.resources import resource
from tests.document.test_publishing import two_visits

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


@pytest.mark.parametrize("words", [["forms"], ["publish"], ["export"], ["forms", "--for-all"]])
def test_no_command_lets_a_childs_data_out(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, out = tmp_path / "week.pweek", tmp_path / "out"
    document = Document.open(database, create=True)
    week = two_visits().slot("s1", "Duty", 0, "09:30", "11:00", activity="Talk about the boy, DOB 14/03/2012")
    document.do(document.plan.edit(Verb.IMPORT, put=week.entities.values()))
    document.close()
    kept = database.read_bytes()
    assert run(words[0], database, "--out", out, *words[1:]) == 1
    assert "Nothing was written" in capsys.readouterr().err
    assert not out.exists()
    assert database.read_bytes() == kept


def test_a_protected_place_stands_under_its_alias_in_forms(tmp_path: Path) -> None:
    database, out = tmp_path / "week.pweek", tmp_path / "out"
    document = Document.open(database, create=True)
    week = (
        two_visits()
        .site("Rosebank", address="17 Rosebank Crescent", postcode="ZZ4 4DD", protected=True, alias="Home R")
        .team("Rosebank nights", site="Rosebank", notes="ring at Rosebank, ZZ4 4DD")
        .slot("r1", "Rosebank nights", 1, "13:00", "14:00", activity="Tea at Rosebank")
    )
    document.do(document.plan.edit(Verb.IMPORT, put=week.entities.values()))
    document.close()
    assert run("forms", database, "--out", out) == 0
    told = b"".join(
        zipfile.ZipFile(path).read(name) for path in out.rglob("*.xlsx") for name in zipfile.ZipFile(path).namelist()
    )
    assert b"Home R" in told
    assert not any("rosebank" in path.name.casefold() for path in out.rglob("*"))
    assert b"rosebank" not in told.lower()
    assert b"zz4 4dd" not in told.lower()
