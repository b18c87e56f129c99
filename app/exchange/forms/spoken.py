"""Days and times as people write them in forms: how they can be read, and whether only one way is left."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.exchange.forms.days import DATE, DATES, DAY_WORD, FROM_TO, dates, named_days, span_of_days
from app.exchange.forms.hours import AM, DAY, PM, RANGE, WHOLE, time_in
from app.exchange.planning import cells
from app.models.forms import RawCell
from app.models.names import fold
from app.models.people import Presence
from app.models.view import minute, time_at
from app.models.week import Week

_LONGEST_HEADING = 60
_BOTH = re.compile(r"\b(mornings|afternoons|ams|pms|both|each|all (?:a|p)\.?m)\b")
_EVERY = re.compile(
    r"\b(all week|whole week|every (?=morning|afternoon)|any day (?:of|in|that) (?:the |that )?week|every ?day|any ?day"
    r"|any ?time|all days|each day|mon(?:day)? ?(?:-|–|to) ?fri(?:day)?)\b"
)
_WEEK_OF = re.compile(r"\b(?:w ?/ ?[cb]|wc|week (?:commencing|beginning|of|starting))\s*:?\s*(?=\d|mon)")
_EXCEPT = re.compile(
    r",?\s*\b(?:except(?:ing)?(?: for)?|exc\.?|excl\.?|excluding|but not|apart from|other than|not)\s+"
)
_AWAY = (
    r"(?:not|un)[- ]?(?:available|free|able)|(?:can't|cannot)(?: do| come| make)?|(?:annual )?leave|busy|booked|away"
    r"|off|out|holidays?|meetings?"
)
_DENIED = re.compile(
    rf"\b({_AWAY}|not|never|except|exc|excl|excluding|but|apart|other than|cant|don't|no|only if|unless|maybe|possibly"
    r"|tbc|probably|might|either|or)\b"
)
_SUITS = re.compile(r"\b(free|available|availability|can|fine|ok|okay|happy|prefer\w*|best|suits?)\b")
_FILLER = re.compile(r"\b(on|the|and|in|at|of|also|only|please|or so|s|each|both|inc|incl|inclusive|hrs?)\b|[.,&+()-]")
_SELF = re.compile(r"\b(?:i am|i'm|im|we are|i can(?: do| come)?|she is|he is)\b")
_NEXT_DAY = re.compile(
    r",\s*(?=[a-z]|\d{1,2}[/.]|\d{1,2}(?:st|nd|rd|th)?\s+[a-z])"
    r"|\s*(?:\band\b|&|\+|(?<=[a-z])/(?=[a-z]{3}))\s*(?=mon|tue|wed|thu|fri|sat|sun|\d{1,2}[/.])"
)
_VAGUE = re.compile(
    r"\b(?:lunch\w*|evenings?|nights?|half|from|until|till?|to|before|after|by|early|earlier|late|later|most\w*|some|about"
    r"|around|approx\w*|nothing|otherwise|first|second|last|next|if|when|depends?|alternate|other)\b"
    r"|\d(?!\d*(?:st|nd|rd|th))"
)
"""What may change the meaning of a time so much that no reading is offered."""
_NONE = frozenset({"none", "nil", "no", "nothing", "no days", "no dates", "none known", "never"})


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A stretch of a day in minutes from midnight. (0, 1440) is the whole day."""

    day: dt.date
    start: int = 0
    end: int = DAY


