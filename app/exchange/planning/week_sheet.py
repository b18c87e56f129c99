"""The Week sheet: one row a setting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from app.exchange.planning import cells
from app.exchange.planning.cells import BadCellError, Cell
from app.exchange.planning.desk import Row, Table
from app.exchange.planning.vocabulary import SETTING, SETTINGS, VALUE
from app.models.faults import Trouble
from app.models.names import fold, identity
from app.models.sense import MOST_DAYS
from app.models.view import minute
from app.models.week import DEFAULT_PRIORITIES, Priority, Subjects, Week

T = TypeVar("T")
S = TypeVar("S", bound=StrEnum)

_NOBODY = Week(
    id="", name="", first_day=dt.date(2000, 1, 3), last_day=dt.date(2000, 1, 7), organisation="", organiser="",
    organiser_email="",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of the week, as far as they are known."""

    first: dt.date | None
    last: dt.date | None

    def outside(self, day: dt.date) -> bool:
        """Whether the day certainly lies outside."""
        return (self.first is not None and day < self.first) or (self.last is not None and day > self.last)


class _Settings:
    """The rows of the Week sheet by the name of their setting."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows: dict[str, Row] = {}
        known = {fold(column.name): column.name for column in SETTINGS}
        for row in table.rows():
            if row.is_blank(SETTING) and row.is_blank(VALUE):
                continue
            name = row.line(SETTING)
            setting = known.get(fold(name))
            if setting is None:
                if name:
                    row.note(Trouble.UNKNOWN_SETTING, SETTING, text=name)
            elif setting in self.rows:
                row.fault(Trouble.SETTING_TWICE, SETTING, setting=setting, first=self.rows[setting].where(SETTING))
            else:
                self.rows[setting] = row
        for column in SETTINGS if table.present and table.complete else ():
            if column.required and column.name not in self.rows:
                table.add(Trouble.SETTING_MISSING, SETTING, setting=column.name)
            elif column.required and column.name in self.rows and self.rows[column.name].is_blank(VALUE):
                self.rows[column.name].fault(Trouble.BLANK, VALUE, setting=column.name)

    def get(self, setting: str, how: Callable[[Cell], T]) -> T | None:
        """The setting's value; None where its row is missing, blank, or wrong (then with a fault)."""
        row = self.rows.get(setting)
        if row is None or row.is_blank(VALUE):
            return None
        try:
            return how(row.cell(VALUE))
        except BadCellError as bad:
            self.fault(setting, bad.trouble, **bad.facts)
            return None

    def fault(self, setting: str, trouble: Trouble, **facts: object) -> None:
        row = self.rows.get(setting)
        if row is not None:
            row.fault(trouble, VALUE, setting=setting, **facts)
        else:
            self.table.add(trouble, VALUE, row=0, notice=False, setting=setting, **facts)


def read_week(table: Table) -> tuple[Week, frozenset[str], Days]:
    """The week, the settings that the sheet names, and which of its days are known.

    Where something required is missing or wrong, a stand-in takes its place and a fault is gathered.
    """
    settings = _Settings(table)
    line, text, yes = cells.line_text, cells.long_text, cells.yes_no
    name = settings.get("Week name", line) or ""
    first, last = _day(settings, "First day"), _day(settings, "Last day")
    week = replace(
        _NOBODY,
        id=identity("week", name),
        name=name,
        first_day=first or last or _NOBODY.first_day,
        last_day=last or first or _NOBODY.last_day,
        organisation=settings.get("Organisation", line) or "",
        organiser=settings.get("Organiser", line) or "",
        organiser_email=_email(settings),
        organiser_phone=settings.get("Organiser phone", line) or "",
        day_starts=_or(settings.get("Day starts", cells.time), _NOBODY.day_starts),
        day_ends=_or(settings.get("Day ends", cells.time), _NOBODY.day_ends),
        buffer_minutes=_or(settings.get("Buffer minutes", cells.count), _NOBODY.buffer_minutes),
        lunch_from=_or(settings.get("Lunch from", cells.time), _NOBODY.lunch_from),
        lunch_to=_or(settings.get("Lunch to", cells.time), _NOBODY.lunch_to),
        lunch_minutes=_or(settings.get("Lunch minutes", cells.count), _NOBODY.lunch_minutes),
        same_team_once=_or(settings.get("Same team once", yes), _NOBODY.same_team_once),
        priorities=_priorities(settings),
        marking=settings.get("Marking", line) or _NOBODY.marking,
        subjects=settings.get("Subjects", lambda cell: cells.word(cell, Subjects)) or _NOBODY.subjects,
        replies_wanted=_or(settings.get("Replies wanted", yes), _NOBODY.replies_wanted),
        pre_election_from=_day(settings, "Pre-election from"),
        pre_election_to=_day(settings, "Pre-election to"),
        dress=settings.get("Dress", text) or "",
        photo_id=_or(settings.get("Photo ID", yes), _NOBODY.photo_id),
        confidentiality_note=settings.get("Confidentiality note", text) or "",
        logo=settings.get("Logo", cells.picture_text) or "",
    )
    zone = settings.get("Time zone", line)
    if zone and fold(zone) != fold(week.time_zone):
        settings.fault("Time zone", Trouble.TIME_ZONE, text=zone)
    _check_order(settings, week, days_known=bool(first and last))
    if first and last and last < first:
        first = last = None
    return week, frozenset(settings.rows), Days(first, last)


