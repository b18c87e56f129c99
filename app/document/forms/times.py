"""When somebody can come: in words, as marks in a grid of days, or as a row for each stretch."""

from __future__ import annotations

import datetime as dt

from app.document.forms.people import person_of
from app.document.forms.row import DROP, SKIP, TAKE, LeftOutError, Row
from app.exchange.forms.fields import field_of
from app.exchange.forms.hours import DAY
from app.exchange.forms.marks import presence
from app.exchange.forms.spoken import Stretch, one_range, stretches
from app.exchange.planning import cells
from app.models.forms import Ask, Asked, RawCell
from app.models.names import fold, identity
from app.models.people import Availability, Person, Presence
from app.models.view import minute, time_at
from app.models.week import Week
from app.text import translate
from app.words.dates import between, day

_OTHERS = "other-times"


def read_times(row: Row) -> str:
    """Read a row of a list or grid of times; gives whose they are."""
    person = person_of(row, new=False)
    if person is None:
        return ""
    if any(guess.day is not None for guess in row.layout.guesses):
        marks(row, person)
        return person.name
    on, start, end = both_ends(row, "From", "To", needed=False)
    row.missing("Status")
    state = _mark(row, "Status") if row.cell("Status") is not None else None
    if on is None or state is None or row.asks:
        return person.name
    if start is None or end is None:
        _take(row, person, Stretch(on), state)
    elif end <= start:
        row.ask(Ask.REFUSED, "To" if "To" in row.columns else "Times", expected="end-start")
    else:
        _take(row, person, Stretch(on, minute(start), minute(end)), state)
    return person.name


def both_ends(
    row: Row, first: str, last: str, *, needed: bool
) -> tuple[dt.date | None, dt.time | None, dt.time | None]:
    """Day, start and end: of columns of their own, or of one that tells both ends. What is not clear is asked."""
    row.missing("Date")
    on = _read(row, "Date")
    found = on if isinstance(on, dt.date) else None
    whole = "Times" if row.cell("Times") is not None else ""
    if not whole and row.cell(first) is not None and row.cell(last) is None and _is_range(row, first):
        whole = first
    if whole:
        both = one_range(row.cell(whole), row.known.week)
        if both is None and (needed or not _all_day(row.cell(whole))):
            row.ask(Ask.NOT_READ, whole, expected="range")
        return (found, *both) if both is not None else (found, None, None)
    if needed or (row.cell(first) is None) != (row.cell(last) is None):
        row.missing(first if first in row.columns else last, last if last in row.columns else first)
    start, end = _read(row, first), _read(row, last)
    return found, start if isinstance(start, dt.time) else None, end if isinstance(end, dt.time) else None


def _read(row: Row, name: str) -> object:
    field = field_of(row.kind, name)
    return row.value(field) if field is not None and row.cell(name) is not None else None


def _is_range(row: Row, name: str) -> bool:
    return one_range(row.cell(name), row.known.week) is not None


def _all_day(cell: RawCell) -> bool:
    return fold(cells.shown(cell)) in {"all day", "whole day", "full day", "am/pm", "am & pm", "am and pm"}


def spoken(row: Row, name: str, state: Presence, person: Person) -> None:
    """Take the times that a cell tells in words; ask wherever it is not clear throughout."""
    if row.cell(name) is None:
        return
    week = row.known.week
    said = stretches(cells.shown(row.cell(name)), week, state)
    if said.nothing:
        return
    readings = [
        [one for one in reading if week.first_day <= one.day <= week.last_day] for reading in said.readings
    ]  # fmt: skip
    keys = {TAKE if number == 0 else f"{TAKE}{number}": found for number, found in enumerate(readings) if found}
    answer = row.answer(name)
    if said.clear and readings:
        answer = TAKE
    if answer not in {*keys, SKIP}:
        choices = tuple((key, _in_words(found, week)) for key, found in keys.items())
        read = choices[0][1] if choices else ""
        facts = {"several": "yes"} if len(choices) > 1 else {}
        row.ask(Ask.TIMES_UNCLEAR, name, (*choices, (SKIP, "")), read=read, **facts)
        return
    for one in keys.get(answer, ()):
        _take(row, person, one, state)


def marks(row: Row, person: Person) -> None:
    """Take what stands in the columns of a grid."""
    for guess in row.layout.guesses:
        if guess.day is None or guess.span is None or row.cell(guess.field) is None:
            continue
        part = one_range(row.cell(guess.field), row.known.week)
        if part is not None:
            _part_of_day(row, guess.field, person, Stretch(guess.day, minute(part[0]), minute(part[1])))
        elif (state := _mark(row, guess.field)) is not None:
            _take(row, person, Stretch(guess.day, *guess.span), state)


