"""The moments of one calendar file: in which zone each is meant, and the same told in zones that everybody knows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from app.exchange.diary.parts import Line, Part, Pieces
from app.exchange.diary.zones import city_zone, known_zone, own_zone
from app.models.diary import Doubt

_MOMENTS = frozenset({"DTSTART", "DTEND", "EXDATE", "RDATE", "RECURRENCE-ID", "DUE"})
_LISTS = frozenset({"EXDATE", "RDATE"})
_KEPT = _MOMENTS | {"RRULE", "DURATION", "UID", "SEQUENCE", "DTSTAMP"}
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?")


class Moments:
    """Reads moments by the zones of one file; `doubt` is told of what nobody knows."""

    def __init__(self, file: Pieces, zone: ZoneInfo, doubt: Callable[[Doubt, str], None]) -> None:
        self._file, self._zone, self._doubt = file, zone, doubt
        self._local: dt.tzinfo = known_zone(file.zone) or zone if file.zone else zone
        self._zones: dict[str, dt.tzinfo | None] = {}

    def own_zones(self, lines: list[str]) -> list[str]:
        """The file's own descriptions of the zones that these lines name."""
        own = [name for name, zone in self._zones.items() if zone is not None and not isinstance(zone, ZoneInfo)]
        return [self._file.zones[name] for name in own if any(f'TZID="{name}"' in line for line in lines)]

    def rewritten(self, entry: Part) -> Iterator[str]:
        """The lines that say when, each moment in a zone that the library knows: no name is left to be mistaken."""
        for line in entry.lines:
            value = line.value.strip()
            if line.name == "RRULE":
                yield Line(line.name, re.sub(r"\\([,;])", r"\1", value).replace(" ", "")).text()
            elif line.name in _LISTS:
                yield from self._listed(entry, line)
            elif line.name in _MOMENTS and not is_day(line):
                yield self._in_its_zone(line, entry)
            elif line.name in _KEPT:
                yield Line(line.name, value, _only(line, "VALUE", "RANGE")).text()

    def _in_its_zone(self, line: Line, entry: Part) -> str:
        """The line of one moment, its zone by a name that the library knows."""
        value, zone = line.value.strip(), self.zone_of(line, entry)
        if value.upper().endswith("Z") or zone is dt.UTC:
            return Line(line.name, value.upper().rstrip("Z") + "Z", _only(line, "RANGE")).text()
        return Line(line.name, value, _only(line, "RANGE") | {"TZID": self._named(zone)}).text()

    def _listed(self, entry: Part, line: Line) -> Iterator[str]:
        """The moments of an EXDATE or RDATE, a line each. One that cannot be read spoils no other."""
        for value in filter(None, map(str.strip, line.value.split(","))):
            one = replace(line, value=value)
            try:
                if line.parameters.get("VALUE", "").upper() == "PERIOD":
                    yield Line(line.name, self._period(entry, line, value), {"VALUE": "PERIOD"}).text()
                elif is_day(one):
                    dt.date(int(value[:4]), int(value[4:6]), int(value[6:8]))
                    yield Line(line.name, value, {"VALUE": "DATE"}).text()
                else:
                    _in_utc(self.moment(one, entry))
                    yield self._in_its_zone(one, entry)
            except ValueError:
                self._doubt(Doubt.UNREADABLE, "")

    def _period(self, entry: Part, line: Line, text: str) -> str:
        """A stretch of an RDATE, told in UTC."""
        start, _, end = text.partition("/")
        until = end if end[:1] in {"P", "+"} else _in_utc(self.moment(replace(line, value=end), entry))
        return f"{_in_utc(self.moment(replace(line, value=start), entry))}/{until}"

    def _named(self, zone: dt.tzinfo) -> str:
        """The name of a zone for the library: the well-known one, or that of the file's own rules beside the series."""
        return zone.key if isinstance(zone, ZoneInfo) else next(
            name for name, known in self._zones.items() if known is zone
        )  # fmt: skip

    def zone_of(self, line: Line, entry: Part | None = None) -> dt.tzinfo:
        """The zone of a moment that is not in UTC. One that nobody knows counts as local, and is told.

        Where an end or an exception tells none, that of the entry's start holds for it.
        """
        name = line.parameters.get("TZID", "").strip()
        start = entry.first("DTSTART") if entry is not None and not name and line.name != "DTSTART" else None
        if start is not None and not is_day(start):
            return dt.UTC if start.value.strip().upper().endswith("Z") else self.zone_of(start)
        if not name:
            return self._local
        if name not in self._zones:
            self._zones[name] = self._meant(name)
        found = self._zones[name]
        if found is None:
            self._doubt(Doubt.UNKNOWN_ZONE, name[:60])
            return self._local
        return found

    def _meant(self, name: str) -> dt.tzinfo | None:
        """What a name means. A well-known one has better rules than most files; another has only the file's."""
        known = known_zone(name)
        own = own_zone(self._file.zones[name]) if known is None and name in self._file.zones else None
        return known or own or city_zone(name)

    def moment(self, line: Line, entry: Part | None = None) -> dt.datetime | None:
        """The moment of DTSTART and its like in the week's zone; midnight there for a whole day."""
        match = _STAMP.fullmatch(line.value.strip())
        if match is None:
            return None
        year, month, number, hour, minute, second, utc = match.groups()
        try:
            day = dt.date(int(year), int(month), int(number))
            if hour is None:
                return dt.datetime.combine(day, dt.time(), self._zone)
            time = dt.time(int(hour), int(minute), min(int(second or 0), 59))
        except ValueError:
            return None
        zone = dt.UTC if utc else self.zone_of(line, entry)
        return self.placed(dt.datetime.combine(day, time, zone))

    def placed(self, moment: dt.date | dt.datetime) -> dt.datetime:
        if not isinstance(moment, dt.datetime):
            return dt.datetime.combine(moment, dt.time(), self._zone)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._local)
        try:
            return moment.astimezone(self._zone)
        except OverflowError:
            return moment.replace(tzinfo=self._zone)


def is_day(line: Line) -> bool:
    return line.parameters.get("VALUE", "").upper() == "DATE" or re.fullmatch(r"\d{8}", line.value.strip()) is not None


def _only(line: Line, *names: str) -> dict[str, str]:
    return {name: value for name, value in line.parameters.items() if name in names}


def _in_utc(moment: dt.datetime | None) -> str:
    """The moment as a calendar writes it in UTC. Raises ValueError where there is none."""
    if moment is None:
        raise ValueError("no moment")
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
