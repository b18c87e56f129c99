"""The weeks that the window is looked at in: matched, and then spoilt a little, so that there is something to mend."""

from __future__ import annotations

from pathlib import Path

from app.document.document import Document
from app.document.importing import import_edit
from app.document.matching import adopt_match
from app.document.visits import place
from app.engine.match import match
from app.exchange.planning import read_planning
from app.models.change import TABLES, Verb
from app.models.plan import Plan
from app.models.view import WeekView, view
from app.resources import resource
from tests.ui.week import a_board_week

SAMPLES = {"reference": "oxfordshire-2019.xlsx", "awkward": "awkward-2026.xlsx"}
NAMES = (*SAMPLES, "county", "small")


def plan_of(name: str) -> Plan:
    """The plan of that week: a sample, one of the benchmark's, or the small one that the tests play with."""
    if name == "small":
        week = a_board_week().site("Rose Cottage", address="4 Hidden Lane", protected=True, alias="Home R")
        week.team("Residential", "Children's homes", site="Rose Cottage").slot("r1", "Residential", 3, "10:00", "11:00")
        return week.visit("Ann Lee", "r1").plan()
    if name in SAMPLES:
        reading = read_planning(resource("samples", SAMPLES[name]))
        plan = Plan().apply(import_edit(Plan(), reading)[0])
    else:
        from bench.weeks import week as made

        plan, _ = made(name, 1)
    shown = view(plan, plan.week_named(None).id)
    return _spoilt(plan.apply(adopt_match(plan, shown.week.id, match(shown).pairs)))


def _spoilt(plan: Plan) -> Plan:
    """Two visitors each in two places at once."""
    week = view(plan, plan.week_named(None).id)
    for _ in range(2):
        plan = _one_more(plan, week) or plan
        week = view(plan, week.week.id)
    return plan


def _one_more(plan: Plan, week: WeekView) -> Plan | None:
    for visit in sorted(week.counted, key=lambda one: one.id):
        here = week.slots[visit.slot_id]
        mine = {one.slot_id for one in week.counted if one.person_id == visit.person_id}
        for slot in week.slots.values():
            at_once = slot.day == here.day and slot.start < here.end and here.start < slot.end
            crossed = any(week.slots[one].start < week.slots[other].end
                          and week.slots[other].start < week.slots[one].end
                          and week.slots[one].day == week.slots[other].day
                          for one in mine for other in mine if one < other)  # fmt: skip
            if at_once and slot.id not in mine and not crossed:
                return plan.apply(place(plan, visit.person_id, slot.id))
    return None


def keep(plan: Plan, path: Path) -> None:
    """Write a plan into a new database."""
    document = Document.open(path, create=True)
    document.do(Plan().edit(Verb.IMPORT, put=[one for table in TABLES for one in plan.table(table).values()]))
    document.close()