def _part_of_day(row: Row, name: str, person: Person, one: Stretch) -> None:
    """A time in place of a mark: "am only" under Tuesday. When somebody can come, most likely; never certain."""
    answer = row.answer(name)
    if answer not in {TAKE, SKIP}:
        row.ask(Ask.TIMES_UNCLEAR, name, ((TAKE, _stretch_words(one)), (SKIP, "")), read=_stretch_words(one))
    elif answer == TAKE:
        _take(row, person, one, Presence.FREE)


def _mark(row: Row, name: str) -> Presence | None:
    """What a mark says; one that could mean either is asked once for the sheet."""
    cell = row.cell(name)
    guess = row.columns.get(name)
    state, clear = presence(cell, row.layout.against or bool(guess and guess.against))
    if clear:
        return state
    said = fold(cells.shown(cell))
    answer = row.answer(f"mark:{said}")
    if answer in {one.value for one in Presence}:
        return Presence(answer)
    if answer != SKIP and not row.asks_about(f"mark:{said}"):
        choices = (*((one.value, one.value) for one in Presence), (SKIP, ""))
        row.asks.append(
            Asked(ask=Ask.MARK_UNCLEAR, field=f"mark:{said}", cell=row.address(name), text=said, choices=choices)
        )
    return None


def others_too(row: Row, person: Person) -> None:
    """Ask what becomes of times that suited before, where a row tells anew which do: left standing, they count."""
    if row.cell("Can come") is None or row.asks_about("Can come"):
        return
    mine = row.known.times.get(person.id, ())
    others = [one for one in mine if one.presence is Presence.FREE and one.id not in row.put]
    answer = row.answer(_OTHERS)
    if answer == SKIP:
        raise LeftOutError(Ask.OTHER_TIMES)
    if not others or answer == TAKE:
        return
    read = "; ".join(_stretch_words(_stretch_of(one)) for one in others)
    if answer != DROP:
        row.ask(Ask.OTHER_TIMES, _OTHERS, ((DROP, ""), (TAKE, ""), (SKIP, "")), read=read)
        return
    for one in others:
        row.drop[one.id] = one
        row.differs(_stretch_words(_stretch_of(one)), one.presence.value, "")


def _stretch_of(one: Availability) -> Stretch:
    if one.start is None or one.end is None:
        return Stretch(one.day)
    return Stretch(one.day, minute(one.start), minute(one.end))


def not_at_odds(row: Row) -> None:
    """Ask where a row says of all its free times that they do not suit."""
    told = [one for one in row.put.values() if isinstance(one, Availability)]
    free = [one for one in told if one.presence is Presence.FREE]
    busy = [one for one in told if one.presence is Presence.BUSY]
    if free and all(any(_covers(other, one) for other in busy) for one in free):
        row.settled(Ask.TIMES_CLASH, "times-clash")


def _covers(one: Availability, other: Availability) -> bool:
    if one.day != other.day or one.start is None or one.end is None:
        return one.day == other.day
    return other.start is not None and other.end is not None and one.start <= other.start and other.end <= one.end


def _take(row: Row, person: Person, one: Stretch, state: Presence) -> None:
    """A stretch of a visitor's; one that stands there already, painted by hand, takes the new state."""
    whole = one.start <= 0 and one.end >= DAY
    start, end = (None, None) if whole else (time_at(one.start), time_at(one.end))
    week = row.known.week
    known = row.known.times.get(person.id, ())
    mine = [old for old in known if (old.day, old.start, old.end) == (one.day, start, end)]
    same = next((old for old in mine if old.presence is state), None)
    if same is not None:
        row.keep(same)
        return
    times = "" if start is None or end is None else f"{start:%H:%M}-{end:%H:%M}"
    made = identity("availability", week.name, person.name, one.day.isoformat(), times, state.value)
    row.differs(_stretch_words(one), mine[0].presence.value if mine else "", state.value)
    row.keep(
        Availability(
            id=mine[0].id if mine else made, week_id=week.id, person_id=person.id, day=one.day, start=start, end=end,
            presence=state,
        )
    )  # fmt: skip


def _in_words(found: list[Stretch], week: Week) -> str:
    spans = {(one.start, one.end) for one in found}
    if len(spans) == 1 and len(found) == len(week.days) > 1:
        (span,) = spans
        return translate("every day") if span == (0, DAY) else f"{translate('every day')}, {_between(*span)}"
    return "; ".join(_stretch_words(one) for one in found)


def _between(start: int, end: int) -> str:
    return between(time_at(start), time_at(end))


def _stretch_words(one: Stretch) -> str:
    """`Tue 9 July, 12:00–18:00`; the day alone for all of it."""
    if one.start <= 0 and one.end >= DAY:
        return day(one.day)
    return f"{day(one.day)}, {_between(one.start, one.end)}"
