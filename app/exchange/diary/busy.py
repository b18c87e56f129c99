"""When somebody is busy in one week, by their calendar file (INVITES.md, "Reading visitors' diaries").

Series are worked out by the `recurring-ical-events` library over the days of the week alone, each series for itself
and against the clock. Only stretches come out: titles, people and texts stay behind.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from app.errors import Refused
from app.exchange.diary.clock import TooLongError, against_the_clock
from app.exchange.diary.moments import Moments, is_day
from app.exchange.diary.parts import Line, Part, Pieces, pieces
from app.exchange.diary.spans import Stretch, spans_of
from app.models.diary import Diary, Doubt, Doubtful

SECONDS_A_SERIES = 1.0
"""How long one series may take to work out, by the clock."""
SECONDS_ALL_SERIES = 3.0
"""How long all of them may, in the processor's time: 1,500 weekly ones of some years. The rest is told."""
_MOST_DATES = 200_000
"""How many characters the dates of one series may have: 12,000 dates, one for each day of 33 years."""
_REPEATS = frozenset({"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
_TOO_OFTEN = re.compile(r"FREQ=(SECONDLY|MINUTELY)", re.IGNORECASE)
_PERIOD = re.compile(r"(\d{8}T\d{6}Z?)/(?:(\d{8}T\d{6}Z?)|(P.+))")


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    stretches: list[Stretch] = field(default_factory=list)
    counts: dict[tuple[Doubt, str], int] = field(default_factory=lambda: defaultdict(int))
    days: dict[Doubt, set[dt.date]] = field(default_factory=lambda: defaultdict(set))
    reach: list[dt.date] = field(default_factory=list)

    def doubt(self, doubt: Doubt, zone: str = "") -> None:
        self.counts[doubt, zone] += 1


def read_guarded(data: bytes, file: str) -> Diary:
    """The diary in a `request`. Raises Refused("input-empty" | "input-no-calendar")."""
    head, _, body = data.partition(b"\n")
    asked = json.loads(head)
    return read_diary(
        body, file, dt.date.fromisoformat(asked["first"]), dt.date.fromisoformat(asked["last"]),
        ZoneInfo(asked["zone"]), frozenset(asked["own"]),
    )  # fmt: skip


def read_diary(
    data: bytes, file: str, first: dt.date, last: dt.date, zone: ZoneInfo, own: frozenset[str] = frozenset()
) -> Diary:
    """The busy stretches of a calendar file from `first` to `last`, in that zone. Raises as `read_guarded`."""
    if not data.strip():
        raise Refused("input-empty", file=file)
    found = pieces(data)
    if not found.entries and b"VCALENDAR" not in data.upper().replace(b"\0", b""):
        raise Refused("input-no-calendar", file=file)
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]  # forget the zones of the file before (the library keeps them for ever)
    reader = _Reader(found, first, last, zone, own)
    reader.read()
    return Diary(
        file=file, entries=len(found.entries), spans=tuple(spans_of(reader.found.stretches, first, last)),
        doubts=tuple(_doubts(reader.found)),
        first=min(reader.found.reach, default=None), last=max(reader.found.reach, default=None),
    )  # fmt: skip


class _Reader:
    """Goes through the entries of one file."""

    def __init__(self, file: Pieces, first: dt.date, last: dt.date, zone: ZoneInfo, own: frozenset[str]) -> None:
        self._file, self._first, self._last, self._zone = file, first, last, zone
        self._own = own | ({file.owner.casefold()} if "@" in file.owner else set())
        self.found = _Found()
        self._moments = Moments(file, zone, self.found.doubt)
        self._until = time.process_time() + SECONDS_ALL_SERIES
        self._from = dt.datetime.combine(first, dt.time(), zone)
        self._to = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), zone)

    def read(self) -> None:
        """Work out every entry."""
        series: dict[str, list[Part]] = defaultdict(list)
        for number, entry in enumerate(self._file.entries):
            if not entry.whole:
                self.found.doubt(Doubt.CUT_SHORT)
                if entry.first("DTSTART") is None:
                    continue
            if entry.kind == "VFREEBUSY":
                self._free_busy(entry)
            else:
                series[entry.value("UID") or f"\0{number}"].append(entry)
        for entries in series.values():
            try:
                self._series(_newest(entries))
            except TooLongError:
                self.found.doubt(Doubt.TOO_LONG)
            except Exception:  # noqa: BLE001 - whatever one entry does to a library, the others are read
                self.found.doubt(Doubt.UNREADABLE)

    # Events

    def _series(self, entries: list[Part]) -> None:
        """One UID: a single event, or a series with its exceptions."""
        if any(_TOO_OFTEN.search(entry.value("RRULE")) for entry in entries):
            self.found.doubt(Doubt.TOO_OFTEN)
            return
        told = sum(len(line.value) for entry in entries for line in entry.lines if line.name in _REPEATS)
        if told == 0:
            for entry in entries:
                self._single(entry)
            return
        if told > _MOST_DATES:
            raise TooLongError
        self._repeated(entries)

    def _single(self, entry: Part) -> None:
        line = entry.first("DTSTART")
        start = self._moments.moment(line) if line is not None else None
        if line is None or start is None:
            self.found.doubt(Doubt.UNREADABLE)
            return
        end_line = entry.first("DTEND")
        end = self._moments.moment(end_line, entry) if end_line is not None else None
        if end is None and entry.value("DURATION"):
            end = start + _duration(entry.value("DURATION"))
        whole_day = is_day(line)
        if end is None:
            end = start + dt.timedelta(days=1) if whole_day else start
        self._take(entry, start, end, whole_day=whole_day)

    def _repeated(self, entries: list[Part]) -> None:
        """A series, worked out over the days of the week alone. Raises TooLongError where the time for all is over."""
        if time.process_time() > self._until:
            raise TooLongError
        lines: list[str] = []
        whose: dict[str, Part] = {}
        for number, entry in enumerate(entries):
            lines += ["BEGIN:VEVENT", *self._moments.rewritten(entry), f"X-ENTRY:{number}", "END:VEVENT"]
            whose[str(number)] = entry
        text = "\r\n".join(["BEGIN:VCALENDAR", *self._moments.own_zones(lines), *lines, "END:VCALENDAR", ""])
        calendar = icalendar.Calendar.from_ical(text.encode())
        start = entries[0].first("DTSTART")
        if start is not None and (began := self._moments.moment(start)) is not None:
            self.found.reach.append(began.date())
        day = dt.timedelta(days=1)
        with against_the_clock(SECONDS_A_SERIES):
            query = recurring_ical_events.of(calendar, skip_bad_series=False)
            found = query.between(self._from - day, self._to + day)
        for event in found:
            entry = whose.get(str(event.get("X-ENTRY", "")), entries[0])
            begins, ends = event.start, event.end
            whole_day = not isinstance(begins, dt.datetime)
            self._take(entry, self._moments.placed(begins), self._moments.placed(ends), whole_day=whole_day)

    def _take(self, entry: Part, start: dt.datetime, end: dt.datetime, *, whole_day: bool) -> None:
        """Keep the stretch of one occurrence, if it makes anybody busy within the week."""
        self.found.reach.append(start.date())
        if end < start:
            self.found.doubt(Doubt.UNREADABLE)
            return
        if end == start or end <= self._from or start >= self._to:
            return
        soft = self._softness(entry, whole_day=whole_day)
        if soft is None:
            return
        if whole_day and not _says_whether(entry):
            self.found.doubt(Doubt.ALL_DAY)
            self.found.days[Doubt.ALL_DAY].add(max(start, self._from).date())
        self.found.stretches.append((start, end, soft))

    def _softness(self, entry: Part, *, whole_day: bool) -> bool | None:
        """Whether an entry is soft; None where it makes nobody busy."""
        status = entry.value("STATUS").upper()
        if status == "CANCELLED" or entry.method == "CANCEL" or self._declined(entry):
            return None
        told = entry.value("X-MICROSOFT-CDO-BUSYSTATUS").upper()
        if told == "FREE":
            return None
        if told in {"BUSY", "OOF"}:
            return False
        if told in {"TENTATIVE", "WORKINGELSEWHERE"}:
            return True
        if entry.value("TRANSP").upper() == "TRANSPARENT":
            return None
        return status == "TENTATIVE" or (whole_day and not _says_whether(entry))

    def _declined(self, entry: Part) -> bool:
        """Whether the owner of the diary said no."""
        if not self._own:
            return False
        return any(
            line.parameters.get("PARTSTAT", "").upper() == "DECLINED"
            and line.value.strip().casefold().removeprefix("mailto:") in self._own
            for line in entry.lines
            if line.name == "ATTENDEE"
        )

    # Free and busy times

    def _free_busy(self, entry: Part) -> None:
        for line in entry.lines:
            if line.name != "FREEBUSY" or line.parameters.get("FBTYPE", "BUSY").upper() == "FREE":
                continue
            soft = line.parameters.get("FBTYPE", "").upper() == "BUSY-TENTATIVE"
            for text in line.value.split(","):
                period = _PERIOD.fullmatch(text.strip())
                start = self._moments.moment(Line("FREEBUSY", period[1], line.parameters)) if period else None
                if period is None or start is None:
                    self.found.doubt(Doubt.UNREADABLE)
                    continue
                try:
                    end = (
                        self._moments.moment(Line("FREEBUSY", period[2], line.parameters))
                        if period[2]
                        else start + _duration(period[3])
                    )
                except (ValueError, OverflowError):
                    end = None
                if end is None:
                    self.found.doubt(Doubt.UNREADABLE)
                    continue
                self.found.reach.append(start.date())
                if end > start and end > self._from and start < self._to:
                    self.found.stretches.append((start, end, soft))


