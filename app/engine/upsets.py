"""What upsets a week: somebody drops out, a team or slot closes, a slot moves, consent is refused.

Each upset becomes rows that a PA could have typed: busy times for whoever is lost, a refused consent for a slot
that is closed (so that its visits stay to be called off, and their invitations to be taken back), other times for a
slot that moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.models.change import Entity, Verb
from app.models.names import identity
from app.models.people import Availability, Presence
from app.models.places import Consent, Slot
from app.models.repairs import ConsentRefused, Lost, SlotClosed, SlotMoved, TeamClosed, Upset
from app.models.view import WeekView
from app.models.view import view as joined


def rows_of(view: WeekView, upsets: Iterable[Upset]) -> list[Entity]:
    """The rows that differ once the upsets are noted, each once. What is so already gives no row."""
    slots: dict[str, Slot] = {}
    times: dict[str, Availability] = {}
    for upset in upsets:
        if isinstance(upset, Lost):
            for row in _busy(view, upset, times):
                times[row.id] = row
            continue
        for slot in _slots(view, upset, slots):
            slots[slot.id] = slot
    return [*times.values(), *(slot for slot in slots.values() if slot != view.slots[slot.id].slot)]


def upset_week(view: WeekView, upsets: Iterable[Upset]) -> WeekView:
    """The week with the upsets noted and every visit where it was."""
    rows = rows_of(view, upsets)
    if not rows:
        return view
    return joined(view.plan.apply(view.plan.edit(Verb.REPAIR, put=rows)), view.week.id)


def _slots(view: WeekView, upset: Upset, changed: Mapping[str, Slot]) -> Iterator[Slot]:
    def now(slot_id: str) -> Slot:
        return changed.get(slot_id) or view.slots[slot_id].slot

    match upset:
        case SlotClosed(slot_id=slot_id) | ConsentRefused(slot_id=slot_id):
            yield replace(now(slot_id), consent=Consent.REFUSED)
        case SlotMoved():
            yield replace(now(upset.slot_id), day=upset.day, start=upset.start, end=upset.end)
        case TeamClosed():
            for slot in view.slots.values():
                if slot.team.id == upset.team_id and upset.day in (None, now(slot.id).day):
                    yield replace(now(slot.id), consent=Consent.REFUSED)
        case Lost():
            return


def _busy(view: WeekView, lost: Lost, made: Mapping[str, Availability]) -> Iterator[Availability]:
    days = view.week.days if lost.day is None else (lost.day,)
    there = {
        (row.day, row.start, row.end)
        for row in (*view.plan.availability.values(), *made.values())
        if (row.week_id, row.person_id, row.presence) == (view.week.id, lost.person_id, Presence.BUSY)
    }
    for day in days:
        if (day, lost.start, lost.end) in there or (day, None, None) in there:
            continue
        yield Availability(
            id=_unused(view, lost, day, made), week_id=view.week.id, person_id=lost.person_id, day=day,
            start=lost.start, end=lost.end, presence=Presence.BUSY,
        )  # fmt: skip


def _unused(view: WeekView, lost: Lost, day: dt.date, made: Mapping[str, Availability]) -> str:
    """The id that the same row would have if it were imported, or the next free one."""
    times = "" if lost.start is None or lost.end is None else f"{lost.start:%H:%M}-{lost.end:%H:%M}"
    names = (view.week.name, view.plan.people[lost.person_id].name, day.isoformat(), times, Presence.BUSY.value)
    found, number = identity("availability", *names), 2
    while found in view.plan.availability or found in made:
        found = identity("availability", *names, str(number))
        number += 1
    return found
