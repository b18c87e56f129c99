"""Verbs for visits: place, move, swap, take off, pin, permit, answer. Each makes an Edit and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.errors import Refused
from app.models.change import Edit, Verb
from app.models.names import identity, mail_domain, visit_uid
from app.models.plan import Plan
from app.models.visits import GONE, PROMISED, Visit, VisitStatus


def place(plan: Plan, person_id: str, slot_id: str, *, pinned: bool = False, permitted: str = "") -> Edit:
    """Put a visitor into a slot. A declined or cancelled visit of the two is proposed again, with its UID.

    `permitted` is the reason for breaking a rule by hand. Raises Refused("already-there").
    """
    slot = plan.slots[slot_id]
    same = _of_pair(plan, slot.week_id, person_id, slot_id)
    if any(visit.counts for visit in same):
        raise Refused("already-there", who=plan.people[person_id].name, slot=slot.name)
    if same:
        visit = replace(same[0], status=VisitStatus.PROPOSED, pinned=pinned, permitted=permitted)
    else:
        visit = new_visit(plan, person_id, slot_id, taken=taken_uids(plan), pinned=pinned, permitted=permitted)
    return named(plan.edit(Verb.PLACE, put=[visit], week_id=slot.week_id), facts(plan, visit))


def move(plan: Plan, visit_id: str, slot_id: str, *, permitted: str = "") -> Edit:
    """Put a visit into another slot of its week. It keeps its id and UID, so people are told of a move.

    An answer given for the old slot does not hold for the new one: a confirmed visit is merely published again.
    Raises Refused("pinned"), Refused("already-there").
    """
    visit = plan.visits[visit_id]
    if visit.slot_id == slot_id:
        return plan.edit(Verb.MOVE, week_id=visit.week_id)
    moved, unwanted = _moved(plan, visit, slot_id, permitted, leaving=())
    old = {f"old_{key}": value for key, value in facts(plan, visit).items() if key != "who"}
    edit = plan.edit(Verb.MOVE, put=[moved], drop=unwanted, week_id=visit.week_id)
    return named(edit, facts(plan, moved) | old)


def swap(plan: Plan, first_id: str, second_id: str) -> Edit:
    """Exchange the slots of two visits; each keeps its visitor and its UID. Raises as `move`."""
    first, second = plan.visits[first_id], plan.visits[second_id]
    both = (first_id, second_id)
    if first.person_id == second.person_id or first.slot_id == second.slot_id:
        return plan.edit(Verb.SWAP, week_id=first.week_id)
    one, drop_one = _moved(plan, first, second.slot_id, "", leaving=both)
    two, drop_two = _moved(plan, second, first.slot_id, "", leaving=both)
    other = {f"other_{key}": value for key, value in facts(plan, two).items()}
    edit = plan.edit(Verb.SWAP, put=[one, two], drop=[*drop_one, *drop_two], week_id=first.week_id)
    return named(edit, facts(plan, one) | other)


def to_tray(plan: Plan, visit_id: str) -> Edit:
    """Take a visit off. What nobody was told of is removed; what was promised stays as cancelled, to be told."""
    visit = plan.visits[visit_id]
    dropped, kept = _taken_off(plan, visit)
    return named(plan.edit(Verb.TO_TRAY, put=kept, drop=dropped, week_id=visit.week_id), facts(plan, visit))


def pin(plan: Plan, *visit_ids: str) -> Edit:
    """Hold visits where they are, whatever a match would do."""
    return _pinning(plan, Verb.PIN, visit_ids, pinned=True)


def unpin(plan: Plan, *visit_ids: str) -> Edit:
    """Let a match move visits again."""
    return _pinning(plan, Verb.UNPIN, visit_ids, pinned=False)


def permit(plan: Plan, visit_id: str, reason: str) -> Edit:
    """Let a visit break rules, for that reason; a blank reason takes the permission back."""
    visit = plan.visits[visit_id]
    put = [replace(visit, permitted=reason.strip())]
    edit = plan.edit(Verb.PERMIT, put=put, week_id=visit.week_id)
    return named(edit, facts(plan, visit) | {"reason": reason.strip()})


def set_status(plan: Plan, visit_id: str, status: VisitStatus) -> Edit:
    """Note how far a visit has come. A declined or cancelled visit is pinned no longer."""
    visit = plan.visits[visit_id]
    put = [replace(visit, status=status, pinned=visit.pinned and status not in GONE)]
    edit = plan.edit(Verb.STATUS, put=put, week_id=visit.week_id)
    return named(edit, facts(plan, visit) | {"status": status.value})


def named(edit: Edit, facts: Mapping[str, str]) -> Edit:
    """The edit with what its name says."""
    return replace(edit, facts=tuple(sorted(facts.items())))


def facts(plan: Plan, visit: Visit) -> dict[str, str]:
    """What the name of an edit says of a visit. `when` is ISO, to the minute."""
    slot = plan.slots[visit.slot_id]
    return {
        "who": plan.people[visit.person_id].name,
        "where": plan.teams[slot.team_id].name,
        "slot": slot.name,
        "when": f"{slot.day.isoformat()}T{slot.start:%H:%M}",
    }


def was_told(plan: Plan, visit: Visit) -> bool:
    """Whether anybody was told of this visit, so that it may not vanish without a word."""
    sent = plan.remembered("visits sent", ("issued",), lambda: {line.visit_id for line in plan.issued.values()})
    return visit.status in PROMISED or visit.id in sent


def taken_uids(plan: Plan, without: Iterable[Visit] = ()) -> set[str]:
    """The UIDs that no new visit may have: of visits, those of `without` left out, and of all that was sent."""
    leaving = {visit.id for visit in without}
    taken = {visit.uid for visit in plan.visits.values() if visit.id not in leaving}
    return taken | {line.uid for line in plan.issued.values()}


def new_visit(
    plan: Plan, person_id: str, slot_id: str, *, taken: set[str], pinned: bool = False, permitted: str = ""
) -> Visit:
    """A proposed visit with the first UID of its names that is not taken; the UID joins `taken`."""
    slot = plan.slots[slot_id]
    week, person = plan.weeks[slot.week_id], plan.people[person_id]
    number = 1
    while (uid := visit_uid(week.name, person.name, slot.name, mail_domain(week.organiser_email), number)) in taken:
        number += 1
    taken.add(uid)
    return Visit(
        id=identity("visit", uid),
        week_id=week.id,
        person_id=person_id,
        slot_id=slot_id,
        pinned=pinned,
        permitted=permitted,
        uid=uid,
    )


def in_new_slot(visit: Visit, slot_id: str, *, permitted: str = "") -> Visit:
    """The visit moved: promised stays promised, though no longer confirmed; what was gone is proposed again."""
    status = VisitStatus.PUBLISHED if visit.status in PROMISED else VisitStatus.PROPOSED
    return replace(visit, slot_id=slot_id, status=status, permitted=permitted)


def _of_pair(plan: Plan, week_id: str, person_id: str, slot_id: str) -> list[Visit]:
    return [
        visit
        for visit in plan.visits.values()
        if (visit.week_id, visit.person_id, visit.slot_id) == (week_id, person_id, slot_id)
    ]


def _moved(
    plan: Plan, visit: Visit, slot_id: str, permitted: str, *, leaving: tuple[str, ...]
) -> tuple[Visit, list[Visit]]:
    """The visit in its new slot, and rows of the same two, gone and never told of, that must make way."""
    if visit.pinned:
        raise Refused("pinned", who=plan.people[visit.person_id].name, slot=plan.slots[visit.slot_id].name)
    there = [other for other in _of_pair(plan, visit.week_id, visit.person_id, slot_id) if other.id not in leaving]
    if any(other.counts for other in there):
        raise Refused("already-there", who=plan.people[visit.person_id].name, slot=plan.slots[slot_id].name)
    unwanted = [other for other in there if not was_told(plan, other)]
    return in_new_slot(visit, slot_id, permitted=permitted), unwanted


def _taken_off(plan: Plan, visit: Visit) -> tuple[list[Visit], list[Visit]]:
    """What to drop and what to put so that the visit is off: one of the two."""
    if was_told(plan, visit):
        return [], [replace(visit, status=VisitStatus.CANCELLED, pinned=False)]
    return [visit], []


def _pinning(plan: Plan, verb: Verb, visit_ids: tuple[str, ...], *, pinned: bool) -> Edit:
    visits = [plan.visits[visit_id] for visit_id in visit_ids]
    put = [replace(visit, pinned=pinned) for visit in visits if visit.counts]
    told = facts(plan, visits[0]) if len(visits) == 1 else {"count": str(len(visits))}
    return named(plan.edit(verb, put=put, week_id=visits[0].week_id if visits else None), told)
