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
from app.words.rules import holds_text, topic


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
