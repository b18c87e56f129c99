"""Times, names and marks as people write them in forms: read where they are clear, given back where they are not."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from app.exchange.planning import cells, typed
from app.exchange.planning.cells import BadCellError
from app.models.forms import RawCell
from app.models.names import fold, tidy
from app.models.people import Presence
from app.models.view import minute
from app.models.week import Week

NOON = 12 * 60
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "wednes": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
    "sat": 5, "sun": 6,
} | {name: number for number, name in enumerate(_DAYS)}  # fmt: skip
_DAY_WORD = re.compile(r"\b(mon|tues?|wed(?:s|nes)?|thu(?:r|rs)?|fri|sat|sun)(?:day)?s?\b\.?")
_AM = re.compile(r"\b(a\.?m\.?|mornings?|before lunch)(?=$|[\s,.;])")
_PM = re.compile(r"\b(p\.?m\.?|afternoons?|after lunch)(?=$|[\s,.;])")
_WHOLE = re.compile(r"\b(all day|whole day|full day|any ?time|all times|day)\b")
_EVERY = re.compile(
    r"\b(all week|whole week|every ?day|any ?day|any ?time|all days|each day|mon(?:day)? ?(?:-|–|to) ?fri(?:day)?)\b"
)
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:.]\d{2})?\s*(?:am|pm|noon)?|noon|midday"
_RANGE = re.compile(rf"(?:from |between )?({_CLOCK})\s*(?:-|–|—|to|until|till|and)\s*({_CLOCK})(?![\d/])")
_AFTER = re.compile(rf"\b(?:after|from)\s+({_CLOCK})(?![\d/])")
_BEFORE = re.compile(rf"\b(?:before|until|till|up to)\s+({_CLOCK})(?![\d/])")
_DENIED = re.compile(
    r"\b(not|except|but|apart|can't|cannot|no|only if|unless|maybe|possibly|tbc|probably|might|either|or)\b"
)
_FILLER = re.compile(r"\b(on|the|and|in|at|of|also|only|please|i am|i'm|free|available|or so|s|each)\b|[.,&+()-]")
_NEXT_DAY = re.compile(
    r",\s*(?=[a-z]|\d{1,2}[/.]|\d{1,2}(?:st|nd|rd|th)?\s+[a-z])"
    r"|\s+and\s+(?=mon|tue|wed|thu|fri|sat|sun|\d{1,2}[/.])"
)
_DATE = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})\b|\b\d{1,2}/\d{1,2}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{4})?\b"
)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A stretch of a day in minutes from midnight. (0, 1440) is the whole day."""

    day: dt.date
    start: int = 0
    end: int = 24 * 60


def stretches(text: str, week: Week) -> tuple[tuple[Stretch, ...], bool]:
    """The stretches that a text names, and whether it was clear throughout. Days outside the week make it unclear."""
    found: list[Stretch] = []
    clear = True
    for clause in re.split(r"[;\n]|\s/\s", fold_lines(text)):
        if not clause.strip(" ,."):
            continue
        parts = [_piece(piece, week) for piece in _NEXT_DAY.split(clause) if piece.strip()]
        found += [one for some, _, _ in parts for one in some]
        # "Mon, Tues pm": does the afternoon hold for Monday too?
        even = len({timed for some, _, timed in parts if some}) < 2 or _WHOLE.search(clause) is not None
        clear = clear and even and all(plain for _, plain, _ in parts)
    return tuple(sorted(set(found))), clear and bool(found)


def fold_lines(text: str) -> str:
    """The text folded, its lines kept apart."""
    return "\n".join(fold(line).replace("’", "'") for line in text.splitlines())


