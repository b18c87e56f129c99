"""A diary taken into a week: read in the limited process, replaced as a whole, undone as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.document.diaries import diary_edit, forget_diary, from_diary, read_diary, whose
from app.errors import Refused
from app.models.people import Presence
from tests.builders import Builder, a_week, person_id


def week() -> Builder:
    return a_week().visitor("Ann Lee", email="ann.lee@council.example").visitor("Bob Ray").team("MASH")


def ics(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT", "END:VCALENDAR", ""]))
    return path


def test_a_later_diary_stands_in_place_of_an_earlier_one_and_leaves_what_was_painted(tmp_path: Path) -> None:
    built = week().available("Ann Lee", Presence.BUSY, 4)
    plan, view, ann = built.plan(), built.view(), person_id("Ann Lee")
    first = read_diary(ics(tmp_path / "a.ics", "DTSTART:20270323T090000", "DURATION:PT1H"), view, ann)
    after = plan.apply(diary_edit(plan, view.week.id, ann, first))
    assert [(row.day.isoformat(), row.presence) for row in from_diary(after, view.week.id, ann)] == [
        ("2027-03-23", Presence.BUSY)
    ]
    assert diary_edit(after, view.week.id, ann, first).changes == ()
    second = read_diary(ics(tmp_path / "b.ics", "DTSTART:20270324T090000", "DURATION:PT1H"), view, ann)
    edit = diary_edit(after, view.week.id, ann, second)
    later = after.apply(edit)
    assert [row.day.isoformat() for row in from_diary(later, view.week.id, ann)] == ["2027-03-24"]
    assert len(later.availability) == 2
    assert later.apply(edit.inverse) == after
    assert later.apply(forget_diary(later, view.week.id, ann)) == plan


def test_a_diary_is_proposed_to_whoever_its_name_names(tmp_path: Path) -> None:
    view = week().view()
    assert whose(tmp_path / "Ann Lee Calendar.ics", view) == person_id("Ann Lee")
    assert whose(tmp_path / "ann.lee.ics", view) == person_id("Ann Lee")
    assert whose(tmp_path / "calendar.ics", view) is None


def test_what_is_no_calendar_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.ics"
    path.write_text("hello")
    with pytest.raises(Refused, match="input-no-calendar"):
        read_diary(path, week().view())
