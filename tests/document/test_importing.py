"""A planning workbook merges into a database as one edit that says what it does and never deletes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.document.importing import import_edit
from app.document.same_week import same_week
from app.errors import Refused
from app.exchange.planning import Reading, write_planning
from app.exchange.planning.reader import read_guarded
from app.models.change import Verb
from app.models.imports import ImportSummary
from app.models.people import Availability
from app.models.plan import Plan
from app.models.view import view
from app.models.visits import Visit, VisitStatus
from app.resources import resource
from app.words.imports import summary_text
from app.words.refusals import sentence
from tests.exchange.planning.workbooks import Rows, changed, day, plain, reading
from tests.weeks import weeks


def sample(name: str) -> Reading:
    return read_guarded(resource("samples", name).read_bytes(), name)


def imported(plan: Plan, result: Reading) -> tuple[Plan, ImportSummary]:
    edit, summary = import_edit(plan, result)
    return plan.apply(edit), summary


def merged(plan: Plan, sheets: dict[str, Rows]) -> tuple[Plan, ImportSummary]:
    return imported(plan, reading(sheets))


def only(entities: Any) -> Any:
    [one] = entities.values()
    return one


def named(entities: Any, name: str) -> Any:
    return next(one for one in entities.values() if one.name == name)


@pytest.mark.parametrize("name", ["oxfordshire-2019.xlsx", "awkward-2026.xlsx"])
def test_a_workbook_into_an_empty_database_is_the_workbooks_week(name: str) -> None:
    result = sample(name)
    assert result.plan is not None
    plan, summary = imported(Plan(), result)
    assert plan == result.plan
    assert summary.changed == summary.same == 0


def test_an_import_is_one_edit_that_undoes_whole() -> None:
    edit, _ = import_edit(Plan(), reading(plain()))
    assert edit.verb is Verb.IMPORT
    assert (edit.fact("file"), edit.fact("week")) == ("week.xlsx", "Spring week")
    assert Plan().apply(edit).apply(edit.inverse) == Plan()


@pytest.mark.parametrize("name", ["oxfordshire-2019.xlsx", "awkward-2026.xlsx"])
def test_a_second_import_of_the_same_file_changes_nothing(name: str) -> None:
    plan, first = imported(Plan(), sample(name))
    edit, summary = import_edit(plan, sample(name))
    assert edit.changes == ()
    assert summary.nothing
    assert summary.same == first.new
    assert summary_text(summary).startswith("Nothing to import")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(weeks(), weeks())
def test_any_week_beside_any_other_goes_out_and_in_again_the_same(first: Plan, second: Plan) -> None:
    plan = Plan()
    for one in (first, second):
        [week_id] = one.weeks
        result = read_guarded(write_planning(view(one, week_id)), "x.xlsx")
        try:
            plan, _ = imported(plan, result)
        except Refused as refused:  # of one name, other days, and slots of the first on days that are gone
            if refused.code != "import-unsound":
                raise
            continue
        edit, _ = import_edit(plan, result)
        assert edit.changes == ()
    for week_id in plan.weeks:
        again = read_guarded(write_planning(view(plan, week_id)), "x.xlsx")
        edit, _ = import_edit(plan, again)
        listed = {change.table for change in edit.changes}
        # A team that only the past speaks of is listed with no visits, or found now among those of the other week.
        assert listed <= {"offers", "past_visits"}
        assert import_edit(plan.apply(edit), again)[0].changes == ()


def test_a_week_comes_back_the_same_though_another_is_beside_it() -> None:
    plan, _ = imported(Plan(), sample("oxfordshire-2019.xlsx"))
    result = sample("awkward-2026.xlsx")
    plan, _ = imported(plan, result)
    alone = read_guarded(write_planning(view(plan, result.week_id)), "x.xlsx")
    fresh, _ = imported(Plan(), alone)
    assert same_week(plan, result.week_id, fresh, alone.week_id)
    assert set(plan.weeks) > set(fresh.weeks)


def test_changed_cells_are_told_old_and_new() -> None:
    plan, _ = merged(Plan(), plain())
    sheets = changed(plain(), Visitors_F2=3, Slots_D3="10:00", Teams_D2="New manager", Week_B5="Elsewhere")
    plan, summary = merged(plan, sheets)
    told = {(one.sheet, one.name, one.column): (one.old, one.new) for one in summary.altered}
    assert told == {
        ("Visitors", "Ann Lee", "Max visits"): ("2", "3"),
        ("Slots", "S2", "Start"): ("09:30", "10:00"),
        ("Teams", "Front door", "Host"): ("Manager", "New manager"),
        ("Week", "Spring week", "Organisation"): ("Exampleshire", "Elsewhere"),
    }
    counts = {count.sheet: (count.new, count.changed, count.same) for count in summary.counts}
    assert counts["Visitors"] == (0, 1, 1)
    assert counts["Wishes"] == (0, 0, 2)
    assert "Visitors: Ann Lee, Max visits: 2 → 3" in summary_text(summary)


def test_rows_that_are_missing_from_the_file_delete_nothing() -> None:
    plan, _ = merged(Plan(), plain())
    sheets = plain()
    for title in ("Slots", "Wishes", "Availability", "Past visits", "Visits", "Travel"):
        del sheets[title][1:]
    after, summary = merged(plan, sheets)
    assert after == plan
    assert summary.nothing


def test_a_file_whose_week_leaves_no_day_for_a_slot_that_is_here_already_is_refused() -> None:
    plan, _ = merged(Plan(), plain())
    sheets = changed(plain(), Week_B3=day(7), Week_B4=day(8))
    del sheets["Slots"][1:]
    del sheets["Visits"][1:]
    del sheets["Availability"][1:]
    with pytest.raises(Refused) as refused:
        import_edit(plan, reading(sheets))
    said = sentence(refused.value)
    assert said.startswith("week.xlsx: ")
    assert "would lie outside Spring week" in said


def test_new_rows_join_what_is_there() -> None:
    plan, _ = merged(Plan(), plain())
    sheets = changed(plain(), Slots_A4="S3", Slots_B4="front DOOR", Slots_C4=day(2), Slots_D4="09:00", Slots_E4="10:00")
    after, summary = merged(plan, sheets)
    assert len(after.slots) == 3
    assert (summary.new, summary.changed) == (1, 0)


def test_names_match_whatever_their_case_and_spacing() -> None:
    plan, _ = merged(Plan(), plain())
    after, summary = merged(plan, changed(plain(), Visitors_A2="ANN  LEE", Teams_A2="Front Door", Slots_A2="s1"))
    assert {name: len(after.table(name)) for name in ("people", "teams", "slots", "visits", "wishes")} == {
        "people": 2, "teams": 2, "slots": 2, "visits": 1, "wishes": 2
    }  # fmt: skip
    assert summary.new == 0


def test_what_the_file_has_no_column_for_is_left_alone() -> None:
    plan, _ = merged(Plan(), plain())
    ann = replace(named(plan.people, "Ann Lee"), needs="step-free", role="Director")
    week = replace(only(plan.weeks), dress="Smart", private_invitations=True, keep_until=day(90))
    plan = plan.apply(plan.edit(Verb.CHANGE, put=[ann, week]))
    after, summary = merged(plan, plain())
    assert after == plan
    assert summary.nothing


def test_a_blank_cell_of_a_column_that_is_there_clears_what_was_known() -> None:
    plan, _ = merged(Plan(), plain())
    after, _ = merged(plan, changed(plain(), Visitors_F2=None, Visitors_H2=None))
    ann = named(after.people, "Ann Lee")
    assert ann.base_id is None
    assert {one.max_visits for one in after.attendances.values() if one.person_id == ann.id} == {None}


def test_a_visit_keeps_its_pin_status_and_uid_where_the_workbook_leaves_them_blank() -> None:
    plan, _ = merged(Plan(), plain())
    visit = replace(only(plan.visits), status=VisitStatus.CONFIRMED, permitted="asked for", uid="pw-1@council.example")
    plan = plan.apply(plan.edit(Verb.STATUS, put=[visit]))
    after, _ = merged(plan, changed(plain(), Visits_C2=None, Visits_D2=None))
    assert only(after.visits) == visit
    after, _ = merged(plan, changed(plain(), Visits_C2="no", Visits_D2="held"))
    assert only(after.visits) == replace(visit, pinned=False, status=VisitStatus.HELD)


def test_a_visit_to_where_a_moved_one_began_gets_an_identity_of_its_own() -> None:
    plan, _ = merged(Plan(), plain())
    moved = replace(only(plan.visits), slot_id=named(plan.slots, "S2").id)
    plan = plan.apply(plan.edit(Verb.MOVE, put=[moved]))
    after, _ = merged(plan, plain())
    assert after.visits[moved.id] == moved
    visits: list[Visit] = list(after.visits.values())
    assert len({visit.uid for visit in visits}) == 2


def test_somebody_renamed_stays_and_the_old_name_is_somebody_new() -> None:
    plan, _ = merged(Plan(), plain())
    ann = replace(named(plan.people, "Ann Lee"), name="Ann Lee-Ray")
    plan = plan.apply(plan.edit(Verb.CHANGE, put=[ann]))
    after, _ = merged(plan, plain())
    assert sorted(person.name for person in after.people.values()) == ["Ann Lee", "Ann Lee-Ray", "Bob Ray"]
    assert import_edit(after, reading(plain()))[0].changes == ()


def test_busy_times_from_a_diary_stay_from_the_diary() -> None:
    plan, _ = merged(Plan(), plain())
    row = next(one for one in plan.availability.values() if one.start)
    plan = plan.apply(plan.edit(Verb.AVAILABILITY, put=[replace(row, from_diary=True)]))
    after, _ = merged(plan, plain())
    found = after.availability[row.id]
    assert isinstance(found, Availability)
    assert found.from_diary


def test_a_past_visit_finds_its_team_among_those_of_other_weeks() -> None:
    plan, _ = merged(Plan(), plain())
    other = changed(plain(), Week_B2="Autumn week")
    other["Teams"][1][0] = "New door"
    for title in ("Slots", "Wishes", "Visits"):
        del other[title][1:]
    after, _ = merged(plan, other)
    assert {past.team_id for past in after.past_visits.values()} == {named(plan.teams, "Front door").id}


def test_a_past_visit_is_not_told_twice_when_its_team_is_listed_again() -> None:
    plan, _ = merged(Plan(), changed(plain(), Past_visits_B2="Later team"))
    after, _ = merged(plan, changed(plain(), Past_visits_B2="Later team", Teams_A4="Later Team", Teams_B4="Youth",
                                    Teams_C4="Town Hall"))  # fmt: skip
    assert only(after.past_visits).team_id == named(after.teams, "Later Team").id


def test_a_service_keeps_the_spelling_that_is_known_here() -> None:
    plan, _ = merged(Plan(), changed(plain(), Teams_B2="Youth Work"))
    after, summary = merged(plan, changed(plain(), Teams_B2="youth work"))
    assert after == plan
    assert summary.nothing


def test_a_faulty_workbook_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        import_edit(Plan(), reading(changed(plain(), Slots_F2=-1)))
    assert caught.value.code == "input-faulty"
