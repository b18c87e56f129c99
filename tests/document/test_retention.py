"""Weeks are kept until a day, backups say how they differ from now, and everybody named can be found."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from app.document.comparing import differences, look_into
from app.document.document import Document
from app.document.person_file import person_files
from app.document.retention import everybody, keep_until, kept_until, overdue, people_of
from app.errors import Refused
from app.models.change import Verb
from app.models.people import Attendance
from app.models.plan import Plan
from tests.builders import Builder, a_week, day, person_id, visit_id

LAST = day(4)


def a_built_week(**week: object) -> Builder:
    return (
        a_week(**week)
        .slot("S1", "Red")
        .visitor("Ann Lee", assistant="Una Old")
        .visitor("Bob Ray")
        .visit("Ann Lee", "S1")
    )


def of(builder: Builder) -> Document:
    document = Document.memory()
    document.do(Plan().edit(Verb.IMPORT, put=builder.entities.values()))
    return document


def test_a_week_is_kept_ninety_days_after_its_last_day_or_its_entry_whichever_is_later() -> None:
    week = a_built_week().week
    assert kept_until(week) == LAST + dt.timedelta(days=90)
    assert kept_until(week, LAST - dt.timedelta(days=30)) == LAST + dt.timedelta(days=90)
    assert kept_until(week, LAST + dt.timedelta(days=700)) == LAST + dt.timedelta(days=790)
    assert kept_until(replace(week, keep_until=LAST)) == LAST


def test_a_week_is_overdue_the_day_after_and_only_while_it_names_people() -> None:
    document = of(a_built_week(keep_until=LAST))
    assert overdue(document, LAST) == ()
    (week,) = overdue(document, LAST + dt.timedelta(days=1))
    assert people_of(document.plan, week.id) == ("Ann Lee", "Bob Ray")
    assert overdue(of(a_week(keep_until=LAST).slot("S1", "Red")), LAST + dt.timedelta(days=1)) == ()


def test_people_of_a_later_week_are_kept_with_it() -> None:
    plan = a_built_week().plan()
    week = next(iter(plan.weeks.values()))
    later = replace(week, id="w2", name="Autumn", first_day=day(200), last_day=day(204))
    attendance = Attendance(id="a2", week_id="w2", person_id=person_id("Ann Lee"), min_visits=0)
    plan = plan.apply(plan.edit(Verb.NEW_WEEK, put=[later, attendance]))
    assert people_of(plan, week.id) == ("Bob Ray",)


def test_a_week_is_not_kept_shorter_than_it_lasts() -> None:
    plan = a_built_week().plan()
    week_id = next(iter(plan.weeks))
    edit = keep_until(plan, week_id, LAST)
    assert plan.apply(edit).weeks[week_id].keep_until == LAST
    with pytest.raises(Refused, match="kept-too-short"):
        keep_until(plan, week_id, LAST - dt.timedelta(days=1))


def test_everybody_is_found_once_with_what_they_are() -> None:
    plan = a_built_week().team("Blue", host="bob  RAY", deputy="Una Old").slot("S2", "Blue", host="Cy Dee").plan()
    found = everybody(plan)
    assert found["Ann Lee"] == {"visitor"}
    assert found["Bob Ray"] == {"visitor", "host"}
    assert found["Una Old"] == {"assistant", "deputy"}
    assert found["Cy Dee"] == {"host"}


def test_the_person_export_is_two_files_and_the_mark_of_a_folder() -> None:
    files = person_files(a_built_week().plan(), "Ann Lee")
    assert set(files) == {"plan.json", "Ann Lee.json", "Ann Lee.txt"}
    assert b"Red" in files["Ann Lee.txt"]


def test_differences_are_counted_by_what_a_person_sees() -> None:
    now = a_built_week().plan()
    then = a_built_week().visitor("Cy Dee").plan()
    visit = then.visits[visit_id("Ann Lee", "S1")]
    then = then.apply(then.edit(Verb.PIN, put=[replace(visit, pinned=True)]))
    assert differences(now, now) == {}
    assert differences(now, then) == {"people": (1, 0, 0), "visits": (0, 0, 1)}
    assert differences(then, now) == {"people": (0, 1, 0), "visits": (0, 0, 1)}


def test_a_backup_is_looked_into_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "week.pweek"
    document = Document.open(path, create=True)
    document.do(Plan().edit(Verb.IMPORT, put=a_built_week().entities.values()))
    backup = document.backup()
    seen = look_into(backup, document.plan)
    assert (seen.weeks, seen.visits, seen.differences, seen.refused) == (1, 1, {}, None)
    backup.path.write_bytes(backup.path.read_bytes().replace(b"Ann Lee", b"Ann Loo"))
    assert look_into(backup, document.plan).refused is not None
    document.close()
