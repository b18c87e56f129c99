"""What would happen if a visit moved here: fine, tight or broken, with the reasons as sentences. Without Qt.

The referee itself judges, over the part of the week that the move can touch, so that a whole board of cells is
judged while the mouse moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import assert_never

from app.document import visits as verbs
from app.engine import check, rules
from app.engine.touched import index, touched
from app.models.change import Change, Edit, Verb
from app.models.findings import Broken, Caution, Rule, Warned
from app.models.places import Consent
from app.models.plan import Plan
from app.models.view import WeekSlot, WeekView
from app.models.visits import Visit
from app.text import translate
from app.words.dates import counted
from app.words.labels import slot_label
from app.words.problems import broken_text, warning_text


class Mark(StrEnum):
    """What a cell says while something is being moved."""

    FINE = "fine"
    TIGHT = "tight"
    BROKEN = "broken"
    HERE = "here"
    NOTHING = "nothing"


SYMBOLS: Mapping[Mark, str] = {Mark.FINE: "✓", Mark.TIGHT: "!", Mark.BROKEN: "✕", Mark.HERE: "•", Mark.NOTHING: ""}
"""The sign of each mark; a word always stands beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """What is being moved: visits that exist, or a visitor who is to be placed."""

    visit_ids: tuple[str, ...] = ()
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement of one target. `short` goes into the cell, `reasons` are whole sentences."""

    mark: Mark
    short: str
    reasons: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
    can_allow: bool = False
    """Whether a person may allow it all the same, with a reason."""

    @property
    def text(self) -> str:
        """The whole judgement as one line."""
        head = f"{SYMBOLS[self.mark]} {self.short}".strip()
        return f"{head}: {' '.join(self.reasons)}" if self.reasons else head


NOTHING = Verdict(mark=Mark.NOTHING, short="")


def names(view: WeekView, moving: Moving) -> str:
    """Who is being moved, in words."""
    if moving.person_id is not None:
        return view.visitors[moving.person_id].name
    return names_of(view, [view.plan.visits[visit_id] for visit_id in moving.visit_ids])


def names_of(view: WeekView, visits: Sequence[Visit]) -> str:
    """Whose visits these are, in words."""
    if len(visits) == 1:
        return view.visitors[visits[0].person_id].name
    return counted(len(visits), translate("visit"), translate("visits"))


def judge(view: WeekView, moving: Moving, slot_id: str, *, today: dt.date | None = None) -> Verdict:
    """What moving into that slot would do."""
    slot = view.slots[slot_id]
    if moving.person_id is not None:
        standing = [v for v in index(view).by_person.get(moving.person_id, ()) if v.slot_id == slot_id]
        if standing:
            return Verdict(mark=Mark.HERE, short=translate("here"))
        moved: tuple[Visit, ...] = (_imagined(view, moving.person_id, slot_id),)
    else:
        old = [view.plan.visits[visit_id] for visit_id in moving.visit_ids]
        if all(visit.slot_id == slot_id for visit in old):
            return Verdict(mark=Mark.HERE, short=translate("here"))
        if refusal := _refusal(view, old, slot_id):
            return refusal
        moved = tuple(verbs.in_new_slot(visit, slot_id) for visit in old if visit.slot_id != slot_id)
    return judge_visits(view, moved, [slot], today=today)


def judge_visits(
    view: WeekView,
    moved: tuple[Visit, ...],
    slots: Iterable[WeekSlot],
    *,
    gone: Collection[str] = (),
    today: dt.date | None = None,
) -> Verdict:
    """What these visits as they would be then (in those slots), and without those that go, would do to the week."""
    part = touched(view, {visit.person_id for visit in moved}, slots)
    ids = {visit.id for visit in moved}
    others = (visit for visit in part.visits if visit.id not in ids and visit.id not in gone)
    after = replace(part, visits=_in_order(view, [*others, *moved]))
    found = check.problems(after, today=today)
    mine = [fact for fact in found.broken if ids.intersection(fact.visits)]
    blocking = tuple(fact for fact in mine if not fact.permitted)
    warnings = [warning for warning in found.warnings if warning.visit_id in ids]
    if blocking:
        return Verdict(
            mark=Mark.BROKEN, short=brief(blocking[0].rule),
            reasons=tuple(broken_text(after, fact) for fact in blocking), broken=blocking, can_allow=True,
        )  # fmt: skip
    heads, reasons = _cautions(view, moved, warnings)
    for fact in mine:
        heads.append(brief(fact.rule))
        reasons.append(broken_text(after, fact))
    if heads:
        return Verdict(mark=Mark.TIGHT, short=heads[0], reasons=tuple(reasons))
    return Verdict(mark=Mark.FINE, short=_praise(view, moved))


def _refusal(view: WeekView, old: list[Visit], slot_id: str) -> Verdict | None:
    """What no reason can allow: a pinned visit, or a second visit of one person in one slot."""
    for visit in old:
        name = view.visitors[visit.person_id].name
        if visit.pinned:
            sentence = translate("{who} is pinned here; unpin the visit before you move it.").format(who=name)
            return Verdict(mark=Mark.BROKEN, short=translate("pinned"), reasons=(sentence,))
        others = index(view).by_person.get(visit.person_id, ())
        if visit.slot_id != slot_id and any(other.slot_id == slot_id for other in others):
            sentence = translate("{who} is in this slot already.").format(who=name)
            return Verdict(mark=Mark.BROKEN, short=translate("already"), reasons=(sentence,))
    people = [visit.person_id for visit in old]
    if len(set(people)) < len(people):
        sentence = translate("Two of the visits are of one person; one person is in a slot once.")
        return Verdict(mark=Mark.BROKEN, short=translate("one person twice"), reasons=(sentence,))
    return None


def _imagined(view: WeekView, person_id: str, slot_id: str) -> Visit:
    return Visit(id="imagined", week_id=view.week.id, person_id=person_id, slot_id=slot_id, uid="imagined")


def _in_order(view: WeekView, visits: list[Visit]) -> tuple[Visit, ...]:
    def when(visit: Visit) -> tuple[object, ...]:
        slot = view.slots[visit.slot_id]
        return slot.day, slot.span, visit.person_id, slot.id

    return tuple(sorted(visits, key=when))


def _cautions(view: WeekView, moved: tuple[Visit, ...], warnings: list[Warned]) -> tuple[list[str], list[str]]:
    """Short words and sentences for everything that is allowed and yet worth a thought."""
    heads = [_caution(warning.kind) for warning in warnings]
    reasons = [warning_text(view, warning) for warning in warnings]
    for visit in moved:
        visitor, slot = view.visitors[visit.person_id], view.slots[visit.slot_id]
        facts = {"who": visitor.name, "team": slot.team.name, "here": slot_label(slot)}
        if rules.rather_not(visitor, slot):
            heads.append(translate("rather not"))
            reasons.append(translate("{who} would rather not come at this time.").format(**facts))
        if visitor.points.get(slot.team.id, 0) < 0:
            heads.append(translate("rather not"))
            reasons.append(translate("{who} would rather not visit {team}.").format(**facts))
        if slot.team.id in visitor.past_teams:
            heads.append(translate("seen it"))
            reasons.append(translate("{who} has seen {team} in an earlier week.").format(**facts))
        late = any(warning.visit_id == visit.id and warning.slot_id == slot.id for warning in warnings)
        if slot.slot.consent is Consent.TO_ASK and not late:
            heads.append(translate("consent"))
            reasons.append(translate("Consent is still to ask for {here}.").format(**facts))
    return heads, reasons


def _praise(view: WeekView, moved: tuple[Visit, ...]) -> str:
    """`free`, with the wish that it meets."""
    if len(moved) == 1:
        points = view.visitors[moved[0].person_id].points.get(view.slots[moved[0].slot_id].team.id, 0)
        if points == 3:
            return translate("free, first choice")
        if points == 2:
            return translate("free, liked")
    return translate("free")


def brief(rule: Rule) -> str:
    """The rule in a word that fits into a cell."""
    return {
        Rule.CLASH: translate("clash"),
        Rule.NOT_FREE: translate("busy"),
        Rule.LUNCH: translate("no lunch"),
        Rule.NEVER: translate("never"),
        Rule.CLEARANCE: translate("clearance"),
        Rule.CONSENT: translate("refused"),
        Rule.SLOT_FULL: translate("full"),
        Rule.HOST: translate("host busy"),
        Rule.VISITOR_MAX: translate("week full"),
        Rule.VISITOR_DAY_MAX: translate("day full"),
        Rule.TEAM_MAX: translate("team full"),
        Rule.TEAM_DAY_MAX: translate("team full"),
        Rule.SAME_TEAM: translate("twice"),
        Rule.PIN: translate("pinned"),
    }[rule]


def _caution(kind: Caution) -> str:
    """The warning in a word or two that fit into a cell."""
    match kind:
        case Caution.DIVISION:
            return translate("own division")
        case Caution.PRE_ELECTION:
            return translate("election")
        case Caution.BANK_HOLIDAY:
            return translate("holiday")
        case Caution.CONSENT_LATE:
            return translate("consent late")
        case _:
            assert_never(kind)


def edit_for(plan: Plan, moving: Moving, slot_id: str, *, permitted: str = "") -> Edit:
    """The edit that does the move. Raises Refused as the verbs do."""
    if moving.person_id is not None:
        return verbs.place(plan, moving.person_id, slot_id, permitted=permitted)
    wanted = [visit_id for visit_id in moving.visit_ids if plan.visits[visit_id].slot_id != slot_id]
    return together(plan, [partial(_move, visit_id=one, slot_id=slot_id, permitted=permitted) for one in wanted])


def _move(plan: Plan, *, visit_id: str, slot_id: str, permitted: str) -> Edit:
    return verbs.move(plan, visit_id, slot_id, permitted=permitted)


def together(plan: Plan, steps: Iterable[Callable[[Plan], Edit]]) -> Edit:
    """Several edits, each made from the Plan after the one before, as one edit with one undo."""
    edits: list[Edit] = []
    now = plan
    for step in steps:
        edit = step(now)
        edits.append(edit)
        now = now.apply(edit)
    if len(edits) == 1:
        return edits[0]
    changes: dict[tuple[str, str], Change] = {}
    for edit in edits:
        for change in edit.changes:
            first = changes.get((change.table, change.id))
            changes[change.table, change.id] = change if first is None else replace(first, after=change.after)
    kept = tuple(change for change in changes.values() if change.before != change.after)
    if not edits:
        return Edit(verb=Verb.MOVE, changes=())
    told = dict(edits[-1].facts) | {"who": counted(len(edits), translate("visit"), translate("visits"))}
    return Edit(verb=edits[-1].verb, facts=tuple(sorted(told.items())), changes=kept, week_id=edits[-1].week_id)


def swap_verdict(view: WeekView, first_id: str, second_id: str, *, today: dt.date | None = None) -> Verdict:
    """What exchanging the slots of two visits would do."""
    first, second = view.plan.visits[first_id], view.plan.visits[second_id]
    if refusal := _refusal(view, [first], second.slot_id) or _refusal(view, [second], first.slot_id):
        return refusal
    moved = (verbs.in_new_slot(first, second.slot_id), verbs.in_new_slot(second, first.slot_id))
    return judge_visits(view, moved, [view.slots[first.slot_id], view.slots[second.slot_id]], today=today)


def swap_edit(plan: Plan, first_id: str, second_id: str, *, permitted: str = "") -> Edit:
    """Exchange two visits; with a reason both are permitted to break rules."""
    edit = verbs.swap(plan, first_id, second_id)
    return with_reason(edit, permitted, {first_id, second_id}) if permitted else edit


def placed(edit: Edit) -> tuple[Visit, ...]:
    """The visits that an edit puts into a slot, or brings back there, as they would be then."""
    return tuple(
        change.after for change in edit.changes
        if isinstance(change.after, Visit) and change.after.counts and not _stands(change.before, change.after)
    )  # fmt: skip


def _stands(before: object, after: Visit) -> bool:
    """Whether the visit stands where it did."""
    return isinstance(before, Visit) and before.counts and (
        (before.person_id, before.slot_id) == (after.person_id, after.slot_id)
    )  # fmt: skip


def judge_edit(view: WeekView, edit: Edit, *, today: dt.date | None = None) -> Verdict:
    """What the visits that an edit places would do to the week."""
    moved = placed(edit)
    gone = {
        change.id for change in edit.changes
        if isinstance(change.before, Visit) and not (isinstance(change.after, Visit) and change.after.counts)
    }  # fmt: skip
    return judge_visits(view, moved, [view.slots[one.slot_id] for one in moved], gone=gone, today=today)


def with_reason(edit: Edit, reason: str, visits: Collection[str]) -> Edit:
    """The edit with these of its visits permitted to break rules."""
    changes = tuple(
        replace(change, after=replace(change.after, permitted=reason))
        if isinstance(change.after, Visit) and change.id in visits else change
        for change in edit.changes
    )  # fmt: skip
    return replace(edit, changes=changes)
