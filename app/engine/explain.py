"""Why, or why not: one visitor in one slot. The rules in the way, or the exact price of having the visit."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import replace

from app.engine import check, goals, rules
from app.engine.match import Matching, Status, match
from app.engine.pairs import with_pairs
from app.engine.worker import IDLE
from app.models.change import TABLES, Verb
from app.models.findings import Answer, Broken, Counted, Price, Rule, RuleHeld, Serves
from app.models.names import fold, identity
from app.models.people import POINTS, Liking
from app.models.view import WeekView
from app.models.view import view as joined
from app.models.visits import PROMISED, Visit, VisitStatus
from app.models.week import Priority

SECONDS = 20.0
"""How long an exact price may take. Weeks of a county take one or two."""
PATIENCE = {Priority.TRAVEL: 3.0}
"""Seconds that an exact price may work on the road minutes: in a large week they are never proved, and all that weighs
more is by then."""
_TICK = 0.2
_BEST = "best"
_MATTER = tuple(table for table in TABLES if table not in {"visits", *IDLE})
"""The tables on which the best week depends, beside the visits that stay or were promised."""
_WISHES = {
    POINTS[Liking.FIRST_CHOICE]: Counted.FIRST_CHOICE,
    POINTS[Liking.LIKE]: Counted.LIKE,
    POINTS[Liking.RATHER_NOT]: Counted.RATHER_NOT,
}

RULES = tuple(rule for rule in Rule if rule is not Rule.PIN)
"""The rules that a visit can break; a lost pin is a fault of a whole schedule."""


def why(
    view: WeekView,
    person_id: str,
    slot_id: str,
    *,
    price: bool = True,
    seconds: float = SECONDS,
    cancelled: Callable[[], bool] | None = None,
) -> Answer:
    """Why the visitor is, could be or cannot be in the slot.

    Rules are judged beside the pinned visits: all others may move. What stands in the way of the week as it is
    comes along as `standing`. The price of an allowed visit is the best week with it less the best week: where it
    is placed already, less the best week without it. Raises Refused as `match` does, where `price` is wanted.
    """
    answer = _judged(view, person_id, slot_id)
    if not price or not answer.allowed:
        return answer
    return replace(answer, price=_price(view, answer, seconds, cancelled))


def imagined(view: WeekView, person_id: str, slot_id: str) -> Visit:
    """The visit of the two: the one that counts, else one made up."""
    for visit in view.counted:
        if (visit.person_id, visit.slot_id) == (person_id, slot_id):
            return visit
    return Visit(
        id=identity("imagined", view.week.id, person_id, slot_id), week_id=view.week.id, person_id=person_id,
        slot_id=slot_id, status=VisitStatus.PROPOSED, uid="",
    )  # fmt: skip


def beside(view: WeekView, visit: Visit, *, pins_only: bool) -> WeekView:
    """The week with this visit beside the others that count, or beside the pinned ones alone."""
    others = [one for one in view.counted if one.id != visit.id and (one.pinned or not pins_only)]

    def when(one: Visit) -> tuple[object, ...]:
        slot = view.slots[one.slot_id]
        return (slot.day, slot.span, fold(view.visitors[one.person_id].name), fold(slot.name), one.id)

    return replace(view, visits=tuple(sorted([*others, replace(visit, permitted="")], key=when)))


def _judged(view: WeekView, person_id: str, slot_id: str) -> Answer:
    visit = imagined(view, person_id, slot_id)
    firm = _breaks(beside(view, visit, pins_only=True), visit)
    standing = _breaks(beside(view, visit, pins_only=False), visit)
    said = tuple(
        RuleHeld(
            rule=rule,
            holds=not any(fact.rule is rule for fact in firm),
            facts=tuple(fact for fact in firm if fact.rule is rule),
            standing=tuple(fact for fact in standing if fact.rule is rule),
        )
        for rule in RULES
    )
    placed = any(one.id == visit.id for one in view.counted)
    return Answer(
        person_id=person_id, slot_id=slot_id, placed=placed, allowed=not firm, rules=said,
        serves=_serves(view, visit, placed=placed),
    )  # fmt: skip


def _breaks(view: WeekView, visit: Visit) -> tuple[Broken, ...]:
    """The broken rules that this visit has a part in: a rule that its neighbours break by themselves is theirs."""
    return tuple(fact for fact in check.problems(view).broken if visit.id in fact.visits)


def _serves(view: WeekView, visit: Visit, *, placed: bool) -> Serves:
    """What the visit is good for, beside the others as they stand."""
    visitor, slot = view.visitors[visit.person_id], view.slots[visit.slot_id]
    others = [one for one in view.counted if one.id != visit.id]
    mine = [one for one in others if one.person_id == visitor.id]
    there = [one for one in others if view.slots[one.slot_id].team.id == slot.team.id]
    met = visitor.past_services | {fold(view.slots[one.slot_id].team.service) for one in mine}
    return Serves(
        points=rules.wished(visitor, slot),
        visitor_minimum=not visitor.standby and len(mine) < visitor.min_visits,
        team_minimum=len(there) < slot.team.min_visits,
        new_service=fold(slot.team.service) not in met,
        seen_before=slot.team.id in visitor.past_teams,
        pinned=placed and visit.pinned,
        promised=placed and visit.status in PROMISED,
    )


def remember(view: WeekView, matching: Matching) -> None:
    """Keep what matching this very week found as the best week there is, where it is known to be."""
    asked = tuple(one.priority for one in matching.reached if one.asked)
    if asked == goals.order(view) and all(
        one.proved or one.priority in PATIENCE for one in matching.reached if one.asked
    ):
        _box(view)[_BEST] = matching


def _price(view: WeekView, answer: Answer, seconds: float, cancelled: Callable[[], bool] | None) -> Price:
    """The best week with the visit against the best week otherwise; where the best week is known, it is one of them."""
    pair = (answer.person_id, answer.slot_id)
    best = _box(view).get(_BEST)
    with_it, without = pinned(view, *pair), unpinned(view, *pair) if answer.placed else view
    # A pin that goes, or that calls for somebody on standby, makes weeks possible that were not.
    free = not view.visitors[answer.person_id].standby and not any(
        visit.pinned for visit in view.counted if (visit.person_id, visit.slot_id) == pair
    )
    stop = threading.Event()

    def matched(week: WeekView, kept_out: frozenset[tuple[str, str]] = frozenset()) -> Matching:
        known = best.reached if best is not None and free else ()
        return match(
            week, without=kept_out, known=() if best is None else (frozenset(best.pairs),),
            floors={one.priority: one.bound for one in known if one.bound is not None}, patience=PATIENCE,
            seconds=seconds, workers=1,
            cancelled=lambda: stop.is_set() or (cancelled is not None and cancelled()),
        )  # fmt: skip

    def there() -> Matching:
        return best if best is not None and pair in best.pairs else matched(with_it)

    def away() -> Matching:
        if not answer.placed:
            return best if best is not None else matched(view)
        if best is not None and free and pair not in best.pairs:
            return best
        return matched(without, frozenset({pair}))

    with ThreadPoolExecutor(2) as pool:
        both = pool.submit(there), pool.submit(away)
        try:
            while wait(both, timeout=_TICK, return_when=FIRST_EXCEPTION).not_done:
                pass  # in steps, so that Ctrl+C is heard on every system
            forced, otherwise = (one.result() for one in both)
        finally:
            stop.set()
    if not answer.placed:
        remember(view, otherwise)
    return _difference(view, answer, forced, otherwise)


def _box(view: WeekView) -> dict[str, Matching]:
    """A place to keep what was found for this week, whatever becomes of the visits that a match may move."""
    made: dict[str, Matching] = {}
    firm = frozenset(
        (visit.person_id, visit.slot_id, visit.status, visit.pinned)
        for visit in view.visits
        if visit.status in PROMISED or (visit.pinned and visit.counts)
    )
    return view.plan.remembered(("prices", view.week.id, firm), _MATTER, lambda: made)


def _difference(view: WeekView, answer: Answer, forced: Matching, best: Matching) -> Price:
    order = goals.order(view)
    ours = goals.values(with_pairs(view, forced.pairs), view)
    theirs = goals.values(with_pairs(view, best.pairs), view)
    mine = {slot_id for person_id, slot_id in forced.pairs if person_id == answer.person_id}
    visitor, here = view.visitors[answer.person_id], view.slots[answer.slot_id]

    def likeness(slot_id: str) -> tuple[object, ...]:
        slot = view.slots[slot_id]
        apart = (abs((slot.day - here.day).days), abs(slot.span.start - here.span.start))
        return (slot.team.id != here.team.id, -rules.wished(visitor, slot), *apart, fold(slot.name))

    instead = tuple(
        sorted((slot for person, slot in best.pairs if person == visitor.id and slot not in mine), key=likeness)
    )
    return Price(
        by_priority=tuple((priority, ours[priority] - theirs[priority]) for priority in order),
        sure=next(
            (at for at, one in enumerate(order) if not (_proves(forced, one) and _proves(best, one))), len(order)
        ),
        in_best=(answer.person_id, answer.slot_id) in best.pairs,
        instead=instead,
        unseen=_unseen(view, forced, best),
        counts=_counts(view, forced, best),
    )


def _proves(matching: Matching, priority: Priority) -> bool:
    return matching.status is Status.OPTIMAL or any(
        one.priority is priority and one.proved for one in matching.reached
    )  # fmt: skip


def _unseen(view: WeekView, forced: Matching, best: Matching) -> int:
    """How many teams more (or fewer, below zero) than otherwise get no visit though they want some."""

    def count(matching: Matching) -> int:
        seen = {view.slots[slot_id].team.id for _, slot_id in matching.pairs}
        return sum(team.min_visits > 0 and team.id not in seen for team in view.teams.values())

    return count(forced) - count(best)


def _counts(view: WeekView, forced: Matching, best: Matching) -> tuple[tuple[Counted, int], ...]:
    """What there would be more of, or less, than otherwise."""

    def tally(matching: Matching) -> Counter[Counted]:
        found: Counter[Counted] = Counter()
        met: set[tuple[str, str]] = set()
        for person_id, slot_id in matching.pairs:
            visitor, slot = view.visitors[person_id], view.slots[slot_id]
            if (kind := _WISHES.get(visitor.points.get(slot.team.id, 0))) is not None:
                found[kind] += 1
            found[Counted.RATHER_NOT_TIME] += rules.rather_not(visitor, slot)
            found[Counted.SEEN_BEFORE] += slot.team.id in visitor.past_teams
            if (service := fold(slot.team.service)) not in visitor.past_services:
                met.add((person_id, service))
        found[Counted.NEW_SERVICE] = len(met)
        return found

    ours, theirs = tally(forced), tally(best)
    return tuple((one, change) for one in Counted if (change := ours[one] - theirs[one]))


def pinned(view: WeekView, person_id: str, slot_id: str) -> WeekView:
    """The week with this visit pinned; made where it is missing."""
    return _with(view, replace(imagined(view, person_id, slot_id), pinned=True))


def unpinned(view: WeekView, person_id: str, slot_id: str) -> WeekView:
    """The week with this visit free to go."""
    return _with(view, replace(imagined(view, person_id, slot_id), pinned=False))


def _with(view: WeekView, visit: Visit) -> WeekView:
    plan = view.plan.apply(view.plan.edit(Verb.PLACE, put=[visit], week_id=view.week.id))
    return joined(plan, view.week.id)
