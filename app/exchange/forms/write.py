"""Forms to send out: a workbook for each person or team, or one for all, built from that recipient's rows alone.

What is known is filled in; a blank cell that comes back changes nothing. Drop-down lists stand on a sheet of their own
that everybody can see. Texts are texts: nothing becomes a formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.exchange.filenames import safe_name
from app.exchange.forms.fields import EXAMPLE, FIELDS, ID, LISTS_TITLE, VERSION, version_of
from app.exchange.leaks import refuse_forms
from app.exchange.planning.writer import sealed
from app.exchange.safe import Safe, clean, clean_line
from app.models.forms import FormKind
from app.models.names import fold
from app.models.people import Presence
from app.models.places import ONLINE, Consent
from app.models.view import Visitor, WeekSlot, WeekTeam, WeekView
from app.text import translate
from app.words.dates import day

_BLANK_ROWS = 12
_GREY = Font(italic=True, color="FF4A5361")
_HEAD = PatternFill("solid", fgColor="FFDCE6F1")
_WRAP = Alignment(vertical="top", wrap_text=True)
_SHOWN: dict[FormKind, tuple[str, ...]] = {
    FormKind.VISITORS: (
        "Visitor", "Role", "Organisation", "Email", "Assistant", "Assistant email", "Max visits", "Max per day", "Base",
        "Needs", "Can come", "Cannot come", "First choice", "Would like", "Rather not", "Never",
    ),
    FormKind.TEAMS: (
        "Team", "Service", "Site", "Host", "Host email", "Host phone", "Deputy", "Deputy email", "Max visits",
        "Max per day", "Notes",
    ),
    FormKind.SLOTS: (
        "Team", "Date", "Start", "End", "Places", "Activity", "Purpose", "Site", "Host", "Host email", "Consent",
        "Consent by",
    ),
}  # fmt: skip

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class _Made:
    """A form's rows: each with its id, `example` for the example."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, Cells], ...]
    blank: int = 0


def forms(week: WeekView, kinds: Iterable[FormKind], *, for_all: bool = False) -> Mapping[str, bytes]:
    """The forms as files by path: one for each person or team, or one of each kind for all.

    Raises Refused("leak") where they would give something away.
    """
    found: dict[str, bytes] = {}
    safe = Safe.of(week)
    for kind in kinds:
        if for_all:
            found[f"{_FILE[kind]}.xlsx"] = _workbook(week, safe, kind, _MAKERS[kind](week, safe, None), _TITLES[kind]())
            continue
        for recipient, name in _recipients(week, safe, kind):
            path = f"{_FILE[kind]}/{safe_name(name)}.xlsx"
            number = 1
            while fold(path) in {fold(one) for one in found}:
                number += 1
                path = f"{_FILE[kind]}/{safe_name(f'{name} {number}')}.xlsx"
            title = f"{_TITLES[kind]()}: {name}"
            found[path] = _workbook(week, safe, kind, _MAKERS[kind](week, safe, recipient), title)
    refuse_forms(week, found)
    return found


def _recipients(week: WeekView, safe: Safe, kind: FormKind) -> list[tuple[str, str]]:
    if kind in {FormKind.VISITORS, FormKind.TIMES}:
        return [(one.id, one.name) for one in week.visitors.values()]
    return [(one.id, safe.team_name(one)) for one in week.teams.values()]


def _visitor_rows(week: WeekView, safe: Safe, recipient: str | None) -> _Made:
    example = (
        "Example: Jane Smith", translate("Head of service"), "", "jane.smith@council.example", "", "", 2, 1, "", "",
        translate("Tue pm; all day Wed"), translate("Mon am; Fri 9:30-12:00"), "", "", "", "",
    )  # fmt: skip
    rows: list[tuple[str, Cells]] = [(EXAMPLE, example)]
    rows += [(one.id, _visitor(one, week, safe)) for one in week.visitors.values() if recipient in {None, one.id}]
    return _Made(_SHOWN[FormKind.VISITORS], tuple(rows), blank=_BLANK_ROWS if recipient is None else 0)


def _visitor(one: Visitor, week: WeekView, safe: Safe) -> Cells:
    person = one.person
    site = week.site(person.base_id)
    base = safe.line(site.shown_as) if site else ""
    return (
        person.name, person.role, person.organisation, person.email, person.assistant, person.assistant_email,
        one.max_visits, one.max_per_day, base, person.needs, "", "", "", "", "", "",
    )  # fmt: skip