def _says_whether(entry: Part) -> bool:
    return any(entry.value(name) for name in ("X-MICROSOFT-CDO-BUSYSTATUS", "TRANSP")) or (
        entry.value("STATUS").upper() == "TENTATIVE"
    )


def _newest(entries: list[Part]) -> list[Part]:
    """Of entries that stand for the same occurrence, the newest: highest SEQUENCE, then DTSTAMP."""
    best: dict[str, tuple[tuple[int, str], Part]] = {}
    for entry in entries:
        sequence = entry.value("SEQUENCE")
        rank = (int(sequence) if sequence.isdecimal() else 0, entry.value("DTSTAMP"))
        key = entry.value("RECURRENCE-ID")
        if key not in best or rank >= best[key][0]:
            best[key] = (rank, entry)
    return [entry for _, entry in sorted(((key, found[1]) for key, found in best.items()), key=lambda one: one[0])]


def _duration(text: str) -> dt.timedelta:
    """A duration of RFC 5545, 3.3.6. Raises ValueError."""
    found: dt.timedelta = icalendar.vDuration.from_ical(text.strip())  # type: ignore[no-untyped-call]  # not typed
    return found


def _doubts(found: _Found) -> Iterator[Doubtful]:
    for (doubt, zone), count in sorted(found.counts.items()):
        yield Doubtful(doubt=doubt, count=count, zone=zone, days=tuple(sorted(found.days.get(doubt, ()))))
