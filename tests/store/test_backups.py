"""Backups are whole, named for good, thinned out by the rule, and brought back without losing what was there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document import visits
from app.document.document import Document
from app.document.matching import adopt_match
from app.errors import Refused
from app.models.change import Verb
from app.models.plan import Plan
from app.store import backups
from app.store.backups import Occasion
from app.store.verify import inspect, verify
from tests.builders import a_week, person_id, slot_id, visit_id

NOW = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
ANN = visit_id("Ann Lee", "S1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a small week."""
    path = tmp_path / "week.pweek"
    document = Document.open(path, create=True)
    week = a_week().slot("S1", "Red").slot("S2", "Blue").visitor("Ann Lee").visit("Ann Lee", "S1")
    document.do(Plan().edit(Verb.IMPORT, put=week.entities.values()))
    document.close()
    return path


def occasions(path: Path) -> list[Occasion]:
    return [backup.occasion for backup in backups.listed(path)]


def test_a_backup_is_whole_and_says_what_it_holds(path: Path) -> None:
    document = Document.open(path)
    backup = document.backup()
    document.close()
    assert verify(backup.path) == []
    summary = inspect(backup.path)
    assert summary.weeks == ("Spring practice week",)
    assert dict(summary.counts)["visits"] == 1
    assert summary.edits == 1
    assert backups.listed(path) == [backup]


def test_a_first_import_needs_no_backup_and_the_next_ones_do(path: Path) -> None:
    assert occasions(path) == []
    document = Document.open(path)
    plan = document.plan
    week_id = next(iter(plan.weeks))
    document.do(adopt_match(plan, week_id, [(person_id("Ann Lee"), slot_id("S2"))]))
    document.do(document.plan.edit(Verb.IMPORT, drop=list(document.plan.visits.values())))
    document.do(document.plan.edit(Verb.IMPORT))
    noted = [replace(team, notes="Back door") for team in document.plan.teams.values()]
    document.do(document.plan.edit(Verb.FORMS, put=noted))
    document.close()
    assert occasions(path) == [Occasion.IMPORT, Occasion.IMPORT, Occasion.MATCH]


def test_a_step_whose_backup_fails_is_not_done(path: Path) -> None:
    backups.folder_of(path).write_text("a file where the folder should be")
    document = Document.open(path)
    plan = document.plan
    with pytest.raises(Refused, match="backup-failed"):
        document.do(adopt_match(plan, next(iter(plan.weeks)), []))
    assert document.plan is plan
    document.close()


def test_a_backup_is_due_half_an_hour_after_the_last_where_something_changed(path: Path) -> None:
    document = Document.open(path)
    first = document.backup_if_due()
    assert first is not None
    assert first.occasion is Occasion.TIME
    later = first.at + dt.timedelta(hours=2)
    assert document.backup_if_due(now=later) is None
    document.do(visits.pin(document.plan, ANN))
    assert document.backup_if_due(now=first.at + dt.timedelta(minutes=29)) is None
    assert document.backup_if_due(now=later) is not None
    document.close()
    document = Document.open(path)
    assert document.backup_if_due(now=later) is None
    document.close()


def test_a_clock_put_back_overwrites_nothing(path: Path) -> None:
    document = Document.open(path)
    document.close()
    copy = backups.copy_of(path)
    made = [backups.make(path, copy, Occasion.HAND, now=NOW + dt.timedelta(hours=hours)) for hours in (0, 0, -24)]
    assert [backup.number for backup in made] == [1, 2, 3]
    assert backups.listed(path) == made[::-1]


def test_a_clock_put_back_a_day_does_not_stop_the_backups(path: Path) -> None:
    document = Document.open(path)
    first = document.backup_if_due()
    assert first is not None
    document.do(visits.pin(document.plan, ANN))
    second = document.backup_if_due(now=first.at - dt.timedelta(days=1))
    assert second is not None
    assert second.number == first.number + 1
    assert second.path != first.path
    document.do(visits.unpin(document.plan, ANN))
    assert document.backup_if_due(now=second.at + dt.timedelta(minutes=5)) is None
    document.close()