def _or(value: T | None, default: T) -> T:
    return default if value is None else value


def _day(settings: _Settings, setting: str) -> dt.date | None:
    found = settings.get(setting, cells.date)
    if found is None:
        return None
    day, timed = found
    if timed:
        row = settings.rows[setting]
        row.note(Trouble.DATE_HAS_TIME, VALUE, setting=setting, text=cells.shown(row.cell(VALUE)), date=day)
    return day


def _email(settings: _Settings) -> str:
    email = settings.get("Organiser email", cells.line_text) or ""
    if email and not is_email(email):
        settings.fault("Organiser email", Trouble.NOT_AN_EMAIL, text=email)
    return email


def is_email(text: str) -> bool:
    """Whether the text looks like one e-mail address: something, @, a domain, and no space."""
    name, at, domain = text.rpartition("@")
    return bool(name and at and domain) and " " not in text and not set(text) & set('<>,;:\\"')


def _priorities(settings: _Settings) -> tuple[Priority, ...]:
    text = settings.get("Priorities", cells.line_text)
    if text is None:
        return DEFAULT_PRIORITIES
    allowed = {fold(priority.value): priority for priority in DEFAULT_PRIORITIES}
    found: list[Priority] = []
    for part in text.split(","):
        word = fold(part.replace("-", " "))
        if not word:
            continue
        priority = allowed.get(word)
        if priority is None:
            words = tuple(one.value for one in DEFAULT_PRIORITIES)
            settings.fault("Priorities", Trouble.UNKNOWN_PRIORITY, text=part.strip(), words=words)
        elif priority in found:
            settings.fault("Priorities", Trouble.PRIORITY_TWICE, text=priority.value)
        else:
            found.append(priority)
    return tuple(found) or DEFAULT_PRIORITIES


def _check_order(settings: _Settings, week: Week, *, days_known: bool) -> None:
    for setting, trouble, facts in order_troubles(week, days_known=days_known):
        settings.fault(setting, trouble, **facts)


def order_troubles(week: Week, *, days_known: bool = True) -> Iterator[tuple[str, Trouble, dict[str, object]]]:
    """Settings that do not go together: (setting, what is wrong, the facts of its sentence)."""
    if days_known and week.last_day < week.first_day:
        yield "Last day", Trouble.END_NOT_AFTER_START, {"start": week.first_day, "end": week.last_day}
    elif days_known and (week.last_day - week.first_day).days >= MOST_DAYS:
        days = (week.last_day - week.first_day).days + 1
        yield "Last day", Trouble.WEEK_TOO_LONG, {"number": days, "limit": MOST_DAYS}
    if week.day_ends <= week.day_starts:
        yield "Day ends", Trouble.END_NOT_AFTER_START, {"start": week.day_starts, "end": week.day_ends}
    if week.lunch_minutes:
        window = minute(week.lunch_to) - minute(week.lunch_from)
        if window <= 0:
            yield "Lunch to", Trouble.END_NOT_AFTER_START, {"start": week.lunch_from, "end": week.lunch_to}
        elif week.lunch_minutes > window:
            yield "Lunch minutes", Trouble.LUNCH_TOO_LONG, {"number": week.lunch_minutes, "limit": window}
    first, last = week.pre_election_from, week.pre_election_to
    if first and last and last < first:
        yield "Pre-election to", Trouble.END_NOT_AFTER_START, {"start": first, "end": last}
