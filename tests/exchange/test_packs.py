"""Recipients' workbooks hold their own rows and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl

from app.exchange.packs import packs
from app.exchange.version import Version
from tests.builders import person_id
from tests.exchange.pages.test_pages import SECRETS, a_busy_week

VERSION = Version(number=1, at=dt.datetime(2027, 3, 1, 13, 5, tzinfo=dt.UTC))


def everything(data: bytes) -> str:
    """All parts of a workbook as one text."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "\n".join([*parts.namelist(), *(parts.read(name).decode() for name in parts.namelist())])


def test_there_is_a_pack_for_each_visitor_and_team() -> None:
    assert sorted(packs(a_busy_week().view(), version=VERSION)) == [
        "packs/day-sheets.xlsx", "packs/reception/Home R.xlsx", "packs/reception/Town Hall.xlsx",
        "packs/teams/Front door.xlsx", "packs/teams/Home R team.xlsx", "packs/teams/Quiet team.xlsx",
        "packs/visitors/Jane Smith.xlsx", "packs/visitors/Lee Jones.xlsx", "packs/visitors/Unplaced Person.xlsx",
    ]  # fmt: skip


def test_a_visitors_pack_names_no_other_visitor() -> None:
    names = ["Jane Smith", "Lee Jones", "Unplaced Person"]
    found = packs(a_busy_week().view(), version=VERSION)
    for whose in names:
        told = everything(found[f"packs/visitors/{whose}.xlsx"])
        assert whose in told
        assert not [name for name in names if name != whose and name in told]
        assert "step-free" not in told


def test_a_teams_pack_names_only_who_comes_and_no_other_team() -> None:
    found = packs(a_busy_week().view(), version=VERSION)
    told = everything(found["packs/teams/Home R team.xlsx"])
    assert "Jane Smith" in told
    assert "Lee Jones" not in told
    assert "Front door" not in told
    assert "step-free access" in told


def test_a_receptions_pack_tells_who_arrives_there_and_nothing_of_why() -> None:
    found = packs(a_busy_week().view(), version=VERSION)
    told = everything(found["packs/reception/Town Hall.xlsx"])
    assert all(word in told for word in ("Jane Smith", "Example Council", "09:30", "Manager of Front door", "☐"))
    assert not [word for word in ("Duty desk", "hear the calls", "step-free", "Home R", "14:00") if word in told]
    assert "Lee Jones" not in everything(found["packs/reception/Home R.xlsx"])


def test_the_desks_pack_has_a_sheet_for_each_day_with_phones_and_boxes_to_tick() -> None:
    week = a_busy_week().slot("s9", "Quiet team", 2).visit("Lee Jones", "s9")
    book = openpyxl.load_workbook(io.BytesIO(packs(week.view(), version=VERSION)["packs/day-sheets.xlsx"]))
    assert book.sheetnames == ["Mon 22 Mar", "Wed 24 Mar"]
    monday = book.worksheets[0]
    assert [cell.value for cell in monday[4]] == [
        "09:30–11:00", "Jane Smith", "Front door", "Town Hall",
        "Manager of Front door\nRing 01632 960123\nDeputy: Dee Deputy", "☐",
    ]  # fmt: skip
    assert monday.max_row == 6


def test_no_pack_tells_a_protected_place_a_wish_or_a_broken_rule() -> None:
    for path, data in packs(a_busy_week().view(), version=VERSION).items():
        told = everything(data).casefold()
        assert not [secret for secret in SECRETS if secret.casefold() in told], path
        assert not [word for word in ("private reason", "insists", "never", "✕") if word in told], path


def test_nothing_is_hidden_in_a_pack() -> None:
    for data in packs(a_busy_week().view(), version=VERSION).values():
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert not book.properties.creator
        for sheet in book.worksheets:
            assert sheet.sheet_state == "visible"
            assert not any(row.hidden for row in sheet.row_dimensions.values())
            assert not any(column.hidden for column in sheet.column_dimensions.values())
            assert not any(cell.comment or cell.hyperlink for row in sheet.iter_rows() for cell in row)
            assert sheet.auto_filter.ref is None


def test_only_the_packs_that_are_wanted_are_made() -> None:
    view = a_busy_week().view()
    some = packs(view, version=VERSION, people=frozenset({person_id("Lee Jones")}), teams=frozenset())
    assert list(some) == ["packs/visitors/Lee Jones.xlsx"]
    assert some["packs/visitors/Lee Jones.xlsx"] == packs(view, version=VERSION)["packs/visitors/Lee Jones.xlsx"]
