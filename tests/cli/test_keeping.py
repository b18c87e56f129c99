"""Backup, restore, person and erase as commands."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from app.cli.main import main
from app.resources import resource
from app.ui.settings import TOLD_BY, Settings

REFERENCE = resource("samples", "oxfordshire-2019.xlsx")


def run(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "week.pweek"
    assert run("import", path, REFERENCE) == 0
    return path


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a window keeps its settings; none has yet."""
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "settings"))
    return tmp_path / "settings" / "window.ini"


def test_a_backup_brings_back_what_was_there(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.pweek"
    assert run("backup", database, copy) == 0
    assert run("plan", database) == 0
    capsys.readouterr()
    assert run("restore", database, copy) == 0
    assert "1 week, 0 visits" in capsys.readouterr().out
    assert run("verify", database) == 0


def test_a_damaged_backup_is_refused_and_the_database_stays(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    (tmp_path / "copy.pweek").write_bytes(before[: len(before) // 2])
    assert run("restore", database, tmp_path / "copy.pweek") == 2
    assert database.read_bytes() == before


def test_a_person_gets_what_is_held_of_them_and_nobody_elses(database: Path, tmp_path: Path) -> None:
    assert run("person", database, "lucy butler", "--out", tmp_path / "out") == 0
    text = (tmp_path / "out" / "Lucy Butler.txt").read_text(encoding="utf-8")
    assert "stay and play with the library service" in text
    for other in ("Lara Patel", "Chris Hilliard", "Yvonne Rees"):
        assert other not in text
        assert other not in (tmp_path / "out" / "Lucy Butler.json").read_text(encoding="utf-8")


def test_an_erased_person_is_in_no_byte_of_the_database_and_its_backups(database: Path) -> None:
    assert run("backup", database) == 0
    assert run("plan", database) == 0
    assert run("erase", database, "Lucy Butler") == 0
    for path in [database, *database.parent.rglob("*.pweek*")]:
        if path.is_file():
            assert b"Lucy Butler" not in path.read_bytes(), path
            assert b"dcs@oxfordshire.example" not in path.read_bytes(), path
    assert run("verify", database) == 0
    assert run("erase", database, "Lucy Butler") == 2


def test_an_erased_person_is_forgotten_by_the_window_too(database: Path, own_settings: Path) -> None:
    kept = Settings()
    kept.keep(TOLD_BY, "lucy butler")
    kept.keep("theme", "dark")
    kept.flush()
    assert run("erase", database, "Lucy Butler") == 0
    assert b"butler" not in own_settings.read_bytes().lower()
    assert b"dark" in own_settings.read_bytes()


def test_erasing_without_a_window_makes_no_settings_for_one(database: Path, own_settings: Path) -> None:
    assert run("erase", database, "Lucy Butler") == 0
    assert not own_settings.exists()
