"""What is worth knowing is told as a notice and keeps nobody from the week."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.words.faults import line
from tests.exchange.planning.workbooks import Rows, changed, day, plain, reading


def told(sheets: dict[str, Rows]) -> list[str]:
    result = reading(sheets)
    assert result.faults == ()
    assert result.plan is not None
    return [line(notice) for notice in result.notices]


def test_the_plain_workbook_has_nothing_to_notice() -> None:
    assert told(plain()) == []


@pytest.mark.parametrize(
    ("cells", "start", "what"),
    [
        ({"Availability_B2": day(9)}, "Availability!B2 (Date): ", "Wed 31 March 2027 is outside the week"),
        ({"Visitors_C3": None}, "Visitors!C3 (Email): ", "Bob Ray has no e-mail address, nor an assistant with one"),
        ({"Visitors_C3": None, "Visitors_D3": "pa@x.example"}, "Visitors!C3 (Email): ", "go to the assistant, pa@x."),
        ({"Teams_E2": None}, "Teams!E2 (Host email): ", "the host of Front door has no e-mail address"),
        ({"Slots_H2": "Deputy"}, "Slots!I2 (Host email): ", "Deputy, the host of S1, has no e-mail address"),
        ({"Visitors_C3": "bob at work"}, "Visitors!C3 (Email): ", "does not look like an e-mail address"),
        ({"Slots_L1": "Colour"}, "Slots!L1 (Colour): ", "this column is not known and is left out"),
        ({"Slots_M2": "stray"}, "Slots!M2: ", "this cell stands under no header and is left out"),
        ({"Week_A8": "Wether", "Week_B8": "fine"}, "Week!A8 (Setting): ", "the setting “Wether” is not known"),
        ({"Past_visits_B2": "Old team"}, "Past visits!B2 (Team): ", "“Old team” is no longer on the sheet Teams"),
        ({"Slots_C2": dt.datetime(2027, 3, 22, 14, 5)}, "Slots!C2 (Date): ", "“2027-03-22 14:05” holds a time of day"),
        ({"Sites_A4": "Depot"}, "Travel: ", "2 roads are not given and count 0 minutes: “Town Hall – Depot” and"),
        ({"Notes_A1": "mine"}, "Notes: ", "this sheet is not part of a planning workbook"),
    ],
)  # fmt: skip
def test_each_notice(cells: dict[str, Any], start: str, what: str) -> None:
    sheets = plain()
    if "Notes_A1" in cells:
        sheets["Notes"] = []
    found = told(changed(sheets, **cells))
    assert len(found) == 1
    assert found[0].startswith(f"note: week.xlsx: {start}")
    assert what in found[0]
    assert "; " in found[0]


def test_a_visitor_free_for_no_slot_is_noticed() -> None:
    sheets = plain()
    for number in range(4):
        place = number + 4
        changed(
            sheets,
            **{
                f"Availability_A{place}": "ann lee",
                f"Availability_B{place}": day(number),
                f"Availability_E{place}": "Busy",
            },
        )
    assert told(sheets) == [
        "note: week.xlsx: Visitors!A2 (Visitor): Ann Lee is free for no slot that is offered; "
        "ask for more slots, or check the sheet Availability"
    ]


def test_a_past_visit_to_a_team_no_longer_listed_is_kept() -> None:
    result = reading(changed(plain(), Past_visits_B2="Old team"))
    assert result.plan is not None
    [past] = result.plan.past_visits.values()
    assert (past.team_name, past.team_id) == ("Old team", None)


def test_roads_are_noticed_once_for_all_pairs() -> None:
    sheets = plain()
    sheets["Sites"] += [[f"Site {n}"] for n in range(6)]
    found = told(sheets)
    assert len(found) == 1
    assert "27 roads are not given and count 0 minutes, among them" in found[0]
