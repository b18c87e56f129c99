"""`publish` and `export` as a PA meets them: what changed, to whom it matters, whole or not at all."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import main
from app.document.document import Document
from app.document.visits import move
from app.exchange.folder import prepare_folder
from app.models.change import Verb
from tests.builders import slot_id
from tests.document.test_publishing import ANN, two_visits


def run(*words: object) -> int:
    return main([str(word) for word in words])


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Two visits, never published."""
    path = tmp_path / "week.pweek"
    document = Document.open(path, create=True)
    document.do(document.plan.edit(Verb.IMPORT, put=two_visits().entities.values()))
    document.close()
    return path


def publications(database: Path) -> int:
    document = Document.open(database)
    try:
        return len(document.plan.publications)
    finally:
        document.close()


def move_ann(database: Path) -> None:
    document = Document.open(database)
    try:
        document.do(move(document.plan, ANN, slot_id("s3")))
    finally:
        document.close()


def test_one_changed_visit_makes_files_for_its_two_people_and_leaves_every_other_as_it_was(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("publish", database, "--out", tmp_path / "one") == 0
    assert run("export", database, "--out", tmp_path / "again") == 0
    before = tree(tmp_path / "again")
    move_ann(database)
    assert run("export", database, "--out", tmp_path / "again") == 0
    after = tree(tmp_path / "again")
    assert [path for path, data in after.items() if before.get(path) != data] == ["READ ME.txt"]
    assert "Not published yet, so not in this folder: 1 visit." in after["READ ME.txt"].decode()
    capsys.readouterr()
    assert run("publish", database, "--out", tmp_path / "two") == 0
    assert "Version 2 is published: 1 visit, 2 calendar files, 2 people to tell." in capsys.readouterr().out
    sent = [path for path in tree(tmp_path / "two") if path.endswith(".ics")]
    assert len(sent) == 2
    [row] = [
        visit for visit in json.loads((tmp_path / "two" / "plan.json").read_text(encoding="utf-8"))["visits"]
        if visit["files"]
    ]  # fmt: skip
    assert (row["visitor"], sorted(row["files"])) == ("Ann", sorted(sent))
    assert run("export", database, "--out", tmp_path / "again") == 0
    later = tree(tmp_path / "again")
    same = {path for path, data in later.items() if before.get(path) == data and path.startswith("invites/")}
    changed = {path for path in later if path.startswith("invites/")} - same
    assert changed == {*sent, "invites/week.ics"}


def test_nothing_new_writes_nothing_and_says_so(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("publish", database, "--out", tmp_path / "one") == 0
    move_ann(database)
    document = Document.open(database)
    document.undo()
    document.close()
    kept = database.read_bytes()
    capsys.readouterr()
    assert run("publish", database, "--out", tmp_path / "two") == 0
    assert capsys.readouterr().out == "Nothing changed since version 1; nothing was written.\n"
    assert not (tmp_path / "two").exists()
    assert database.read_bytes() == kept


def test_stopped_by_ctrl_c_it_leaves_no_file_and_no_record(database: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "app", "publish", str(database), "--out", str(tmp_path / "out")]
    with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "Making the calendar files" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith("week.pweek")) == []
    assert publications(database) == 0
    assert run("publish", database, "--out", tmp_path / "out") == 0


def test_files_that_cannot_be_recorded_are_taken_away_again(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another copy of the program has changed the database since it was read."""
    out = tmp_path / "out"

    def meanwhile(*arguments: object, **options: object) -> object:
        prepared = prepare_folder(*arguments, **options)  # type: ignore[arg-type]  # handed on as they came
        database.unlink()
        return prepared

    monkeypatch.setattr("app.cli.publishing.prepare_folder", meanwhile)
    assert run("publish", database, "--out", out) == 2
    assert not out.exists()
    assert [path.name for path in tmp_path.iterdir() if "practice-week-new" in path.name] == []
