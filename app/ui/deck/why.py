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
from app.words.rules import forbids_text, holds_text, topic


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
        text = (
            broken_text(view, fact) if there is not None else forbids_text(view, fact, person_id, slot_id, pinned=False)
        )
        said.setdefault(fact.rule, []).append(text)
    lines = tuple(
        RuleLine(
            rule=rule, holds=rule not in said, name=topic(rule),
            text=" ".join(said[rule]) if rule in said else holds_text(view, visitor, slot, rule),
        )
        for rule in Rule
        if rule is not Rule.PIN and not (rule is Rule.SAME_TEAM and not view.week.same_team_once)
    )  # fmt: skip
    reason = said[verdict.broken[0].rule][0] if verdict.broken else "".join(verdict.reasons[:1])
    text = _headline(visitor, slot, verdict, there, reason)
    return Answer(placed=there is not None, verdict=verdict, text=text, lines=lines)


def _headline(visitor: Visitor, slot: WeekSlot, verdict: Verdict, there: Visit | None, reason: str) -> str:
    facts = {
        "who": visitor.name, "team": slot.team.name, "when": when_label(slot),
        "reason": reason,
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
