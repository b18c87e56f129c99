"""Everything that is still open around a week, by its day: consent, clearance, forms, addresses, answers, calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app.document.publishing import newest_calls, open_calls
from app.models.chase import Awaited, Chased
from app.models.names import fold
from app.models.people import Clearance
from app.models.places import MEETS, Consent
from app.models.publication import Answer, Call
from app.models.view import Visitor, WeekSlot, WeekView
from app.words.labels import slot_label


def chase(week: WeekView) -> tuple[Chased, ...]:
    """What is open, the most pressing first."""
    found = [*_consent(week), *_clearance(week), *_times(week), *_slots(week), *_addresses(week), *_told(week)]
    order = {awaited: place for place, awaited in enumerate(Awaited)}
    return tuple(sorted(found, key=lambda one: (one.due or dt.date.max, order[one.awaited], fold(one.who), one.about)))


def _consent(week: WeekView) -> Iterator[Chased]:
    """Slots whose people have still to be asked."""
    for slot in week.slots.values():
        if slot.slot.consent is Consent.TO_ASK:
            yield Chased(
                awaited=Awaited.CONSENT,
                who=slot.host or slot.team.name,
                about=slot_label(slot),
                told=slot_label(slot),
                due=slot.slot.consent_by or slot.day,
                phone=slot.host_phone,
                email=slot.host_email,
                slot_id=slot.id,
            )


def _clearance(week: WeekView) -> Iterator[Chased]:
    """Visitors whose clearance is open, or too little for a team that they visit."""
    placed: dict[str, list[WeekSlot]] = {}
    for visit in week.counted:
        placed.setdefault(visit.person_id, []).append(week.slots[visit.slot_id])
    for visitor in week.visitors.values():
        short = [
            slot for slot in placed.get(visitor.id, ()) if slot.clearance_needed not in MEETS[visitor.person.clearance]
        ]
        if short or (visitor.person.clearance is Clearance.NOT_YET and not visitor.standby):
            first = min(short, key=lambda slot: (slot.day, slot.start)) if short else None
            yield _of_visitor(
                Awaited.CLEARANCE,
                visitor,
                about=slot_label(first) if first else "",
                due=first.day if first else week.week.first_day,
            )


def _times(week: WeekView) -> Iterator[Chased]:
    """Visitors of whom neither a time nor a wish is known: their form has not come back."""
    heard = {row.person_id for row in week.plan.availability.values() if row.week_id == week.week.id}
    heard |= {wish.person_id for wish in week.plan.wishes.values() if wish.week_id == week.week.id}
    for visitor in week.visitors.values():
        if visitor.id not in heard:
            yield _of_visitor(Awaited.TIMES, visitor, due=week.week.first_day)


def _slots(week: WeekView) -> Iterator[Chased]:
    """Teams that offer no slot yet."""
    offering = {slot.team.id for slot in week.slots.values()}
    for team in week.teams.values():
        if team.id not in offering:
            yield Chased(
                awaited=Awaited.SLOTS,
                who=team.team.host or team.name,
                about=team.name,
                told=team.name,
                due=week.week.first_day,
                phone=team.team.host_phone,
                email=team.team.host_email,
                team_id=team.id,
            )


def _addresses(week: WeekView) -> Iterator[Chased]:
    """Visitors and hosts of visits who have no address for an invitation."""
    for visitor in week.visitors.values():
        if not visitor.invite_email:
            yield _of_visitor(Awaited.EMAIL, visitor, due=week.week.first_day)
    seen: set[tuple[str, str]] = set()
    for visit in week.counted:
        slot = week.slots[visit.slot_id]
        key = (slot.team.id, fold(slot.host))
        if not slot.host_email and key not in seen:
            seen.add(key)
            yield Chased(
                awaited=Awaited.EMAIL,
                who=slot.host or slot.team.name,
                about=slot.team.name,
                told=slot.team.name,
                due=week.week.first_day,
                phone=slot.host_phone,
                team_id=slot.team.id,
            )


def _told(week: WeekView) -> Iterator[Chased]:
    """Who is still to be told of what was published, and who was told and has not answered."""
    untold = open_calls(week.plan, week.week.id)
    for call in untold:
        yield _of_call(Awaited.CALL, week, call)
    still = {call.id for call in untold}
    for call in newest_calls(week.plan, week.week.id).values():
        visit = week.plan.visits.get(call.visit_id)
        if call.id not in still and call.new and call.answer is Answer.NONE and visit is not None and visit.counts:
            yield _of_call(Awaited.ANSWER, week, call)


def _of_visitor(awaited: Awaited, visitor: Visitor, *, due: dt.date, about: str = "") -> Chased:
    person = visitor.person
    helper = person.assistant if awaited is not Awaited.EMAIL else ""
    return Chased(
        awaited=awaited,
        who=helper or person.name,
        about=about or person.name,
        told=person.name,
        due=due,
        email=(person.assistant_email or person.email) if helper else visitor.invite_email,
        person_id=visitor.id,
    )


def _of_call(awaited: Awaited, week: WeekView, call: Call) -> Chased:
    visit = week.plan.visits.get(call.visit_id)
    slot = week.slots.get(visit.slot_id) if visit is not None else None
    mail = call.contact if "@" in call.contact else ""
    return Chased(
        awaited=awaited,
        who=call.name,
        about=call.new or call.old,
        told=call.new or call.old,
        due=slot.day if slot else None,
        email=mail,
        phone="" if mail else call.contact,
        visit_id=visit.id if visit is not None else None,
    )
