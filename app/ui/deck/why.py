"""Why, or why not: every rule about one visitor in one slot, ticked or crossed, one sentence each. Without Qt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from app.models.findings import Rule
from app.models.view import Visitor, WeekSlot, WeekView
from app.models.visits import Visit
from app.text import translate
from app.ui.deck.verdicts import Mark, Moving, Verdict, judge, judge_visits
from app.words.labels import when_label
from app.words.problems import broken_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule: whether it holds, and one sentence."""

    rule: Rule
    holds: bool
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole answer: one sentence, and a line for each rule."""

    placed: bool
    verdict: Verdict
    text: str
    lines: tuple[RuleLine, ...]


def why(view: WeekView, person_id: str, slot_id: str, *, today: dt.date | None = None) -> Answer:
    """Why the visitor is in the slot, could be, or cannot."""
    visitor, slot = view.visitors[person_id], view.slots[slot_id]
    there = next((one for one in view.counted if (one.person_id, one.slot_id) == (person_id, slot_id)), None)
    verdict = (
        judge(view, Moving(person_id=person_id), slot_id, today=today)
        if there is None
        else judge_visits(view, (replace(there, permitted=""),), [slot], today=today)
    )
    said: dict[Rule, list[str]] = {}
    for fact in verdict.broken:
        said.setdefault(fact.rule, []).append(broken_text(_with(view, person_id, slot_id, there), fact))
    lines = tuple(
        RuleLine(
            rule=rule, holds=rule not in said, name=topic(rule),
            text=" ".join(said[rule]) if rule in said else holds_text(view, visitor, slot, rule),
        )
        for rule in Rule
        if rule is not Rule.PIN and not (rule is Rule.SAME_TEAM and not view.week.same_team_once)
    )  # fmt: skip
    return Answer(placed=there is not None, verdict=verdict, text=_headline(visitor, slot, verdict, there), lines=lines)


def _with(view: WeekView, person_id: str, slot_id: str, there: Visit | None) -> WeekView:
    """The week with the visit imagined, so that sentences can name who would be there."""
    if there is not None:
        return view
    imagined = Visit(id="imagined", week_id=view.week.id, person_id=person_id, slot_id=slot_id, uid="imagined")
    return replace(view, visits=(*view.visits, imagined))


def _headline(visitor: Visitor, slot: WeekSlot, verdict: Verdict, there: Visit | None) -> str:
    facts = {
        "who": visitor.name, "team": slot.team.name, "when": when_label(slot),
        "reason": verdict.reasons[0] if verdict.reasons else "",
        "permit": there.permitted.rstrip(".") if there is not None else "",
    }  # fmt: skip
    if there is not None and verdict.mark is Mark.BROKEN and there.permitted:
        return translate("{who} visits {team}, {when}, by permission ({permit}): {reason}").format(**facts)
    if there is not None and verdict.mark is Mark.BROKEN:
        return translate("{who} visits {team}, {when}, and should not: {reason}").format(**facts)
    if there is not None:
        return translate("{who} visits {team}, {when}, and every rule holds.").format(**facts)
    if verdict.mark is Mark.BROKEN:
        return translate("{who} cannot visit {team}, {when}: {reason}").format(**facts)
    if verdict.mark is Mark.TIGHT:
        return translate("{who} could visit {team}, {when}; think of this: {reason}").format(**facts)
    return translate("{who} could visit {team}, {when}: every rule holds.").format(**facts)


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
        Rule.VISITOR_MAX: (visitor.max_visits, translate("{who} has set no most in the week.")),
        Rule.VISITOR_DAY_MAX: (visitor.max_per_day, translate("{who} has set no most in a day.")),
        Rule.TEAM_MAX: (slot.team.max_visits, translate("{team} has set no most in the week.")),
        Rule.TEAM_DAY_MAX: (slot.team.max_per_day, translate("{team} has set no most in a day.")),
    }
    limit, without = unlimited.get(rule, (0, ""))
    return (without if limit is None else sentences[rule]).format(**facts)
