"""A file is created whole, keeps every edit, and refuses what it should with no byte changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.document import lists, visits
from app.document.document import Document
from app.errors import Refused
from app.models.change import TABLES, Verb
from app.models.plan import Plan
from app.store import contents, digest
from app.store.connection import engine_for
from app.store.verify import verify
from app.words.refusals import known_codes, sentence
from tests.builders import Builder, a_week, person_id, slot_id, visit_id


def a_built_week() -> Builder:
    return (
        a_week().team("Red").slot("S1", "Red").slot("S2", "Blue", on=1).slot("S3", "Net", site_id="online")
        .visitor("Ann Lee", base="Town Hall").visitor("Bob Ray").visit("Ann Lee", "S1")
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds a small week."""
    path = tmp_path / "week.pweek"
    document = Document.open(path, create=True)
    document.do(Plan().edit(Verb.IMPORT, put=a_built_week().entities.values()))
    document.do(visits.pin(document.plan, visit_id("Ann Lee", "S1")))
    document.close()
    return path


def test_a_file_holds_what_memory_held(path: Path) -> None:
    document = Document.open(path)
    plan = a_built_week().plan()
    visit = plan.visits[visit_id("Ann Lee", "S1")]
    assert document.plan == plan.apply(plan.edit(Verb.PIN, put=[replace(visit, pinned=True)]))
    assert document.saved_at == document.history[-1].at
    document.close()


def test_undo_reaches_back_over_a_restart(path: Path) -> None:
    document = Document.open(path)
    document.undo()
    document.close()
    document = Document.open(path)
    assert document.can_redo is not None
    document.undo()
    assert document.plan == Plan()
    document.redo()
    document.redo()
    assert document.plan.visits[visit_id("Ann Lee", "S1")].pinned
    document.close()


def test_nothing_but_the_file_is_left_in_the_folder(path: Path) -> None:
    assert [name.name for name in path.parent.iterdir()] == ["week.pweek"]


