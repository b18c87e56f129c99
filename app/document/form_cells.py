"""One cell of a form read as its field wants it: a value, a question, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum

from app.exchange.forms.fields import Holds
from app.exchange.planning import cells, typed
from app.exchange.planning.cells import BadCellError
from app.exchange.planning.week_sheet import is_email
from app.models.forms import Ask, RawCell
from app.models.names import fold, tidy
from app.models.people import Clearance, Kind
from app.models.places import Consent, Need
from app.models.week import Week
from app.words.dates import clock, day

_MAIL = re.compile(r"[^\s<>,;:\"()]+@[^\s<>,;:\"()]+\.[^\s<>,;:\"().]+")
_NUMBERS = {
    "none": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "once": 1, "twice": 2,
}  # fmt: skip
_YES = frozenset({"yes", "y", "true", "1", "yep", "yes please", "ok", "✓", "✔", "happy to"})
_NO = frozenset({"no", "n", "false", "0", "nope", "no thanks", "no thank you", "✗", "✕", "✘"})
WORDS: dict[str, type[StrEnum]] = {
    "Kind": Kind, "Clearance": Clearance, "Clearance needed": Need, "Consent": Consent,
}  # fmt: skip
_ALSO: dict[str, dict[str, StrEnum]] = {
    "Kind": {
        "cllr": Kind.COUNCILLOR, "member": Kind.COUNCILLOR, "elected member": Kind.COUNCILLOR,
        "director": Kind.CHIEF_OFFICER, "manager": Kind.SENIOR_MANAGER, "partner agency": Kind.PARTNER,
    },
    "Clearance": {"not known": Clearance.NOT_YET, "pending": Clearance.NOT_YET, "awaited": Clearance.NOT_YET},
    "Clearance needed": {"no": Need.NONE, "not needed": Need.NONE, "accompanied": Need.ACCOMPANY},
    "Consent": {
        "n/a": Consent.NOT_NEEDED, "not required": Consent.NOT_NEEDED, "needed": Consent.TO_ASK,
        "to be asked": Consent.TO_ASK, "requested": Consent.TO_ASK, "agreed": Consent.GIVEN, "yes": Consent.GIVEN,
        "declined": Consent.REFUSED, "no": Consent.REFUSED,
    },
}  # fmt: skip


class UnreadError(Exception):
    """A cell that is not what its field holds; `expected` says what that is, `choices` what it could be."""

    def __init__(self, ask: Ask, expected: str = "", choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(ask)
        self.ask, self.expected, self.choices = ask, expected, choices


def line(cell: RawCell) -> str:
    """One line of text. Raises UnreadError where it is too long."""
    try:
        return cells.line_text(cell)
    except BadCellError as bad:
        raise UnreadError(Ask.NOT_READ, "text") from bad


def text(cell: RawCell) -> str:
    """Text of several lines. Raises UnreadError where it is too long."""
    try:
        return cells.long_text(cell)
    except BadCellError as bad:
        raise UnreadError(Ask.NOT_READ, "text") from bad


def email(cell: RawCell) -> str:
    """The one address in the cell. Raises UnreadError."""
    found = _MAIL.findall(line(cell).removeprefix("mailto:"))
    if len(found) != 1 or not is_email(found[0].rstrip(".")):
        raise UnreadError(Ask.BAD_EMAIL)
    return str(found[0].rstrip("."))


def count(cell: RawCell) -> int:
    """A whole number, in figures or a word. Raises UnreadError."""
    word = fold(cells.shown(cell))
    if word in _NUMBERS:
        return _NUMBERS[word]
    try:
        return cells.count(cell)
    except BadCellError as bad:
        raise UnreadError(Ask.NOT_READ, "count") from bad


def yes_no(cell: RawCell) -> bool:
    """Yes or no. Raises UnreadError."""
    word = fold(cells.shown(cell)).rstrip(".!") if not isinstance(cell, bool) else ("yes" if cell else "no")
    if word in _YES or word in _NO:
        return word in _YES
    raise UnreadError(Ask.NOT_READ, "yes-no")


def word(cell: RawCell, name: str) -> StrEnum:
    """A word of that field's vocabulary, or one that people use for it. Raises UnreadError with all to choose from."""
    words = WORDS[name]
    said = fold(cells.shown(cell)).rstrip(".")
    found = next((one for one in words if fold(one.value) == said), None) or _ALSO[name].get(said)
    if found is None:
        raise UnreadError(Ask.NOT_READ, "word", tuple((one.value, one.value) for one in words))
    return found


def date(cell: RawCell, week: Week) -> dt.date:
    """A day of the week, in whatever form. Raises UnreadError."""
    try:
        found = typed.date(tidy(cell), week.days) if isinstance(cell, str) else cells.date(cell)[0]
    except BadCellError as bad:
        raise UnreadError(Ask.NOT_READ, "date") from bad
    if not week.first_day <= found <= week.last_day:
        raise UnreadError(Ask.OUTSIDE_WEEK)
    return found


def any_date(cell: RawCell, week: Week) -> dt.date:
    """A day of any week. Raises UnreadError."""
    try:
        return typed.date(tidy(cell), week.days) if isinstance(cell, str) else cells.date(cell)[0]
    except BadCellError as bad:
        raise UnreadError(Ask.NOT_READ, "date") from bad


def time(cell: RawCell) -> dt.time:
    """A time of day. Raises UnreadError."""
    try:
        return typed.time(tidy(cell)) if isinstance(cell, str) else cells.time(cell)
    except BadCellError as bad:
        raise UnreadError(Ask.NOT_READ, "time") from bad


def plain_value(holds: Holds, name: str, cell: RawCell, week: Week) -> object:
    """The value of a field that needs nothing but its cell. Raises UnreadError."""
    readers: dict[Holds, Callable[[RawCell], object]] = {
        Holds.LINE: line, Holds.TEXT: text, Holds.EMAIL: email, Holds.COUNT: count, Holds.YES_NO: yes_no,
        Holds.TIME: time,
    }  # fmt: skip
    if holds is Holds.WORD:
        return word(cell, name)
    if holds is Holds.DATE:
        return any_date(cell, week) if name == "Consent by" else date(cell, week)
    return readers[holds](cell)


def shown(value: object) -> str:
    """A value in the words of a list: dates and times as the app writes them, nothing as blank."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dt.date():
            return day(value)
        case dt.time():
            return clock(value)
        case StrEnum():
            return value.value
        case _:
            return str(value)
