"""The planning workbook in and out (INTERFACES.md, "Planning workbook")."""

from __future__ import annotations

import os

from app.exchange.guard import parse
from app.exchange.planning.reader import Reading
from app.models.faults import Fault, Trouble
from app.models.view import WeekView

__all__ = ["Fault", "Reading", "Trouble", "read_planning", "write_planning"]


def read_planning(path: str | os.PathLike[str]) -> Reading:
    """The week that a planning workbook holds, or all its faults. Faults carry `path` as it was given.

    Raises Refused ("input-…") for a file that is no readable workbook.
    """
    reading: Reading = parse("planning", path)
    return reading


def write_planning(view: WeekView) -> bytes:
    """The week as a planning workbook that imports to the same week (`app.exchange.planning.writer`)."""
    from app.exchange.planning import writer  # brings openpyxl, wanted only where a workbook is written

    return writer.write_planning(view)