def _team_rows(week: WeekView, safe: Safe, recipient: str | None) -> _Made:
    example = (
        translate("Example: Northern team"), "Social care", "", "Jo Bright", "jo.bright@council.example",
        "01632 960000", "", "", 2, 1, "",
    )  # fmt: skip
    rows: list[tuple[str, Cells]] = [(EXAMPLE, example)]
    rows += [(one.id, _team(one, safe)) for one in week.teams.values() if recipient in {None, one.id}]
    return _Made(_SHOWN[FormKind.TEAMS], tuple(rows), blank=_BLANK_ROWS if recipient is None else 0)


def _team(one: WeekTeam, safe: Safe) -> Cells:
    team = one.team
    return (
        safe.team_name(one), team.service, safe.line(one.site.shown_as), safe.line(team.host), team.host_email,
        team.host_phone, safe.line(team.deputy), team.deputy_email, one.max_visits, one.max_per_day, "",
    )  # fmt: skip


def _slot_rows(week: WeekView, safe: Safe, recipient: str | None) -> _Made:
    example = (
        translate("Example: Northern team"), day(week.week.first_day), "09:30", "11:30", 1,
        translate("Joint visit with a social worker"), "", "", "", "", Consent.TO_ASK.value, "",
    )  # fmt: skip
    rows: list[tuple[str, Cells]] = [(EXAMPLE, example)]
    for team in week.teams.values():
        if recipient in {None, team.id}:
            rows += [(one.id, _slot(one, safe)) for one in week.slots.values() if one.team.id == team.id]
            name = safe.team_name(team)
            rows += [("", (name, *[""] * 11))] * (_BLANK_ROWS if recipient else 2)
    return _Made(_SHOWN[FormKind.SLOTS], tuple(rows))


def _slot(one: WeekSlot, safe: Safe) -> Cells:
    slot = one.slot
    site = safe.line(one.site.shown_as) if slot.site_id else ""
    return (
        safe.team_name(one.team), day(slot.day), slot.start, slot.end, slot.places, safe.text(slot.activity),
        safe.text(slot.purpose), site, safe.line(slot.host), slot.host_email, slot.consent.value,
        day(slot.consent_by) if slot.consent_by else "",
    )  # fmt: skip


def _time_rows(week: WeekView, _safe: Safe, recipient: str | None) -> _Made:
    halves = [f"{day(one)} {half}" for one in week.week.days for half in ("am", "pm")]
    states = [Presence.FREE.value, Presence.BUSY.value, Presence.RATHER_NOT.value]
    example = ("Example: Jane Smith", *(states[place % 3] if place < 3 else "" for place in range(len(halves))))
    rows: list[tuple[str, Cells]] = [(EXAMPLE, example)]
    rows += [(one.id, (one.name, *[""] * len(halves))) for one in week.visitors.values() if recipient in {None, one.id}]
    return _Made(("Visitor", *halves), tuple(rows))


_MAKERS: dict[FormKind, Callable[[WeekView, Safe, str | None], _Made]] = {
    FormKind.VISITORS: _visitor_rows, FormKind.TEAMS: _team_rows, FormKind.SLOTS: _slot_rows,
    FormKind.TIMES: _time_rows,
}  # fmt: skip
_FILE = {
    FormKind.VISITORS: "visitor-form", FormKind.TEAMS: "team-list", FormKind.SLOTS: "slot-form",
    FormKind.TIMES: "times-grid",
}  # fmt: skip
_TITLES: dict[FormKind, Callable[[], str]] = {
    FormKind.VISITORS: lambda: translate("Visitor form"), FormKind.TEAMS: lambda: translate("Team list"),
    FormKind.SLOTS: lambda: translate("Slot form"), FormKind.TIMES: lambda: translate("When can you come?"),
}  # fmt: skip


