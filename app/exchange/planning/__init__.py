"""The planning workbook in and out (INTERFACES.md, "Planning workbook")."""

from __future__ import annotations

import os

from app.exchange.guard import parse
from app.exchange.planning.reader import Reading
from app.exchange.planning.writer import write_planning
from app.models.faults import Fault, Trouble

__all__ = ["Fault", "Reading", "Trouble", "read_planning", "write_planning"]


def read_planning(path: str | os.PathLike[str]) -> Reading:
    """The week that a planning workbook holds, or all its faults. Faults carry `path` as it was given.

    Raises Refused ("input-…") for a file that is no readable workbook.
    """
    reading: Reading = parse("planning", path)
    return reading
