"""A shared file is worked on as a local copy, and nobody's work is lost when it goes back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.document.handover import borrow, hand_over, is_shared, standing, take_over
from app.document.opening import open_document
from app.errors import Refused
from app.models.change import Verb
from app.models.plan import Plan
from app.store import backups
from app.store.verify import verify
from tests.builders import a_week, person_id


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in a folder that OneDrive keeps in step."""
    monkeypatch.setattr("app.document.handover.own_folder", lambda: tmp_path / "own")
    path = tmp_path / "OneDrive" / "week.pweek"
    path.parent.mkdir()
    opened = open_document(path, create=True)
    assert opened.borrowed is not None
    opened.document.do(Plan().edit(Verb.IMPORT, put=a_week().visitor("Ann Lee").slot("S1", "Red").entities.values()))
    opened.document.close()
    hand_over(opened.borrowed.local)
    return path


def set_role(path: Path, role: str) -> Plan:
    opened = open_document(path)
    plan = opened.document.plan
    person = plan.people[person_id("Ann Lee")]
    opened.document.do(plan.edit(Verb.CHANGE, put=[replace(person, role=role)]))
    opened.document.close()
    return opened.document.plan


def by_a_colleague(path: Path, role: str) -> Plan:
    """Another computer's hand-over."""
    away = path.parents[1] / f"away {role}.pweek"
    shutil.copyfile(path, away)
    plan = set_role(away, role)
    shutil.copyfile(away, path)
    return plan


def role_in(path: Path) -> str:
    opened = open_document(path)
    opened.document.close()
    return opened.document.plan.people[person_id("Ann Lee")].role


def test_a_shared_file_is_never_written_while_it_is_worked_on(shared: Path) -> None:
    assert is_shared(shared)
    before = shared.read_bytes()
    set_role(shared, "Chief")
    assert shared.read_bytes() == before
    assert [place.name for place in shared.parent.iterdir()] == ["week.pweek"]
    assert role_in(shared) == "Chief"  # the local copy goes on being used


def test_handing_over_puts_one_whole_file_there(shared: Path) -> None:
    set_role(shared, "Chief")
    borrowed = borrow(shared)
    assert (borrowed.mine, borrowed.theirs) == (True, False)
    assert hand_over(borrowed.local) == shared
    assert verify(shared) == []
    assert [place.name for place in shared.parent.iterdir()] == ["week.pweek"]
    found = standing(borrowed.local)
    assert found is not None
    assert (found.mine, found.theirs) == (False, False)


def test_what_a_colleague_handed_over_comes_in_by_itself_where_nothing_was_changed_here(shared: Path) -> None:
    by_a_colleague(shared, "Theirs")
    assert role_in(shared) == "Theirs"


def test_two_who_changed_are_told_and_neither_is_overwritten(shared: Path) -> None:
    set_role(shared, "Mine")
    by_a_colleague(shared, "Theirs")
    borrowed = borrow(shared)
    assert borrowed.both
    before = shared.read_bytes()
    with pytest.raises(Refused, match="handed-over-by-other"):
        hand_over(borrowed.local)
    assert shared.read_bytes() == before
    assert role_in(shared) == "Mine"


def test_taking_over_keeps_mine_as_a_backup(shared: Path) -> None:
    set_role(shared, "Mine")
    by_a_colleague(shared, "Theirs")
    local = borrow(shared).local
    kept = take_over(local)
    assert kept is not None
    assert role_in(kept) == "Mine"
    assert role_in(shared) == "Theirs"


def test_handing_over_all_the_same_keeps_theirs_as_a_backup(shared: Path) -> None:
    set_role(shared, "Mine")
    by_a_colleague(shared, "Theirs")
    local = borrow(shared).local
    hand_over(local, over_theirs=True)
    (kept,) = [backup for backup in backups.listed(local) if backup.occasion is backups.Occasion.TAKE]
    assert role_in(kept.path) == "Theirs"
    assert role_in(shared) == "Mine"


def test_a_shared_file_that_is_damaged_or_gone_harms_no_copy(shared: Path) -> None:
    set_role(shared, "Mine")
    local = borrow(shared).local
    shared.write_bytes(b"SQLite format 3\x00 half synced")
    with pytest.raises(Refused, match="file-foreign"):
        take_over(local)
    shared.unlink()
    assert role_in(shared) == "Mine"
    hand_over(local)
    assert verify(shared) == []


def test_a_drive_that_is_not_there_keeps_the_work(shared: Path) -> None:
    set_role(shared, "Mine")
    local = borrow(shared).local
    shutil.rmtree(shared.parent)
    with pytest.raises(Refused, match="folder-missing"):
        hand_over(local)
    assert role_in(shared) == "Mine"


def test_a_file_on_this_computer_is_no_shared_one(tmp_path: Path) -> None:
    path = tmp_path / "week.pweek"
    open_document(path, create=True).document.close()
    assert not is_shared(path)
    assert standing(path) is None
    with pytest.raises(Refused, match="no-shared-file"):
        hand_over(path)