def test_a_missing_file_is_only_made_where_asked(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file-missing"):
        Document.open(tmp_path / "none.pweek")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Refused, match="folder-missing"):
        Document.open(tmp_path / "no folder" / "none.pweek", create=True)


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x20
    path.write_bytes(content)


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def flip_a_name(path: Path) -> None:
    flip(path, path.read_bytes().index(b"Ann Lee") + 4)


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "file-empty"),
    "text": (lambda path: path.write_text("Visitor,Slot\n" * 100), "file-not-database"),
    "a short file": (lambda path: path.write_bytes(b"SQLite format 3\x00"), "file-foreign"),
    "a workbook": (lambda path: path.write_bytes(b"PK\x03\x04" + b"\x00" * 200), "file-not-database"),
    "of another program": (lambda path: sql(path, "PRAGMA application_id=7"), "file-foreign"),
    "of a later version": (lambda path: sql(path, "PRAGMA user_version=99"), "file-newer"),
    "with a write-ahead log": (lambda path: sql(path, "PRAGMA journal_mode=WAL"), "database-damaged"),
    "with a foreign view": (lambda path: sql(path, "CREATE VIEW seen AS SELECT * FROM people"), "database-damaged"),
    "with a foreign trigger": (
        lambda path: sql(path, "CREATE TRIGGER t AFTER INSERT ON visits BEGIN DELETE FROM visits; END"),
        "database-damaged",
    ),
    "with a foreign table": (lambda path: sql(path, "CREATE TABLE more (id)"), "database-damaged"),
    "with a foreign column": (lambda path: sql(path, "ALTER TABLE sites ADD COLUMN more"), "database-damaged"),
    "with a row that dangles": (lambda path: sql(path, "DELETE FROM people"), "database-damaged"),
    "with a row changed": (lambda path: sql(path, "UPDATE people SET role='x'"), "database-damaged"),
    "with a word unknown": (
        lambda path: sql(path, "PRAGMA ignore_check_constraints=ON", "UPDATE visits SET status='lost'"),
        "database-damaged",
    ),
    "with its history changed": (lambda path: sql(path, "UPDATE journal SET facts='[]'"), "database-damaged"),
    "with its history shortened": (lambda path: sql(path, "DELETE FROM journal WHERE sequence=2"), "database-damaged"),
    "with one bit of a name flipped": (flip_a_name, "database-damaged"),
    "cut short": (lambda path: os.truncate(path, path.stat().st_size // 2), "database-damaged"),
}


@pytest.mark.parametrize("spoil", SPOILT, ids=str)
def test_a_file_that_is_not_whole_and_ours_is_refused_untouched(path: Path, spoil: str) -> None:
    make, code = SPOILT[spoil]
    make(path)
    before = path.read_bytes()
    with pytest.raises(Refused) as refused:
        Document.open(path)
    assert refused.value.code == code
    assert code in known_codes()
    assert "week.pweek" in sentence(refused.value)
    assert path.read_bytes() == before
    assert [finding.code for finding in verify(path)] == [code]
    assert path.read_bytes() == before
    assert [name.name for name in path.parent.iterdir()] == ["week.pweek"]


def test_every_flipped_bit_is_noticed_or_changes_no_row(path: Path) -> None:
    whole = path.read_bytes()
    document = Document.open(path)
    plan = document.plan
    document.close()
    spoilt = path.with_name("spoilt.pweek")
    for place in range(13, len(whole), len(whole) // 50):
        content = bytearray(whole)
        content[place] ^= 1 << (place % 8)
        spoilt.write_bytes(content)
        try:
            document = Document.open(spoilt)
        except Refused:
            assert spoilt.read_bytes() == content
            continue
        assert document.plan == plan
        document.close()


def test_a_second_window_may_only_read_and_is_told_who_writes(path: Path) -> None:
    first, second = Document.open(path), Document.open(path)
    assert not first.read_only
    assert second.read_only
    assert second.who_has_it
    assert second.plan == first.plan
    with pytest.raises(Refused) as refused:
        second.undo()
    assert refused.value.code == "read-only"
    assert second.who_has_it in sentence(refused.value)
    first.undo()
    first.close()
    second.close()
    third = Document.open(path)
    assert not third.read_only
    third.close()


def test_the_lock_of_a_killed_program_does_not_stay(path: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from app.document.document import Document
document = Document.open(Path({str(path)!r}))
assert not document.read_only
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    document = Document.open(path)
    assert not document.read_only
    document.close()


def test_an_edit_waits_for_no_other_program_for_ever(path: Path) -> None:
    document = Document.open(path)
    plan = document.plan
    document._store._connection.exec_driver_sql("PRAGMA busy_timeout=50")  # type: ignore[union-attr]
    document._store._connection.rollback()  # type: ignore[union-attr]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match="file-busy"):
            document.undo()
        assert document.plan is plan
        other.execute("ROLLBACK")
    document.undo()
    document.close()
    assert verify(path) == []


def test_what_another_program_wrote_is_not_overwritten(path: Path) -> None:
    document = Document.open(path)
    sql(path, "UPDATE people SET role='x'", "UPDATE meta SET value='0' WHERE name='digest'")
    with pytest.raises(Refused, match="file-changed-by-other"):
        document.undo()
    document.close()


def test_an_edit_into_a_deleted_file_is_refused_and_the_work_can_be_saved_elsewhere(path: Path) -> None:
    document = Document.open(path)
    path.unlink()
    with pytest.raises(Refused, match="file-gone"):
        document.undo()
    elsewhere = path.with_name("elsewhere.pweek")
    document.save_copy(elsewhere)
    plan = document.plan
    document.close()
    document = Document.open(elsewhere)
    assert document.plan == plan
    document.undo()
    document.close()


def test_an_edit_into_a_replaced_file_is_refused(path: Path) -> None:
    document = Document.open(path)
    copy = path.with_name("copy.pweek")
    shutil.copyfile(path, copy)
    copy.replace(path)
    before = path.read_bytes()
    with pytest.raises(Refused, match="file-replaced"):
        document.undo()
    document.close()
    assert path.read_bytes() == before


def test_a_full_disk_leaves_memory_and_file_as_they_were(path: Path) -> None:
    document = Document.open(path)
    plan = document.plan
    connection = document._store._connection  # type: ignore[union-attr]
    connection.exec_driver_sql("PRAGMA max_page_count=1")  # as many as there are
    connection.rollback()
    person = document.plan.people[person_id("Ann Lee")]
    with pytest.raises(Refused, match="disk-full"):
        document.do(lists.change(plan, replace(person, needs="x" * 5_000)))
    assert document.plan is plan
    connection.exec_driver_sql("PRAGMA max_page_count=100000")
    connection.rollback()
    document.do(lists.change(plan, replace(person, needs="step-free")))
    after = document.plan
    document.close()
    document = Document.open(path)
    assert document.plan == after
    document.close()


def test_a_text_that_no_file_can_hold_is_refused(path: Path) -> None:
    document = Document.open(path)
    plan = document.plan
    person = plan.people[person_id("Ann Lee")]
    with pytest.raises(Refused, match="not-storable"):
        document.do(plan.edit(Verb.CHANGE, put=[replace(person, role="\ud800")]))
    assert document.plan is plan
    document.do(lists.change(plan, replace(person, role="a\x00b")))
    document.close()
    assert verify(path) == []


def test_a_rule_of_the_tables_refuses_the_whole_edit(path: Path) -> None:
    document = Document.open(path)
    plan = document.plan
    slot = plan.slots[slot_id("S1")]
    person = plan.people[person_id("Ann Lee")]
    with pytest.raises(Refused, match="not-storable"):
        document.do(plan.edit(Verb.CHANGE, put=[replace(person, role="Chief"), replace(slot, places=0)]))
    document.close()
    document = Document.open(path)
    assert document.plan == plan
    document.close()


def test_what_a_crash_left_half_written_is_taken_back(path: Path) -> None:
    before = Document.open(path)
    plan = before.plan
    before.close()
    code = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=TRUNCATE")
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN")
connection.execute("UPDATE people SET role = hex(randomblob(50000))")
connection.execute("UPDATE sites SET parking = hex(randomblob(50000))")
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == -9
    side = path.with_name(path.name + "-journal")
    left = path.read_bytes(), side.read_bytes()
    assert left[1]
    assert verify(path) == []
    assert (path.read_bytes(), side.read_bytes()) == left
    document = Document.open(path)
    assert document.plan == plan
    document.close()


def test_every_kind_of_entity_reaches_the_file(path: Path) -> None:
    document = Document.open(path)
    kept = {table for table in TABLES if document.plan.table(table)}
    assert {"weeks", "sites", "teams", "offers", "people", "attendances", "slots", "visits"} <= kept
    document.close()


def test_a_file_that_may_not_be_written_opens_for_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda _, mode: mode != os.W_OK)  # a test may run as one who may do all
    document = Document.open(path)
    assert document.read_only
    assert not document.who_has_it
    with pytest.raises(Refused) as refused:
        document.undo()
    assert "cannot be written" in sentence(refused.value)
    document.close()
    assert [name.name for name in path.parent.iterdir()] == ["week.pweek"]


def test_names_with_odd_characters_open(tmp_path: Path) -> None:
    path = tmp_path / "Spring #2 50% ?mode=ro & é.pweek"
    Document.open(path, create=True).close()
    assert [name.name for name in tmp_path.iterdir()] == [path.name]
    assert verify(path) == []


def test_a_history_that_nobody_can_have_made_is_refused(path: Path) -> None:
    document = Document.open(path)
    document.undo()
    document.close()
    sql(path, "UPDATE journal SET of = 1 WHERE sequence = 3")
    with engine_for(path).begin() as connection:  # a forger who knows the digest
        value = digest.written(contents.raw_digest(connection))
        connection.exec_driver_sql("UPDATE meta SET value = ? WHERE name = 'digest'", (value,))
    with pytest.raises(Refused, match="database-damaged"):
        Document.open(path)
    assert [finding.finding for finding in verify(path)] == ["journal"]
    assert not path.with_name("week.pweek.lock").exists()
