"""A clock that is put back, computers in other zones, and both changes of summer time: `python -m tests.faults.clock`.

A day's work goes on while the clock jumps. Afterwards every backup and every folder that was written is there with the
very bytes that it had, history and undo follow the order in which things were done, an update never looks older than
what it updates, and every visit is at its hour: in the file, on every computer, and in every calendar.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import hashlib
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from unittest import mock
from zoneinfo import ZoneInfo

import icalendar

from app.cli.main import main as command
from app.document import visits
from app.document.document import Document
from app.models.change import Verb
from app.models.plan import Plan
from app.store import backups
from app.store.verify import verify
from tests.builders import Builder, a_week, visit_id

LONDON = ZoneInfo("Europe/London")
CHANGES = (dt.date(2027, 3, 26), dt.date(2027, 10, 29))
"""First days of weeks in whose middle the clocks go forward, and back."""
ZONES = ("Europe/London", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata", "UTC")
WRONG = (
    dt.timedelta(days=-1),
    dt.timedelta(hours=-1),
    dt.timedelta(minutes=-40),
    dt.timedelta(),
    dt.timedelta(hours=20),
)
"""By how much the clock is wrong; in all less than the two days for which every backup is kept."""
_TELLING_TIME = ("app.document.document", "app.store.backups", "app.store.file", "app.store.lock", "app.cli.weeks")
"""Where the app asks what time it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of that many days of work."""

    days: int
    jumps: int
    overwritten: int
    shifted: int
    lost: int

    @property
    def held(self) -> bool:
        """Whether nothing of it may not be."""
        return not (self.overwritten or self.shifted or self.lost)


class Clock:
    """The clock of the computer, which somebody sets. It goes on by a minute whenever it is looked at."""

    def __init__(self, at: dt.datetime) -> None:
        self.at, self.off = at, dt.timedelta()

    def now(self) -> dt.datetime:
        self.at += dt.timedelta(minutes=1)
        return self.at + self.off


@contextmanager
def telling(clock: Clock) -> Iterator[None]:
    """The app takes its time from that clock."""

    class Told(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]  # a plain one, as it is at work
            return clock.now().astimezone(tz)

    shown = SimpleNamespace(**{**vars(dt), "datetime": Told})
    with contextlib.ExitStack() as patched:
        for name in _TELLING_TIME:
            patched.enter_context(mock.patch(f"{name}.dt", shown))
        yield


@contextmanager
def zone(name: str) -> Iterator[None]:
    """The computer stands in that zone, where the system can be told so."""
    try:
        with mock.patch.dict(os.environ, TZ=name):
            _reset()
            yield
    finally:
        _reset()


def _reset() -> None:
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()


def a_changing_week(first: dt.date) -> Builder:
    """A week from a Friday to a Tuesday, with visits early, in the hour that is told twice or never, and late."""
    week = a_week(first_day=first, last_day=first + dt.timedelta(days=4), day_starts=dt.time(0), day_ends=dt.time(23))
    away = (first - a_week().week.first_day).days
    for number in range(5):
        for name, start, end in (("early", "01:15", "01:45"), ("noon", "10:00", "11:00"), ("late", "22:30", "23:30")):
            week.slot(f"{name}{number}", f"Team {name}", away + number, start, end)
            week.visitor(f"Vi {name}{number}", email=f"{name}{number}@c.example")
            week.visit(f"Vi {name}{number}", f"{name}{number}")
    return week


def days(count: int, seed: int = 0) -> Outcome:
    """That many days of work, and what came of them."""
    chance = random.Random(seed)
    total = [0, 0, 0, 0]
    for number in range(count):
        with tempfile.TemporaryDirectory() as folder:
            found = _day(Path(folder), CHANGES[number % 2], chance)
        total = [sum(pair) for pair in zip(total, found, strict=True)]
    jumps, overwritten, shifted, lost = total
    return Outcome(days=count, jumps=jumps, overwritten=overwritten, shifted=shifted, lost=lost)


def _day(folder: Path, first: dt.date, chance: random.Random) -> tuple[int, int, int, int]:
    """Jumps made, files overwritten, times shifted and steps lost in one day of work."""
    path = folder / "week.pweek"
    clock = Clock(dt.datetime.combine(first, dt.time(0, 30), dt.UTC) + dt.timedelta(hours=chance.randrange(72)))
    week = a_changing_week(first)
    written: dict[Path, str] = {}
    overwritten = lost = jumps = 0
    with telling(clock), zone(chance.choice(ZONES)):
        document = Document.open(path, create=True)
        document.do(Plan().edit(Verb.IMPORT, put=week.entities.values()))
        document.close()
        for turn in range(6):
            off = chance.choice(WRONG)
            jumps += off != clock.off
            clock.off = off
            document = Document.open(path)
            before = document.plan
            pinned = visit_id(f"Vi noon{turn % 5}", f"noon{turn % 5}")
            document.do(visits.pin(before, pinned))
            after = document.plan
            document.do(visits.permit(after, pinned, f"turn {turn}"))
            document.backup()
            due = document.backup_if_due()
            document.undo()  # the last that was done, whatever the clock said then
            lost += document.plan != after
            lost += [line.sequence for line in document.history] != sorted(line.sequence for line in document.history)
            document.close()
            lost += bool(due and due.path not in {one.path for one in backups.listed(path)})
            if not turn or chance.random() < 0.5:
                lost += _written("publish", path, folder / f"pack {turn}")
            overwritten += changed(written, folder, path)
        lost += bool(verify(path))
        lost += _written("export", path, folder / "all")
        overwritten += changed(written, folder, path)
        moved = shifted(path, folder, week)
    return jumps, overwritten, moved, lost


def _written(what: str, path: Path, out: Path) -> bool:
    """Run a command that writes a folder; whether it failed."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return command([what, str(path), "--out", str(out)]) not in {0, 1}


def changed(written: dict[Path, str], folder: Path, path: Path) -> int:
    """How many of the files that were written are no longer what they were; new ones are noted."""
    now = {
        place: hashlib.sha256(place.read_bytes()).hexdigest()
        for place in folder.rglob("*")
        if place.is_file() and place != path
    }
    found = sum(now.get(place) != content for place, content in written.items())
    written.update(now)
    return found


def shifted(path: Path, folder: Path, week: Builder) -> int:
    """How many visits are at another hour than theirs: in the file, wherever it is opened, or in a calendar."""
    wanted = Plan.of(week.entities.values()).slots
    hours = {
        tuple(dt.datetime.combine(slot.day, hour, LONDON).timestamp() for hour in (slot.start, slot.end))
        for slot in wanted.values()
    }
    found = 0
    for name in ZONES:
        with zone(name):
            document = Document.open(path)
            found += dict(document.plan.slots) != dict(wanted)
            document.close()
    newest: dict[tuple[str, str], dt.datetime] = {}
    for place in sorted(folder.glob("pack */invites/visitors/*/*.ics"), key=lambda one: one.parts[len(folder.parts)]):
        for event in icalendar.Calendar.from_ical(place.read_bytes()).walk("VEVENT"):
            found += tuple(event.decoded(name).timestamp() for name in ("DTSTART", "DTEND")) not in hours
            key, stamp = (str(event["UID"]), place.parent.name), event.decoded("DTSTAMP")
            found += stamp < newest.get(key, stamp)
            newest[key] = stamp
    return found + (not newest)


def main() -> int:
    """Let the clock jump, print a line, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    found = days(args.days, args.seed)
    sys.stdout.write(f"clock    {found}\n")
    return int(not found.held)


if __name__ == "__main__":
    raise SystemExit(main())
