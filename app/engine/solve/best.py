"""The best plan so far, priority by priority, and what is known of the best possible."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from app.engine import goals
from app.engine.news import News
from app.engine.pairs import Pairs, with_pairs
from app.engine.solve.arena import Arena, Pair
from app.engine.solve.draft import holds
from app.engine.solve.floors import floors_of
from app.engine.solve.relax import NEARLY
from app.engine.solve.targets import Target
from app.models.week import MOST_IS_BEST, Priority

Plan = frozenset[Pair]
Heard = Callable[[News], None]


class Best:
    """Takes every better plan and every better bound, and tells of them."""

    def __init__(self, arena: Arena, order: tuple[Priority, ...], heard: Heard) -> None:
        self.arena = arena
        self.order = order
        self.bounds = floors_of(order, arena)
        self.at = -1
        """Which priority is at work; −1 before the first."""
        self._heard = heard
        self._worth: dict[Plan, tuple[int, ...]] = {}
        self.plan: Plan = frozenset()
        self.key = self._valued(self.plan)
        """The cost of the plan in each priority, in order; less is better."""
        self._base = self.key

    def consider(self, plan: Plan) -> bool:
        """Take the plan if it is better, priority by priority, than the best so far."""
        if plan == self.plan or not holds(self.arena, sorted(plan)):
            return False
        key = self._valued(plan)
        if key >= self.key:
            return False
        self.plan, self.key = plan, key
        self.tell(pairs=self._named(plan))
        return True

    def values(self, count: int) -> dict[Priority, int]:
        """What the plan reaches in the first so many priorities."""
        return {turn: _cost(turn, cost) for turn, cost in zip(self.order[:count], self.key, strict=False)}

    def _valued(self, plan: Plan) -> tuple[int, ...]:
        if plan not in self._worth:
            view = self.arena.view
            found = goals.values(with_pairs(view, self._named(plan)), view)
            self._worth[plan] = tuple(_cost(priority, found[priority]) for priority in self.order)
        return self._worth[plan]

    def _named(self, plan: Iterable[Pair]) -> Pairs:
        return self.arena.named((*self.arena.pins, *plan))

    def tell(self, *, pairs: Pairs | None = None, finished: bool = False) -> None:
        """Tell where things stand, with the plan where it is new."""
        turn = self.order[self.at] if self.at >= 0 else None
        value = None if turn is None else _cost(turn, self.key[self.at])
        bound = None if turn is None else self.bounds.get(turn)
        floors = dict(self.bounds) if turn is None else {}
        self._heard(News(priority=turn, value=value, bound=bound, pairs=pairs, finished=finished, floors=floors))

    def tell_plan(self) -> None:
        """Tell the plan there is, though it is no better than nothing."""
        self.tell(pairs=self._named(self.plan))

    def bounded(self, target: Target, cost: float) -> None:
        """Note that no plan costs less than this, as the model counts it."""
        if not math.isfinite(cost):
            return
        turn, at = self.order[self.at], self.at
        steps = math.ceil((cost - target.at_pins - NEARLY * max(1.0, abs(cost) / 1000)) / target.step)
        whole = steps * target.step + self._base[at]
        known = self.bounds.get(turn)
        if known is None or whole > _cost(turn, known):
            self.bounds[turn] = _cost(turn, min(whole, self.key[at]))
            self.tell()

    def floored(self, floors: Mapping[Priority, int]) -> None:
        """Take over what no plan beats in the turn at work: it holds once the turns before reached their floors."""
        turn = self.order[self.at]
        if turn not in floors or any(floors.get(one) != value for one, value in self.values(self.at).items()):
            return
        known = self.bounds.get(turn)
        if known is None or _cost(turn, floors[turn]) > _cost(turn, known):
            self.bounds[turn] = floors[turn]
            self.tell()

    def proved(self) -> bool:
        """Whether no plan can be better in the priority at work."""
        turn = self.order[self.at]
        return turn in self.bounds and _cost(turn, self.bounds[turn]) >= self.key[self.at]

    def reached(self, target: Target) -> float:
        """The cost of the plan, as the model counts it."""
        return self.key[self.at] - self._base[self.at] + target.at_pins


def _cost(priority: Priority, value: int) -> int:
    """A value as a cost, or back: less is better."""
    return -value if priority in MOST_IS_BEST else value
