"""A visitor's diary taken in: read in the limited process, then one edit that replaces what an earlier diary said."""

from __future__ import annotations

from pathlib import Path

from app.document.visits import named
from app.exchange import guard
from app.exchange.diary.request import MOST_BYTES, request
from app.models.change import Edit, Verb
from app.models.diary import BusySpan, Diary
from app.models.names import fold, identity
from app.models.people import Availability, Presence
from app.models.plan import Plan
from app.models.view import WeekView, time_at

_LAST = 24 * 60 - 1


def read_diary(path: Path, week: WeekView, person_id: str | None = None) -> Diary:
    """The busy stretches of a calendar file within the week; with a person, what they declined does not count.

    Raises Refused("input-…") as `app.exchange.guard.parse` and the reader do.
    """
    person = week.plan.people.get(person_id or "")
    own = {fold(person.email), fold(person.assistant_email)} - {""} if person else set()
    data = guard.read_limited(path, MOST_BYTES)
    asked = request(data, week.week.first_day, week.week.last_day, week.week.time_zone, own)
    found = guard.parse_bytes("diary", asked, str(path))
    if not isinstance(found, Diary):
        raise TypeError("the reader of diaries gives a Diary")
    return found


def whose(path: Path, week: WeekView) -> str | None:
    """The visitor whose diary a file may be, by its name: proposed, never taken for granted."""
    name = fold(path.stem.replace("_", " ").replace("-", " ").replace(".", " "))
    found = []
    for one in week.visitors.values():
        words = fold(one.name).replace("-", " ").replace(".", " ").split()
        mail = fold(one.person.email).partition("@")[0].replace(".", " ").replace("-", " ").replace("_", " ")
        if all(word in name.split() for word in words[-2:]) or (mail and mail in name):
            found.append(one.id)
    return found[0] if len(found) == 1 else None


def diary_rows(plan: Plan, week_id: str, person_id: str, diary: Diary) -> tuple[Availability, ...]:
    """The rows that a diary makes: hard stretches busy, soft ones *rather not*."""
    return tuple(_row(plan, week_id, person_id, span) for span in diary.spans)


def diary_edit(plan: Plan, week_id: str, person_id: str, diary: Diary) -> Edit:
    """Put the diary's stretches in place of those of that visitor's earlier diary. What was painted by hand stays."""
    rows = {row.id: row for row in diary_rows(plan, week_id, person_id, diary)}
    old = from_diary(plan, week_id, person_id)
    drop = [row for row in old if row.id not in rows]
    edit = plan.edit(Verb.DIARY, put=list(rows.values()), drop=drop, week_id=week_id)
    return named(edit, {"who": plan.people[person_id].name})


def forget_diary(plan: Plan, week_id: str, person_id: str) -> Edit:
    """Take away what a visitor's diary said."""
    edit = plan.edit(Verb.DIARY, drop=from_diary(plan, week_id, person_id), week_id=week_id)
    return named(edit, {"who": plan.people[person_id].name})


def from_diary(plan: Plan, week_id: str, person_id: str) -> list[Availability]:
    """The rows of a visitor in that week that a diary brought."""
    return [
        row
        for row in plan.availability.values()
        if row.from_diary and (row.week_id, row.person_id) == (week_id, person_id)
    ]


def _row(plan: Plan, week_id: str, person_id: str, span: BusySpan) -> Availability:
    whole = span.start <= 0 and span.end >= _LAST
    start, end = (None, None) if whole else (time_at(span.start), time_at(span.end))
    presence = Presence.RATHER_NOT if span.soft else Presence.BUSY
    times = "" if start is None or end is None else f"{start:%H:%M}-{end:%H:%M}"
    names = (plan.weeks[week_id].name, plan.people[person_id].name, span.day.isoformat(), times, presence.value)
    return Availability(
        id=identity("availability", *names, "diary"), week_id=week_id, person_id=person_id, day=span.day,
        start=start, end=end, presence=presence, from_diary=True,
    )  # fmt: skip
