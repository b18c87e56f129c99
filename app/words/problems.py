"""The sentences for broken rules and warnings; the one door to those for unmet demand and mends.

Commands, rota and window all speak with these. Names are written as they stand in the plan; whoever shows a
sentence outside the app passes it through the protection of sites first.
"""

from __future__ import annotations

from typing import assert_never

from app.models.findings import Broken, Caution, Rule, Warned
from app.models.people import Clearance
from app.models.places import Need
from app.models.view import Visitor, WeekSlot, WeekView
from app.text import translate
from app.words.dates import clock, counted, day
from app.words.labels import named, slot_label, spans_label, team_name, visitor_name, when_label
from app.words.mends import mend_text
from app.words.unmet import unmet_text

__all__ = [
    "broken_text", "caution_name", "mend_text", "not_free_text", "rule_name", "slot_label", "unmet_text",
    "warning_text",
]  # fmt: skip


def rule_name(rule: Rule) -> str:
    """A short heading for the rule, for a column or a list."""
    match rule:
        case Rule.CLASH:
            return translate("Clash")
        case Rule.NOT_FREE:
            return translate("Not free")
        case Rule.LUNCH:
            return translate("Lunch")
        case Rule.NEVER:
            return translate("Never")
        case Rule.CLEARANCE:
            return translate("Clearance")
        case Rule.CONSENT:
            return translate("Consent refused")
        case Rule.SLOT_FULL:
            return translate("Slot full")
        case Rule.HOST:
            return translate("Host in two places")
        case Rule.VISITOR_MAX:
            return translate("Visitor’s most in the week")
        case Rule.VISITOR_DAY_MAX:
            return translate("Visitor’s most in a day")
        case Rule.TEAM_MAX:
            return translate("Team’s most in the week")
        case Rule.TEAM_DAY_MAX:
            return translate("Team’s most in a day")
        case Rule.SAME_TEAM:
            return translate("Same team twice")
        case Rule.PIN:
            return translate("Pinned visit moved")
        case _:
            assert_never(rule)


def caution_name(kind: Caution) -> str:
    """A short heading for the warning, for a column or a list."""
    match kind:
        case Caution.DIVISION:
            return translate("Own division")
        case Caution.PRE_ELECTION:
            return translate("Pre-election dates")
        case Caution.BANK_HOLIDAY:
            return translate("Bank holiday")
        case Caution.CONSENT_LATE:
            return translate("Consent late")
        case _:
            assert_never(kind)


def broken_text(view: WeekView, broken: Broken) -> str:
    """One sentence that names the people, the visit and the rule it breaks, with the reason if it was permitted."""
    return _broken(view, broken) + _permit(view, broken)


def _broken(view: WeekView, broken: Broken) -> str:
    who = visitor_name(view, broken.person_id)
    team = team_name(view, broken.team_id)
    slot = view.slots.get(broken.slot_id or "")
    other = view.slots.get(broken.other_slot_id or "")
    here, there = slot_label(slot), slot_label(other)
    on = day(broken.day) if broken.day else ""
    facts = {"who": who, "team": team, "here": here, "there": there, "on": on}
    match broken.rule:
        case Rule.CLASH:
            return _clash(view, broken, facts)
        case Rule.NOT_FREE:
            return _not_free(view, broken)
        case Rule.LUNCH:
            return translate(
                "{who} has only {left} for lunch on {on}, between {from_} and {to}; the week asks for {needed}."
            ).format(
                **facts,
                left=counted(broken.number, "minute"),
                needed=counted(broken.limit, "minute"),
                from_=clock(view.week.lunch_from),
                to=clock(view.week.lunch_to),
            )
        case Rule.NEVER:
            return translate("{who} must never be placed with {team}: {here}.").format(
                **facts | {"team": slot.team.name if slot else team}
            )
        case Rule.CLEARANCE:
            return _clearance(view, broken)
        case Rule.CONSENT:
            return translate("Consent was refused for {here}, where {who} is placed.").format(**facts)
        case Rule.SLOT_FULL:
            return translate("{here} has {places} and {people}: {names}.").format(
                **facts,
                places=counted(broken.limit, "place"),
                people=counted(broken.number, "visitor"),
                names=_visitors_of(view, broken),
            )
        case Rule.HOST:
            return translate("{host} would host two visits at once: {here} and {there}.").format(
                **facts, host=(slot.host if slot else "") or translate("One host")
            )
        case Rule.VISITOR_MAX:
            return translate("{who} has {number} this week and wants at most {limit}.").format(
                **facts, number=counted(broken.number, "visit"), limit=broken.limit
            )
        case Rule.VISITOR_DAY_MAX:
            return translate("{who} has {number} on {on} and wants at most {limit} a day.").format(
                **facts, number=counted(broken.number, "visit"), limit=broken.limit
            )
        case Rule.TEAM_MAX:
            return translate("{team} has {number} this week and takes at most {limit}.").format(
                **facts, number=counted(broken.number, "visit"), limit=broken.limit
            )
        case Rule.TEAM_DAY_MAX:
            return translate("{team} has {number} on {on} and takes at most {limit} a day.").format(
                **facts, number=counted(broken.number, "visit"), limit=broken.limit
            )
        case Rule.SAME_TEAM:
            return translate("{who} sees {team} twice this week: {first} and {second}.").format(
                **facts, first=when_label(slot), second=when_label(other)
            )
        case Rule.PIN:
            return translate("The pinned visit of {who} to {here} is no longer in the schedule.").format(**facts)
        case _:
            assert_never(broken.rule)


