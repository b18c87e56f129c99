"""Backups, salvage, hand-over and take-over as commands, and the ways on that a refusal tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.main import main
from app.document.document import Document
from tests.store.make_version import make


def run(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "week.pweek"
    make(path)
    return path


def test_backups_are_listed_with_what_they_hold(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backups", database) == 2
    document = Document.open(database)
    backup = document.backup()
    document.close()
    capsys.readouterr()
    assert run("backups", database) == 0
    told = capsys.readouterr().out
    assert "Made by hand: 1 week, 1 visit" in told
    assert str(backup.path) in told


def test_a_damaged_database_tells_the_commands_that_lead_on(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = Document.open(database)
    backup = document.backup()
    document.close()
    database.write_bytes(database.read_bytes().replace(b"Ann Lee", b"Ann Loo"))
    assert run("check", database) == 2
    told = capsys.readouterr().err
    assert f"practice-week restore {database} {backup.path}" in told
    assert "practice-week salvage" in told
    assert "Traceback" not in told
    new = database.with_name("new.pweek")
    assert run("salvage", database, new) == 0
    assert "Brought: 1 week, 2 visitors" in capsys.readouterr().out
    assert run("verify", new) == 0


def test_a_shared_database_is_worked_on_as_a_copy_and_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.document.handover.own_folder", lambda: tmp_path / "own")
    shared = tmp_path / "Dropbox" / "week.pweek"
    shared.parent.mkdir()
    make(tmp_path / "made.pweek")
    (tmp_path / "made.pweek").rename(shared)
    before = shared.read_bytes()
    assert run("erase", shared, "Zoë Ray") == 0
    told = capsys.readouterr()
    assert "in a folder that Dropbox keeps in step" in told.err
    assert f"itself names them until you hand over: practice-week hand-over {shared}" in told.out
    assert shared.read_bytes() == before
    assert run("hand-over", shared) == 0
    assert b"Zo\xc3\xab Ray" not in shared.read_bytes()
    assert run("take-over", shared) == 0
    assert run("hand-over", tmp_path / "own") == 2
