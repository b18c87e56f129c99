"""Other people's calendar files, read as diaries: `python -m tests.diaries FOLDER` prints what became of each.

None of them is kept in the project. For each file the week of its newest entry is read, through the limited process
as the app does; where `recurring-ical-events` alone can read the whole file too, busy times that it finds and this
app does not, or the other way about, are told.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from app.errors import Refused
from app.exchange import guard
from app.exchange.diary.parts import pieces
from app.exchange.diary.request import request
from app.models.diary import Diary
from app.words.diaries import doubt_words

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a word, and details."""

    word: str
    detail: str
    seconds: float


def weeks_of(data: bytes) -> list[dt.date]:
    """The Mondays of up to four weeks in which the file's own entries begin."""
    days = set()
    for entry in pieces(data).entries:
        digits = entry.value("DTSTART")[:8]
        try:
            day = dt.datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
        if 1990 < day.year < 2100:
            days.add(day - dt.timedelta(days=day.weekday()))
    found = sorted(days)
    return [*found[:2], *found[2:][-2:]] or [dt.date(2024, 1, 1)]


def outcome(path: Path) -> Outcome:
    """Read one file and compare."""
    data = path.read_bytes()
    began = time.perf_counter()
    details: list[str] = []
    word = "read"
    for monday in weeks_of(data):
        last = monday + dt.timedelta(days=6)
        try:
            found = guard.parse_bytes("diary", request(data, monday, last, "Europe/London"), path.name)
        except Refused as refused:
            return Outcome(f"refused: {refused.code}", "", time.perf_counter() - began)
        assert isinstance(found, Diary)
        details += [doubt_words(one) for one in found.doubts]
        other = independent(data, monday, last)
        if other is None:
            word = "read; no independent answer"
            continue
        mine = {(span.day, minute) for span in found.spans for minute in range(span.start, span.end, 5)}
        if mine != other:
            word = "differs"
            odd = sorted(mine ^ other)[:2]
            details.append(f"{len(mine - other)} more, {len(other - mine)} fewer, first {odd}")
    return Outcome(word, "; ".join(dict.fromkeys(details))[:200], time.perf_counter() - began)


def independent(data: bytes, first: dt.date, last: dt.date) -> set[tuple[dt.date, int]] | None:
    """Five-minute steps that are busy by the library alone on the whole file; None where it cannot read it."""
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]  # not typed
    try:
        calendar = icalendar.Calendar.from_ical(data)
        events = recurring_ical_events.of(calendar).between(first - dt.timedelta(days=1), last + dt.timedelta(days=2))
        busy: set[tuple[dt.date, int]] = set()
        for event in events:
            busy |= set(_steps(event, first, last))
    except Exception:  # noqa: BLE001 - the comparison is only where there is one
        return None
    return busy


def _steps(event: icalendar.Event, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, int]]:
    status = str(event.get("STATUS", "")).upper()
    told = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    if status == "CANCELLED" or told == "FREE" or (not told and str(event.get("TRANSP", "")).upper() == "TRANSPARENT"):
        return
    start, end = _local(event.start), _local(event.end)
    day = max(start.date(), first)
    while day <= min(end.date(), last):
        begin = start.hour * 60 + start.minute if start.date() == day else 0
        stop = -(-(end.hour * 3600 + end.minute * 60 + end.second) // 60) if end.date() == day else 24 * 60
        yield from ((day, minute) for minute in range(begin, stop, 5))
        day += dt.timedelta(days=1)


def _local(moment: dt.date) -> dt.datetime:
    if not isinstance(moment, dt.datetime):
        return dt.datetime.combine(moment, dt.time(), LONDON)
    return moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)


def main() -> None:
    """Read every .ics of the folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    found: Counter[str] = Counter()
    slowest = 0.0
    for path in sorted(parser.parse_args().folder.rglob("*.ics")):
        one = outcome(path)
        found[one.word] += 1
        slowest = max(slowest, one.seconds)
        if one.word != "read":
            print(f"{path.name}: {one.word} {one.detail}")
    print(f"{sum(found.values())} files, slowest {slowest:.1f} s for four weeks")
    for word, count in found.most_common():
        print(f"{count:5} {word}")


if __name__ == "__main__":
    main()
