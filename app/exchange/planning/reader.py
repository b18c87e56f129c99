"""A planning workbook read whole: the week that it holds, or every fault that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.exchange.archive import inspect
from app.exchange.planning import people, places
from app.exchange.planning.desk import Gathered, lay_out
from app.exchange.planning.notices import note_emails, note_never_free, note_roads
from app.exchange.planning.places import Found
from app.exchange.planning.vocabulary import (
    AVAILABILITY,
    PAST_VISITS,
    SITES,
    SLOTS,
    TEAMS,
    TRAVEL,
    VISITORS,
    VISITS,
    WEEK,
    WISHES,
)
from app.exchange.planning.week_sheet import read_week
from app.models.faults import Fault
from app.models.plan import Plan
from app.models.view import view

if TYPE_CHECKING:
    from app.exchange.planning.book import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a planning workbook holds. With any fault there is no plan.

    `columns` are the (sheet, column) that the file has, settings of the Week sheet among them; `blank` are the
    (visit id, column) of cells of the Visits sheet that were left blank. A merge into a database needs both, to
    leave alone what the file does not speak of.
    """

    file: str
    plan: Plan | None
    week_id: str
    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    columns: frozenset[tuple[str, str]] = frozenset()
    blank: frozenset[tuple[str, str]] = frozenset()


def read_bytes(data: bytes, file: str) -> Reading:
    """The reading of an .xlsx that has passed `app.exchange.archive.inspect`.

    `file` is the name that faults carry. Raises Refused where the data is no workbook that can be read.
    """
    from app.exchange.planning.book import read_book  # brings openpyxl: only the child that reads wants it loaded

    return understand(read_book(data, file), file)


def read_guarded(data: bytes, file: str) -> Reading:
    """As `read_bytes`, inspecting the data first: what the limited process runs."""
    inspect(data, file)
    return read_bytes(data, file)


def understand(book: Book, file: str) -> Reading:
    """The reading of a workbook's cells: every fault of every sheet in one run."""
    gathered = Gathered(file)
    tables = lay_out(book, gathered)
    week, settings, days = read_week(tables[WEEK])
    found = Found(week=week, days=days)
    places.read_sites(tables[SITES], found)
    places.read_travel(tables[TRAVEL], found)
    places.read_teams(tables[TEAMS], found)
    places.read_slots(tables[SLOTS], found)
    people.read_visitors(tables[VISITORS], found)
    people.read_availability(tables[AVAILABILITY], found)
    people.read_wishes(tables[WISHES], found)
    people.read_past_visits(tables[PAST_VISITS], found)
    blank = people.read_visits(tables[VISITS], found)
    note_emails(found)
    note_roads(tables[TRAVEL], found)
    faults = gathered.faults
    if faults:
        return Reading(file=file, plan=None, week_id="", faults=faults, notices=gathered.notices)
    plan = Plan.of([week, *found.entities.values()])
    note_never_free(view(plan, week.id), found)
    columns = {(title, column) for title, table in tables.items() for column in table.columns}
    columns |= {(WEEK, setting) for setting in settings}
    return Reading(
        file=file, plan=plan, week_id=week.id, notices=gathered.notices, columns=frozenset(columns), blank=blank
    )
