"""Every fault of a workbook is told at once, with sheet, cell, column and mend."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.models.faults import Fault, Trouble
from app.words.faults import line, sentence
from tests.exchange.planning.workbooks import Rows, changed, day, plain, reading

FAULTS: list[tuple[str, Any, str, str]] = [
    # cell, what is put there, where it is told, what is told
    ("Week_B3", "22/03/2027", "Week!B3 (Value)", "“22/03/2027” is not a date; write it as an Excel date"),
    ("Week_B7", None, "Week!B7 (Value)", "“Organiser email” has no value; fill it in"),
    ("Sites_C3", None, "Sites!C3 (Shown as)", "“Rosebank” is protected but has no name to be shown as; fill in"),
    ("Sites_B2", "perhaps", "Sites!B2 (Protected)", "“perhaps” is neither yes nor no; write yes or no"),
    ("Sites_A4", "ONLINE", "Sites!A4 (Site)", "the site “ONLINE” is built in; delete this row"),
    ("Travel_C2", -5, "Travel!C2 (Minutes)", "“-5” is below 0; write a whole number, 0 or more"),
    ("Travel_B2", "Rosebnk", "Travel!B2 (To)", "“Rosebnk” is not on the sheet Sites; did you mean “Rosebank”?"),
    ("Teams_B2", None, "Teams!B2 (Service)", "is blank but needed; fill it in"),
    ("Teams_B3", "\u200b\u2060", "Teams!B3 (Service)", "is blank but needed; fill it in"),
    ("Teams_F2", 4, "Teams!F2 (Min visits)", "the minimum of 4 is over the maximum of 3; lower the one"),
    (
        "Teams_H3",
        "enhanced",
        "Teams!H3 (Clearance needed)",
        "“enhanced” is not a word that can stand here; write none, ",
    ),
    ("Teams_A3", "front  DOOR", "Teams!A3 (Team)", "“front DOOR” is there twice, first at A2; delete one"),
    ("Slots_B2", "Nobody's team", "Slots!B2 (Team)", "“Nobody's team” is not on the sheet Teams; correct the name"),
    ("Slots_C2", day(7), "Slots!C2 (Date)", "Mon 29 March 2027 is outside the week, "),
    ("Slots_E2", dt.time(9, 30), "Slots!E2 (End)", "09:30 is not after 09:30; correct one of the two"),
    ("Slots_D3", "half nine", "Slots!D3 (Start)", "“half nine” is not a time of day; write it as an Excel time"),
    ("Slots_F2", 0, "Slots!F2 (Places)", "“0” is too few; write 1 or more"),
    ("Slots_F3", 1.5, "Slots!F3 (Places)", "“1.5” is not a whole number; write it without a fraction"),
    ("Slots_A3", "s1", "Slots!A3 (Slot)", "“s1” is there twice, first at A2; delete one of the two rows"),
    (
        "Visitors_B2",
        "director",
        "Visitors!B2 (Kind)",
        "“director” is not a word that can stand here; write chief officer, ",
    ),
    ("Visitors_E2", "two", "Visitors!E2 (Min visits)", "“two” is not a number; write a whole number in digits"),
    ("Visitors_E3", True, "Visitors!E3 (Min visits)", "“TRUE” is not a number; write a whole number"),
    ("Visitors_H2", "Hall", "Visitors!H2 (Base)", "“Hall” is not on the sheet Sites; "),
    ("Visitors_D2", "=A1", "Visitors!D2 (Assistant email)", "holds a formula that was never worked out; open the file"),
    ("Availability_C2", None, "Availability!C2 (From)", "one of the two times is missing; fill in both, or leave both"),
    ("Availability_E3", None, "Availability!E3 (Status)", "is blank but needed; fill it in"),
    ("Availability_A3", "Bob Roy", "Availability!A3 (Visitor)", "did you mean “Bob Ray”? Correct it"),
    ("Wishes_C2", "Education", "Wishes!C2 (Service)", "a team and a service are both given; keep one of the two"),
    ("Wishes_C3", "Plumbing", "Wishes!C3 (Service)", "no team has the service “Plumbing”; write Social care, "),
    ("Wishes_D3", "loves", "Wishes!D3 (Wish)", "“loves” is not a word that can stand here; write first choice, "),
    ("Past_visits_C2", "last autumn", "Past visits!C2 (Date)", "“last autumn” is not a date; write it as"),
    ("Visits_B2", "S9", "Visits!B2 (Slot)", "“S9” is not on the sheet Slots; "),
    ("Visits_D2", "maybe", "Visits!D2 (Status)", "“maybe” is not a word that can stand here; write proposed, "),
]


def test_all_faults_of_a_file_are_told_in_one_run_with_sheet_cell_column_and_mend() -> None:
    sheets = plain()
    for place, value, _, _ in FAULTS:
        changed(sheets, **{place: value})
    result = reading(sheets)
    told = [line(fault) for fault in result.faults]
    for _, _, where, what in FAULTS:
        found = [one for one in told if one.startswith(f"week.xlsx: {where}: ")]
        assert found, f"nothing told at {where}: {told}"
        assert any(what in one for one in found), found
    assert result.plan is None
    assert result.week_id == ""
    assert len(told) == len(FAULTS) + 1  # a slot misses the team that was given another's name
    assert all(one.startswith("week.xlsx: ") and "; " in one and "\n" not in one for one in told)


@pytest.mark.parametrize(("place", "value", "where", "what"), FAULTS, ids=[fault[2] for fault in FAULTS])
def test_each_fault_alone_is_told_once(place: str, value: Any, where: str, what: str) -> None:
    told = [line(fault) for fault in reading(changed(plain(), **{place: value})).faults]
    at_cell = [one for one in told if one.startswith(f"week.xlsx: {where}: ")]
    assert len(at_cell) == 1
    assert what in at_cell[0]


def _without(title: str) -> dict[str, Rows]:
    sheets = plain()
    del sheets[title]
    return sheets


def _without_column(title: str, column: str) -> dict[str, Rows]:
    sheets = plain()
    place = sheets[title][0].index(column)
    sheets[title] = [row[:place] + row[place + 1 :] for row in sheets[title]]
    return sheets


@pytest.mark.parametrize("title", ["Week", "Teams", "Slots", "Visitors"])
def test_a_missing_sheet_is_named_once_and_its_names_are_not_called_unknown(title: str) -> None:
    told = [line(fault) for fault in reading(_without(title)).faults]
    assert told == [
        f"week.xlsx: {title}: this sheet is missing; add a sheet of this name; it may be empty below its header row"
    ]


@pytest.mark.parametrize("title", ["Travel", "Availability", "Wishes", "Past visits", "Visits"])
def test_a_sheet_that_may_be_missing_is_no_fault(title: str) -> None:
    assert reading(_without(title)).faults == ()


@pytest.mark.parametrize("title", ["Travel", "Slots", "Availability", "Wishes", "Past visits", "Visits"])
def test_an_empty_sheet_is_fine(title: str) -> None:
    sheets = plain()
    sheets[title] = []
    if title == "Slots":
        sheets["Visits"] = []
    assert reading(sheets).faults == ()


@pytest.mark.parametrize(
    ("title", "column"),
    [("Teams", "Service"), ("Slots", "Date"), ("Visitors", "Visitor"), ("Wishes", "Wish"), ("Travel", "Minutes"),
     ("Week", "Value"), ("Availability", "Status"), ("Visits", "Slot"), ("Past visits", "Team")],
)  # fmt: skip
def test_a_missing_required_column_is_named_once(title: str, column: str) -> None:
    told = [line(fault) for fault in reading(_without_column(title, column)).faults]
    assert told == [f"week.xlsx: {title} ({column}): this column is missing; add a column with this header in row 1"]


@pytest.mark.parametrize(
    "setting", ["Week name", "First day", "Last day", "Organisation", "Organiser", "Organiser email"]
)
def test_a_missing_required_setting_is_named(setting: str) -> None:
    sheets = plain()
    sheets["Week"] = [row for row in sheets["Week"] if row[0] != setting]
    told = [line(fault) for fault in reading(sheets).faults]
    assert told == [
        f"week.xlsx: Week (Setting): the setting “{setting}” is missing; add a row with “{setting}” and its value"
    ]


def test_a_header_twice_is_a_fault_at_the_second() -> None:
    sheets = changed(plain(), Slots_L1=" start ")
    told = [line(fault) for fault in reading(sheets).faults]
    assert told == [
        "week.xlsx: Slots!L1 (Start): this column is there twice, first at D1; keep one of them and delete the other"
    ]


@pytest.mark.parametrize(
    ("cells", "trouble"),
    [
        ({"Week_A8": "Time zone", "Week_B8": "Europe/Paris"}, Trouble.TIME_ZONE),
        ({"Week_A8": "Priorities", "Week_B8": "demand, speed"}, Trouble.UNKNOWN_PRIORITY),
        ({"Week_A8": "Priorities", "Week_B8": "demand, told"}, Trouble.UNKNOWN_PRIORITY),
        ({"Week_A8": "Priorities", "Week_B8": "travel, demand, travel"}, Trouble.PRIORITY_TWICE),
        ({"Week_A8": "Lunch to", "Week_B8": "11:00"}, Trouble.END_NOT_AFTER_START),
        ({"Week_A8": "Lunch minutes", "Week_B8": 150}, Trouble.LUNCH_TOO_LONG),
        ({"Week_A8": "Day ends", "Week_B8": "07:00"}, Trouble.END_NOT_AFTER_START),
        ({"Week_A8": "Subjects", "Week_B8": "secret"}, Trouble.NOT_A_WORD),
        ({"Week_A8": "First day", "Week_B8": day(0)}, Trouble.SETTING_TWICE),
        ({"Week_B4": day(-1)}, Trouble.END_NOT_AFTER_START),
        ({"Week_B4": day(400)}, Trouble.WEEK_TOO_LONG),
        ({"Week_B7": "the desk"}, Trouble.NOT_AN_EMAIL),
        ({"Travel_A3": "Town Hall", "Travel_B3": "Rosebank", "Travel_C3": 9}, Trouble.TWICE),
        ({"Travel_A3": "Town Hall", "Travel_B3": "online", "Travel_C3": 9}, Trouble.ROAD_ONLINE),
        ({"Travel_A3": "Town Hall", "Travel_B3": "town hall", "Travel_C3": 9}, Trouble.ROAD_SAME_SITE),
        ({"Sites_A4": "TOWN  hall"}, Trouble.TWICE),
        ({"Visitors_A4": "ann\u00a0LEE"}, Trouble.TWICE),
        ({"Wishes_A4": "Ann Lee", "Wishes_B4": "FRONT DOOR", "Wishes_D4": "never"}, Trouble.TWICE),
        ({"Wishes_A4": "Ann Lee", "Wishes_D4": "never"}, Trouble.TEAM_OR_SERVICE),
        ({"Visits_A3": "ann lee", "Visits_B3": "s1"}, Trouble.TWICE),
        ({"Availability_D2": dt.time(8)}, Trouble.END_NOT_AFTER_START),
        ({"Slots_D2": dt.time(9, 30, 15)}, Trouble.HAS_SECONDS),
        ({"Slots_C2": 20270322}, Trouble.NOT_A_DATE),
        ({"Slots_C2": dt.time(9)}, Trouble.NOT_A_DATE),
        ({"Slots_D2": 3}, Trouble.NOT_A_TIME),
        ({"Slots_D2": "24:00"}, Trouble.NOT_A_TIME),
        ({"Visitors_F2": "#REF!"}, Trouble.ERROR_CELL),
        ({"Visitors_F2": 10**9}, Trouble.TOO_LARGE),
        ({"Wishes_E2": "x" * 5001}, Trouble.TOO_LONG),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_a_fault(cells: dict[str, Any], trouble: Trouble) -> None:
    assert [fault.trouble for fault in reading(changed(plain(), **cells)).faults] == [trouble]


def test_more_rows_or_columns_than_a_person_would_fill_are_a_fault_of_the_sheet() -> None:
    sheets = plain()
    sheets["Past visits"] += [["Bob Ray", "Front door", day(-n)] for n in range(5001)]
    assert [fault.trouble for fault in reading(sheets).faults] == [Trouble.TOO_MANY_ROWS]
    wide = changed(plain(), Slots_DA2="far out")
    assert [fault.trouble for fault in reading(wide).faults] == [Trouble.TOO_MANY_COLUMNS]


def test_faults_run_by_sheet_row_and_column() -> None:
    sheets = changed(plain(), Visits_B2="S9", Slots_E3="x", Slots_C2="x", Slots_D3="x", Week_B3="x")
    places = [f"{fault.sheet}!{fault.cell}" for fault in reading(sheets).faults]
    assert places == ["Week!B3", "Slots!C2", "Slots!D3", "Slots!E3", "Visits!B2"]


_WORDS = ("text", "first", "last", "list", "near", "other", "slot", "setting", "date", "start", "end")
_FACTS: tuple[tuple[str, object], ...] = (
    *((word, word) for word in _WORDS),
    *(("limit", 3), ("number", 4), ("low", 2), ("high", 1), ("words", ("a", "b")), ("pairs", ("A – B",))),
)


def test_every_trouble_has_a_sentence_with_a_mend() -> None:
    for trouble in Trouble:
        said = sentence(Fault(file="f", sheet="s", trouble=trouble, facts=_FACTS))
        assert "; " in said, trouble
        assert "{" not in said, trouble


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, "Mon 29 March 2027 is outside the week, Mon 22 March 2027 to Fri 26 March 2027; "),
        ({"Week_B3": "soon"}, "Mon 29 March 2027 is outside the week, which ends on Fri 26 March 2027; "),
    ],
)
def test_a_slot_outside_the_week_is_told_though_one_end_of_the_week_is_unknown(
    cells: dict[str, Any], told: str
) -> None:
    faults = reading(changed(plain(), Slots_C2=day(7), **cells)).faults
    assert [told in line(fault) for fault in faults][-1]
