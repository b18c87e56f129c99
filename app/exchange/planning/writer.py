"""A week written as a planning workbook that imports to the same week: for Excel to fill in, mend and send back.

Text is always text, names of other sheets and words of a vocabulary come with drop-down lists, and the same week
gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from app.errors import Refused
from app.exchange.planning.cells import clean
from app.exchange.planning.vocabulary import (
    AVAILABILITY,
    PAST_VISITS,
    SETTING,
    SETTINGS,
    SHEETS,
    SITES,
    SLOTS,
    TEAMS,
    TRAVEL,
    VALUE,
    VISITORS,
    VISITS,
    WEEK,
    WISHES,
    Column,
    Form,
    SheetShape,
    most_rows,
)  # fmt: skip
from app.models.change import Entity
from app.models.names import fold
from app.models.people import PastVisit
from app.models.places import Offer, Site, Team
from app.models.sense import LONGEST_PICTURE, MOST_CHARACTERS
from app.models.view import WeekView
from app.models.visits import Visit
from app.models.week import Priority

_STAMP = dt.datetime(2000, 1, 1)
"""Inside the file, so that the same week gives the same bytes; Excel keeps its own when somebody saves."""
_MODIFIED = re.compile(rb"(<dcterms:(modified|created)[^>]*>)[^<]*(</dcterms)")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMATS = {Form.LINE: "@", Form.TEXT: "@", Form.DATE: "ddd d mmm yyyy", Form.TIME: "hh:mm", Form.COUNT: "0"}
_HEAD = PatternFill("solid", fgColor="FFDCE6F1")
_HEAD_REQUIRED = PatternFill("solid", fgColor="FFB8CCE4")
_TOP = Alignment(vertical="top")

_Entities = Mapping[type[Entity], Entity]

_REFERS: dict[tuple[str, str], str] = {
    (TRAVEL, "From"): SITES, (TRAVEL, "To"): SITES, (TEAMS, "Site"): SITES, (SLOTS, "Team"): TEAMS,
    (SLOTS, "Site"): SITES, (VISITORS, "Base"): SITES, (AVAILABILITY, "Visitor"): VISITORS,
    (WISHES, "Visitor"): VISITORS, (WISHES, "Team"): TEAMS, (PAST_VISITS, "Visitor"): VISITORS,
    (PAST_VISITS, "Team"): TEAMS, (VISITS, "Visitor"): VISITORS, (VISITS, "Slot"): SLOTS,
}  # fmt: skip
"""Columns whose names come from the first column of another sheet."""


def write_planning(view: WeekView) -> bytes:
    """The week as the bytes of an .xlsx.

    Teams that only past visits or wishes speak of are listed with 0 visits at most. Of several visits of one visitor
    to one slot the one that counts is written. Raises Refused("text-too-long", file, limit) for a text over 5,000
    characters, which the reader would not take back.
    """
    book: Any = Workbook()
    book.remove(book.active)
    rows = _rows(view)
    for shape in SHEETS:
        sheet = book.create_sheet(shape.title)
        if shape.title == WEEK:
            _write_week(sheet, view)
        else:
            _write_rows(sheet, shape, rows[shape.title], view)
        _finish(sheet, shape, view.week.marking)
    book.properties = DocumentProperties(creator=None, title=clean(view.week.name)[:200], created=_STAMP)
    return sealed(book)


def _rows(view: WeekView) -> dict[str, list[_Entities]]:
    """The entities of each sheet, row by row, in an order that repeats."""
    plan, week = view.plan, view.week.id
    people = {visitor.id: fold(visitor.name) for visitor in view.visitors.values()}

    def by_name(site: Site) -> str:
        return fold(site.name)

    sites = {site.id: site for site in sorted(plan.sites.values(), key=by_name)}
    roads = [
        road
        for road in sorted(plan.roads.values(), key=lambda road: _pair(sites, road.from_id, road.to_id))
        if road.from_id in sites and road.to_id in sites
    ]
    mine = {
        title: [row for row in getattr(plan, table).values() if row.week_id == week and row.person_id in people]
        for title, table in ((AVAILABILITY, "availability"), (WISHES, "wishes"), (PAST_VISITS, "past_visits"))
    }
    mine[AVAILABILITY].sort(
        key=lambda row: (people[row.person_id], row.day, str(row.start), str(row.end), row.presence)
    )
    mine[WISHES].sort(key=lambda row: (people[row.person_id], _team_name(view, row.team_id), fold(row.service)))
    mine[PAST_VISITS].sort(key=lambda row: (people[row.person_id], fold(row.team_name), str(row.day)))
    listed: list[_Entities] = [{Team: one.team, Offer: one.offer} for one in view.teams.values()]
    spoken_of = {row.team_id for row in [*mine[WISHES], *mine[PAST_VISITS]] if row.team_id}
    return {
        SITES: [{Site: site} for site in sites.values()],
        TRAVEL: [{type(road): road} for road in roads],
        TEAMS: [*listed, *(_mentioned(view, team_id) for team_id in sorted(spoken_of - set(view.teams)))],
        SLOTS: [{type(slot.slot): slot.slot} for slot in view.slots.values()],
        VISITORS: [
            {type(one.person): one.person, type(one.attendance): one.attendance} for one in view.visitors.values()
        ],
        **{title: [{type(row): row} for row in found] for title, found in mine.items()},
        VISITS: [{Visit: visit} for visit in _visits(view)],
    }


def _pair(sites: Mapping[str, Site], first: str, second: str) -> tuple[str, ...]:
    return tuple(fold(sites[one].name) if one in sites else "" for one in (first, second))


def _team_name(view: WeekView, team_id: str | None) -> str:
    return fold(view.plan.teams[team_id].name) if team_id else ""


def _mentioned(view: WeekView, team_id: str) -> _Entities:
    """A team that takes no part but must be on the list, for what is said of it to keep its meaning."""
    return {Team: view.plan.teams[team_id], Offer: Offer(id="", week_id="", team_id=team_id, max_visits=0)}


def _visits(view: WeekView) -> Iterable[Visit]:
    """One visit for each visitor and slot: the one that counts, where there is one."""
    chosen: dict[tuple[str, str], Visit] = {}
    for visit in view.visits:
        key = (visit.person_id, visit.slot_id)
        if key not in chosen or (visit.counts and not chosen[key].counts):
            chosen[key] = visit
    return chosen.values()


def _write_week(sheet: Any, view: WeekView) -> None:
    _header(sheet, (SETTING, VALUE), {SETTING, VALUE})
    for number, setting in enumerate(SETTINGS, start=2):
        _put(sheet, number, 1, setting.name, Form.LINE)
        if setting.required:
            sheet.cell(number, 1).font = Font(bold=True)
        value = getattr(view.week, setting.field)
        _put(sheet, number, 2, _priorities(value) if setting.field == "priorities" else _plain(value), setting.form)
        if listed := _choices(setting):
            _offer(sheet, f'"{listed}"', f"B{number}")


def _priorities(priorities: Iterable[Priority]) -> str:
    return ", ".join(priority.value for priority in priorities)


def _write_rows(sheet: Any, shape: SheetShape, rows: list[_Entities], view: WeekView) -> None:
    _header(sheet, [column.name for column in shape.columns], {one.name for one in shape.columns if one.required})
    for number, entities in enumerate(rows, start=2):
        for place, column in enumerate(shape.columns, start=1):
            _put(sheet, number, place, _value(entities[column.holder], column, view), column.form)
    last = most_rows(shape.title) + 1
    for place, column in enumerate(shape.columns, start=1):
        letter = get_column_letter(place)
        cells = f"{letter}2:{letter}{last}"
        if other := _REFERS.get((shape.title, column.name)):
            _offer(sheet, f"'{other}'!$A$2:$A${most_rows(other) + 1}", cells)
        elif listed := _choices(column):
            _offer(sheet, f'"{listed}"', cells)


def _value(entity: Entity, column: Column, view: WeekView) -> object:
    """What the cell says: names in place of ids."""
    value = getattr(entity, column.field)
    if isinstance(entity, PastVisit) and column.field == "team_name" and entity.team_id:
        return view.plan.teams[entity.team_id].name
    if not value or not column.field.endswith("_id"):
        return _plain(value)
    if column.field == "person_id":
        return view.plan.people[value].name
    if column.field == "team_id":
        return view.plan.teams[value].name
    if column.field == "slot_id":
        return view.plan.slots[value].name
    site = view.site(value)
    return site.name if site else ""


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.value if isinstance(value, Enum) else value


def _choices(column: Column) -> str:
    """The words of a drop-down list, with commas between; blank where anything may stand."""
    if column.form is Form.YES_NO:
        return "yes,no"
    return ",".join(word.value for word in column.words) if column.words else ""


def _header(sheet: Any, names: Iterable[str], required: set[str]) -> None:
    for place, name in enumerate(names, start=1):
        _put(sheet, 1, place, name, Form.LINE)
        cell = sheet.cell(1, place)
        cell.font = Font(bold=name in required)
        cell.fill = _HEAD_REQUIRED if name in required else _HEAD


def _put(sheet: Any, row: int, column: int, value: object, form: Form) -> None:
    cell = sheet.cell(row, column)
    cell.alignment = _TOP
    cell.number_format = _FORMATS.get(form, "General")
    if isinstance(value, str):
        text = clean(value)
        limit = LONGEST_PICTURE if text.startswith("data:image/") else MOST_CHARACTERS
        if len(text) > limit:
            raise Refused("text-too-long", file=f"{sheet.title}!{cell.coordinate}", limit=limit)
        if text:
            cell.value = _ESCAPE.sub("_x005F_", text)  # Excel would take _x0041_ for a character's number
            cell.data_type = "s"  # never a formula, never an error, whatever it begins with
    elif value is not None:
        cell.value = value
        cell.number_format = _FORMATS.get(form, "General")  # openpyxl sets its own for dates and times


def _offer(sheet: Any, formula: str, cells: str) -> None:
    """A drop-down list that helps and never forbids: the reader says better what is wrong."""
    listed = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False, sqref=cells)
    sheet.add_data_validation(listed)


def _finish(sheet: Any, shape: SheetShape, marking: str) -> None:
    for place, column in enumerate(shape.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddHeader.right.text = clean(marking)[:100].replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def sealed(book: Any) -> bytes:
    """The file with fixed stamps inside, and no author."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    sealed = io.BytesIO()
    with zipfile.ZipFile(held) as whole, zipfile.ZipFile(sealed, "w") as archive:
        for part in _parts(whole):
            data = whole.read(part)
            if part == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + f"{_STAMP:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<3>", data)
            info = zipfile.ZipInfo(part, date_time=_STAMP.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return sealed.getvalue()


def _parts(whole: zipfile.ZipFile) -> Iterator[str]:
    """The parts' names, the list of contents first as Excel has it."""
    names = whole.namelist()
    yield from sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
