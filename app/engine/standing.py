"""What no longer holds of the visits that stand: the fewest to give up, and the pins that break rules by themselves."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.engine import check
from app.engine.pairs import Pairs
from app.models.findings import Broken
from app.models.view import WeekView
from app.models.visits import PROMISED, Visit

Fact = tuple[str, str | None, str | None, str | None, str | None, dt.date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The visits of an upset week sorted out, as (person id, slot id)."""

    all: Pairs
    """Every visit that counts."""
    lost: Pairs
    """Those to give up, none pinned, so that no rule stays broken but by pins and by what a hand permitted."""
    pins: Pairs
    """The pinned ones, and those that stand by a permission: no mend moves them."""
    broken_pins: Pairs
    """Pinned ones to give up too if even pins are to break no rule that they did not break before the upset."""

    lost_without_pins: Pairs
    """Those to give up, none pinned, once the broken pins are gone."""

    @property
    def kept(self) -> Pairs:
        """What still holds."""
        return self.all - self.lost


def fact_key(fact: Broken) -> Fact:
    """What tells one broken rule from another in two versions of a week."""
    return (fact.rule.value, fact.person_id, fact.slot_id, fact.other_slot_id, fact.team_id, fact.day)


def standing(view: WeekView, before: WeekView) -> Standing:
    """Sort out the visits of the upset week. A permission given in the week before does not cover a new breach."""
    earlier = check.problems(before).broken
    known = {fact_key(fact) for fact in earlier if fact.permitted}
    settled = set() if before is view else {fact_key(fact) for fact in earlier}
    pinned = {visit.id for visit in view.counted if visit.pinned}

    def covered(fact: Broken) -> bool:
        return fact.permitted and fact_key(fact) in known

    gone = _given_up(view, lambda fact: not covered(fact) and not pinned.issuperset(fact.visits), pinned)
    left = _without(view, gone)
    by_permission = {id_ for fact in check.problems(left).broken if covered(fact) for id_ in fact.visits}
    too = _given_up(left, lambda fact: not covered(fact) and fact_key(fact) not in settled, set())
    rest = _given_up(_without(view, too), lambda fact: not covered(fact) and not pinned.issuperset(fact.visits), pinned)
    counted = view.counted
    return Standing(
        all=_pairs(counted, {visit.id for visit in counted}),
        lost=_pairs(counted, gone),
        pins=_pairs(counted, pinned | by_permission),
        broken_pins=_pairs(counted, too),
        lost_without_pins=_pairs(counted, rest if too else gone),
    )


def stands(view: WeekView, before: WeekView, broken: Iterable[Broken]) -> bool:
    """Whether none of the week's broken rules is broken but by pins alone, or by a permission given before."""
    known: set[Fact] | None = None
    pinned = {visit.id for visit in view.counted if visit.pinned}
    for fact in broken:
        if pinned.issuperset(fact.visits):
            continue
        if known is None:
            known = {fact_key(one) for one in check.problems(before).broken if one.permitted}
        if not (fact.permitted and fact_key(fact) in known):
            return False
    return True


def _given_up(view: WeekView, matters: Callable[[Broken], bool], never: set[str]) -> set[str]:
    """Visits without which no fact that matters is left, none of which could stay beside the rest."""
    order = {visit.id: place for place, visit in enumerate(view.visits)}
    by_id = {visit.id: visit for visit in view.visits}

    def facts_without(gone: set[str]) -> list[Broken]:
        return [fact for fact in check.problems(_without(view, gone)).broken if matters(fact)]

    gone: set[str] = set()
    while facts := facts_without(gone):
        alone = {fact.visits[0] for fact in facts if len(fact.visits) == 1} - never
        blamed = Counter(id_ for fact in facts for id_ in fact.visits if id_ not in never)
        if alone:
            gone |= alone
        elif blamed:  # each time the one in the most facts, of equals a draft before a promise
            gone.add(max(blamed, key=lambda id_: (blamed[id_], by_id[id_].status not in PROMISED, order[id_])))
        else:
            break
    for id_ in sorted(gone, key=order.__getitem__) if len(gone) > 1 else ():
        if not facts_without(gone - {id_}):
            gone.discard(id_)
    return gone


def _without(view: WeekView, gone: set[str]) -> WeekView:
    return replace(view, visits=tuple(visit for visit in view.visits if visit.id not in gone))


def _pairs(visits: tuple[Visit, ...], ids: set[str]) -> Pairs:
    return frozenset((visit.person_id, visit.slot_id) for visit in visits if visit.id in ids)
