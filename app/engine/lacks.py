"""The smallest true reason why a visitor or a team is below its minimum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np

from app.engine import rules
from app.engine.pairs import with_pairs
from app.engine.solve.alone import most_for_team, most_for_visitor
from app.engine.solve.arena import arena
from app.engine.solve.draft import Draft
from app.models.findings import Lack, Rule, Unmet, Who
from app.models.view import Visitor, WeekSlot, WeekView

MOST_NAMES = 6


class Reasons:
    """The week without anybody in it, with its pins alone, and as it is: what each leaves to those who are short."""

    def __init__(self, view: WeekView) -> None:
        self._view = view
        self._empty = arena(with_pairs(view, ()))
        self._pinned = arena(view)
        self._draft = Draft(self._pinned, self._pinned.start)

    def of_visitor(self, person_id: str, wanted: int, got: int) -> Unmet:
        visitor, at = self._view.visitors[person_id], self._empty.visitor_at[person_id]

        def finding(lack: Lack, alone: int = 0, blocked: Iterable[Rule] = (), names: Iterable[str] = ()) -> Unmet:
            return _unmet(Who.VISITOR, person_id, wanted, got, lack, alone, blocked, names)

        if not self._view.slots:
            return finding(Lack.NO_SLOTS)
        in_the_way = _in_the_way(self._view, [visitor], self._view.slots.values())
        if not self._empty.open[at].any():
            return finding(Lack.NOTHING_OPEN, blocked=in_the_way)
        alone = most_for_visitor(self._empty, at, wanted)
        if alone < wanted:
            free = most_for_visitor(self._empty, at, wanted, own_limits=False)
            return finding(Lack.OWN_LIMIT if free >= wanted else Lack.FEWER_ALONE, alone, in_the_way)
        own_pins = sum(v == at for v, _ in self._pinned.pins)
        beside = own_pins + most_for_visitor(self._pinned, at, wanted)
        if beside < wanted:
            return finding(
                Lack.PINS, beside, names=self._pinners(lambda v, s: v == at or bool(self._empty.open[at, s]))
            )
        if any(self._draft.fits((at, int(s))) for s in np.flatnonzero(self._pinned.open[at])):
            return finding(Lack.NOT_PLACED, alone)
        others = {v for v, s in self._draft.pairs | set(self._pinned.pins) if v != at and self._empty.open[at, s]}
        return finding(Lack.CROWDED_OUT, alone, names=self._visitors(others))

    def of_team(self, team_id: str, wanted: int, got: int) -> Unmet:
        slots = [slot for slot in self._view.slots.values() if slot.team.id == team_id]

        def finding(lack: Lack, alone: int = 0, blocked: Iterable[Rule] = (), names: Iterable[str] = ()) -> Unmet:
            return _unmet(Who.TEAM, team_id, wanted, got, lack, alone, blocked, names)

        if not slots:
            return finding(Lack.NO_SLOTS)
        guests = [visitor for visitor in self._view.visitors.values() if not visitor.standby]
        in_the_way = _in_the_way(self._view, guests, slots)
        here = [self._empty.slot_at[slot.id] for slot in slots]
        if not self._empty.open[:, here].any():
            return finding(Lack.NOTHING_OPEN, blocked=in_the_way)
        alone = most_for_team(self._empty, here, wanted)
        if alone < wanted:
            free = most_for_team(self._empty, here, wanted, own_limits=False)
            return finding(Lack.OWN_LIMIT if free >= wanted else Lack.FEWER_ALONE, alone, in_the_way)
        pins = sum(s in here for _, s in self._pinned.pins)
        beside = pins + most_for_team(self._pinned, here, wanted)
        could = {int(v) for v in np.flatnonzero(self._empty.open[:, here].any(axis=1))}
        if beside < wanted:
            return finding(Lack.PINS, beside, names=self._pinners(lambda v, s: v in could or s in here))
        if any(self._draft.fits((v, s)) for s in here for v in could):
            return finding(Lack.NOT_PLACED, alone)
        there = {v for v, s in self._draft.pairs if s in here}
        return finding(Lack.CROWDED_OUT, alone, names=self._visitors(could - there))

    def _pinners(self, matters: Callable[[int, int], bool]) -> list[str]:
        return self._visitors({v for v, s in self._pinned.pins if matters(v, s)})

    def _visitors(self, at: Iterable[int]) -> list[str]:
        return [self._empty.visitors[v].name for v in sorted(at)]


def _unmet(
    who: Who, id_: str, wanted: int, got: int, lack: Lack, alone: int, blocked: Iterable[Rule], names: Iterable[str]
) -> Unmet:
    return Unmet(
        who=who, id=id_, wanted=wanted, got=got, lack=lack, alone=alone,
        rules=tuple(blocked), names=tuple(names)[:MOST_NAMES],
    )  # fmt: skip


def _in_the_way(view: WeekView, visitors: Iterable[Visitor], slots: Iterable[WeekSlot]) -> list[Rule]:
    """The rules that close these slots to these visitors, the most frequent first."""
    offered = list(slots)
    counts: Counter[Rule] = Counter()
    for visitor in visitors:
        for slot in offered:
            counts.update(rules.barred(view.week, visitor, slot))
    order = list(Rule)
    return [rule for rule, _ in sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0])))]
