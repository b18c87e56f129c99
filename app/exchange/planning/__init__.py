"""The planning workbook in and out (INTERFACES.md, "Planning workbook")."""

from __future__ import annotations

import os

from app.exchange.planning.reader import Reading, read_bytes
from app.models.faults import Fault, Trouble

__all__ = ["Fault", "Reading", "Trouble", "read_planning"]


def read_planning(path: str | os.PathLike[str]) -> Reading:
    """The week that a planning workbook holds, or all its faults. Faults carry `path` as it was given.

    Raises Refused ("file-…", `app.words.faults.refusal` has the words) for a file that is no readable workbook.
    """
    from pathlib import Path

    return read_bytes(Path(path).read_bytes(), str(path))
