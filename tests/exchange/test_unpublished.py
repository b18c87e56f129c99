"""The board's badge: a visit is marked exactly where the next publication has something to say of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.document.publishing import cancel_week, postpone_week, publication_diff, publish_edit
from app.document.visits import move, place, swap
from app.exchange.unpublished import unpublished
from app.models.change import Edit, Verb
from app.models.names import identity
from app.models.plan import Plan
from app.models.view import view
from tests.builders import a_week, day, person_id, slot_id, visit_id

AT = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
ANN, BOB = visit_id("Ann", "s1"), visit_id("Bob", "s2")


def two_visits() -> Plan:
    built = a_week().slot("s1", "Duty", 0).slot("s2", "Court", 1).slot("s3", "Duty", 2).visitor("Ann").visitor("Bob")
    return built.visit("Ann", "s1").visit("Bob", "s2").plan()


def published(plan: Plan) -> Plan:
    week_id = plan.week_named(None).id
    return plan.apply(publish_edit(plan, publication_diff(plan, week_id), AT))


def marked(plan: Plan) -> set[str]:
    week = view(plan, plan.week_named(None).id)
    changed = unpublished(week)
    assert changed is not None
    return {visit.id for visit in week.counted if changed(visit)}


def changing(table: str, id_: str, **fields: object) -> Callable[[Plan], Edit]:
    return lambda plan: plan.edit(Verb.CHANGE, put=[replace(plan.table(table)[id_], **fields)])  # type: ignore[arg-type]  # fields of that table


EDITS: dict[str, Callable[[Plan], Edit]] = {
    "move": lambda plan: move(plan, ANN, slot_id("s3")),
    "swap": lambda plan: swap(plan, ANN, BOB),
    "new visit": lambda plan: place(plan, person_id("Bob"), slot_id("s3")),
    "cancelled week": lambda plan: cancel_week(plan, plan.week_named(None).id),
    "postponed week": lambda plan: postpone_week(plan, plan.week_named(None).id, day(7)),
    "time": changing("slots", slot_id("s1"), end=dt.time(11, 30)),
    "deputy": changing("teams", identity("team", "Duty"), deputy="Max"),
    "no address": changing("people", person_id("Bob"), email=""),
    "other address": changing("people", person_id("Bob"), email="bob@new.example"),
    "same address": changing("people", person_id("Bob"), assistant="Pat"),
    "private": changing("teams", identity("team", "Duty"), notes="never sent"),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_visit_is_marked_where_its_next_publication_says_something(name: str) -> None:
    plan = published(two_visits())
    assert marked(plan) == set()
    after = plan.apply(edit := EDITS[name](plan))
    week = view(after, after.week_named(None).id)
    assert marked(after) == publication_diff(after, week.week.id).visits & {visit.id for visit in week.counted}
    assert marked(published(after)) == set()
    assert marked(after.apply(edit.inverse)) == set()


def test_before_the_first_publication_nothing_is_said() -> None:
    plan = two_visits()
    assert unpublished(view(plan, plan.week_named(None).id)) is None
