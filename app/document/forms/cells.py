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

NOON = 12
_MIDNIGHT = re.compile(r"\s+00:00(?::00)?$")
_ORDINAL = re.compile(
    r"(?:((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\.?,?\s+)?(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)", re.IGNORECASE
)
_SERIAL = re.compile(r"[345]\d{4}")
_APART = re.compile(r"[\s<>,;:\"()]+")
_NUMBERS = {
    "none": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "once": 1, "twice": 2,
}  # fmt: skip
_YES = frozenset({"yes", "y", "true", "1", "yep", "yes please", "ok", "✓", "✔", "happy to"})
_NO = frozenset({"no", "n", "false", "0", "nope", "no thanks", "no thank you", "✗", "✕", "✘"})
_NOTHING = frozenset({
    "", "n/a", "na", "n.a.", "n\\a", "-", "–", "—", "--", ".", "…", "...", "tbc", "tba", "tbd",
    "to be confirmed", "to follow", "not known", "unknown", "not applicable",
})  # fmt: skip
_LONGEST_NOTHING = 24
_NO_WISH = frozenset({"none", "no", "nil", "any", "no preference", "no preferences", "don't mind", "nothing", "open"})
_ERROR = re.compile(r"#(?:REF|VALUE|DIV/0|NUM|NULL|SPILL|CALC|GETTING_DATA)!?|#N/A|#NAME\??|#{3,}", re.IGNORECASE)
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


def says_nothing(text: str, name: str) -> bool:
    """Whether a cell is as good as blank: `n/a`, `tbc`, a dash. Where words are chosen from, these may be some."""
    if len(text) > _LONGEST_NOTHING:
        return False
    return fold(text) in _NOTHING and not (name in WORDS and any(one.isalpha() for one in text))


def no_wish(text: str) -> bool:
    """Whether somebody says that they wish for nothing in particular."""
    return fold(text).replace("’", "'").rstrip(".") in _NO_WISH


def is_error(text: str) -> bool:
    """Whether a cell holds one of Excel's errors instead of a value, or a formula that was never worked out."""
    return _ERROR.fullmatch(text.strip()) is not None


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
    found = [word.rstrip(".") for word in _APART.split(line(cell)) if "@" in word]
    if len(found) != 1 or found[0].count("@") != 1 or "." not in found[0].partition("@")[2] or not is_email(found[0]):
        raise UnreadError(Ask.BAD_EMAIL)
    return found[0]


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
    found = any_date(cell, week)
    if not week.first_day <= found <= week.last_day:
        raise UnreadError(Ask.OUTSIDE_WEEK)
    return found


def any_date(cell: RawCell, week: Week) -> dt.date:
    """A day of any week. Raises UnreadError."""
    try:
        if not isinstance(cell, str):
            return cells.date(cell)[0]
        text = _MIDNIGHT.sub("", tidy(cell))
        if match := _ORDINAL.fullmatch(text):
            same = [one for one in week.days if one.day == int(match[2]) and _agrees(one, match[1])]
            if len(same) == 1:
                return same[0]
        # A number of five figures is a date that lost its format on the way through a .csv.
        return cells.date(int(text))[0] if _SERIAL.fullmatch(text) else typed.date(text, week.days)
    except BadCellError as bad:
        raise UnreadError(Ask.NOT_READ, "date") from bad


def _agrees(day: dt.date, word: str | None) -> bool:
    return word is None or day.strftime("%a").casefold() == word[:3].casefold()


def time(cell: RawCell) -> dt.time:
    """A time of day. Raises UnreadError."""
    if isinstance(cell, str) and fold(cell) in {"noon", "midday", "12 noon"}:
        return dt.time(NOON)
    try:
        return typed.time(tidy(cell)) if isinstance(cell, str) else cells.time(cell)
    except BadCellError as bad:
        raise UnreadError(Ask.NOT_READ, "time") from bad


def time_within(cell: RawCell, week: Week) -> dt.time:
    """A time of day. Raises UnreadError, also for one before the working day that may be of the afternoon: 2:00."""
    found = time(cell)
    later = found.replace(hour=found.hour + NOON) if found.hour < NOON else found
    told = isinstance(cell, str) and re.search(r"[ap]\.?m", cell, re.IGNORECASE)
    if not told and found < week.day_starts <= later <= week.day_ends:
        raise UnreadError(Ask.WHICH_HALF, choices=tuple((clock(one), clock(one)) for one in (later, found)))
    return found


def plain_value(holds: Holds, name: str, cell: RawCell, week: Week) -> object:
    """The value of a field that needs nothing but its cell. Raises UnreadError."""
    if is_error(cells.shown(cell)):
        raise UnreadError(Ask.NOT_READ, "formula")
    readers: dict[Holds, Callable[[RawCell], object]] = {
        Holds.LINE: line, Holds.TEXT: text, Holds.EMAIL: email, Holds.COUNT: count, Holds.YES_NO: yes_no,
        Holds.PHONE: phone,
    }  # fmt: skip
    if holds is Holds.TIME:
        return time_within(cell, week)
    if holds is Holds.WORD:
        return word(cell, name)
    if holds is Holds.DATE:
        return any_date(cell, week) if name == "Consent by" else date(cell, week)
    return readers[holds](cell)


def chosen(holds: Holds, name: str, answer: str) -> object:
    """The value of what somebody chose among the choices of an UnreadError."""
    return dt.time.fromisoformat(answer) if holds is Holds.TIME else word(answer, name)


def phone(cell: RawCell) -> str:
    """A telephone number. One that Excel took for a number has lost the 0 that every national number begins with."""
    found = line(cell)
    lost = isinstance(cell, int | float) and not isinstance(cell, bool) and len(found) in {9, 10} and found.isdecimal()
    return f"0{found}" if lost else found


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
