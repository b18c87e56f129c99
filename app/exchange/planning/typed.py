"""Text that somebody typed or pasted, read as the planning workbook reads its cells, and a little more.

What a workbook accepts is accepted here with the same words for what is wrong. Besides, dates and times may be
written as people in England write them and as this app shows them: `8 July`, `Mon 8/7/2019`, `9.30`, `2pm`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from app.exchange.planning import cells
from app.exchange.planning.cells import BadCellError
from app.models.faults import Trouble
from app.models.names import fold, tidy

_DAY_NAME = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]?([a-z]{3,9})\.?,?(?:[ \-](\d{4}|\d{2}))?", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def date(text: str, days: Sequence[dt.date] = ()) -> dt.date:
    """The date; without a year it is the nearest to the week's `days`. Raises BadCellError."""
    try:
        return cells.date(text)[0]
    except BadCellError:
        found = _spoken_date(tidy(text), days)
        if found is None:
            raise
        return found


def _spoken_date(text: str, days: Sequence[dt.date]) -> dt.date | None:
    named = _DAY_NAME.match(text)
    rest = text[named.end() :] if named else text
    if match := _NUMBERS.fullmatch(rest):
        number, month, year = int(match[1]), int(match[2]), match[3]
    elif (match := _WORDS.fullmatch(rest)) and (month := _month(match[2])):
        number, year = int(match[1]), match[3]
    else:
        return _weekday(text, days)
    years = [_year(year)] if year else sorted({day.year for day in days}) or [dt.date.today().year]  # noqa: DTZ011 - the year a person means
    found = []
    for one in years:
        try:
            found.append(dt.date(one, month, number))
        except ValueError:
            continue
    if not found:
        return None
    best = min(found, key=lambda day: abs((day - days[0]).days)) if days else found[0]
    if named and best.strftime("%a").casefold() != named[1].casefold():
        return None  # "Mon 9 July" where the 9th is a Tuesday: one of the two is a slip
    return best


def _weekday(text: str, days: Sequence[dt.date]) -> dt.date | None:
    """`Tuesday`, where the week has exactly one."""
    word = fold(text).rstrip(".")
    word = "wed" if word == "weds" else word
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    same = [day for day in days if len(word) >= 3 and names[day.weekday()].startswith(word)]
    return same[0] if len(same) == 1 else None


def _month(word: str) -> int:
    folded = fold(word)
    return next((number for number, month in enumerate(_MONTHS, start=1) if month.startswith(folded)), 0)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def time(text: str) -> dt.time:
    """The time of day. Raises BadCellError."""
    try:
        return cells.time(text)
    except BadCellError as bad:
        match = _CLOCK.fullmatch(tidy(text))
        if bad.trouble is not Trouble.NOT_A_TIME or match is None:
            raise
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
        if half:
            if not 1 <= hour <= 12:
                raise
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif match[2] is None and len(match[1]) < 1:
            raise
        if hour > 23 or minute > 59:
            raise
        return dt.time(hour, minute)
