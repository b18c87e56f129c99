"""Days of a week as people write them: `Mon to Wed`, `22-24 March`, `Tues 23rd`."""

from __future__ import annotations

import datetime as dt
import re

from app.exchange.planning import typed
from app.exchange.planning.cells import BadCellError
from app.models.week import Week

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "wednes": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
    "sat": 5, "sun": 6,
} | {name: number for number, name in enumerate(_DAYS)}  # fmt: skip
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAY_WORD = re.compile(r"\b(mon|tues?|wed(?:s|nes)?|thu(?:r|rs)?|fri|sat|sun)(?:day)?s?\b\.?")
DATE = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b|\b\d{{1,2}}/\d{{1,2}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTHS}\b\.?(?:\s+\d{{4}})?"
)
DATES = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:-|–|to)\s*(\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTHS}\b\.?(?:\s+\d{{4}})?)"
)
FROM_TO = re.compile(rf"({DATE.pattern})\s*(?:-|–|to)\s*(?:{DAY_WORD.pattern}\s*)?({DATE.pattern})")


def span_of_days(text: str) -> re.Match[str] | None:
    """Where a text names days from one to another: `Mon-Wed`."""
    return re.search(rf"{DAY_WORD.pattern}\s*(?:-|–|to|thru|through)\s*{DAY_WORD.pattern}", text)


def named_days(text: str, week: Week) -> tuple[list[dt.date], str, bool]:
    """The days that a piece names by their words, what is left of it, and whether each is one of the week's."""
    numbers = [_SHORT[match[1]] for match in DAY_WORD.finditer(text)]
    span = span_of_days(text)
    if span and len(numbers) == 2 and numbers[0] < numbers[1]:
        numbers = list(range(numbers[0], numbers[1] + 1))
        text = text[: span.start()] + " " + text[span.end() :]
    days, clear = list[dt.date](), True
    for number in numbers:
        same = [day for day in week.days if day.weekday() == number]
        clear = clear and len(same) == 1
        days += same[:1]
    return days, DAY_WORD.sub(" ", text), clear


def dates(text: str, week: Week) -> tuple[list[dt.date], bool]:
    """The days that a piece names by their dates, and whether all could be read."""
    days, clear = list[dt.date](), True
    for pattern in (FROM_TO, DATES):
        for match in pattern.finditer(text):
            try:
                last = typed.date(match[pattern.groups], week.days)
                first = typed.date(match[1], week.days) if pattern is FROM_TO else last.replace(day=int(match[1]))
            except (BadCellError, ValueError):
                clear = False
                continue
            clear = clear and first <= last and (last - first).days < 7
            days += [first + dt.timedelta(days=number) for number in range(min(7, (last - first).days + 1))]
        text = pattern.sub(" ", text)
    for match in DATE.finditer(text):
        try:
            days.append(typed.date(match[0], week.days))
        except BadCellError:
            clear = False
    return days, clear
