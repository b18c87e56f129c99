"""The rota workbook, opened again and judged as a PA would see it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from app.engine.check import problems
from app.errors import Refused
from app.exchange.rota import ChangeRow, rota_workbook
from app.exchange.text_width import width
from app.exchange.version import Version
from app.models.findings import Lack, Unmet, Who
from app.models.names import identity
from app.models.people import Liking
from app.models.view import WeekView
from app.models.visits import VisitStatus
from tests.builders import Builder, a_week

AT = dt.datetime(2027, 3, 1, 13, 5, tzinfo=dt.UTC)
VERSION = Version(number=3, replaces=2, at=AT)
LONG = "Sir Bartholomew Featherington-Specimen of Upper Exampleton KC"
SECRETS = ("Rosebank", "17 Larch Crescent", "ZZ4 4DD", "ZZ44DD")


def rota(view: WeekView, **given: Any) -> Any:
    """The rota of a week, opened again."""
    return openpyxl.load_workbook(io.BytesIO(rota_bytes(view, **given)))


def rota_bytes(view: WeekView, **given: Any) -> bytes:
    asked = {"problems": problems(view), "unmet": (), "version": VERSION, **given}
    return rota_workbook(view, **asked)


def a_busy_week() -> Builder:
    """A week with a protected home, a formula for a name, a long name, an own service, a weekend, an evening."""
    week = a_week(last_day=dt.date(2027, 3, 28), marking="OFFICIAL-SENSITIVE & PERSONAL")
    week.site("Rosebank", address="17 Larch Crescent, Exampleton", postcode="ZZ4 4DD", protected=True, alias="Home R",
              arrival_notes="Ring at 17 Larch Crescent", parking="None at Rosebank")  # fmt: skip
    week.team("Front door", host_phone="01632 960123", deputy="Dee Deputy")
    week.team("Rosebank team", "Children's homes", "Rosebank", host="Manager of Rosebank")
    week.team("=SUM(A1)", "Youth justice", "Hub", host="=cmd|' /C calc'!A0")
    week.team("Quiet team", "Early help", "Hub")
    week.visitor("Jane Smith", role="Director", organisation="Example Council").visitor(LONG).visitor("+Plus @once")
    week.visitor("Unplaced Person").visitor("Standby Person", standby=True)
    week.slot("s1", "Front door", 0, "09:30", "11:00", places=3, activity="Duty desk\nand case talk")
    week.slot("s2", "Rosebank team", 0, "14:00", "15:00", activity="Tea at Rosebank, ZZ4 4DD")
    week.slot("s3", "=SUM(A1)", 5, "19:00", "20:30", activity="=2+2")
    week.road("Town Hall", "Rosebank", 25)
    for name in ("Jane Smith", LONG, "+Plus @once"):
        week.visit(name, "s1")
    week.visit("Jane Smith", "s2").visit("+Plus @once", "s3")
    return week


def cells(book: Any) -> Iterator[Any]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def texts(sheet: Any) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def sheet_of(book: Any, start: str) -> Any:
    (name,) = [name for name in book.sheetnames if name == start or name[4:] == start]
    return book[name]


def test_the_sheets_are_those_of_the_plan_in_its_order() -> None:
    book = rota(a_busy_week().view())
    assert book.sheetnames[:3] == ["Read me", "Overview", "By visitor"]
    assert book.sheetnames[-3:] == ["Unfilled and warnings", "Changes", "Visits"]
    middle = book.sheetnames[3:-3]
    assert [name[:3] for name in middle] == ["T01", "T02", "T03", "T04", "V01", "V02", "V03", "V04", "V05"]
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in book.sheetnames)
    assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)


def test_every_sheet_has_a_title_a_line_and_one_table_without_blanks_under_unique_headers() -> None:
    for sheet in rota(a_busy_week().view()).worksheets:
        assert sheet["A1"].value
        assert sheet["A2"].value
        assert not [
            cell.value for row in sheet.iter_rows(min_row=1, max_row=2, min_col=2) for cell in row if cell.value
        ]
        (table,) = sheet.tables.values()
        assert table.ref.startswith("A3:")
        assert table.ref == sheet.dimensions.replace("A1", "A3")
        heads = [cell.value for cell in sheet[3]]
        assert len({head.casefold() for head in heads}) == len(heads)
        assert [column.name for column in table.tableColumns] == heads
        assert sheet.max_row >= 4
        for row in sheet.iter_rows(min_row=4):
            assert all(cell.value not in (None, "") for cell in row), (sheet.title, [cell.value for cell in row])


def test_every_sheet_is_ready_to_print() -> None:
    book = rota(a_busy_week().view())
    for sheet in book.worksheets:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes.endswith("4")
        assert not sheet.sheet_view.showGridLines
        assert not sheet.merged_cells.ranges
        margins = sheet.page_margins
        assert min(margins.left, margins.right, margins.top, margins.bottom) >= 10 / 25.4
        assert all(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))
        assert "OFFICIAL-SENSITIVE && PERSONAL" in sheet.oddHeader.right.text
        assert sheet.oddFooter.left.text == "Version 3, Mon 1 March 13:05, replaces 2"
        assert sheet.oddFooter.right.text == "Page &P of &N"
    papers = {name[:1] if name[1:3].isdigit() else name: book[name].page_setup for name in book.sheetnames}
    shown = {name: (str(setup.paperSize), setup.orientation) for name, setup in papers.items()}
    a3, a4_wide, a4_tall = ("8", "landscape"), ("9", "landscape"), ("9", "portrait")
    assert shown == {
        "Read me": a4_tall, "Overview": a3, "By visitor": a3, "T": a4_wide, "V": a4_tall,
        "Unfilled and warnings": a4_wide, "Changes": a4_wide, "Visits": a3,
    }  # fmt: skip


def test_text_stays_text_whatever_it_begins_with() -> None:
    book = rota(a_busy_week().view())
    assert all(cell.data_type in {"s", "d", "n"} for cell in cells(book))
    assert "=SUM(A1)" in texts(book["Visits"])
    assert "=2+2" in texts(book["Visits"])
    assert "+Plus @once" in texts(book["Visits"])
    for cell in cells(book):
        if cell.hyperlink:
            assert cell.hyperlink.target is None
            assert cell.parent.title == "Read me"
    with zipfile.ZipFile(io.BytesIO(rota_bytes(a_busy_week().view()))) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_read_me_leads_to_every_other_sheet() -> None:
    book = rota(a_busy_week().view())
    led = [cell.hyperlink.location for cell in cells(book) if cell.hyperlink]
    assert sorted(place.replace("''", "'") for place in led) == sorted(f"'{name}'!A1" for name in book.sheetnames[1:])


def test_a_protected_site_is_nowhere_in_the_file() -> None:
    data = rota_bytes(a_busy_week().view(), unmet=(unmet_of("Rosebank team"),))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        everything = "\n".join(
            [*parts.namelist(), *(parts.read(name).decode() for name in parts.namelist())]
        ).casefold()
    assert not [secret for secret in SECRETS if secret.casefold() in everything]
    assert "Home R" in texts(openpyxl.load_workbook(io.BytesIO(data))["Visits"])


def unmet_of(team: str) -> Unmet:
    return Unmet(who=Who.TEAM, id=identity("team", team), wanted=3, got=1, lack=Lack.CROWDED_OUT)


def test_nobody_wrote_the_file_and_its_title_is_the_week() -> None:
    properties = rota(a_busy_week().view()).properties
    assert properties.title == "Spring practice week: rota"
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.created == properties.modified == AT.replace(tzinfo=None)


def test_the_same_version_is_the_same_bytes() -> None:
    assert rota_bytes(a_busy_week().view()) == rota_bytes(a_busy_week().view())
    assert rota_bytes(a_busy_week().view()) != rota_bytes(
        a_busy_week().view(), version=replace(VERSION, at=AT + dt.timedelta(hours=1))
    )


def test_visits_has_a_row_for_each_visit_with_real_dates_and_times() -> None:
    view = a_busy_week().visit("Unplaced Person", "s1", status=VisitStatus.DECLINED).view()
    sheet = rota(view)["Visits"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == len(view.visits) == 6
    assert rows[0][:3] == (dt.datetime(2027, 3, 22), dt.time(9, 30), dt.time(11))
    assert {(row[3], row[6]) for row in rows if row[12] != "Declined"} == {
        ("Jane Smith", "Front door"), (LONG, "Front door"), ("+Plus @once", "Front door"),
        ("Jane Smith", "Home R team"), ("+Plus @once", "=SUM(A1)"),
    }  # fmt: skip
    (table,) = sheet.tables.values()
    assert table.autoFilter.ref == table.ref


def test_a_declined_visit_stands_in_visits_alone() -> None:
    view = a_week().visitor("Jane Smith").slot("s1", "Front door").visit(
        "Jane Smith", "s1", status=VisitStatus.DECLINED
    ).view()  # fmt: skip
    book = rota(view)
    assert "Jane Smith" in texts(book["Visits"])
    assert not any("Jane" in text for text in texts(book["Overview"]))
    assert "No visit" in texts(book["T01 Front door"])


def test_overview_tells_time_who_and_activity_and_never_a_blank() -> None:
    sheet = rota(a_busy_week().view())["Overview"]
    heads = [cell.value for cell in sheet[3]]
    assert heads == [
        "Service", "Team", "Mon 22 Mar", "Tue 23 Mar", "Wed 24 Mar", "Thu 25 Mar", "Fri 26 Mar", "Sat 27 Mar",
    ]  # fmt: skip
    rows = {row[1]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert rows["Front door"][2] == f"09:30–11:00 +Plus @once, Jane Smith, {LONG}\nDuty desk and case talk"
    assert rows["Front door"][3] == "No visit"
    assert rows["Home R team"][:3] == (
        "● Children's homes",
        "Home R team",
        "14:00–15:00 Jane Smith\nTea at Home R, Home R",
    )
    assert rows["=SUM(A1)"][0] == "▼ Youth justice"
    assert [row[0][:1] for row in sheet.iter_rows(min_row=4, values_only=True)] == ["■", "●", "◆", "▼"]


def test_by_visitor_tells_the_gap_and_the_road_between_visits() -> None:
    sheet = rota(a_busy_week().view())["By visitor"]
    heads = [cell.value for cell in sheet[3]]
    row = next(row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] == "Jane Smith")
    told = dict(zip(heads, row, strict=True))
    assert told["Mon 22 Mar am"] == "09:30–11:00\n■ Front door"
    assert told["Mon 22 Mar pm"] == "→ 3 h gap, 25 min road\n14:00–15:00\n● Home R team"
    assert told["Tue 23 Mar am"] == "No visit"


def test_a_team_sheet_names_the_host_and_whom_to_ring() -> None:
    told = texts(sheet_of(rota(a_busy_week().view()), "Front door"))
    assert "Host: Manager of Front door\nRing 01632 960123\nDeputy: Dee Deputy" in told
    assert "09:30–11:00" in told


def test_a_visitor_sheet_tells_place_host_arrival_and_lunch() -> None:
    sheet = sheet_of(rota(a_busy_week().view()), "Jane Smith")
    first, second = list(sheet.iter_rows(min_row=4, values_only=True))
    assert first[0] == "Mon 22 March\n09:30–11:00"
    assert first[2] == "Town Hall"
    assert first[3] == "Manager of Front door\nRing 01632 960123\nDeputy: Dee Deputy"
    assert first[4] == "Bring photo ID"
    assert second[2] == "Home R"
    assert second[4] == "Ring at Home R\nParking: None at Home R\nBring photo ID"
    assert second[5] == "12:00–14:00"
    assert texts(sheet_of(rota(a_busy_week().view()), "Unplaced Person")).count("No visit") == 6


def test_what_is_wrong_stands_with_its_rule_and_a_mend() -> None:
    week = a_busy_week().slot("s4", "Front door", 0, "10:00", "12:00").visit("Jane Smith", "s4")
    book = rota(week.view(), unmet=(unmet_of("Quiet team"),))
    rows = list(book["Unfilled and warnings"].iter_rows(min_row=4, values_only=True))
    assert {row[2] for row in rows} == {"Clash", "Same team twice", "Host in two places", "Least visits"}
    assert any("Quiet team has 1 visit of at least 3" in row[1] for row in rows)
    assert all(row[3].endswith(".") for row in rows)
    assert any("✕ Breaks a rule" in text for text in texts(book["Overview"]))


def test_nothing_wrong_is_said_too() -> None:
    assert "✓ Fine" in texts(rota(a_busy_week().view())["Unfilled and warnings"])


def test_changes_tell_old_new_whom_to_tell_and_whether_told() -> None:
    view = a_busy_week().view()
    first = rota(view, version=Version(number=1, at=AT))["Changes"]
    assert first["A4"].value == "First version: nothing has changed yet."
    assert rota(view, changes=())["Changes"]["A4"].value == "Nothing has changed since version 2."
    one = ChangeRow(visit="Jane Smith, Front door", old="Mon, Rosebank", new="Tue", who="Jane Smith", told="")
    row = next(rota(view, changes=(one,))["Changes"].iter_rows(min_row=4, values_only=True))
    assert row == ("Jane Smith, Front door", "Mon, Home R", "Tue", "Jane Smith", "☐ Not yet")


def test_a_long_list_in_one_cell_runs_on_in_further_rows_that_excel_can_show() -> None:
    week = a_week().team("Front door")
    for number in range(12):
        week.slot(f"s{number}", "Front door", 0, f"{8 + number:02d}:00", f"{8 + number:02d}:50", activity="Long " * 30)
        week.visitor(f"Visitor {number}").visit(f"Visitor {number}", f"s{number}")
    sheet = rota(week.view())["Overview"]
    assert sheet.max_row > 4
    assert all(sheet.row_dimensions[row].height <= 409 for row in range(1, sheet.max_row + 1))
    whole = "\n".join(texts(sheet))
    assert all(f"Visitor {number}" in whole for number in range(12))
    assert {sheet.cell(row, 2).value for row in range(4, sheet.max_row + 1)} == {"Front door"}


def test_an_empty_week_still_prints() -> None:
    book = rota(a_week().view(), version=Version(at=AT))
    assert book.sheetnames == ["Read me", "Overview", "By visitor", "Unfilled and warnings", "Changes", "Visits"]
    assert book["Visits"].oddFooter.left.text == "Draft, Mon 1 March 13:05"


def test_a_text_that_no_cell_can_hold_is_refused_and_named() -> None:
    week = a_week().visitor("Jane Smith").slot("s1", "Front door", activity="x" * 33_000).visit("Jane Smith", "s1")
    with pytest.raises(Refused) as refused:
        rota(week.view())
    assert refused.value.code == "cell-too-long"
    assert refused.value.facts["limit"] == 32_767


def test_needs_and_reasons_stay_in_the_app() -> None:
    week = a_week().visitor("Jane Smith", needs="step-free access").slot("s1", "Front door").visit("Jane Smith", "s1")
    assert not any("step-free" in str(cell.value) for cell in cells(rota(week.view())))


def test_a_week_over_new_year_names_the_year_of_each_day() -> None:
    week = a_week(first_day=dt.date(2026, 12, 28), last_day=dt.date(2027, 1, 1)).team("Front door")
    heads = [cell.value for cell in rota(week.view())["Overview"][3]]
    assert heads[2:] == ["Mon 28 Dec 2026", "Tue 29 Dec 2026", "Wed 30 Dec 2026", "Thu 31 Dec 2026", "Fri 1 Jan 2027"]


def test_what_goes_to_others_never_tells_which_rule_is_broken() -> None:
    week = a_week().visitor("Jane Smith").slot("s1", "Front door").visit("Jane Smith", "s1", permitted="she insists")
    book = rota(week.wish("Jane Smith", Liking.NEVER, team="Front door", reason="private").view())
    assert any("Jane Smith must never" in text for text in texts(book["Unfilled and warnings"]))
    for name in book.sheetnames:
        if name not in {"Unfilled and warnings", "Visits"}:
            assert not any("Never" in text or "must never" in text or "insists" in text for text in texts(book[name]))


def test_a_crowded_teams_sheet_goes_on_larger_paper_before_its_type_gets_too_small() -> None:
    week = a_week().team("Front door")
    for number in range(8):
        week.slot(
            f"s{number}", "Front door", 0, f"{9 + number:02d}:00", f"{10 + number:02d}:00", activity="Desk, " * 20
        )
        week.visitor(f"{number} {LONG}").visit(f"{number} {LONG}", f"s{number}")
    (sheet,) = [sheet for sheet in rota(week.view()).worksheets if sheet.title.startswith("T")]
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (8, "landscape")
    assert sheet.page_setup.fitToHeight == 0


def test_every_date_has_room_for_its_longest_words() -> None:
    sheet = rota(a_busy_week().view())["Visits"]
    room = sheet.column_dimensions["A"].width * 7 * 0.75 - 7
    assert width("Wed 28 Mar 2027", 10) < room