@dataclass(frozen=True, slots=True)
class Said:
    """What a text tells of times: how it can be read, the likeliest first, and whether only one way is left.

    `nothing` says that it names no time on purpose, as "none" does.
    """

    readings: tuple[tuple[Stretch, ...], ...] = ()
    clear: bool = False
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of a text: its stretches, whether all of it was understood, whether it told a part of the day, and
    whether something in it may change its meaning."""

    found: tuple[Stretch, ...]
    plain: bool
    timed: bool
    vague: bool = False


def stretches(text: str, week: Week, state: Presence = Presence.FREE) -> Said:
    """How a text can be read that tells when somebody can come, or, by `state`, when they cannot.

    Days outside the week make it unclear, and so does anything that is not understood throughout.
    """
    folded = fold_lines(text)
    if folded.strip(" .!") in _NONE and state is Presence.BUSY:
        return Said(nothing=True)
    if _EXCEPT.search(folded):
        return Said(_without(folded, week, state))
    denied = _DENIED.search(folded)
    if denied and not (state is Presence.BUSY and _only_away(folded)):
        return Said()
    if state is Presence.BUSY and _SUITS.search(_DENIED.sub(" ", folded)):
        return Said()  # "free Tues only" among the times that do not suit
    found: list[Stretch] = []
    other: list[Stretch] = []
    clear = True
    for clause in re.split(r"[;\n]|\s/\s", folded):
        if not clause.strip(" ,."):
            continue
        pieces = [_piece(piece, week, state) for piece in _pieces(clause)]
        if any(piece.vague for piece in pieces):
            return Said()
        own = [one for piece in pieces for one in piece.found]
        spread = _spread(pieces)
        # "Mon, Tues pm": does the afternoon hold for Monday too? "Mon and Tues afternoons" says so.
        if spread != own and _BOTH.search(clause):
            own = spread
        elif spread != own and not WHOLE.search(clause):
            clear = False
        found += own
        other += spread if not WHOLE.search(clause) else own
        clear = clear and all(piece.plain for piece in pieces)
    readings = dict.fromkeys(tuple(sorted(set(one))) for one in ((found, other) if not clear else (found,)) if one)
    if not clear and other != found:
        readings = dict.fromkeys(reversed(readings))  # of "Mon, Tues pm" both afternoons are the likelier
    return Said(tuple(readings), clear and bool(found))


def _pieces(clause: str) -> Iterator[str]:
    """The pieces of a clause, each with days of its own: "Mon 9-11 Tue 2-4" are two."""
    for part in _NEXT_DAY.split(clause):
        start = 0
        for match in DAY_WORD.finditer(part):
            before = part[start : match.start()]
            if DAY_WORD.search(before) and (AM.search(before) or PM.search(before) or RANGE.search(before)):
                yield before
                start = match.start()
        if part[start:].strip():
            yield part[start:]


def _spread(pieces: list[_Piece]) -> list[Stretch]:
    """The stretches if the last part of a day that is told holds for the days before it too."""
    found: list[Stretch] = []
    span: tuple[int, int] | None = None
    for piece in reversed(pieces):
        if piece.timed and piece.found:
            span = (piece.found[-1].start, piece.found[-1].end)
        for one in reversed(piece.found):
            found.append(Stretch(one.day, *span) if span and not piece.timed else one)
    return found[::-1]


def _only_away(text: str) -> bool:
    """Whether all that denies in a text says that somebody is away: among such times that is no contradiction."""
    return all(re.fullmatch(_AWAY, match[1]) for match in _DENIED.finditer(text))


def _without(text: str, week: Week, state: Presence) -> tuple[tuple[Stretch, ...], ...]:
    """What "any day except Friday" means, where both of its sides can be read; never certain."""
    base, rest = _EXCEPT.split(text, maxsplit=1)
    if not base.strip() or _DENIED.search(rest):
        return ()
    all_of, taken = stretches(base, week, state), stretches(rest, week, state)
    if not (all_of.clear and taken.clear):
        return ()
    left: list[Stretch] = []
    for one in all_of.readings[0]:
        parts = [one]
        for gone in taken.readings[0]:
            if gone.day == one.day:
                parts = [
                    Stretch(one.day, start, end)
                    for part in parts
                    for start, end in ((part.start, min(part.end, gone.start)), (max(part.start, gone.end), part.end))
                    if start < end
                ]
        clipped = [_working(part, week) if part != one else part for part in parts]
        left += [part for part in clipped if part.start < part.end]
    return (tuple(left),) if left else ()


def _working(one: Stretch, week: Week) -> Stretch:
    """What is left of a day, within the working day."""
    return Stretch(one.day, max(one.start, minute(week.day_starts)), min(one.end, minute(week.day_ends)))


def fold_lines(text: str) -> str:
    """The text folded, its lines kept apart."""
    return "\n".join(fold(line).replace("’", "'") for line in text.splitlines())


def _piece(text: str, week: Week, state: Presence) -> _Piece:
    rest, days, clear = _SELF.sub(" ", text), list[dt.date](), True
    if match := _WEEK_OF.search(rest):
        rest = rest[: match.start()] + rest[match.end() :]
        first = dates(rest, week)[0]
        clear = first == [week.first_day]
        days = list(week.days) if clear else []
        rest = DAY_WORD.sub(" ", DATE.sub(" ", rest))
    elif _EVERY.search(rest) and not DATE.search(rest):
        days = list(week.days)
        rest = _EVERY.sub(" ", rest)
    dated, read = dates(rest, week)
    ends = FROM_TO.search(rest)
    rest = DATE.sub(" ", DATES.sub(" ", FROM_TO.sub(" ", rest)))
    named, rest, plain = named_days(rest, week)
    clear = clear and plain and read
    if (
        dated
        and named
        and [day.weekday() for day in (dated[:1] if ends else dated)] != [day.weekday() for day in named]
    ):
        clear = False  # "Mon 9 July" where the 9th is a Tuesday
    clear = clear and not (days and (dated or named))  # "all week Tues"
    days += dated or named
    if state is not Presence.FREE:
        rest = _DENIED.sub(" ", rest)  # what denies was weighed before
    start, end, rest, timed, plain = time_in(rest, week)
    if not 0 <= start < end <= DAY:
        return _Piece((), plain=False, timed=True)
    if timed and not days and not text.strip(" ()").isdigit():
        days, clear = list(week.days), False  # "mornings only": of every day?
    left = _FILLER.sub(" ", WHOLE.sub(" ", _SUITS.sub(" ", _BOTH.sub(" ", rest)))).strip()
    clear = clear and plain and not left and all(week.first_day <= day <= week.last_day for day in days)
    several = timed and len(days) > 1 and not (_BOTH.search(text) or span_of_days(text) or _EVERY.search(text))
    return _Piece(
        tuple(Stretch(day, start, end) for day in dict.fromkeys(days)),
        clear and bool(days) and not several,
        timed,
        vague=bool(_VAGUE.search(left)),
    )


def one_range(cell: RawCell, week: Week) -> tuple[dt.time, dt.time] | None:
    """Start and end of a stretch of one day: `9.30-11.30`, `am`, `2pm to 4`; None where it is none."""
    text = fold(cells.shown(cell))
    start, end, rest, timed, plain = time_in(text, week)
    if not timed or not plain or _FILLER.sub(" ", WHOLE.sub(" ", rest)).strip() or (start, end) == (0, DAY):
        return None
    return time_at(start), time_at(end)


def half_day(cell: RawCell, week: Week) -> tuple[dt.date, tuple[int, int]] | None:
    """The day, or half of one, that a heading of a grid names; None where it names none within the week."""
    if isinstance(cell, dt.datetime):
        cell = cell.date() if cell.time() == dt.time() else None
    if isinstance(cell, dt.date):
        return (cell, (0, DAY)) if week.first_day <= cell <= week.last_day else None
    return _half_day_of(cell, week) if isinstance(cell, str) else None


@lru_cache(maxsize=5_000)
def _half_day_of(text: str, week: Week) -> tuple[dt.date, tuple[int, int]] | None:
    if len(text) > _LONGEST_HEADING or not any(one.isalnum() for one in text):
        return None
    said = stretches(text, week)
    found = said.readings[0] if said.clear else ()
    return (found[0].day, (found[0].start, found[0].end)) if len(found) == 1 else None
