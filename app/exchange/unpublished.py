"""Whether a visit differs from what people were last sent of it: judged visit by visit, for the board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.exchange.calendar.said import Said, told
from app.exchange.ledger import Key, key_of, ledger, publications, standing
from app.exchange.safe import Safe
from app.models.names import fold
from app.models.plan import Plan
from app.models.publication import Issued
from app.models.view import WeekView
from app.models.visits import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What stands in calendars of one visit, the number in its subject, and whom it was sent by first."""

    stands: Mapping[Key, Issued]
    number: int
    sender: tuple[str, str] | None


def unpublished(view: WeekView) -> Callable[[Visit], bool] | None:
    """A function that says whether a visit that counts is new or changed since the last publication.

    None where the week was never published. It agrees with the visits of `publication_diff` that still count.
    """
    plan, week = view.plan, view.week
    if not plan.remembered(("published", week.id), ("publications",), lambda: bool(publications(plan, week.id))):
        return None
    sent = plan.remembered(("sent of visits", week.id), ("publications", "issued"), lambda: _sent(plan, week.id))
    # An answer holds as long as everything that a visit's words are made from is the same.
    known: dict[str, tuple[tuple[object, ...], bool]] = plan.remembered(("judged as sent", week.id), (), dict)

    def changed(visit: Visit) -> bool:
        slot, person = view.slots[visit.slot_id], view.plan.people[visit.person_id]
        basis = (sent, Safe.of(view), visit, slot, person, week)
        held = known.get(visit.id)
        if held is not None and held[0][0] is sent and held[0][1] is basis[1] and held[0][2:] == basis[2:]:
            return held[1]
        answer = _differs(view, visit, sent.get(visit.uid))
        known[visit.id] = (basis, answer)
        return answer

    return changed


def _sent(plan: Plan, week_id: str) -> Mapping[str, _Sent]:
    """By UID."""
    lines = ledger(plan, week_id)
    by_uid: dict[str, dict[Key, Issued]] = defaultdict(dict)
    for key, line in standing(lines).items():
        by_uid[line.uid][key] = line
    first = {line.uid: line for line in reversed(lines)}
    found = {}
    for uid, line in first.items():
        said = Said.of(line)
        found[uid] = _Sent(stands=by_uid.get(uid, {}), number=said.number, sender=said.sender)
    return found


def _differs(view: WeekView, visit: Visit, sent: _Sent | None) -> bool:
    if sent is None:
        return True
    wanted = {
        key_of(one.uid, one.recipient, one.address, one.name): one
        for one in told(view, visit, sent.number, organiser=sent.sender)
    }
    return wanted.keys() != sent.stands.keys() or any(
        sent.stands[key].digest != one.said.basis or fold(sent.stands[key].email) != fold(one.address)
        for key, one in wanted.items()
    )
