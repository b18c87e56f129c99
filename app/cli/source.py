"""SOURCE of a command: a planning workbook (only read) or a database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.main import FaultyFileError
from app.errors import Refused
from app.exchange.planning import Reading, read_planning
from app.models.plan import Plan
from app.models.view import WeekView, view
from app.words.faults import line

if TYPE_CHECKING:
    from app.document.document import Document

_ZIP = b"PK"


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
def opened(path: Path, week: str | None) -> Iterator[Source]:
    """The source at that path. Raises Refused where it cannot be used; faults are told on stderr first."""
    if not path.is_file():
        raise Refused("no-file", path=str(path))
    with path.open("rb") as file:
        is_workbook = file.read(2) == _ZIP
    if is_workbook:
        plan, reading = readable(path)
        yield Source(plan=plan, week_id=plan.week_named(week).id if week else reading.week_id)
        return
    from app.document.document import Document

    document = Document.open(path)
    try:
        yield Source(plan=document.plan, week_id=document.plan.week_named(week).id, document=document)
    finally:
        document.close()


def readable(path: Path) -> tuple[Plan, Reading]:
    """The plan of a planning workbook, and the whole reading; faults and notices are told on stderr.

    Raises FaultyFileError where there are faults, and Refused where the file is none that can be read.
    """
    if not path.is_file():
        raise Refused("no-file", path=str(path))
    reading = read_planning(path)
    for fault in (*reading.faults, *reading.notices):
        print(line(fault), file=sys.stderr)
    if reading.plan is None:
        raise FaultyFileError
    return reading.plan, reading
