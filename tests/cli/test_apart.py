"""No command writes over the workbook or database that it reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.cli.main import main
from app.resources import resource

AWKWARD = resource("samples", "awkward-2026.xlsx")


def run(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copy(AWKWARD, tmp_path / "week.xlsx"))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    assert run("import", tmp_path / "week.pweek", AWKWARD) == 0
    return tmp_path / "week.pweek"


def test_a_result_never_replaces_the_workbook_it_is_about(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = workbook.read_bytes()
    for command in ("plan", "check"):
        assert run(command, workbook, "--json", workbook) == 2
        assert "would take the place of what is read" in capsys.readouterr().err
    assert workbook.read_bytes() == before


def test_a_folder_that_holds_the_source_is_not_swapped(workbook: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("plan", workbook, "--out", out) == 0
    inside = Path(shutil.copy(workbook, out / "week.xlsx"))
    assert run("plan", inside, "--out", out) == 2
    assert inside.is_file()


def test_a_database_is_not_replaced_by_its_workbook_or_its_result(database: Path) -> None:
    before = database.read_bytes()
    assert run("workbook", database, database) == 2
    assert run("plan", database, "--dry-run", "--json", database) == 2
    assert database.read_bytes() == before


def test_a_database_in_the_folder_stays_there(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("export", database, "--out", out) == 0
    inside = Path(shutil.copy(database, out / "week.pweek"))
    assert run("export", inside, "--out", out) == 0
    assert run("verify", inside) == 0
    deeper = Path(shutil.copy(database, out / "pages" / "week.pweek"))
    assert run("export", deeper, "--out", out) == 2
    assert deeper.is_file()
