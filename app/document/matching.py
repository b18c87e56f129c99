"""Adopt what the matcher found as one Edit that leaves alone whatever was pinned or edited since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from app.document.visits import in_new_slot, named, new_visit, taken_uids, was_told
from app.models.change import Edit, Verb
from app.models.names import fold
from app.models.plan import Plan
from app.models.visits import Visit, VisitStatus

Pair = tuple[str, str]


def edited_since(before: Plan, now: Plan, week_id: str) -> frozenset[str]:
    """The ids of the week's visits that were made, changed or removed between the two Plans."""
    ids = before.visits.keys() | now.visits.keys()
    return frozenset(
        visit_id
        for visit_id in ids
        if before.visits.get(visit_id) != now.visits.get(visit_id)
        and any(plan.visits[visit_id].week_id == week_id for plan in (before, now) if visit_id in plan.visits)
    )


def adopt_match(
    plan: Plan,
    week_id: str,
    pairs: Iterable[Pair],
    *,
    keep: Collection[str] = frozenset(),
    since: Plan | None = None,
    verb: Verb = Verb.MATCH,
) -> Edit:
    """The edit that makes the week's visits these pairs of (person id, slot id).

    Left alone are pinned visits and those whose id is in `keep`; with `since`, the Plan that the match was made
    from, also every visit edited since, and no visit comes back that was taken off or moved away since. A pair
    that has a visit keeps it; a declined or cancelled one is proposed again, with its UID. What nobody was told
    of and is no longer wanted is removed. A promised visit that is gone becomes the move to a new pair of the
    same visitor, the nearest first, else it is cancelled.
    """
    kept = frozenset(keep) | (edited_since(since, plan, week_id) if since is not None else frozenset())
    wanted = dict.fromkeys(pairs)
    for visit_id in kept:  # what a hand has changed since is settled, whatever the match made of it
        for version in (since, plan):
            visit = version.visits.get(visit_id) if version is not None else None
            if visit is not None:
                wanted.pop((visit.person_id, visit.slot_id), None)
    mine = [visit for visit in plan.visits.values() if visit.week_id == week_id and visit.id not in kept]
    for visit in mine:
        if visit.pinned and visit.counts:
            wanted.pop((visit.person_id, visit.slot_id), None)
    free = [visit for visit in mine if not (visit.pinned and visit.counts)]
    put, gone = _kept_and_gone(free, wanted)
    return _edit(plan, week_id, verb, wanted, put, gone, kept)


def _kept_and_gone(free: list[Visit], wanted: dict[Pair, None]) -> tuple[list[Visit], list[Visit]]:
    """Visits brought back, and those that count and whose pair is not wanted. Met pairs leave `wanted`."""
    put: list[Visit] = []
    gone: list[Visit] = []
    for visit in free:
        if visit.counts and (visit.person_id, visit.slot_id) in wanted:
            del wanted[visit.person_id, visit.slot_id]
        elif visit.counts:
            gone.append(visit)
    for visit in free:
        if not visit.counts and (visit.person_id, visit.slot_id) in wanted:
            del wanted[visit.person_id, visit.slot_id]
            put.append(replace(visit, status=VisitStatus.PROPOSED, pinned=False, permitted=""))
    return put, gone


def _edit(
    plan: Plan,
    week_id: str,
    verb: Verb,
    wanted: dict[Pair, None],
    put: list[Visit],
    gone: list[Visit],
    kept: frozenset[str],
) -> Edit:
    told = [visit for visit in gone if was_told(plan, visit)]
    untold = [visit for visit in gone if not was_told(plan, visit)]
    moves = _moves(plan, told, wanted)
    for visit in told:
        if (slot_id := moves.get(visit.id)) is not None:
            put.append(in_new_slot(visit, slot_id))
            del wanted[visit.person_id, slot_id]
        else:
            put.append(replace(visit, status=VisitStatus.CANCELLED, pinned=False))
    taken = taken_uids(plan, without=untold)
    for person_id, slot_id in sorted(wanted, key=lambda pair: _when(plan, pair)):
        visit = new_visit(plan, person_id, slot_id, taken=taken)
        if visit.id not in kept:
            put.append(visit)
    edit = plan.edit(verb, put=put, drop=untold, week_id=week_id)
    count = sum(1 for visit in plan.apply(edit).visits.values() if visit.week_id == week_id and visit.counts)
    facts = {"week": plan.weeks[week_id].name, "changed": str(len(edit.changes)), "visits": str(count)}
    return named(edit, facts)


def _moves(plan: Plan, told: list[Visit], wanted: dict[Pair, None]) -> dict[str, str]:
    """Which gone visit moves to which new slot of the same visitor: one team first, then the nearest in time."""
    offers = sorted(
        (_distance(plan, visit.slot_id, slot_id), visit.id, slot_id)
        for visit in told
        for person_id, slot_id in wanted
        if person_id == visit.person_id
    )
    moves: dict[str, str] = {}
    used: set[Pair] = set()
    for _, visit_id, slot_id in offers:
        pair = (plan.visits[visit_id].person_id, slot_id)
        if visit_id not in moves and pair not in used:
            moves[visit_id] = slot_id
            used.add(pair)
    return moves


def _distance(plan: Plan, old_id: str, new_id: str) -> tuple[bool, dt.timedelta]:
    old, new = plan.slots[old_id], plan.slots[new_id]
    apart = dt.datetime.combine(old.day, old.start) - dt.datetime.combine(new.day, new.start)
    return old.team_id != new.team_id, abs(apart)


def _when(plan: Plan, pair: Pair) -> tuple[object, ...]:
    slot = plan.slots[pair[1]]
    return slot.day, slot.start, fold(plan.people[pair[0]].name), fold(slot.name)
