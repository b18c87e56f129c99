"""What each hard rule says of one visit: what it is about, that it holds, or what it forbids."""

from __future__ import annotations

from typing import assert_never

from app.models.findings import Broken, Rule
from app.models.view import Visitor, WeekSlot, WeekView
from app.text import translate
from app.words.dates import counted, day
from app.words.labels import named, slot_label, spans_label, team_name, visitor_name, when_label
from app.words.problems import broken_text, clearance_lacking


def topic(rule: Rule) -> str:
    """What a rule is about, to stand beside a tick as well as beside a cross."""
    return {
        Rule.CLASH: translate("Other visits and the way"),
        Rule.NOT_FREE: translate("Free time"),
        Rule.LUNCH: translate("Lunch"),
        Rule.NEVER: translate("“Never” wishes"),
        Rule.CLEARANCE: translate("Clearance"),
        Rule.CONSENT: translate("Consent"),
        Rule.SLOT_FULL: translate("Places"),
        Rule.HOST: translate("Host"),
        Rule.VISITOR_MAX: translate("Visitor’s week"),
        Rule.VISITOR_DAY_MAX: translate("Visitor’s day"),
        Rule.TEAM_MAX: translate("Team’s week"),
        Rule.TEAM_DAY_MAX: translate("Team’s day"),
        Rule.SAME_TEAM: translate("A team only once"),
        Rule.PIN: translate("Pins"),
    }[rule]


def holds_text(view: WeekView, visitor: Visitor, slot: WeekSlot, rule: Rule) -> str:
    """One sentence for a rule that holds."""
    week = view.week
    facts = {
        "who": visitor.name, "team": slot.team.name, "lunch": week.lunch_minutes, "buffer": week.buffer_minutes,
        "day": visitor.max_per_day, "most": visitor.max_visits, "team_day": slot.team.max_per_day,
        "team_most": slot.team.max_visits, "places": slot.places, "host": slot.host or translate("The host"),
    }  # fmt: skip
    sentences = {
        Rule.CLASH: translate("No other visit of {who} is in the way, with travel and {buffer} minutes to spare."),
        Rule.NOT_FREE: translate("{who} is free for the whole time."),
        Rule.LUNCH: translate("{lunch} minutes are left for lunch."),
        Rule.NEVER: translate("{who} has not ruled {team} out."),
        Rule.CLEARANCE: translate("The clearance of {who} is enough for {team}."),
        Rule.CONSENT: translate("Consent is not refused."),
        Rule.SLOT_FULL: translate("There is room: the slot has a place for this visit, of {places}."),
        Rule.HOST: translate("{host} is in no other slot at that time."),
        Rule.VISITOR_MAX: translate("{who} stays within {most} visits in the week."),
        Rule.VISITOR_DAY_MAX: translate("{who} stays within {day} a day."),
        Rule.TEAM_MAX: translate("{team} stays within {team_most} visits in the week."),
        Rule.TEAM_DAY_MAX: translate("{team} stays within {team_day} a day."),
        Rule.SAME_TEAM: translate("{who} sees {team} only once this week."),
        Rule.PIN: translate("No pinned visit is in the way."),
    }
    unlimited = {
        Rule.LUNCH: (week.lunch_minutes or None, translate("This week asks for no lunch break.")),
        Rule.SAME_TEAM: (week.same_team_once or None, translate("This week lets a visitor see a team twice.")),
        Rule.VISITOR_MAX: (visitor.max_visits, translate("{who} has set no most in the week.")),
        Rule.VISITOR_DAY_MAX: (visitor.max_per_day, translate("{who} has set no most in a day.")),
        Rule.TEAM_MAX: (slot.team.max_visits, translate("{team} has set no most in the week.")),
        Rule.TEAM_DAY_MAX: (slot.team.max_per_day, translate("{team} has set no most in a day.")),
    }
    limit, without = unlimited.get(rule, (0, ""))
    return (without if limit is None else sentences[rule]).format(**facts)


def forbids_text(view: WeekView, fact: Broken, person_id: str, slot_id: str, *, pinned: bool) -> str:
    """One sentence for a rule that forbids this visit, be it that it is there or that it would be.

    `pinned`: the other visits in the fact are pinned ones, so that no match can move them away.
    """
    visitor, slot = view.visitors[person_id], view.slots[slot_id]
    match fact.rule:
        case Rule.NOT_FREE:
            return _not_free(visitor, slot)
        case Rule.CONSENT:
            return translate("Consent was refused for {here}.").format(here=slot_label(slot))
        case Rule.NEVER:
            return translate("{who} has asked never to visit {team}.").format(who=visitor.name, team=slot.team.name)
        case Rule.CLEARANCE:
            return translate("{why}.").format(why=clearance_lacking(visitor, slot))
        case Rule.PIN:
            return broken_text(view, fact)
        case Rule.LUNCH:
            return _lunch(view, fact, visitor)
        case Rule.CLASH | Rule.HOST | Rule.SAME_TEAM:
            return _pair(view, fact, visitor, slot, pinned=pinned)
        case Rule.SLOT_FULL | Rule.VISITOR_MAX | Rule.VISITOR_DAY_MAX | Rule.TEAM_MAX | Rule.TEAM_DAY_MAX:
            return _count(view, fact, visitor, slot, pinned=pinned)
        case _:
            assert_never(fact.rule)


