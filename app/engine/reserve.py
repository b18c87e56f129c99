"""The reserve bench and the places to suggest: who or what fits the week as it stands, ranked. No solver."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.engine import goals, rules
from app.engine.room import Room, concerned, room
from app.models.findings import Suggestion
from app.models.names import fold
from app.models.view import WeekSlot, WeekView
from app.models.visits import PROMISED, Visit
from app.models.week import MOST_IS_BEST, Priority


def stand_ins(view: WeekView, visit_id: str) -> tuple[Suggestion, ...]:
    """Who could take over this visit, nothing else moved: standby visitors first, then as the priorities rank them."""
    found, visit = room(view), view.plan.visits[visit_id]
    gone = frozenset({visit_id})
    return _ranked(
        view,
        (
            _suggestion(found, person_id, visit.slot_id, leaving=gone)
            for person_id in view.visitors
            if person_id != visit.person_id and found.fits(person_id, visit.slot_id, gone)
        ),
        standby_first=True,
    )


def places_for(view: WeekView, person_id: str, visit_id: str | None = None) -> tuple[Suggestion, ...]:
    """The free slots that suit a visitor, or one visit of theirs that is to move there; best first."""
    found = room(view)
    gone = frozenset({visit_id}) if visit_id is not None else frozenset()
    standing = view.plan.visits[visit_id].slot_id if visit_id is not None else ""
    return _ranked(
        view,
        (
            _suggestion(found, person_id, slot_id, leaving=gone)
            for slot_id in view.slots
            if slot_id != standing and found.fits(person_id, slot_id, gone)
        ),
    )


def visitors_for(view: WeekView, slot_id: str) -> tuple[Suggestion, ...]:
    """Who could come to a slot that has a free place, nothing else moved; best first, standby visitors last."""
    found = room(view)
    return _ranked(
        view,
        (_suggestion(found, person_id, slot_id) for person_id in view.visitors if found.fits(person_id, slot_id)),
        standby_first=False,
    )


def _ranked(
    view: WeekView, suggestions: Iterable[Suggestion], *, standby_first: bool | None = None
) -> tuple[Suggestion, ...]:
    """In the order of the week's priorities, ties by time and name."""
    order = [priority for priority in goals.order(view) if priority is not Priority.FAIR_VISITORS]

    def place(one: Suggestion) -> tuple[object, ...]:
        slot, visitor = view.slots[one.slot_id], view.visitors[one.person_id]
        changes = dict(one.by_priority)
        costs = [-changes[priority] if priority in MOST_IS_BEST else changes[priority] for priority in order]
        apart = 0 if standby_first is None else visitor.standby != standby_first
        return (apart, *costs, slot.day, slot.span, fold(visitor.name), fold(slot.name))

    return tuple(sorted(suggestions, key=place))


def _suggestion(found: Room, person_id: str, slot_id: str, *, leaving: Collection[str] = frozenset()) -> Suggestion:
    """What the week gains and loses by this visit in place of those of `leaving`."""
    view = found.view
    visitor, slot = view.visitors[person_id], view.slots[slot_id]
    gone = [view.plan.visits[visit_id] for visit_id in leaving]
    touched = {visit.person_id for visit in gone} | {person_id}
    changes = dict.fromkeys(
        (Priority.DEMAND, Priority.WISHES, Priority.FRESH_EYES, Priority.FAIR_TEAMS, Priority.TRAVEL), 0
    )
    for one in touched:
        before = found.slots_of(one)
        after = found.slots_of(one, leaving)
        if one == person_id:
            after = [*after, slot]
        for priority, value in _of_visitor(view, one, after).items():
            changes[priority] += value
        for priority, value in _of_visitor(view, one, before).items():
            changes[priority] -= value
    for team_id in {slot.team.id, *(view.slots[visit.slot_id].team.id for visit in gone)}:
        has = len(found.by_team.get(team_id, ()))
        gets = has + (team_id == slot.team.id) - sum(view.slots[one.slot_id].team.id == team_id for one in gone)
        least = view.teams[team_id].min_visits
        changes[Priority.DEMAND] += max(0, least - gets) - max(0, least - has)
        changes[Priority.FAIR_TEAMS] += gets * gets - has * has
    people: set[tuple[str, str]] = set()
    if found.published:
        people, changes[Priority.TOLD], changes[Priority.TOLD_VISITS] = _told(found, person_id, slot, gone)
    return Suggestion(
        person_id=person_id, slot_id=slot_id, points=rules.wished(visitor, slot),
        travel=changes[Priority.TRAVEL], tell=len(people), by_priority=tuple(changes.items()),
    )  # fmt: skip


def _told(found: Room, person_id: str, slot: WeekSlot, gone: list[Visit]) -> tuple[set[tuple[str, str]], int, int]:
    """Whom to tell of this visit and of promised ones gone; how many more people and visits that is in all."""
    told = found.told.copy()
    people = set(concerned(person_id, slot))
    steps = [(1, concerned(person_id, slot))]
    for visit in gone:
        both = concerned(visit.person_id, found.view.slots[visit.slot_id])
        promised = visit.status in PROMISED
        steps.append((1 if promised else -1, both))
        people |= set(both) if promised else set()
    for step, both in steps:
        for one in both:
            told[one] += step
    now, before = (sum(count > 0 for count in counts.values()) for counts in (told, found.told))
    return people, now - before, sum(step for step, _ in steps)


def _of_visitor(view: WeekView, person_id: str, slots: list[WeekSlot]) -> dict[Priority, int]:
    """What one visitor's slots are worth in each priority that is theirs alone."""
    visitor = view.visitors[person_id]
    short = 0 if visitor.standby else max(0, visitor.min_visits - len(slots))
    new = {fold(slot.team.service) for slot in slots} - visitor.past_services
    return {
        Priority.DEMAND: short,
        Priority.WISHES: sum(rules.wished(visitor, slot) for slot in slots),
        Priority.FRESH_EYES: len(new) - 2 * sum(slot.team.id in visitor.past_teams for slot in slots),
        Priority.TRAVEL: sum(
            goals.journey(view, visitor, [slot for slot in slots if slot.day == on])
            for on in {slot.day for slot in slots}
        ),
    }  # fmt: skip
