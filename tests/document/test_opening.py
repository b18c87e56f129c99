"""Whatever state a file is in, the answer is plain and there is a way on."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.document.document import Document
from app.document.opening import Way, behold, open_document, restored, salvage, ways_on
from app.errors import Refused
from app.exchange.folder import write_folder
from app.exchange.strangers import look, look_ahead
from app.models.change import Verb
from app.store import backups
from app.store.verify import verify
from tests.store.make_version import make


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with something of everything."""
    path = tmp_path / "week.pweek"
    make(path)
    return path


def damage(path: Path) -> bytes:
    content = path.read_bytes().replace(b"Ann Lee", b"Ann Loo")
    path.write_bytes(content)
    return content


def refusal(path: Path) -> Refused:
    with pytest.raises(Refused) as refused:
        open_document(path)
    return refused.value


def test_a_whole_file_opens(path: Path) -> None:
    opened = open_document(path)
    assert opened.borrowed is None
    assert not opened.document.read_only
    opened.document.close()


def test_a_file_whose_folder_a_crash_left_moved_away_is_found(path: Path) -> None:
    out = path.parent / "out"
    write_folder(out, {"plan.json": b'{"format": 1, "week": ""}', path.name: path.read_bytes()})
    out.rename(out.with_name(".out.practice-week-old"))  # an export was cut off while it swapped the folders
    open_document(out / path.name).document.close()
    assert verify(out / path.name) == []


def test_a_damaged_file_leads_on_to_its_newest_whole_backup_to_salvage_or_to_a_look(path: Path) -> None:
    document = Document.open(path)
    good, bad = document.backup(), document.backup()
    document.close()
    damage(bad.path)
    content = damage(path)
    found = ways_on(refusal(path), path)
    assert found.ways == (Way.RESTORE, Way.SALVAGE, Way.LOOK, Way.ANOTHER)
    assert found.backup == good
    assert found.holds is not None
    assert path.read_bytes() == content


def test_without_a_backup_nothing_promises_one(path: Path) -> None:
    damage(path)
    assert Way.RESTORE not in ways_on(refusal(path), path).ways


@pytest.mark.parametrize(
    ("content", "ways"),
    [
        (b"", (Way.ANOTHER,)),
        (b"PK\x03\x04" + bytes(200), (Way.ANOTHER,)),
        (b"SQLite format 3\x00" + bytes(200), (Way.ANOTHER,)),
        (None, (Way.ANEW, Way.ANOTHER)),
    ],
)
def test_what_is_none_of_ours_leads_to_another_file(path: Path, content: bytes | None, ways: tuple[Way, ...]) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert ways_on(refusal(path), path).ways == ways


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files of this system")
def test_a_pipe_is_not_waited_for_and_a_link_that_leads_to_itself_leads_nowhere(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.pweek", tmp_path / "link.pweek"
    os.mkfifo(pipe)
    link.symlink_to(link)
    for path in (pipe, link):
        assert refusal(path).code == "file-unreachable"
        with pytest.raises(Refused, match="file-unreachable"):
            salvage(path, tmp_path / "new.pweek")
    assert not (tmp_path / "new.pweek").exists()


def test_a_whole_file_with_a_week_of_two_thousand_years_is_damaged_and_the_rest_of_it_is_rescued(path: Path) -> None:
    document = Document.open(path)
    (week,) = document.plan.weeks.values()
    document.do(document.plan.edit(Verb.CHANGE, put=[replace(week, first_day=dt.date(1, 1, 1))]))
    document.close()
    assert (refusal(path).code, refusal(path).facts["finding"]) == ("database-damaged", "values")
    new = path.with_name("new.pweek")
    left_out = {one.table for one in salvage(path, new).left_out}
    assert {"weeks", "slots", "visits"} <= left_out
    rescued = open_document(new).document
    assert len(rescued.plan.people) == 2
    rescued.close()


def test_a_workbook_is_offered_to_be_imported(tmp_path: Path) -> None:
    book = tmp_path / "week.xlsx"
    book.write_bytes(b"PK\x03\x04" + bytes(200))
    assert ways_on(refusal(book), book).ways == (Way.IMPORT, Way.ANOTHER)


def test_a_look_at_a_damaged_file_changes_nothing_and_can_be_saved_elsewhere(path: Path) -> None:
    content = damage(path)
    document, found = behold(path)
    assert document.read_only
    assert document.plan == found.plan
    with pytest.raises(Refused, match="read-only"):
        document.do(document.plan.edit(Verb.DELETE, drop=document.plan.visits.values()))
    document.save_copy(path.with_name("copy.pweek"))
    document.close()
    assert verify(path.with_name("copy.pweek")) == []
    assert path.read_bytes() == content


def test_a_computer_that_is_busy_does_not_make_a_whole_file_a_damaged_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.exchange.guard._START", "import sys, time; sys.stdin.buffer.read(); time.sleep(60)")
    monkeypatch.setattr("app.exchange.strangers._SECONDS", 0.5)
    refused = refusal(path)
    assert refused.code == "file-slow"
    assert ways_on(refused, path).ways == (Way.AGAIN, Way.ANOTHER)


def test_what_harms_the_reader_harms_only_the_limited_process(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.exchange.guard._START", "import os; os.abort()")
    with pytest.raises(Refused) as refused:
        look(path)
    assert (refused.value.code, refused.value.facts["finding"]) == ("database-damaged", "reading")


def test_a_look_that_was_begun_early_opens_a_whole_file_and_refuses_a_damaged_one(path: Path) -> None:
    opened = open_document(path, ahead=look_ahead(path))
    opened.document.close()
    damage(path)
    ahead = look_ahead(path)
    with pytest.raises(Refused, match="database-damaged"):
        open_document(path, ahead=ahead)


def test_a_file_that_is_exchanged_after_the_early_look_is_looked_at_anew(path: Path) -> None:
    ahead = look_ahead(path)
    damage(path)
    with pytest.raises(Refused, match="database-damaged"):
        open_document(path, ahead=ahead)


def test_restoring_an_open_file_opens_it_again_as_it_was(path: Path) -> None:
    document = Document.open(path)
    before, backup = document.plan, document.backup()
    document.do(document.plan.edit(Verb.DELETE, drop=list(document.plan.wishes.values())))
    after = document.plan
    document = restored(document, backup.path)
    assert document.plan == before
    document.close()
    kept = Document.open(backups.listed(path)[0].path)
    assert kept.plan == after
    kept.close()
