"""What can be read of a damaged file comes into a new, whole one; what cannot is listed; the damaged file stays."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.document.document import Document
from app.document.kept_words import salvage_lines
from app.document.opening import salvage
from app.errors import Refused
from app.models.change import TABLES, Verb
from app.models.plan import Plan
from app.store.remains import Remains
from app.store.salvage import readable
from app.store.verify import verify
from tests.builders import person_id, visit_id
from tests.store.make_version import make


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with at least one row of every table."""
    path = tmp_path / "week.pweek"
    make(path)
    return path


def plan_of(path: Path) -> Plan:
    document = Document.open(path)
    plan = document.plan
    document.close()
    return plan


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_file_of_which_everything_can_be_read_is_brought_whole(path: Path) -> None:
    plan = plan_of(path)
    sql(path, "UPDATE meta SET value = '0' WHERE name = 'digest'")
    before, new = path.read_bytes(), path.with_name("new.pweek")
    found = salvage(path, new)
    assert (found.left_out, found.doubtful) == ((), ())
    assert path.read_bytes() == before
    assert verify(new) == []
    assert plan_of(new) == plan
    assert sorted(place.name for place in path.parent.iterdir()) == ["new.pweek", "week.pweek"]


def test_a_row_that_was_changed_from_outside_is_named(path: Path) -> None:
    sql(path, "UPDATE people SET role = 'Queen' WHERE name = 'Ann Lee'")
    found = readable(path)
    assert [(one.table, one.names) for one in found.doubtful] == [("people", ("Ann Lee",))]
    assert found.plan.people[person_id("Ann Lee")].role == "Queen"


def test_a_row_that_cannot_be_read_is_taken_from_the_history(path: Path) -> None:
    plan = plan_of(path)
    sql(path, "PRAGMA ignore_check_constraints=ON", "UPDATE people SET kind = 'nobody' WHERE name = 'Ann Lee'")
    found = readable(path)
    assert found.plan == plan
    assert found.from_history == 1
    assert found.left_out == ()


def test_a_row_that_nothing_knows_any_more_is_left_out_by_name_with_what_hangs_on_it(path: Path) -> None:
    sql(
        path, "PRAGMA ignore_check_constraints=ON", "DELETE FROM journal",
        "UPDATE people SET clearance = 'perhaps' WHERE name = 'Ann Lee'",
    )  # fmt: skip
    found = readable(path)
    lost = {one.table: one for one in found.left_out}
    assert lost["people"].names == ("Ann Lee",)
    assert {"visits", "attendances", "wishes"} <= set(lost)
    assert visit_id("Ann Lee", "S1") not in found.plan.visits
    new = path.with_name("new.pweek")
    salvage(path, new)
    assert verify(new) == []


def test_what_was_deleted_in_good_order_does_not_come_back(path: Path) -> None:
    document = Document.open(path)
    document.do(document.plan.edit(Verb.DELETE, drop=list(document.plan.wishes.values())))
    plan = document.plan
    document.close()
    sql(path, "DELETE FROM journal WHERE sequence = (SELECT max(sequence) FROM journal)")
    assert readable(path).plan == plan


def test_nothing_crashes_and_nothing_unsound_comes_out_of_files_spoilt_at_random(path: Path) -> None:
    whole, chance = path.read_bytes(), random.Random(3)
    spoilt, new = path.with_name("spoilt.pweek"), path.with_name("new.pweek")
    brought, codes = 0, set[str]()
    for _ in range(12):
        content = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            start = chance.randrange(512, len(content))
            content[start : start + 300] = chance.randbytes(min(300, len(content) - start))
        spoilt.write_bytes(content)
        try:
            salvage(spoilt, new)
        except Refused as refused:
            codes.add(refused.code)
            continue
        brought += 1
        assert verify(new) == []
        assert spoilt.read_bytes() == content
        new.unlink()
    assert brought >= 6
    assert codes <= {"nothing-to-salvage"}


def test_half_a_file_gives_what_is_in_the_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 3 // 4)
    new = path.with_name("new.pweek")
    found = salvage(path, new)
    assert any(found.plan.table(table) for table in TABLES)
    assert verify(new) == []


@pytest.mark.parametrize("content", [b"", b"no database at all" * 200, b"SQLite format 3\x00" + bytes(4000)])
def test_a_file_of_nothing_gives_no_new_file(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Refused, match="nothing-to-salvage"):
        salvage(path, path.with_name("new.pweek"))
    assert [place.name for place in path.parent.iterdir()] == ["week.pweek"]


def test_no_file_is_overwritten(path: Path) -> None:
    with pytest.raises(Refused, match="file-exists"):
        salvage(path, path)


def test_a_view_in_a_table_s_place_is_not_read_for_ever(path: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id FROM n"
    sql(path, "DROP TABLE wishes", f"CREATE VIEW wishes AS {endless}")
    found = readable(path)
    assert len(found.plan.people) == 2
    assert len(found.plan.wishes) == 2  # from the history


def test_what_could_not_be_read_in_time_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not readable(path).cut_short
    looks = iter(range(20))

    def up(rows: Remains) -> bool:
        rows.cut_short = next(looks, None) is None
        return rows.cut_short

    monkeypatch.setattr(Remains, "time_is_up", up)
    found = readable(path)
    assert found.cut_short
    assert not found.plan.calls
    assert any("Only its first part was read" in line for line in salvage_lines(found))


def journeys(path: Path, count: int) -> None:
    """As many journeys beside the one that is there, of 1, 2, 3 … minutes."""
    with closing(sqlite3.connect(path)) as connection:
        (ends,) = connection.execute("SELECT from_id, to_id FROM roads").fetchall()
        rows = ((f"road {number}", *ends, number) for number in range(1, count + 1))
        connection.executemany("INSERT INTO roads (id, from_id, to_id, minutes) VALUES (?, ?, ?, ?)", rows)
        connection.commit()


@pytest.fixture
def in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a computer however slow, it is the number of rows that counts."""
    monkeypatch.setattr("app.store.remains._SECONDS", 60)


@pytest.mark.usefixtures("in_no_hurry")
def test_the_most_journeys_that_a_workbook_may_have_are_all_brought(path: Path) -> None:
    journeys(path, 49_999)
    found = readable(path)
    assert len(found.plan.roads) == 50_000
    assert not found.cut_short


@pytest.mark.usefixtures("in_no_hurry")
def test_of_more_rows_than_any_week_has_the_first_part_is_brought_and_that_is_told(path: Path) -> None:
    journeys(path, 120_000)
    found = readable(path)
    assert 50_000 < len(found.plan.roads) < 120_000
    assert found.cut_short


def test_one_bad_row_costs_none_of_those_beside_it(path: Path) -> None:
    journeys(path, 2_000)
    sql(path, "UPDATE roads SET minutes = 'soon' WHERE id IN ('road 700', 'road 701', 'road 1500')")
    found = readable(path)
    brought = {road.minutes for road in found.plan.roads.values() if road.id.startswith("road")}
    assert brought == set(range(1, 2_001)) - {700, 701, 1500}
    assert [(one.table, one.count) for one in found.left_out] == [("roads", 3)]
