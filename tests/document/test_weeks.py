"""New weeks carry over what was asked, copies tell nobody anything, archived weeks are whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.document.document import Document
from app.document.weeks import Carried, archive_week, copy_week, new_week
from app.engine import check
from app.errors import Refused
from app.models.people import Liking, Presence
from app.models.view import view
from app.models.visits import VisitStatus
from app.words.edits import history_label
from tests.builders import Builder, a_week, day


def a_past_week() -> Builder:
    made = a_week().slot("S1", "MASH").slot("S2", "Tutors", 1).visitor("Ann", min_visits=2).visitor("Bo")
    made.wish("Ann", Liking.LIKE, team="MASH").available("Ann", Presence.BUSY, 2).seen("Bo", "Tutors", day(-200))
    return made.visit("Ann", "S1", status=VisitStatus.CONFIRMED).visit("Bo", "S1", status=VisitStatus.DECLINED)


def test_a_new_week_knows_who_has_been_where() -> None:
    built = a_past_week()
    document = Document.memory(built.plan())
    later = replace(built.week, name="Autumn", first_day=dt.date(2027, 10, 4), last_day=dt.date(2027, 10, 8))
    edit = new_week(document.plan, later, Carried(week_id=built.week.id))
    document.do(edit)
    week = view(document.plan, edit.week_id or "")
    assert [(one.name, one.min_visits, len(one.past_teams)) for one in week.visitors.values()] == [
        ("Ann", 2, 1), ("Bo", 0, 1),
    ]  # fmt: skip
    assert [one.name for one in week.teams.values()] == ["MASH", "Tutors"]
    assert not week.slots
    assert history_label(edit) == "New week Autumn"


def test_a_new_week_may_begin_with_nothing() -> None:
    built = a_past_week()
    edit = new_week(built.plan(), replace(built.week, name="Empty"))
    week = view(built.plan().apply(edit), edit.week_id or "")
    assert not week.visitors
    assert not week.teams


def test_two_weeks_of_one_name_are_refused() -> None:
    built = a_past_week()
    with pytest.raises(Refused, match="name-taken"):
        new_week(built.plan(), built.week)


def test_a_copy_is_the_same_week_with_visits_nobody_was_told_of() -> None:
    built = a_past_week()
    document = Document.memory(built.plan())
    edit = copy_week(document.plan, built.week.id, "What if")
    document.do(edit)
    old, new = view(document.plan, built.week.id), view(document.plan, edit.week_id or "")
    assert [one.name for one in new.slots.values()] == [one.name for one in old.slots.values()]
    assert [one.points for one in new.visitors.values()] == [one.points for one in old.visitors.values()]
    assert [one.busy for one in new.visitors.values()] == [one.busy for one in old.visitors.values()]
    assert [one.status for one in new.visits] == [VisitStatus.PROPOSED]
    assert not {one.uid for one in new.visits} & {one.uid for one in old.visits}
    assert not check.problems(new).broken


def test_archiving_is_undone_like_anything_else() -> None:
    built = a_past_week()
    document = Document.memory(built.plan())
    document.do(archive_week(document.plan, built.week.id))
    assert document.plan.weeks[built.week.id].archived
    document.undo()
    assert document.plan == built.plan()