def _piece(text: str, week: Week) -> tuple[list[Stretch], bool, bool]:
    """One piece: its stretches, whether all of it was understood, and whether it told a part of the day."""
    rest, days, clear = text, list[dt.date](), not _DENIED.search(text)
    if _EVERY.search(rest) and not _DATE.search(rest):
        days = list(week.days)
        rest = _EVERY.sub(" ", rest)
    for match in _DATE.finditer(rest):
        try:
            days.append(typed.date(match[0], week.days))
        except BadCellError:
            clear = False
    rest = _DATE.sub(" ", rest)
    named = [_SHORT[match[1]] for match in _DAY_WORD.finditer(rest)]
    span_of_days = re.search(rf"{_DAY_WORD.pattern}\s*(?:-|–|to)\s*{_DAY_WORD.pattern}", rest)
    rest = _DAY_WORD.sub(" ", rest)
    if named and not days:
        if span_of_days and len(named) == 2 and named[0] < named[1]:
            named = list(range(named[0], named[1] + 1))
            rest = re.sub(r"^\s*(?:-|–|to)\s*", " ", rest)
        for number in named:
            same = [day for day in week.days if day.weekday() == number]
            clear = clear and len(same) == 1
            days += same[:1]
    elif named and [day.weekday() for day in days] != named:
        clear = False  # "Mon 9 July" where the 9th is a Tuesday
    start, end, rest, timed, plain = _times(rest, week)
    left = _FILLER.sub(" ", _WHOLE.sub(" ", rest)).strip()
    clear = clear and plain and not left and all(week.first_day <= day <= week.last_day for day in days)
    return [Stretch(day, start, end) for day in dict.fromkeys(days)], clear and bool(days), timed


def _times(text: str, week: Week) -> tuple[int, int, str, bool, bool]:
    """The part of the day that a piece names: start, end, what is left, whether there was one, whether it was clear."""
    if match := _RANGE.search(text):
        start, end = _range(match[1], match[2], week)
        return start, end, _cut(text, match), True, 0 <= start < end
    if match := _AFTER.search(text):
        start = _clock(match[1], week)
        return start, minute(week.day_ends), _cut(text, match), True, 0 <= start < minute(week.day_ends)
    if match := _BEFORE.search(text):
        end = _clock(match[1], week)
        return minute(week.day_starts), end, _cut(text, match), True, end > minute(week.day_starts)
    return _half(text, week)


def _half(text: str, week: Week) -> tuple[int, int, str, bool, bool]:
    """As `_times`, for a half of the day, or all of it."""
    am, pm = bool(_AM.search(text)), bool(_PM.search(text))
    if not am and not pm:
        return 0, 24 * 60, text, bool(_WHOLE.search(text)), True
    rest = _PM.sub(" ", _AM.sub(" ", text))
    start, end = (0, 24 * 60) if am and pm else (minute(week.day_starts), NOON) if am else (NOON, minute(week.day_ends))
    return start, end, rest, True, True


