"""Whether a row can be one that the app wrote: dates, numbers and spans within what every way in lets through.

Somebody's own program may write anything into a file, and give it the right digest. A week of two thousand years would
keep the window busy for ever.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args, get_type_hints

from app.models.change import Entity
from app.models.names import shows
from app.models.people import Person
from app.models.places import Site, Slot, Team
from app.models.publication import Call, Issued, Publication
from app.models.week import Week

MOST_DAYS = 31
"""A week longer than this is a slip in one of its dates."""
MOST_CHARACTERS = 5_000
LONGEST_PICTURE = 32_767
"""No text that is entered is longer, nor a picture that is written as text."""
_YEARS = range(1800, 3000)
"""More than what is read from workbooks and forms: a week may be put off, and kept for long."""
_MOST = 10**9


def makes_sense(row: Entity) -> bool:
    """Whether every date, moment, number and name could have been entered, and a week is no longer than one is."""
    if isinstance(row, Week) and not (
        row.time_zone == "Europe/London" and 0 <= (row.last_day - row.first_day).days < MOST_DAYS
    ):
        return False
    if isinstance(row, Week | Site | Team | Person | Slot) and not shows(row.name):
        return False
    if has_long_text(row):
        return False
    dates, numbers, _ = _measured(type(row))
    return all(value is None or value.year in _YEARS for name in dates for value in (getattr(row, name),)) and all(
        value is None or 0 <= value <= _MOST for name in numbers for value in (getattr(row, name),)
    )


def has_long_text(row: Entity) -> bool:
    """Whether a text of it is longer than any way in lets through. What the app composes by itself may be."""
    if isinstance(row, Publication | Issued | Call):
        return False
    _, _, texts = _measured(type(row))
    return any(
        len(text) > (LONGEST_PICTURE if text.startswith("data:image/") else MOST_CHARACTERS)
        for text in (getattr(row, name) for name in texts)
        if isinstance(text, str)
    )


_MEASURED: dict[type[Any], tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {}


def _measured(kind: type[Any]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The fields of a kind that hold dates or moments, those that hold numbers, and those that hold texts."""
    found = _MEASURED.get(kind)
    if found is None:
        kinds = {name: {hint, *get_args(hint)} for name, hint in get_type_hints(kind).items()}
        dates, numbers, texts = (
            tuple(name for name, held in kinds.items() if held & wanted)
            for wanted in ({dt.date, dt.datetime}, {int}, {str})
        )
        found = _MEASURED[kind] = dates, numbers, texts
    return found
