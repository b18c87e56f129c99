"""Planning workbooks for tests: plain and valid, with single cells, sheets and columns changed."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.cell import coordinate_to_tuple

from app.exchange.planning import Reading
from app.exchange.planning.reader import read_guarded

Rows = list[list[Any]]
MONDAY = dt.date(2027, 3, 22)


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(number)


def plain() -> dict[str, Rows]:
    """A small workbook without a fault or a notice: every sheet, every column that a test needs."""
    half_past_nine, eleven = dt.time(9, 30), dt.time(11)
    return {
        "Week": [
            ["Setting", "Value"],
            ["Week name", "Spring week"],
            ["First day", day(0)],
            ["Last day", day(4)],
            ["Organisation", "Exampleshire"],
            ["Organiser", "Desk"],
            ["Organiser email", "desk@council.example"],
        ],
        "Sites": [["Site", "Protected", "Shown as"], ["Town Hall", "no", None], ["Rosebank", "yes", "Home R"]],
        "Travel": [["From", "To", "Minutes"], ["Town Hall", "Rosebank", 20]],
        "Teams": [
            ["Team", "Service", "Site", "Host", "Host email", "Min visits", "Max visits", "Clearance needed"],
            ["Front door", "Social care", "Town Hall", "Manager", "front@council.example", 1, 3, "none"],
            ["Rose team", "Children's homes", "Rosebank", "Keeper", "rose@council.example", None, None, "confirmed"],
        ],
        "Slots": [
            ["Slot", "Team", "Date", "Start", "End", "Places", "Site", "Host", "Host email", "Consent", "Consent by"],
            ["S1", "Front door", day(0), half_past_nine, eleven, 1, None, None, None, "given", None],
            ["S2", "Rose team", day(1), half_past_nine, eleven, 2, "online", None, None, "to ask", day(0)],
        ],
        "Visitors": [
            ["Visitor", "Kind", "Email", "Assistant email", "Min visits", "Max visits", "Clearance", "Base", "Standby"],
            ["Ann Lee", "Chief officer", "ann@council.example", None, 1, 2, "confirmed", "Town Hall", "no"],
            ["Bob Ray", "Partner", "bob@police.example", None, 0, None, "accompany", None, "yes"],
        ],
        "Availability": [
            ["Visitor", "Date", "From", "To", "Status"],
            ["Ann Lee", day(2), dt.time(9), dt.time(12), "busy"],
            ["Bob Ray", day(3), None, None, "rather not"],
        ],
        "Wishes": [
            ["Visitor", "Team", "Service", "Wish", "Reason"],
            ["Ann Lee", "Front door", None, "first choice", "private"],
            ["Ann Lee", None, "Education", "like", None],
        ],
        "Past visits": [["Visitor", "Team", "Date"], ["Bob Ray", "Front door", dt.date(2026, 10, 1)]],
        "Visits": [["Visitor", "Slot", "Pinned", "Status", "Permitted"], ["Ann Lee", "S1", "yes", "published", None]],
    }


def changed(sheets: dict[str, Rows], **cells: Any) -> dict[str, Rows]:
    """The sheets with cells changed: `Slots_C2=…`, `Past_visits_A2=…`."""
    for place, value in cells.items():
        title, _, address = place.rpartition("_")
        row, column = coordinate_to_tuple(address)
        rows = sheets[title.replace("_", " ")]
        while len(rows) < row:
            rows.append([])
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = value
    return sheets


def xlsx(sheets: dict[str, Rows]) -> bytes:
    """The sheets as an .xlsx. Text beginning with `=` is a formula, as when somebody types it into Excel."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def reading(sheets: dict[str, Rows]) -> Reading:
    """The sheets read, in this process."""
    return read_guarded(xlsx(sheets), "week.xlsx")