def _cut(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " + text[match.end() :]


def _range(first: str, last: str, week: Week) -> tuple[int, int]:
    """Both ends of a stretch; where no half of the day is told, the one that lies in working hours."""
    start, end = _clock(first, week), _clock(last, week)
    if end <= start and "m" not in last and end + NOON > start:
        end += NOON
    if "pm" in last and "m" not in first and start + NOON < end and start < minute(week.day_starts):
        start += NOON
    return start, end


def _clock(text: str, week: Week) -> int:
    """Minutes from midnight; an hour before working hours without am or pm is one of the afternoon. -1: none."""
    word = text.strip()
    if word in {"noon", "midday"} or word.endswith("noon"):
        return NOON
    half = "am" if word.endswith("am") else "pm" if word.endswith("pm") else ""
    number = word.removesuffix(half).strip()
    hour, _, rest = number.replace(".", ":").partition(":")
    try:
        value = int(hour) * 60 + int(rest or 0)
    except ValueError:
        return -1
    if not 0 <= value <= 24 * 60 or int(rest or 0) > 59:
        return -1
    if half == "pm" and value < NOON:
        value += NOON
    elif half == "am" and value >= NOON:
        value -= NOON
    elif not half and value + NOON <= 21 * 60 and value < min(minute(week.day_starts), 8 * 60):
        value += NOON
    return value


def one_range(cell: RawCell, week: Week) -> tuple[dt.time, dt.time] | None:
    """Start and end of a stretch of one day: `9.30-11.30`, `am`, `2pm to 4`; None where it is none."""
    text = fold(cells.shown(cell))
    start, end, rest, timed, plain = _times(text, week)
    if not timed or not plain or _FILLER.sub(" ", _WHOLE.sub(" ", rest)).strip() or (start, end) == (0, 24 * 60):
        return None
    return dt.time(start // 60, start % 60), dt.time(min(end, 24 * 60 - 1) // 60, end % 60 if end < 24 * 60 else 59)


def half_day(cell: RawCell, week: Week) -> tuple[dt.date, tuple[int, int]] | None:
    """The day, or half of one, that a heading of a grid names; None where it names none within the week."""
    if isinstance(cell, dt.datetime):
        cell = cell.date() if cell.time() == dt.time() else None
    if isinstance(cell, dt.date):
        return (cell, (0, 24 * 60)) if week.first_day <= cell <= week.last_day else None
    if not isinstance(cell, str):
        return None
    found, clear = stretches(cell, week)
    return (found[0].day, (found[0].start, found[0].end)) if clear and len(found) == 1 else None


_BUSY = frozenset({
    "busy", "no", "n", "not available", "unavailable", "cannot", "can't", "cant", "can't do", "leave", "annual leave",
    "a/l", "al", "off", "out", "not free", "away", "meeting", "booked", "✗", "✕", "✘", "not in", "holiday",
    "non-working",
})  # fmt: skip
_FREE = frozenset({
    "free", "yes", "y", "ok", "okay", "available", "can", "can do", "fine", "good", "✓", "✔", "all day", "in",
})  # fmt: skip
_RATHER_NOT = frozenset({
    "rather not", "if need be", "maybe", "possibly", "prefer not", "tentative", "if necessary", "at a push", "?",
})  # fmt: skip


def presence(cell: RawCell) -> tuple[Presence | None, bool]:
    """What a mark says, and whether that was clear: an `x` is free to some and busy to others."""
    text = fold(cells.shown(cell)).replace("’", "'").rstrip(".!")
    for words, found in ((_BUSY, Presence.BUSY), (_FREE, Presence.FREE), (_RATHER_NOT, Presence.RATHER_NOT)):
        if text in words:
            return found, True
    return None, text in {"", "-", "n/a", "–"}


_TITLE = re.compile(
    r"^(?:(?:cllr|councillor|dr|mr|mrs|ms|miss|mx|prof|professor|sir|dame|rev|lord|lady|cllr\.)\.?\s+)+", re.IGNORECASE
)
_TWO = re.compile(r"\s(?:&|and|\+|/)\s|[;\n/]|,\s.*,\s", re.IGNORECASE)


def person_name(text: str) -> tuple[str, bool]:
    """A name in the order first name, surname, without what is no name; and whether it seems to name several people."""
    plain = tidy(re.sub(r"\s*\((?:[^)]*)\)\s*$", "", text))
    several = bool(_TWO.search(re.sub(r"\([^)]*\)", "", text).strip()))
    if plain.count(",") == 1 and not several:
        last, first = (part.strip() for part in plain.split(","))
        if (first and last and len(first.split()) <= 3 and not _TITLE.match(first + " x")) or (
            first and _TITLE.match(first + " ")
        ):
            plain = f"{first} {last}"
    return plain, several


def bare_name(text: str) -> str:
    """A name folded, without its titles and accents, to compare people by."""
    found = "".join(one for one in unicodedata.normalize("NFKD", fold(text)) if not unicodedata.combining(one))
    while match := _TITLE.match(found):
        found = found[match.end() :]
    return found


_TOTALS = re.compile(r"^(grand )?(sub-?)?totals?\b|^(sum|count|average|number of)\b")


def is_total(text: str) -> bool:
    """Whether a row's first words say that it adds up the others."""
    return bool(_TOTALS.match(fold(text)))
