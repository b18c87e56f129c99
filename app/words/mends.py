"""What a careful PA would try first about a broken rule, a warning or unmet demand."""

from __future__ import annotations

from typing import assert_never

from app.models.findings import Broken, Caution, Lack, Rule, Unmet, Warned, Who
from app.models.view import WeekSlot, WeekView
from app.text import translate
from app.words.labels import slot_label, team_name, visitor_name


def mend_text(view: WeekView, finding: Broken | Warned | Unmet) -> str:
    """What a careful PA would try first."""
    if isinstance(finding, Broken):
        return _mend_broken(view, finding)
    if isinstance(finding, Warned):
        return _mend_warning(finding.kind)
    return _mend_unmet(view, finding)


def _mend_broken(view: WeekView, broken: Broken) -> str:
    slot, other = view.slots.get(broken.slot_id or ""), view.slots.get(broken.other_slot_id or "")
    facts = {
        "who": visitor_name(view, broken.person_id),
        "team": team_name(view, broken.team_id) or (slot.team.name if slot else ""),
        "host": (slot.host if slot else "") or translate("the host"),
        "over": str(max(1, broken.number - broken.limit)),
    }
    if broken.permitted:
        return translate("Permitted by hand: nothing to do, unless the reason no longer holds.")
    match broken.rule:
        case Rule.CLASH:
            later = other or slot
            return translate("Move one of the two, {later} first, or give it to somebody else.").format(
                later=_short(later)
            )
        case Rule.NOT_FREE:
            return translate("Ask whether {who} can make the time, or move the visit.").format(**facts)
        case Rule.LUNCH:
            return translate("Move one visit of that day out of the lunch window.")
        case Rule.NEVER:
            return translate("Place {who} with another team.").format(**facts)
        case Rule.CLEARANCE:
            return translate("Get the clearance confirmed, or place {who} with another team.").format(**facts)
        case Rule.CONSENT:
            return translate("Place {who} in another slot, or ask for consent once more.").format(**facts)
        case Rule.SLOT_FULL:
            return translate("Move {over} of them to another slot, or ask {team} for more places.").format(**facts)
        case Rule.HOST:
            return translate("Ask the deputy to host one of the two, or move one.")
        case Rule.VISITOR_MAX:
            return translate("Take {over} of the visits away, or ask {who} to come more often.").format(**facts)
        case Rule.VISITOR_DAY_MAX:
            return translate("Move {over} of the visits to another day, or ask {who}.").format(**facts)
        case Rule.TEAM_MAX:
            return translate("Take {over} of the visits away, or ask {team} to receive more.").format(**facts)
        case Rule.TEAM_DAY_MAX:
            return translate("Move {over} of the visits to another day, or ask {team}.").format(**facts)
        case Rule.SAME_TEAM:
            return translate("Place {who} with another team the second time.").format(**facts)
        case Rule.PIN:
            return translate("Put the visit back, or unpin it.")
        case _:
            assert_never(broken.rule)


def _mend_warning(kind: Caution) -> str:
    match kind:
        case Caution.DIVISION:
            return translate("Ask whether the visit may look like canvassing; else place somebody else.")
        case Caution.PRE_ELECTION:
            return translate("Check the council’s pre-election guidance; no publicity, or another week.")
        case Caution.BANK_HOLIDAY:
            return translate("Check with the host that the team works that day.")
        case Caution.CONSENT_LATE:
            return translate("Ring the host: ask for consent today, or move the visit.")
        case _:
            assert_never(kind)


def _mend_unmet(view: WeekView, unmet: Unmet) -> str:
    is_visitor = unmet.who is Who.VISITOR
    name = visitor_name(view, unmet.id) if is_visitor else team_name(view, unmet.id)
    match unmet.lack:
        case Lack.NO_SLOTS:
            if is_visitor:
                return translate("Ask the teams for slots.")
            return translate("Ask {name} for slots, or lower its minimum.").format(name=name)
        case Lack.NOTHING_OPEN:
            return _mend_nothing_open(unmet, name, is_visitor=is_visitor)
        case Lack.FEWER_ALONE | Lack.FEW_OPEN | Lack.OWN_LIMIT:
            if is_visitor:
                return translate("Ask {name} for more time or a lower minimum.").format(name=name)
            return translate("Ask {name} for slots at other times, or lower its minimum.").format(name=name)
        case Lack.OWN_VISITS:
            if is_visitor:
                return translate("Match the week, or move one of the visits that {name} has.").format(name=name)
            return translate("Match the week, or ask {name} for slots at other times.").format(name=name)
        case Lack.CROWDED_OUT | Lack.SHARED:
            if is_visitor:
                return translate("Ask teams for more slots when {name} is free.").format(name=name)
            return translate("Invite one more visitor, or ask {name} for slots at other times.").format(name=name)
        case Lack.PINS:
            return translate("Unpin one of those visits and match again.")
        case Lack.NOT_PLACED:
            return translate("Match the week, or place the visit by hand.")
        case _:
            assert_never(unmet.lack)


def _mend_nothing_open(unmet: Unmet, name: str, *, is_visitor: bool) -> str:
    first = unmet.rules[0] if unmet.rules else None
    if first is Rule.CLEARANCE:
        if is_visitor:
            return translate("Get the clearance of {name} confirmed.").format(name=name)
        return translate("Get a visitor cleared for {name}.").format(name=name)
    if first is Rule.CONSENT:
        return translate("Ask for consent once more, or for other slots.")
    if first is Rule.NEVER:
        return translate("Ask for slots of other teams, or ask again about “never”.")
    if is_visitor:
        return translate("Ask {name} for other times, or teams for slots at their times.").format(name=name)
    return translate("Ask {name} for slots at other times.").format(name=name)


def _short(slot: WeekSlot | None) -> str:
    return slot_label(slot) if slot is None else slot.team.name
