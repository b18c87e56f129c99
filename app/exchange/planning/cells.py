"""What the cells of a workbook hold, read as text, date, time, number, yes or no, or a word."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar

from app.exchange.planning.vocabulary import MOST_COUNT, NO, YES
from app.models.faults import Trouble
from app.models.names import fold, shows, tidy
from app.models.sense import LONGEST_PICTURE, MOST_CHARACTERS


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell without a value that could be read: a formula never worked out, or an error such as #REF!."""

    trouble: Trouble
    text: str = ""


Cell: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | Odd | None
"""What one cell holds. Blank text is None."""

W = TypeVar("W", bound=StrEnum)

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?")
_CLOCK_BASIC = re.compile(r"T?(\d{2})(\d{2})(\d{2})?")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_EPOCH = dt.datetime(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 109_574  # 1 January 1970 and 31 December 2199


class BadCellError(Exception):
    """A cell that does not hold what its column needs."""

    def __init__(self, trouble: Trouble, **facts: object) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.facts = facts


def clean(text: str) -> str:
    """The text without control characters, with line ends as one newline, trimmed; blank where nothing of it shows."""
    if text.isprintable():  # nearly every text; what follows would change nothing of it
        return text.strip()
    found = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return found if shows(found) else ""


def shown(cell: Cell) -> str:
    """The cell as text, much as Excel shows it: whole numbers without a point, dates and times as ISO text."""
    match cell:
        case None:
            text = ""
        case Odd():
            text = cell.text
        case bool():
            text = "TRUE" if cell else "FALSE"
        case float() if math.isfinite(cell) and cell == int(cell) and abs(cell) < 1e15:
            text = str(int(cell))
        case dt.datetime():
            text = cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
        case dt.time():
            text = cell.isoformat("minutes" if cell.second == 0 else "seconds")
        case _:
            text = str(cell)
    return text


def is_blank(cell: Cell) -> bool:
    """Whether nothing is there to read: no value, or white space alone."""
    if isinstance(cell, str):
        return not cell[:1].isalnum() and not tidy(clean(cell))
    return cell is None


def long_text(cell: Cell) -> str:
    """Text that keeps its line breaks. Raises BadCellError."""
    _refuse_odd(cell)
    text = clean(shown(cell))
    if len(text) > MOST_CHARACTERS:
        raise BadCellError(Trouble.TOO_LONG, number=len(text), limit=MOST_CHARACTERS)
    return text


def line_text(cell: Cell) -> str:
    """Text of one line: runs of white space are one space. Raises BadCellError."""
    return tidy(long_text(cell))


def picture_text(cell: Cell) -> str:
    """A picture written as text, or one line of text. Raises BadCellError."""
    if isinstance(cell, str) and cell.startswith("data:image/") and len(cell) <= LONGEST_PICTURE:
        return tidy(clean(cell))
    return line_text(cell)


def date(cell: Cell) -> tuple[dt.date, bool]:
    """The date, and whether a time of day beside it was left out. Raises BadCellError.

    Taken are Excel's dates, ISO text, and Excel's serial numbers of 1970 to 2199 in a cell that lost its format.
    """
    _refuse_odd(cell)
    found: dt.date | dt.datetime | None = None
    if isinstance(cell, bool):
        pass
    elif isinstance(cell, dt.date):
        found = cell
    elif isinstance(cell, int | float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        found = _EPOCH + dt.timedelta(days=cell)
    elif isinstance(cell, str):
        found = _iso_date(tidy(clean(cell)))
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise BadCellError(Trouble.NOT_A_DATE, text=_short(cell))
    if isinstance(found, dt.datetime):
        return found.date(), found.time() != dt.time()
    return found, False


def _iso_date(text: str) -> dt.date | dt.datetime | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        pass
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo else moment


def time(cell: Cell) -> dt.time:
    """The time of day in whole minutes. Raises BadCellError.

    Taken are Excel's times, ISO text, and fractions of a day in a cell that lost its format.
    """
    _refuse_odd(cell)
    seconds: float | None = None
    if isinstance(cell, bool):
        pass
    elif isinstance(cell, dt.datetime):
        seconds = _seconds(cell.time())
    elif isinstance(cell, dt.time):
        seconds = _seconds(cell)
    elif isinstance(cell, dt.timedelta):
        seconds = cell.total_seconds()
    elif isinstance(cell, int | float) and 0 <= cell < 1:
        seconds = cell * 86_400
    elif isinstance(cell, str):
        seconds = _iso_seconds(tidy(clean(cell)))
    if seconds is None:
        raise BadCellError(Trouble.NOT_A_TIME, text=_short(cell))
    whole = round(seconds)  # Excel keeps times as fractions of a day: 09:30 may arrive as 09:29:59.999
    if not 0 <= whole < 86_400:
        raise BadCellError(Trouble.NOT_A_TIME, text=_short(cell))
    if whole % 60:
        raise BadCellError(Trouble.HAS_SECONDS, text=_short(cell))
    return dt.time(whole // 3600, whole // 60 % 60)


def _seconds(time: dt.time) -> float:
    return time.hour * 3600 + time.minute * 60 + time.second + time.microsecond / 1e6


def _iso_seconds(text: str) -> float | None:
    match = _CLOCK.fullmatch(text) or _CLOCK_BASIC.fullmatch(text)
    if match is None or not text.isascii():
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return hours * 3600 + minutes * 60 + seconds


def count(cell: Cell, least: int = 0) -> int:
    """A whole number from `least` up. Raises BadCellError."""
    _refuse_odd(cell)
    number: float | None = None
    if isinstance(cell, bool):
        pass
    elif isinstance(cell, int | float):
        number = cell
    elif isinstance(cell, str):
        number = _number(tidy(clean(cell)))
    if number is None or not math.isfinite(number):
        raise BadCellError(Trouble.NOT_A_NUMBER, text=_short(cell))
    if number < 0:
        raise BadCellError(Trouble.NEGATIVE, text=_short(cell))
    if number != int(number):
        raise BadCellError(Trouble.FRACTION, text=_short(cell))
    if number < least:
        raise BadCellError(Trouble.TOO_SMALL, text=_short(cell), limit=least)
    if number > MOST_COUNT:
        raise BadCellError(Trouble.TOO_LARGE, text=_short(cell), limit=MOST_COUNT)
    return int(number)


def _number(text: str) -> float | None:
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", text):
        return None
    return float(text)


def yes_no(cell: Cell) -> bool:
    """Yes or no in the forms of INTERFACES.md. Raises BadCellError."""
    _refuse_odd(cell)
    word = fold(shown(cell)) if isinstance(cell, bool | int | float | str) else ""
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCellError(Trouble.NOT_YES_NO, text=_short(cell))


def word(cell: Cell, words: type[W]) -> W:
    """A word of a vocabulary, whatever its case and spacing. Raises BadCellError."""
    _refuse_odd(cell)
    found = fold(shown(cell))
    for member in words:
        if fold(member.value) == found:
            return member
    raise BadCellError(Trouble.NOT_A_WORD, text=_short(cell), words=tuple(member.value for member in words))


def _refuse_odd(cell: Cell) -> None:
    if isinstance(cell, Odd):
        raise BadCellError(cell.trouble, text=cell.text)


def _short(cell: Cell) -> str:
    """The cell for a message: one line, not endless."""
    text = tidy(clean(shown(cell)))
    return text if len(text) <= 60 else text[:57] + "…"
