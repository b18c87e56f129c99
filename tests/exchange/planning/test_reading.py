"""What a planning workbook says is read as a careful PA means it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.planning import read_planning
from app.exchange.planning.book import Book, Sheet
from app.exchange.planning.cells import Odd
from app.exchange.planning.reader import understand
from app.exchange.planning.vocabulary import SETTINGS, SHEETS, WEEK
from app.models.faults import Trouble
from app.models.names import identity
from app.models.people import Clearance, Kind, Liking, Presence
from app.models.places import ONLINE_ID, Consent, Need
from app.models.plan import Plan
from app.models.visits import VisitStatus
from app.models.week import DEFAULT_PRIORITIES, Priority, Subjects
from app.resources import resource
from app.words.faults import line
from tests.exchange.planning.workbooks import Rows, changed, day, plain, reading


def plan_of(sheets: dict[str, Rows]) -> Plan:
    result = reading(sheets)
    assert [line(fault) for fault in result.faults] == []
    assert result.plan is not None
    return result.plan


def week_of(**cells: Any) -> Any:
    [week] = plan_of(changed(plain(), **cells)).weeks.values()
    return week


@pytest.mark.parametrize("name", ["oxfordshire-2019.xlsx", "awkward-2026.xlsx"])
def test_the_samples_have_no_fault(name: str) -> None:
    result = read_planning(resource("samples", name))
    assert result.faults == ()
    assert result.plan is not None
    assert result.week_id in result.plan.weeks


def test_the_reference_week_is_read_whole() -> None:
    plan = read_planning(resource("samples", "oxfordshire-2019.xlsx")).plan
    assert plan is not None
    counts = {name: len(plan.table(name)) for name in ("sites", "roads", "teams", "slots", "people", "availability")}
    assert counts == {"sites": 20, "roads": 190, "teams": 26, "slots": 74, "people": 11, "availability": 35}


def test_the_awkward_week_keeps_its_oddities() -> None:
    result = read_planning(resource("samples", "awkward-2026.xlsx"))
    assert result.plan is not None
    people = {person.name: person for person in result.plan.people.values()}
    assert "=SUM(A1)" in people
    assert people["A"].base_id == ONLINE_ID
    teams = {team.name: team for team in result.plan.teams.values()}
    assert teams["South families"].service == teams["North care leavers"].service == "Social care"
    slots = {slot.name: slot for slot in result.plan.slots.values()}
    assert slots["s-6"].activity == "Team meeting\nand case talk"
    assert slots["s-7"].site_id == ONLINE_ID
    depot = result.plan.sites[identity("site", "Depot, Unit 4")]
    assert (depot.address, depot.protected) == ("=Unit 4", False)


def test_blank_cells_and_missing_settings_take_their_defaults() -> None:
    week = week_of()
    assert (week.day_starts, week.day_ends, week.buffer_minutes) == (dt.time(8), dt.time(18), 10)
    assert (week.lunch_from, week.lunch_to, week.lunch_minutes) == (dt.time(12), dt.time(14), 30)
    assert week.priorities == DEFAULT_PRIORITIES
    assert (week.marking, week.subjects, week.time_zone) == ("OFFICIAL-SENSITIVE", Subjects.NEUTRAL, "Europe/London")
    assert week.same_team_once
    assert week.replies_wanted
    assert week.photo_id


def test_entities_carry_what_the_rows_say() -> None:
    plan = plan_of(plain())
    ann = plan.people[identity("person", "ANN  lee")]
    assert (ann.kind, ann.clearance, ann.base_id) == (
        Kind.CHIEF_OFFICER,
        Clearance.CONFIRMED,
        identity("site", "Town Hall"),
    )
    rose = plan.teams[identity("team", "Rose team")]
    assert rose.clearance_needed is Need.CONFIRMED
    offers = {offer.team_id: offer for offer in plan.offers.values()}
    assert (offers[rose.id].min_visits, offers[rose.id].max_visits) == (0, None)
    second = plan.slots[identity("slot", "Spring week", "S2")]
    assert (second.places, second.consent, second.consent_by, second.site_id) == (2, Consent.TO_ASK, day(0), ONLINE_ID)
    rows = sorted(plan.availability.values(), key=lambda row: row.day)
    assert [(row.start, row.end, row.presence) for row in rows] == [
        (dt.time(9), dt.time(12), Presence.BUSY), (None, None, Presence.RATHER_NOT)
    ]  # fmt: skip
    assert {(wish.team_id is None, wish.service, wish.liking) for wish in plan.wishes.values()} == {
        (False, "", Liking.FIRST_CHOICE), (True, "Education", Liking.LIKE)
    }  # fmt: skip
    [visit] = plan.visits.values()
    assert (visit.pinned, visit.status) == (True, VisitStatus.PUBLISHED)
    assert visit.uid.startswith("pw-")
    assert visit.uid.endswith("@council.example")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("yes", True), ("Y", True), (" TRUE ", True), ("1", True), (1, True), (1.0, True), (True, True),
     ("no", False), ("n", False), ("False", False), (0, False), ("0", False), (False, False), ("\u00a0No ", False)],
)  # fmt: skip
def test_yes_and_no_in_all_their_forms(value: Any, expected: bool) -> None:
    assert week_of(Week_A8="Photo ID", Week_B8=value).photo_id is expected


@pytest.mark.parametrize(
    "value",
    [dt.date(2027, 3, 22), dt.datetime(2027, 3, 22), "2027-03-22", " 2027-03-22 ", "2027-03-22T00:00:00",
     46468, 46468.0],
)  # fmt: skip
def test_dates_in_all_their_forms(value: Any) -> None:
    assert plan_of(changed(plain(), Slots_C2=value)).slots[identity("slot", "Spring week", "S1")].day == day(0)


@pytest.mark.parametrize(
    "value",
    [dt.time(9, 30), "09:30", "09:30:00", "9:30", 0.3958333333333333, 0.39583333, dt.timedelta(hours=9, minutes=30),
     dt.datetime(2027, 3, 22, 9, 30), "09:30:00.000"],
)  # fmt: skip
def test_times_in_all_their_forms(value: Any) -> None:
    start = plan_of(changed(plain(), Slots_D2=value)).slots[identity("slot", "Spring week", "S1")].start
    assert start == dt.time(9, 30)


@pytest.mark.parametrize("value", [3, 3.0, "3", " 3 ", "3.0"])
def test_numbers_in_all_their_forms(value: Any) -> None:
    assert week_of(Week_A8="Buffer minutes", Week_B8=value).buffer_minutes == 3


def test_numbers_where_names_and_texts_stand_are_read_as_excel_shows_them() -> None:
    plan = plan_of(changed(
        plain(), Slots_A2=101, Visits_B2="101", Teams_A2=7.0, Slots_B2="7", Wishes_B2="7",
        Past_visits_B2=7, Visitors_A3=True, Availability_A3="true", Past_visits_A2=True,
    ))  # fmt: skip
    assert {slot.name for slot in plan.slots.values()} == {"101", "S2"}
    assert {team.name for team in plan.teams.values()} == {"7", "Rose team"}
    assert {person.name for person in plan.people.values()} == {"Ann Lee", "TRUE"}


def test_sheets_headers_names_and_words_match_whatever_their_case_and_spacing() -> None:
    sheets = changed(plain(), Slots_B1=" tEAM\u00a0", Slots_B2="FRONT\u00a0 door", Wishes_D2="First  CHOICE")
    sheets = {title.upper().replace(" ", "\u00a0"): rows for title, rows in sheets.items()}
    sheets["PAST\u00a0VISITS"][0].reverse()
    for row in sheets["PAST\u00a0VISITS"][1:]:
        row.reverse()
    plan = plan_of(sheets)
    assert len(plan.slots) == 2
    assert len(plan.past_visits) == 1


def test_a_setting_that_is_blank_takes_its_default_and_priorities_are_a_list() -> None:
    assert week_of(Week_A8="Marking", Week_B8="  ").marking == "OFFICIAL-SENSITIVE"
    week = week_of(Week_A8="Priorities", Week_B8=" Travel, fresh-eyes ,DEMAND,")
    assert week.priorities == (Priority.TRAVEL, Priority.FRESH_EYES, Priority.DEMAND)
    assert week_of(Week_A8="Time zone", Week_B8=" europe/LONDON").time_zone == "Europe/London"


def test_lunch_of_no_minutes_needs_no_window() -> None:
    week = week_of(Week_A8="Lunch minutes", Week_B8=0, Week_A9="Lunch to", Week_B9="11:00")
    assert week.lunch_minutes == 0


def test_wholly_blank_rows_are_skipped() -> None:
    sheets = plain()
    sheets["Slots"][1:1] = [[], [None, "  "], []]
    assert len(plan_of(sheets).slots) == 2


def test_equal_rows_of_availability_and_past_visits_count_once() -> None:
    sheets = plain()
    sheets["Availability"].append(list(sheets["Availability"][1]))
    sheets["Past visits"].append(list(sheets["Past visits"][1]))
    plan = plan_of(sheets)
    assert (len(plan.availability), len(plan.past_visits)) == (2, 1)


def test_a_service_takes_the_spelling_that_is_known_first() -> None:
    sheets = changed(plain(), Teams_B2="SOCIAL   care", Teams_B3="youth Work", Wishes_C3="YOUTH work")
    plan = plan_of(sheets)
    assert {team.service for team in plan.teams.values()} == {"Social care", "youth Work"}
    assert {wish.service for wish in plan.wishes.values()} == {"", "youth Work"}


def test_reading_says_which_columns_and_cells_the_file_had() -> None:
    result = reading(plain())
    assert {("Slots", "Places"), ("Week", "Organiser")} <= result.columns
    assert ("Slots", "Purpose") not in result.columns
    assert {column for _, column in result.blank} == {"Permitted"}


_ANY_CELL = st.one_of(
    st.none(), st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times(),
    st.timedeltas(), st.just(Odd(Trouble.FORMULA)), st.just(Odd(Trouble.ERROR_CELL, "#REF!")),
    st.sampled_from(["A", "B", "online", "yes", "busy", "like", "2027-03-22", "09:30", "Social care", "demand,"]),
)  # fmt: skip
_HEADS = {shape.title: [column.name for column in shape.columns] for shape in SHEETS}


@st.composite
def _books(draw: st.DrawFn) -> Book:
    """Workbooks of the right shape with anything in any cell."""
    sheets = []
    for title, heads in _HEADS.items():
        rows: list[tuple[int, dict[int, Any]]] = [(1, dict(enumerate(heads, start=1)))]
        for number in range(2, 2 + draw(st.integers(0, 3))):
            held = draw(st.dictionaries(st.integers(1, len(heads)), _ANY_CELL, max_size=len(heads)))
            rows.append((number, held))
        if title == WEEK:
            rows = rows[:1] + [(n, {1: one.name, 2: draw(_ANY_CELL)}) for n, one in enumerate(SETTINGS, start=2)]
        sheets.append(Sheet(title, tuple(rows)))
    return Book(tuple(sheets))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_books())
def test_whatever_the_cells_hold_the_reader_answers_with_faults_or_a_week(book: Book) -> None:
    result = understand(book, "any.xlsx")
    assert (result.plan is None) == bool(result.faults)
    for fault in (*result.faults, *result.notices):
        assert line(fault).count("\n") == 0