def _clash(view: WeekView, broken: Broken, facts: dict[str, str]) -> str:
    slot, other = view.slots.get(broken.slot_id or ""), view.slots.get(broken.other_slot_id or "")
    if broken.number < 0 or slot is None or other is None:
        return translate("{who} would be in two places at once: {here} and {there}.").format(**facts)
    return translate(
        "{who} has {gap} between {here} and {there}, and needs {needed} for the way and the buffer."
    ).format(
        **facts,
        gap=counted(broken.number, "minute"),
        needed=counted(broken.limit, "minute"),
    )


def _not_free(view: WeekView, broken: Broken) -> str:
    visitor, slot = view.visitors.get(broken.person_id or ""), view.slots.get(broken.slot_id or "")
    if visitor is None or slot is None:
        return translate("{who} is not free for {here}.").format(
            who=visitor_name(view, broken.person_id), here=slot_label(slot)
        )
    return not_free_text(visitor, slot)


def not_free_text(visitor: Visitor, slot: WeekSlot) -> str:
    """Why the visitor is not free for the slot: the busy time in the way, or the free times that day."""
    facts = {"who": visitor.name, "on": day(slot.day), "here": slot_label(slot)}
    busy = [span for span in visitor.busy.get(slot.day, ()) if span.overlaps(slot.span)]
    if busy:
        return translate("{who} is busy on {on}, {times}: {here}.").format(**facts, times=spans_label(busy))
    free = (visitor.free or {}).get(slot.day, ())
    if free:
        return translate("{who} is free on {on} only {times}: {here}.").format(**facts, times=spans_label(free))
    return translate("{who} has given no free time on {on}: {here}.").format(**facts)


def _clearance(view: WeekView, broken: Broken) -> str:
    visitor, slot = view.visitors.get(broken.person_id or ""), view.slots.get(broken.slot_id or "")
    if visitor is None or slot is None:
        return translate("The clearance of {who} is not enough for {here}.").format(
            who=visitor_name(view, broken.person_id), here=slot_label(slot)
        )
    return translate("{why}: {here}.").format(why=clearance_lacking(visitor, slot), here=when_label(slot))


def clearance_lacking(visitor: Visitor, slot: WeekSlot) -> str:
    """`Home A needs visitors whose clearance is confirmed; Ann Lee is cleared only when accompanied`."""
    return translate("{team} {needs}; {who} {has}").format(
        team=slot.team.name, needs=_need(slot.clearance_needed), who=visitor.name, has=_cleared(visitor.clearance)
    )


def _need(need: Need) -> str:
    match need:
        case Need.NONE:
            return translate("needs no clearance")
        case Need.ACCOMPANY:
            return translate("needs visitors who are cleared at least when accompanied")
        case Need.CONFIRMED:
            return translate("needs visitors whose clearance is confirmed")
        case _:
            assert_never(need)


def _cleared(clearance: Clearance) -> str:
    match clearance:
        case Clearance.NOT_YET:
            return translate("is not cleared yet")
        case Clearance.ACCOMPANY:
            return translate("is cleared only when accompanied")
        case Clearance.CONFIRMED:
            return translate("is cleared")
        case _:
            assert_never(clearance)


def _permit(view: WeekView, broken: Broken) -> str:
    if not broken.permitted:
        return ""
    concerned = set(broken.visits)
    reasons = sorted({visit.permitted for visit in view.visits if visit.id in concerned and visit.permitted})
    if not reasons:
        return translate(" Permitted.")
    return translate(" Permitted: {reasons}.").format(reasons="; ".join(reason.rstrip(".") for reason in reasons))


def warning_text(view: WeekView, warned: Warned) -> str:
    """One sentence that names the visit and what to think about."""
    slot = view.slots.get(warned.slot_id)
    facts = {"who": visitor_name(view, warned.person_id), "here": slot_label(slot), "fact": warned.fact}
    match warned.kind:
        case Caution.DIVISION:
            return translate("{who} visits a site in their own division, {fact}: {here}.").format(**facts)
        case Caution.PRE_ELECTION:
            return translate("{who} visits inside the pre-election dates: {here}.").format(**facts)
        case Caution.BANK_HOLIDAY:
            return translate("{who} visits on a bank holiday, {fact}: {here}.").format(**facts)
        case Caution.CONSENT_LATE:
            by = slot.slot.consent_by if slot else None
            if by is None:
                return translate("Consent is still to ask for {here}, where {who} is placed.").format(**facts)
            return translate("Consent was to be asked by {by} and is still to ask: {who}, {here}.").format(
                **facts, by=day(by)
            )
        case _:
            assert_never(warned.kind)


def _visitors_of(view: WeekView, broken: Broken) -> str:
    concerned = set(broken.visits)
    return named([visitor_name(view, visit.person_id) for visit in view.visits if visit.id in concerned])