def test_a_copy_is_made_from_memory_where_the_file_cannot_be_read_any_more(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = Document.open(path)
    plan = document.plan

    def gone(_: Path) -> None:
        raise Refused("file-unreachable", path=str(path))

    monkeypatch.setattr(document._store, "copy_to", gone)
    document.save_copy(path.with_name("copy.pweek"))
    document.close()
    assert verify(path.with_name("copy.pweek")) == []
    copy = Document.open(path.with_name("copy.pweek"))
    assert copy.plan == plan
    copy.close()


def test_restoring_brings_back_the_week_and_keeps_what_was_there(path: Path) -> None:
    document = Document.open(path)
    before = document.plan
    backup = document.backup()
    document.do(visits.to_tray(document.plan, ANN))
    after = document.plan
    document.close()
    kept = backups.restore(path, backup.path)
    document = Document.open(path)
    assert document.plan == before
    document.close()
    assert kept is not None
    document = Document.open(kept)
    assert document.plan == after
    document.close()
    assert occasions(path) == [Occasion.RESTORE, Occasion.HAND]


def test_a_file_that_is_open_is_not_replaced(path: Path) -> None:
    document = Document.open(path)
    backup = document.backup()
    with pytest.raises(Refused, match="file-in-use"):
        backups.restore(path, backup.path)
    document.do(visits.pin(document.plan, ANN))
    document.close()


def test_a_damaged_backup_is_not_restored(path: Path) -> None:
    document = Document.open(path)
    backup = document.backup()
    document.close()
    before = path.read_bytes()
    backup.path.write_bytes(before.replace(b"Ann Lee", b"Bnn Lee"))
    with pytest.raises(Refused, match="backup-damaged"):
        backups.restore(path, backup.path)
    assert path.read_bytes() == before
    assert backups.newest_whole(path) is None


@pytest.mark.parametrize("content", [b"", b"no database", None])
def test_a_damaged_or_missing_file_is_restored_and_put_away_byte_for_byte(path: Path, content: bytes | None) -> None:
    document = Document.open(path)
    backup, plan = document.backup(), document.plan
    document.close()
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    found = backups.newest_whole(path)
    assert found is not None
    assert found[0] == backup
    kept = backups.restore(path, found[0].path)
    assert (kept.read_bytes() if kept else None) == content
    document = Document.open(path)
    assert document.plan == plan
    document.close()


def test_the_side_file_of_a_damaged_file_does_not_spoil_the_restored_one(path: Path) -> None:
    document = Document.open(path)
    backup, plan = document.backup(), document.plan
    document.close()
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    side = path.with_name(path.name + "-journal")
    side.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00\x00\x00\x01" * 200)
    backups.restore(path, backup.path)
    document = Document.open(path)
    assert document.plan == plan
    document.close()


def test_other_files_in_the_folder_are_no_backups(path: Path) -> None:
    document = Document.open(path)
    backup = document.backup()
    document.close()
    (backup.path.parent / "notes.txt").write_text("mine")
    (backup.path.parent / "2027-13-99T000000Z-00001-by-hand.pweek").write_text("no date")
    backups.thin(path, now=NOW)
    assert backups.listed(path) == [backup]
    assert len(list(backup.path.parent.iterdir())) == 3


def test_backups_are_kept_by_the_rule() -> None:
    made = [(number, NOW - dt.timedelta(hours=6 * (4000 - number))) for number in range(1, 4001)]
    kept = backups.kept(made, NOW)
    ages = sorted((NOW - at for number, at in made if number in kept), reverse=True)
    recent = [age for age in ages if age <= dt.timedelta(days=2)]
    assert len(recent) == 9  # every six hours for two days, both ends
    days = {(NOW - age).date() for age in ages if age <= dt.timedelta(days=11)}
    assert len(days) == 12
    assert len({(NOW - age).isocalendar()[:2] for age in ages if age <= dt.timedelta(weeks=9)}) == 10
    assert len({((NOW - age).year, (NOW - age).month) for age in ages}) == 9
    assert len(kept) <= 9 + 12 + 10 + 9


@given(st.lists(st.integers(min_value=-60 * 24 * 400, max_value=60 * 24 * 3), max_size=60))
def test_the_newest_and_all_of_two_days_are_always_kept(minutes: list[int]) -> None:
    made = [(number, NOW + dt.timedelta(minutes=minute)) for number, minute in enumerate(minutes)]
    kept = backups.kept(made, NOW)
    assert kept >= {number for number, at in made if NOW - at <= dt.timedelta(days=2)}
    assert not made or made[-1][0] in kept
    assert backups.kept([one for one in made if one[0] in kept], NOW) == kept


def test_a_copy_goes_nowhere_where_a_file_is(path: Path) -> None:
    document = Document.open(path)
    with pytest.raises(Refused, match="file-exists"):
        document.save_copy(path)
    with pytest.raises(Refused, match="folder-missing"):
        document.save_copy(path.parent / "nowhere" / "copy.pweek")
    document.save_copy(path.with_name("copy.pweek"))
    document.close()
    assert verify(path.with_name("copy.pweek")) == []
    with pytest.raises(Refused, match="no-file"):
        Document.memory().save_copy(path)
