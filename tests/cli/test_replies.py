"""Forms, diaries and what is still to chase as commands: shown first, taken in when asked, told by the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.main import main
from app.resources import resource

REFERENCE = resource("samples", "oxfordshire-2019.xlsx")
DIARY = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20190709T090000\nDURATION:PT1H\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:2\nDTSTART:rubbish\nEND:VEVENT\nEND:VCALENDAR\n"
)


def run(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("app.document.forms.memory.own_folder", lambda: tmp_path / "own")
    path = tmp_path / "week.pweek"
    assert run("import", path, REFERENCE) == 0
    return path


def test_forms_are_shown_first_taken_in_when_asked_and_change_nothing_twice(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = tmp_path / "replies"
    replies.mkdir()
    (replies / "a.csv").write_text("Name,Job title\nChris Hilliard,Director of everything\n")
    for _ in range(2):  # shown alone, it changes nothing
        assert run("take-in", database, replies) == 0
        assert "1 ready · 0 to check · 0 errors" in capsys.readouterr().out
    assert run("take-in", database, replies, "--apply") == 0
    assert "1 row taken in" in capsys.readouterr().out
    assert run("take-in", database, replies, "--apply") == 0
    assert "0 ready" in capsys.readouterr().out


def test_what_is_to_settle_ends_with_1_and_is_saved_with_its_reasons(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("Name,Job title,First choice\nChris Hillard,Director,MASH\n")
    assert run("take-in", database, tmp_path / "a.csv", "--problems", tmp_path / "left.xlsx") == 1
    said = capsys.readouterr().out
    assert "a.csv, A2: Visitor: Is “Chris Hillard” the known Chris Hilliard, or somebody new?" in said
    assert (tmp_path / "left.xlsx").exists()


def test_what_is_no_form_or_no_file_ends_with_2(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.txt").write_text("Dear all\nthank you")
    assert run("take-in", database, tmp_path / "letter.txt") == 2
    assert "looks like a form" in capsys.readouterr().err
    assert run("take-in", database, tmp_path / "missing.xlsx") == 2
    assert "missing.xlsx" in capsys.readouterr().err


def test_a_diary_tells_what_it_took_and_what_it_could_not_read(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "export.ics").write_text(DIARY)
    assert run("diary", database, tmp_path / "export.ics") == 2, "nobody said whose it is"
    assert run("diary", database, tmp_path / "export.ics", "--for", "Chris Hilliard") == 0
    said = capsys.readouterr().out
    assert "Tue 9 July, 09:00–10:00, busy" in said
    assert "1 entry could not be read; left out" in said


def test_chase_writes_reminders_and_forms_go_out_of_the_same_week(database: Path, tmp_path: Path) -> None:
    assert run("chase", database, "--drafts", tmp_path / "drafts") == 0
    assert list((tmp_path / "drafts").glob("*.eml"))
    assert run("forms", database, "--out", tmp_path / "forms", "--kind", "visitors") == 0
    assert (tmp_path / "forms" / "visitor-form" / "Chris Hilliard.xlsx").exists()
