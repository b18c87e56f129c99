"""Painting times changes just the minutes painted, and leaves the tidiest rows that say so."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.models.people import Availability, Presence
from app.models.plan import Plan
from app.models.view import Span
from app.ui.availability.painting import LAST, Stroke, cell, paint, span_of
from app.words.edits import history_label
from tests.builders import WEEK_NAME, a_week, day, person_id

WEEK = a_week().week.id


def stroke(start: int, end: int, presence: Presence | None, on: int = 0) -> Stroke:
    return Stroke(person_id=person_id("Ann"), day=day(on), span=Span(start, end), presence=presence)


def painted(plan: Plan, *strokes: Stroke) -> Plan:
    return plan.apply(paint(plan, WEEK, strokes))


def times(plan: Plan) -> list[tuple[str, str, str]]:
    def said(time: dt.time | None) -> str:
        return "" if time is None else f"{time:%H:%M}"

    return sorted((said(row.start), said(row.end), row.presence.value) for row in plan.availability.values())


def test_painting_over_part_of_a_row_leaves_the_rest() -> None:
    plan = a_week().visitor("Ann").available("Ann", Presence.BUSY, 0, "09:00", "12:00").plan()
    after = painted(plan, stroke(600, 660, Presence.FREE))
    assert times(after) == [("09:00", "10:00", "busy"), ("10:00", "11:00", "free"), ("11:00", "12:00", "busy")]


def test_touching_stretches_of_one_kind_become_one() -> None:
    plan = a_week().visitor("Ann").plan()
    after = painted(plan, stroke(540, 570, Presence.BUSY), stroke(570, 600, Presence.BUSY))
    assert times(after) == [("09:00", "10:00", "busy")]


def test_a_whole_day_is_a_row_without_times_and_can_be_cut() -> None:
    plan = a_week().visitor("Ann").plan()
    whole = painted(plan, stroke(0, 1440, Presence.FREE))
    assert times(whole) == [("", "", "free")]
    assert times(painted(whole, stroke(720, 780, None))) == [("00:00", "12:00", "free"), ("13:00", "23:59", "free")]


def test_painting_is_one_named_edit_and_painting_back_is_the_same_plan() -> None:
    plan = a_week().visitor("Ann").available("Ann", Presence.BUSY, 0, "09:00", "12:00").plan()
    edit = paint(plan, WEEK, [stroke(600, 660, Presence.FREE), stroke(600, 660, Presence.BUSY)])
    assert edit.changes == ()
    assert history_label(paint(plan, WEEK, [stroke(600, 660, None)])) == "Times of Ann"
    assert WEEK_NAME


minutes = st.integers(0, LAST)
strokes = st.builds(
    lambda a, b, kind: stroke(min(a, b), max(a, b) + 1, kind),
    minutes, minutes, st.sampled_from([None, *Presence]),
)  # fmt: skip


@given(st.lists(strokes, max_size=6), st.lists(minutes, max_size=8))
def test_each_minute_holds_what_was_painted_on_it_last(done: list[Stroke], asked: list[int]) -> None:
    plan = painted(a_week().visitor("Ann").plan(), *done)
    rows: list[Availability] = list(plan.availability.values())
    for at in asked:
        if at == LAST:
            continue
        wanted = next((one.presence for one in reversed(done) if one.span.start <= at < one.span.end), None)
        assert cell(rows, Span(at, at + 1)).presence is wanted
    assert all(span_of(row).start < span_of(row).end for row in rows)


def test_the_last_minute_of_a_day_alone_makes_no_row_without_length() -> None:
    plan = a_week().visitor("Ann").plan()
    assert times(painted(plan, stroke(1439, 1440, Presence.BUSY))) == []
