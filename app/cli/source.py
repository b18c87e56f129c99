"""SOURCE of a command: a planning workbook (only read) or a database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.ends import FaultyFileError
from app.errors import Refused
from app.exchange.planning import Reading, read_planning
from app.models.plan import Plan
from app.models.view import WeekView, view
from app.words.faults import line

if TYPE_CHECKING:
    from app.document.document import Document

_ZIP = b"PK"
_WORKBOOKS = {".xlsx", ".xlsm", ".xls"}


@dataclass(slots=True, kw_only=True)
class Source:
    """What a command works on. `document` is None for a workbook, which is only read."""

    plan: Plan
    week_id: str
    document: Document | None = None

    @property
    def view(self) -> WeekView:
        """The week, joined up."""
        return view(self.plan, self.week_id)


@contextmanager
def opened(source: str | Path, week: str | None) -> Iterator[Source]:
    """The source of that name. Raises Refused where it cannot be used; faults are told on stderr first.

    The name is told as it was given, so it stays a text until the file is opened.
    """
    path = Path(source)
    if not path.exists():
        raise Refused("input-missing", file=str(source))
    if _is_workbook(path):
        plan, reading = readable(source)
        yield Source(plan=plan, week_id=plan.week_named(week).id if week else reading.week_id)
        return
    from app.cli.rescue import opened_document

    document = opened_document(path)
    try:
        yield Source(plan=document.plan, week_id=document.plan.week_named(week).id, document=document)
    finally:
        document.close()


def _is_workbook(path: Path) -> bool:
    if path.suffix.casefold() in _WORKBOOKS:
        return True
    if not path.is_file():  # a pipe or a device might never end
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:  # told better by who opens it in earnest
        return False


def readable(path: str | Path) -> tuple[Plan, Reading]:
    """The plan of a planning workbook, and the whole reading; faults and notices are told on stderr.

    Raises FaultyFileError where there are faults, and Refused where the file is none that can be read.
    """
    reading = read_planning(path)
    for fault in (*reading.faults, *reading.notices):
        print(line(fault), file=sys.stderr)
    if reading.plan is None:
        raise FaultyFileError
    return reading.plan, reading
