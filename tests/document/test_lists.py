"""Entries are added, changed and deleted with all that hangs on them, and nothing dangles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.document import lists
from app.document.document import Document
from app.errors import Refused
from app.models.change import TABLE_OF, TABLES
from app.models.names import identity
from app.models.people import Liking, Presence
from app.models.places import Site
from app.models.plan import Plan
from app.models.view import view
from tests.builders import Builder, a_week, day, person_id, site_id, slot_id, time


def a_built_week() -> Builder:
    return (
        a_week().team("Red", site="Annex").slot("S09", "Red").slot("S10", "Blue", site_id="Annex")
        .visitor("Ann Lee", base="Annex").visitor("Bob Ray").available("Ann Lee", Presence.BUSY, 0)
        .wish("Ann Lee", Liking.LIKE, team="Red").wish("Ann Lee", Liking.LIKE, service="Education")
        .seen("Ann Lee", "Red").visit("Ann Lee", "S09").visit("Bob Ray", "S10").road("Town Hall", "Annex", 10)
    )  # fmt: skip


def tables(plan: Plan) -> dict[str, int]:
    return {table: len(plan.table(table)) for table in TABLES if plan.table(table)}


def test_deleting_a_visitor_takes_what_is_theirs() -> None:
    document = Document.memory(a_built_week().plan())
    person = document.plan.people[person_id("Ann Lee")]
    edit = lists.delete(document.plan, person)
    after = document.do(edit)
    assert tables(after) == {
        "weeks": 1, "sites": 2, "roads": 1, "teams": 2, "offers": 2, "people": 1, "attendances": 1, "slots": 2,
        "visits": 1,
    }  # fmt: skip
    assert edit.fact("hanging") == "6"
    assert (edit.fact("kind"), edit.fact("name")) == ("people", "Ann Lee")


def test_deleting_a_team_keeps_the_memory_of_past_visits() -> None:
    document = Document.memory(a_built_week().plan())
    team = document.plan.teams[identity("team", "Red")]
    after = document.do(lists.delete(document.plan, team))
    assert [(past.team_id, past.team_name) for past in after.past_visits.values()] == [(None, "Red")]
    assert len(after.slots) == len(after.visits) == len(after.wishes) == 1


def test_deleting_a_site_takes_its_teams_and_blanks_who_merely_used_it() -> None:
    document = Document.memory(a_built_week().plan())
    site = document.plan.sites[site_id("Annex")]
    after = document.do(lists.delete(document.plan, site))
    assert {team.name for team in after.teams.values()} == {"Blue"}
    assert after.slots[slot_id("S10")].site_id is None
    assert after.people[person_id("Ann Lee")].base_id is None
    assert after.roads == {}


def test_leaving_a_week_takes_visits_times_and_wishes_of_that_week() -> None:
    document = Document.memory(a_built_week().plan())
    attendance = next(a for a in document.plan.attendances.values() if a.person_id == person_id("Ann Lee"))
    after = document.do(lists.delete(document.plan, attendance))
    assert len(after.people) == 2
    assert (len(after.visits), len(after.wishes), len(after.availability), len(after.past_visits)) == (1, 0, 0, 0)


def test_deleting_the_week_leaves_people_teams_and_sites() -> None:
    document = Document.memory(a_built_week().plan())
    week = next(iter(document.plan.weeks.values()))
    after = document.do(lists.delete(document.plan, week))
    assert tables(after) == {"sites": 2, "roads": 1, "teams": 2, "people": 2}
    document.undo()
    assert document.plan == a_built_week().plan()


@pytest.mark.parametrize("table", TABLES)
def test_whatever_is_deleted_the_week_can_still_be_read(table: str) -> None:
    plan = a_built_week().plan()
    for entity in plan.table(table).values():
        document = Document.memory(plan)
        hanging = lists.hanging(plan, entity)
        after = document.do(lists.delete(plan, entity))
        assert all(other.id not in after.table(TABLE_OF[type(other)]) for other in [entity, *hanging])
        for week_id in after.weeks:
            view(after, week_id)


def test_several_entries_go_as_one_edit() -> None:
    document = Document.memory(a_built_week().plan())
    edit = lists.delete(document.plan, *document.plan.people.values())
    document.do(edit)
    assert not document.plan.people
    assert edit.fact("count") == "2"
    document.undo()
    assert document.plan == a_built_week().plan()


def test_a_slot_is_copied_to_other_days_under_the_next_free_names() -> None:
    plan = a_built_week().plan()
    edit = lists.duplicate_slot(plan, slot_id("S09"), [day(1), day(2)])
    after = plan.apply(edit)
    made = [slot for slot in after.slots.values() if slot.id not in plan.slots]
    assert [(slot.name, slot.day) for slot in made] == [("S11", day(1)), ("S12", day(2))]
    assert {replace(slot, id="", name="", day=day(0)) for slot in made} == {
        replace(plan.slots[slot_id("S09")], id="", name="")
    }


def test_a_name_without_a_number_gets_one() -> None:
    assert lists.next_name("Morning", {"morning"}) == "Morning 2"
    assert lists.next_name("A-099", {"a-100"}) == "A-101"


def test_a_change_says_whom_it_is_about() -> None:
    plan = a_built_week().plan()
    person = replace(plan.people[person_id("Ann Lee")], role="Director")
    attendance = next(iter(plan.attendances.values()))
    edit = lists.change(plan, replace(attendance, min_visits=1), person)
    assert (edit.fact("kind"), edit.fact("name"), len(edit.changes)) == ("people", "Ann Lee", 2)
    assert edit.week_id == attendance.week_id


def test_what_is_known_is_not_added_again() -> None:
    plan = a_built_week().plan()
    with pytest.raises(Refused, match="already-there"):
        lists.add(plan, plan.people[person_id("Ann Lee")])


FAULTS: dict[str, tuple[str, str, dict[str, object]]] = {
    "a blank name": ("name-missing", "people", {"name": " "}),
    "a name of which nothing shows": ("name-missing", "people", {"name": "\u200b\u202e"}),
    "a name twice, whatever its case": ("name-taken", "people", {"name": "bob  RAY"}),
    "a protected site without an alias": ("alias-missing", "sites", {"protected": True}),
    "a slot that ends before it starts": ("end-not-after-start", "slots", {"end": time("08:00")}),
    "a slot without places": ("no-places", "slots", {"places": 0}),
    "a slot outside the week": ("outside-week", "slots", {"day": day(7)}),
    "a week that ends before it begins": ("end-not-after-start", "weeks", {"last_day": day(-1)}),
    "a week shorter than its slots": ("outside-week", "weeks", {"first_day": day(1)}),
    "more at least than at most": ("min-over-max", "attendances", {"min_visits": 2, "max_visits": 1}),
    "a number below zero": ("below-zero", "offers", {"min_visits": -1}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_could_not_stand_in_a_workbook_is_refused(fault: str) -> None:
    code, table, fields = FAULTS[fault]
    plan = a_built_week().plan()
    entity = next(iter(plan.table(table).values()))
    with pytest.raises(Refused) as refused:
        lists.change(plan, replace(entity, **fields))  # type: ignore[arg-type]  # the fields of this table
    assert refused.value.code == code


def test_weeks_may_have_slots_of_the_same_name() -> None:
    plan = a_built_week().plan()
    week = replace(next(iter(plan.weeks.values())), id="w2", name="Another week")
    plan = plan.apply(lists.add(plan, week))
    offer = replace(next(iter(plan.offers.values())), id="o2", week_id="w2")
    slot = replace(plan.slots[slot_id("S09")], id="s2", week_id="w2", team_id=offer.team_id)
    assert len(lists.add(plan, offer, slot).changes) == 2


def test_an_id_that_is_taken_is_not_given_again() -> None:
    plan = Plan.of([Site(id=identity("site", "Annex"), name="Old name")])
    assert lists.unused_id(plan, "sites", "site", "Annex") == identity("site", "Annex", "2")
    assert lists.unused_id(plan, "sites", "site", "Other") == identity("site", "Other")
