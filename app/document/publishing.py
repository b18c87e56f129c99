"""Publishing a week, and what follows: the call list ticked off, protected places released, a week put off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from app.document.snapshots import snapshot
from app.document.visits import named, was_told
from app.errors import Refused
from app.exchange.calls import calls
from app.exchange.ledger import Diff, issued, publication_diff, publications
from app.models.change import Edit, Entity, Verb
from app.models.names import identity
from app.models.places import Slot
from app.models.plan import Plan
from app.models.publication import Answer, Call, Publication, Recipient, Release
from app.models.view import view
from app.models.visits import Visit, VisitStatus

__all__ = [
    "all_told",
    "cancel_week",
    "newest_calls",
    "open_calls",
    "postpone_week",
    "publication_diff",
    "publish_edit",
    "release",
    "tick",
    "withdraw_release",
]

_SENT = frozenset({VisitStatus.PUBLISHED, VisitStatus.CONFIRMED, VisitStatus.DECLINED})


def publish_edit(plan: Plan, diff: Diff, at: dt.datetime) -> Edit:
    """The edit that notes the publication: ledger, call list, and the visits' new states. For `Document.record`.

    `at` is the moment of the publication in UTC. An empty diff makes no publication; visits that were brought back
    to what was sent before are published again all the same. Raises Refused("changed-meanwhile") where the plan is
    no longer the one that the diff was made from.
    """
    if publication_diff(plan, diff.week_id) != diff:
        raise Refused("changed-meanwhile", table="visits", id="")
    week = view(plan, diff.week_id)
    moment = _moment(plan, diff, at)
    changed = {one.visit_id for one in diff.sendings if one.recipient is Recipient.VISITOR and one.moved}
    put: list[Entity] = [*_published(week.counted, changed)]
    facts = {"week": week.week.name, "number": str(diff.number)}
    if diff.empty:
        return named(plan.edit(Verb.PUBLISH, put=put, week_id=diff.week_id), facts)
    publication_id = identity("publication", diff.week_id, str(diff.number))
    states = plan.edit(Verb.PUBLISH, put=put)
    put.append(
        Publication(
            id=publication_id,
            week_id=diff.week_id,
            number=diff.number,
            at=moment,
            snapshot=snapshot(plan.apply(states), diff.week_id),
        )
    )
    put += issued(diff, publication_id, moment)
    put += calls(diff, week, publication_id)
    facts |= {"visits": str(len(diff.visits)), "files": str(len(diff.files)), "people": str(len(diff.people))}
    return named(plan.edit(Verb.PUBLISH, put=put, week_id=diff.week_id), facts)


def _moment(plan: Plan, diff: Diff, at: dt.datetime) -> dt.datetime:
    """Whole seconds in UTC, and later than every earlier publication, though the clock was put back."""
    moment = at.astimezone(dt.UTC).replace(microsecond=0)
    earlier = [publication.at for publication in publications(plan, diff.week_id)]
    return max([moment, *(before + dt.timedelta(seconds=1) for before in earlier)])


def _published(visits: tuple[Visit, ...], changed: set[str]) -> Iterator[Visit]:
    for visit in visits:
        unanswered = visit.status is VisitStatus.CONFIRMED and visit.id in changed
        if visit.status is VisitStatus.PROPOSED or unanswered:
            yield replace(visit, status=VisitStatus.PUBLISHED)


def tick(
    plan: Plan, call_id: str, *, told_at: dt.datetime | None, told_by: str = "", answer: Answer = Answer.NONE
) -> Edit:
    """Tick a line of the call list off (or, with `told_at` None, open it again), with who told them and the answer.

    A declined line makes its visit declined, so that a repair can be offered; a visit is confirmed when all of its
    newest lines are. An answer to an older line changes no visit. Raises Refused("answer-untold") for an answer of
    somebody who was not told.
    """
    call = plan.calls[call_id]
    if told_at is None and answer is not Answer.NONE:
        raise Refused("answer-untold", who=call.name)
    moment = None if told_at is None else told_at.astimezone(dt.UTC).replace(microsecond=0)
    ticked = replace(call, told_at=moment, told_by=told_by.strip() if moment else "", answer=answer)
    week_id = plan.publications[call.publication_id].week_id
    put: list[Entity] = [ticked]
    newest = newest_calls(plan, week_id)
    visit = plan.visits.get(call.visit_id)
    if visit is not None and call.new and visit.status in _SENT and newest.get(_line(call)) == call:
        answers = [other for other in newest.values() if other.visit_id == visit.id and other.new]
        put.append(replace(visit, status=_answered([ticked if other == call else other for other in answers])))
    return plan.edit(Verb.TICK, put=put, week_id=week_id, who=call.name, answer=answer.value)


def _answered(lines: list[Call]) -> VisitStatus:
    if any(line.answer is Answer.DECLINED for line in lines):
        return VisitStatus.DECLINED
    if lines and all(line.answer is Answer.CONFIRMED for line in lines):
        return VisitStatus.CONFIRMED
    return VisitStatus.PUBLISHED


def _line(call: Call) -> tuple[str, Recipient, str]:
    return (call.visit_id, call.recipient, call.name)


def newest_calls(plan: Plan, week_id: str) -> dict[tuple[str, Recipient, str], Call]:
    """The newest line of each visit, part and name: what was said later stands in place of what was said before."""
    order = {publication.id: publication.number for publication in publications(plan, week_id)}
    mine = [call for call in plan.calls.values() if call.publication_id in order]
    return {_line(call): call for call in sorted(mine, key=lambda call: (order[call.publication_id], call.id))}


def open_calls(plan: Plan, week_id: str) -> tuple[Call, ...]:
    """The lines of the call list that nobody was told of yet, those left aside that a later line stands in for."""
    found = [call for call in newest_calls(plan, week_id).values() if call.told_at is None]
    return tuple(sorted(found, key=lambda call: (call.name, call.visit_id, call.recipient.value)))


def all_told(plan: Plan, week_id: str) -> bool:
    """Whether everybody was told of everything published; before the first publication nobody was."""
    return bool(publications(plan, week_id)) and not open_calls(plan, week_id)


def release(plan: Plan, week_id: str, person_id: str, site_id: str, *, reason: str, at: dt.datetime) -> Edit:
    """Let one visitor's own itinerary name a protected site. For `Document.record`.

    Raises Refused("not-protected") for a site that is not, Refused("reason-missing") without a reason.
    """
    site, person = plan.sites[site_id], plan.people[person_id]
    if not site.protected:
        raise Refused("not-protected", site=site.name)
    if not reason.strip():
        raise Refused("reason-missing")
    released = Release(
        id=identity("release", week_id, person_id, site_id),
        week_id=week_id,
        person_id=person_id,
        site_id=site_id,
        reason=reason.strip(),
        at=at.astimezone(dt.UTC).replace(microsecond=0),
    )
    return plan.edit(Verb.RELEASE, put=[released], week_id=week_id, who=person.name, site=site.shown_as)


def withdraw_release(plan: Plan, release_id: str) -> Edit:
    """Show only the alias to that visitor again. For `Document.record`."""
    found = plan.releases[release_id]
    who, site = plan.people[found.person_id].name, plan.sites[found.site_id].shown_as
    return plan.edit(Verb.RELEASE, drop=[found], week_id=found.week_id, who=who, site=site)


def cancel_week(plan: Plan, week_id: str) -> Edit:
    """Cancel every visit that is still to come, in one edit: the next publication tells everybody.

    Visits that nobody was told of are removed. Visits held already stay. One undo brings all back, and a second
    publication sends them again. Raises Refused("nothing-to-cancel").
    """
    coming = [visit for visit in view(plan, week_id).counted if visit.status is not VisitStatus.HELD]
    if not coming:
        raise Refused("nothing-to-cancel")
    put = [replace(visit, status=VisitStatus.CANCELLED, pinned=False) for visit in coming if was_told(plan, visit)]
    drop = [visit for visit in coming if not was_told(plan, visit)]
    name = plan.weeks[week_id].name
    return plan.edit(Verb.CANCEL_WEEK, put=put, drop=drop, week_id=week_id, week=name, count=str(len(coming)))


def postpone_week(plan: Plan, week_id: str, first_day: dt.date) -> Edit:
    """Put the whole week off so that it begins on `first_day`: its days and slots move, each to its own weekday count.

    Visits stay in their slots with their UIDs, so the next publication sends updates, not new invitations. An
    answer given for the old days no longer holds. Diaries stay as they are; `check` tells who is not free.
    Raises Refused("same-days"), and Refused("already-held") where some visit was held.
    """
    week = plan.weeks[week_id]
    by = first_day - week.first_day
    if not by:
        raise Refused("same-days")
    visits = [visit for visit in plan.visits.values() if visit.week_id == week_id]
    if any(visit.status is VisitStatus.HELD for visit in visits):
        raise Refused("already-held")
    put: list[Entity] = [replace(week, first_day=first_day, last_day=week.last_day + by)]
    put += [_later(slot, by) for slot in plan.slots.values() if slot.week_id == week_id]
    put += [replace(visit, status=VisitStatus.PUBLISHED) for visit in visits if visit.status is VisitStatus.CONFIRMED]
    return plan.edit(Verb.POSTPONE, put=put, week_id=week_id, week=week.name, first_day=first_day.isoformat())


def _later(slot: Slot, by: dt.timedelta) -> Slot:
    return replace(slot, day=slot.day + by)
