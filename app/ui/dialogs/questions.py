"""The questions that moving, placing and swapping lead to, wired to the door."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.document import visits as verbs
from app.models.change import Edit
from app.models.findings import Rule
from app.models.view import WeekView
from app.text import translate
from app.ui.board.mover import Mover
from app.ui.bridge import Bridge, Picked
from app.ui.deck.cards import Sort
from app.ui.deck.targets import Target
from app.ui.deck.verdicts import (
    Mark,
    Moving,
    Verdict,
    edit_for,
    judge,
    judge_edit,
    names,
    names_of,
    placed,
    swap_edit,
    swap_verdict,
    with_reason,
)
from app.ui.dialogs.allow import Allow
from app.ui.dialogs.choose import Choose, Option
from app.ui.theme import Look
from app.words.dates import between, short_day
from app.words.labels import slot_label


class Questions:
    """Asks, and does what was answered. `say` tells what came of it."""

    def __init__(self, parent: QWidget, bridge: Bridge, look: Look, say: Callable[[str], None]) -> None:
        self._parent = parent
        self._bridge = bridge
        self._look = look
        self.say = say
        self.mover: Mover | None = None

    @property
    def _week(self) -> WeekView:
        week = self._bridge.now.view
        if week is None:
            raise RuntimeError("no week is shown")
        return week

    def allow(self, target: Target, moving: Moving) -> None:
        """Name the rules in the way; ask for a reason, or offer the swap."""
        verdict, swap = target.verdict, None
        if target.other_id is not None and (not target.slots or _crowded(verdict)):
            other = target.other_id
            name = self._week.visitors[self._bridge.now.plan.visits[other].person_id].name
            swap = (
                translate("&Swap with {who}").format(who=name.replace("&", "&&")),
                partial(self.swap, moving.visit_ids[0], other),
            )
        if not target.slots:
            if swap is not None and target.other_id is not None:
                self.swap(moving.visit_ids[0], target.other_id)
            return
        slot_id = target.slots[0]
        allow = partial(self._go_anyway, moving, slot_id) if verdict.can_allow else None
        Allow(self._parent, names(self._week, moving), verdict, allow=allow, swap=swap).open()

    def _go_anyway(self, moving: Moving, slot_id: str, reason: str) -> None:
        self._do(moving, slot_id, reason)

    def _do(self, moving: Moving, slot_id: str, reason: str = "") -> None:
        edit = edit_for(self._bridge.now.plan, moving, slot_id, permitted=reason)
        self._bridge.do(edit)
        moved = moving.visit_ids or tuple(change.id for change in edit.changes if change.table == "visits")
        self._bridge.pick(Picked(visits=moved))

    def carry_out(self, edit: Edit, *, over: QWidget | None = None, then: Callable[[], None] | None = None) -> None:
        """Do an edit of visits made elsewhere than on the board; where a rule forbids a place, ask first."""
        verdict = judge_edit(self._week, edit, today=self._bridge.today)

        def carry(wanted: Edit) -> None:
            self._bridge.do(wanted)
            if then is not None:
                then()

        if verdict.mark is not Mark.BROKEN:
            carry(edit)
            return
        breaking = {visit_id for fact in verdict.broken for visit_id in fact.visits}
        asked = [visit for visit in placed(edit) if visit.id in breaking]

        def anyway(reason: str) -> None:
            carry(with_reason(edit, reason, {visit.id for visit in asked}))

        Allow(over or self._parent, names_of(self._week, asked), verdict, allow=anyway).open()

    def choose(self, target: Target, moving: Moving) -> None:
        """Ask which of the slots is meant."""
        self._choose_slot(moving, target.slots)

    def choose_slot(self, moving: Moving) -> None:
        """Ask where to, among all slots of the week that are not full, and those it is in."""
        dealt = self._bridge.now.deck
        if dealt is None:
            return
        standing = {self._bridge.now.plan.visits[one].slot_id for one in moving.visit_ids}
        slots = [
            slot_id
            for slot_id in self._week.slots
            if slot_id not in standing and any(card.sort is Sort.FREE for card in dealt.by_slot.get(slot_id, ()))
        ]
        self._choose_slot(moving, tuple(slots))

    def _choose_slot(self, moving: Moving, slots: tuple[str, ...]) -> None:
        week = self._week
        people = (
            [moving.person_id]
            if moving.person_id
            else [self._bridge.now.plan.visits[one].person_id for one in moving.visit_ids]
        )
        options = []
        for slot_id in slots:
            slot = week.slots[slot_id]
            options.append(
                Option(
                    key=slot_id,
                    words=(
                        slot.team.name, f"{short_day(slot.day)}, {between(slot.start, slot.end)}",
                        " ".join(slot.slot.activity.split()),
                    ),
                    verdict=judge(week, moving, slot_id, today=self._bridge.today),
                    wish=sum(week.visitors[one].points.get(slot.team.id, 0) for one in people if one),
                )
            )  # fmt: skip
        Choose(
            self._parent,
            translate("Choose a slot"),
            translate("Where should {who} go?").format(who=names(week, moving)),
            (translate("Team"), translate("When"), translate("Activity")),
            options,
            self._look.theme,
            lambda slot_id: self.put(moving, slot_id),
        ).open()

    def put(self, moving: Moving, slot_id: str) -> None:
        """Put it there; where a rule forbids it, ask first."""
        verdict = judge(self._week, moving, slot_id, today=self._bridge.today)
        if verdict.mark is Mark.BROKEN:
            self.allow(Target(verdict=verdict, slots=(slot_id,)), moving)
        elif verdict.mark is not Mark.HERE:
            self._do(moving, slot_id)

    def choose_visitor(self, slot_id: str) -> None:
        """Ask who should come into that slot."""
        week = self._week
        slot = week.slots[slot_id]
        here = {visit.person_id for visit in week.counted if visit.slot_id == slot_id}
        options = [
            Option(
                key=visitor.id,
                words=(visitor.name, visitor.person.role),
                verdict=judge(week, Moving(person_id=visitor.id), slot_id, today=self._bridge.today),
                wish=visitor.points.get(slot.team.id, 0),
            )
            for visitor in week.visitors.values()
            if visitor.id not in here
        ]
        Choose(
            self._parent,
            translate("Choose a visitor"),
            translate("Who should visit {slot}?").format(slot=slot_label(slot)),
            (translate("Visitor"), translate("Role")),
            options,
            self._look.theme,
            lambda person_id: self.put(Moving(person_id=person_id), slot_id),
        ).open()

    def swap(self, first_id: str, second_id: str) -> None:
        """Exchange two visits; where a rule forbids it, ask first."""
        verdict = swap_verdict(self._week, first_id, second_id, today=self._bridge.today)
        plan = self._bridge.now.plan
        if verdict.mark is not Mark.BROKEN:
            self._swap(first_id, second_id, "")
            return
        both = translate("{one} and {other}").format(
            one=self._week.visitors[plan.visits[first_id].person_id].name,
            other=self._week.visitors[plan.visits[second_id].person_id].name,
        )
        allow = partial(self._swap, first_id, second_id) if verdict.can_allow else None
        Allow(self._parent, both, verdict, allow=allow).open()

    def _swap(self, first_id: str, second_id: str, reason: str) -> None:
        self._bridge.do(swap_edit(self._bridge.now.plan, first_id, second_id, permitted=reason))
        self._bridge.pick(Picked(visits=(first_id, second_id)))

    def choose_swap(self, visit_id: str) -> None:
        """Ask whom to swap a visit with."""
        week, plan = self._week, self._bridge.now.plan
        mine = plan.visits[visit_id]
        options = []
        for visit in week.counted:
            if visit.person_id == mine.person_id or visit.slot_id == mine.slot_id:
                continue
            slot = week.slots[visit.slot_id]
            options.append(
                Option(
                    key=visit.id,
                    words=(
                        week.visitors[visit.person_id].name, slot.team.name,
                        f"{short_day(slot.day)}, {between(slot.start, slot.end)}",
                    ),
                    verdict=swap_verdict(week, visit_id, visit.id, today=self._bridge.today),
                )
            )  # fmt: skip
        Choose(
            self._parent,
            translate("Swap"),
            translate("Whom should {who} swap with?").format(who=week.visitors[mine.person_id].name),
            (translate("Visitor"), translate("Team"), translate("When")),
            options,
            self._look.theme,
            lambda other: self.swap(visit_id, other),
        ).open()

    def permit(self, visit_id: str) -> None:
        """Ask for the reason why a visit may break the rules that it breaks."""
        now = self._bridge.now
        facts = [fact for fact in now.problems.blocking if visit_id in fact.visits]
        verdict = Verdict(
            mark=Mark.BROKEN, short=translate("a rule is broken"), reasons=now.reasons.get(visit_id, ()),
            broken=tuple(facts), can_allow=True,
        )  # fmt: skip
        who = self._week.visitors[now.plan.visits[visit_id].person_id].name

        def allow(reason: str) -> None:
            self._bridge.do(verbs.permit(self._bridge.now.plan, visit_id, reason))

        Allow(self._parent, who, verdict, allow=allow).open()


def _crowded(verdict: Verdict) -> bool:
    """Whether somebody who is there already stands in the way."""
    return any(fact.rule in (Rule.SLOT_FULL, Rule.TEAM_DAY_MAX, Rule.TEAM_MAX, Rule.HOST) for fact in verdict.broken)