def _workbook(week: WeekView, safe: Safe, kind: FormKind, made: _Made, title: str) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = translate("Form")
    lists: Any = book.create_sheet(translate("Lists"))
    _put(sheet, 1, 1, title, Font(bold=True, size=14))
    about = translate("{week}, {first} to {last}. Fill in what you can, leave grey cells alone. Return to {mail}.")
    told = about.format(
        week=week.week.name, first=day(week.week.first_day), last=day(week.week.last_day),
        mail=week.week.organiser_email,
    )  # fmt: skip
    _put(sheet, 2, 1, told, None)
    head = (*made.head, ID, VERSION)
    for column, name in enumerate(head, start=1):
        _put(sheet, 3, column, name, Font(bold=True), fill=_HEAD)
        sheet.column_dimensions[get_column_letter(column)].width = max(12, min(34, len(name) + 8))
    version = version_of(week.week)
    rows = [*made.rows, *[("", ())] * made.blank]
    for number, (row_id, cells) in enumerate(rows, start=4):
        font = _GREY if row_id == EXAMPLE else None
        for column, value in enumerate(cells, start=1):
            _put(sheet, number, column, value, font)
        if cells:
            _put(sheet, number, len(head) - 1, row_id, _GREY)
            _put(sheet, number, len(head), version, _GREY)
    _lists(sheet, lists, _choices(week, safe, kind, made), made.head, last=3 + len(rows))
    sheet.freeze_panes = "B4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.right.text = clean_line(week.week.marking)[:100].replace("&", "&&")
    book.properties = DocumentProperties(title=clean_line(title), creator="")
    return sealed(book)


def _choices(week: WeekView, safe: Safe, kind: FormKind, made: _Made) -> dict[str, list[str]]:
    """The words to choose from, by column. A team's own form names no other team."""
    head = made.head
    if kind is FormKind.TIMES:
        return {name: [one.value for one in Presence] for name in head[1:]}
    sites = [safe.line(one.shown_as) for one in week.plan.sites.values()] + [ONLINE.name]
    teams = sorted({safe.team_name(one) for one in week.teams.values()}, key=fold)
    own = {str(cells[0]) for row_id, cells in made.rows if row_id != EXAMPLE} if kind is FormKind.SLOTS else set()
    found: dict[str, list[str]] = {
        "Base": sites, "Site": sites, "Team": [name for name in teams if name in own],
        "Date": [day(one) for one in week.week.days], "Consent": [one.value for one in Consent],
        "Service": sorted({one.service for one in week.teams.values()}, key=fold),
        **dict.fromkeys(("First choice", "Would like", "Rather not", "Never"), teams),
    }  # fmt: skip
    return {name: words for name, words in found.items() if name in head and words}


def _lists(sheet: Any, lists: Any, choices: Mapping[str, list[str]], head: Sequence[str], *, last: int) -> None:
    """The sheet of words to choose from, a drop-down list for each column that has them, and a prompt for each."""
    _put(lists, 1, 1, LISTS_TITLE, Font(bold=True, size=14))
    columns: dict[tuple[str, ...], int] = {}
    for name, words in choices.items():
        key = tuple(words)
        if key not in columns:
            columns[key] = len(columns) + 1
            _put(lists, 3, columns[key], name, Font(bold=True), fill=_HEAD)
            lists.column_dimensions[get_column_letter(columns[key])].width = 32
            for number, word in enumerate(words, start=4):
                _put(lists, number, columns[key], word, None)
    hints = {field.name: field.hint for fields in FIELDS.values() for field in fields if field.hint}
    for column, name in enumerate(head, start=1):
        listed = tuple(choices.get(name, ()))
        letter = get_column_letter(column)
        if not listed and name not in hints:
            continue
        asked = DataValidation(allow_blank=True, showErrorMessage=False, sqref=f"{letter}4:{letter}{last + 50}")
        if listed:
            of = get_column_letter(columns[listed])
            asked.type = "list"
            asked.formula1 = f"'{lists.title}'!${of}$4:${of}${3 + len(listed)}"
        if name in hints:
            asked.promptTitle, asked.prompt, asked.showInputMessage = name[:32], hints[name], True
        sheet.add_data_validation(asked)


def _put(sheet: Any, row: int, column: int, value: object, font: Font | None, fill: PatternFill | None = None) -> None:
    cell = sheet.cell(row, column)
    cell.alignment = _WRAP if row > 2 else Alignment(vertical="top")
    if font is not None:
        cell.font = font
    if fill is not None:
        cell.fill = fill
    if isinstance(value, str):
        if value:
            cell.value = clean(value)
            cell.data_type = "s"
            cell.number_format = "@"
    elif isinstance(value, dt.time):
        cell.value = value
        cell.number_format = "hh:mm"
    elif value is not None:
        cell.value = value