def _not_free(visitor: Visitor, slot: WeekSlot) -> str:
    facts = {"who": visitor.name, "on": day(slot.day)}
    busy = [span for span in visitor.busy.get(slot.day, ()) if span.overlaps(slot.span)]
    if busy:
        return translate("{who} is busy on {on}, {times}.").format(**facts, times=spans_label(busy))
    free = (visitor.free or {}).get(slot.day, ())
    if free:
        return translate("{who} is free on {on} only {times}.").format(**facts, times=spans_label(free))
    return translate("{who} has given no free time on {on}.").format(**facts)


def _lunch(view: WeekView, fact: Broken, visitor: Visitor) -> str:
    on = fact.day or view.week.first_day
    return translate("{who} would have only {left} for lunch on {on}; the week asks for {needed}.").format(
        who=visitor.name, left=counted(fact.number, "minute"), on=day(on), needed=counted(fact.limit, "minute")
    )


def _pair(view: WeekView, fact: Broken, visitor: Visitor, slot: WeekSlot, *, pinned: bool) -> str:
    """A rule between this visit and one other slot."""
    other = view.slots.get((fact.other_slot_id if fact.slot_id == slot.id else fact.slot_id) or "")
    facts = {
        "who": visitor.name, "host": slot.host or translate("The host"), "team": slot.team.name,
        "there": slot_label(other), "when": when_label(other), "needed": counted(fact.limit, "minute"),
        "left": counted(max(0, fact.number), "minute"),
    }  # fmt: skip
    if fact.rule is Rule.HOST:
        if pinned:
            return translate("{host} is needed for a pinned visit at that time: {there}.").format(**facts)
        return translate("{host} is needed elsewhere at that time: {there}.").format(**facts)
    if fact.rule is Rule.SAME_TEAM:
        if pinned:
            return translate("{who} is pinned to {team} already, {when}.").format(**facts)
        return translate("{who} sees {team} already, {when}.").format(**facts)
    if fact.number >= 0:
        if pinned:
            return translate(
                "{who} is pinned to {there}, and the {left} between need to be {needed} for the way and the buffer."
            ).format(**facts)
        return translate(
            "{who} visits {there}, and the {left} between need to be {needed} for the way and the buffer."
        ).format(**facts)
    if pinned:
        return translate("{who} is pinned elsewhere at that time: {there}.").format(**facts)
    return translate("{who} is elsewhere at that time: {there}.").format(**facts)


def _count(view: WeekView, fact: Broken, visitor: Visitor, slot: WeekSlot, *, pinned: bool) -> str:
    """A limit that this visit would pass, with how many others there are."""
    others = [
        visit
        for visit in view.visits
        if visit.id in fact.visits and (visit.person_id, visit.slot_id) != (visitor.id, slot.id)
    ]
    facts = {
        "who": visitor.name, "team": team_name(view, fact.team_id), "here": slot_label(slot), "limit": fact.limit,
        "on": day(fact.day or slot.day), "there": _has(len(others), pinned=pinned),
        "places": counted(fact.limit, "place"), "names": named([visitor_name(view, one.person_id) for one in others]),
    }  # fmt: skip
    if fact.rule is Rule.SLOT_FULL:
        if pinned:
            return translate("{here} has {places}, taken by pinned visits: {names}.").format(**facts)
        return translate("{here} has {places}, taken by {names}.").format(**facts)
    if fact.rule is Rule.VISITOR_MAX:
        return translate("{who} wants at most {limit} in the week and has {there}.").format(**facts)
    if fact.rule is Rule.VISITOR_DAY_MAX:
        return translate("{who} wants at most {limit} a day and has {there} on {on}.").format(**facts)
    if fact.rule is Rule.TEAM_MAX:
        return translate("{team} takes at most {limit} in the week and has {there}.").format(**facts)
    return translate("{team} takes at most {limit} a day and has {there} on {on}.").format(**facts)


def _has(count: int, *, pinned: bool) -> str:
    if pinned:
        return counted(count, translate("pinned visit"), translate("pinned visits"))
    return counted(count, translate("other visit"), translate("other visits"))
