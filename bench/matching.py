"""Matching measured: `python -m bench.matching [--sizes small,county] [--seeds 1-5] [--seconds 150] [--plain]`."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.engine import goals
from app.engine.news import News
from app.engine.pairs import Pairs, faults, with_pairs
from app.engine.solve.arena import arena
from app.engine.solve.draft import first_plan
from app.engine.solve.turns import Turns
from app.models.view import view
from app.models.week import DEFAULT_PRIORITIES, Priority
from bench.plain import Plain, plain
from bench.timing import Taken
from bench.weeks import SIZES, week

WITHIN = (0.02, 0.01, 0.005)
"""How close to its bound travel is watched for."""


@dataclass(slots=True, kw_only=True)
class Measured:
    """One week matched: values and bounds, when each priority was done, the first plan, memory, broken rules."""

    values: dict[Priority, int]
    bounds: dict[Priority, int]
    done: dict[Priority, Taken] = field(default_factory=dict)
    within: dict[float, Taken] = field(default_factory=dict)
    """When the last priority's value came that close to its bound."""
    first: Taken = field(default_factory=lambda: Taken(clock=0.0, processor=0.0))
    megabytes: int = 0
    broken: int = 0
    greedy: dict[Priority, int] = field(default_factory=dict)


def measured(size: str, seed: int, seconds: float) -> Measured:
    """Match one made-up week in this process and measure it."""
    plan, week_id = week(size, seed)
    began, burnt = time.monotonic(), time.process_time()
    joined = view(plan, week_id)
    order = goals.order(joined)
    found = Measured(values={}, bounds={})
    plans: list[Pairs] = []

    def heard(news: News) -> None:
        now = Taken(clock=time.monotonic() - began, processor=time.process_time() - burnt)
        if news.pairs is not None:
            found.first = now if not plans else found.first
            plans.append(news.pairs)
        if news.priority is order[-1] and news.value is not None and news.bound is not None:
            for part in WITHIN:
                if abs(news.value - news.bound) <= part * abs(news.bound):
                    found.within.setdefault(part, now)
        if news.finished and news.priority is not None:
            found.done[news.priority] = now

    turns = Turns(joined, order, seconds=seconds, threads=2, seed=0, heard=heard)
    turns.run()
    found.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found.bounds = turns.bounds
    found.values = goals.values(with_pairs(joined, plans[-1]), joined)
    found.broken = len(faults(with_pairs(joined, plans[-1])))
    held = turns.arena
    by_hand = held.named(first_plan(held))
    found.greedy = goals.values(with_pairs(joined, by_hand), joined)
    return found


def _in_process(size: str, seed: int, seconds: float) -> Measured:
    """Measured in a fresh process, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measured, (size, seed, seconds))


def _compared(size: str, seed: int, seconds: float) -> Plain | None:
    plan, week_id = week(size, seed)
    return plain(arena(view(plan, week_id)), seconds)


def _lines(size: str, seed: int, one: Measured, other: Plain | None) -> Iterator[str]:
    before = Taken(clock=0.0, processor=0.0)
    yield f"{size} {seed}: first plan {one.first}, memory {one.megabytes} MB, broken rules {one.broken}"
    for priority in DEFAULT_PRIORITIES:
        value, bound, done = one.values[priority], one.bounds.get(priority), one.done.get(priority)
        took = "–" if done is None else f"{done.clock - before.clock:.2f}"
        burnt = "–" if done is None else f"{done.processor - before.processor:.2f}"
        before = before if done is None else done
        known = "–" if bound is None else str(bound)
        proved = "yes" if bound == value else "no"
        yield f"  {priority.value:14}{value:>8}{known:>8}  {proved:>6}{took:>9}{burnt:>10}{one.greedy[priority]:>10}"
    for part, taken in sorted(one.within.items(), reverse=True):
        yield f"  travel within {part:.1%} after {taken}"
    if other is not None:
        ours = one.done.get(Priority.WISHES)
        took_ours = float("nan") if ours is None else ours.clock
        yield (
            f"  plain HiGHS: demand {other.demand}, wishes {other.wishes} in {other.seconds:.1f} s, "
            f"{other.seconds / took_ours:.0f} times as long"
        )


def main() -> None:
    """Print a table for each size and seed."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--sizes", default="small,county", help=f"of {', '.join(SIZES)}; all is every one")
    parser.add_argument("--seeds", default="1-3", help="1-5, or one number")
    parser.add_argument("--seconds", type=float, default=150.0, help="for each week")
    parser.add_argument("--plain", action="store_true", help="compare with a plain HiGHS model where it can be written")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    sizes = list(SIZES) if asked.sizes == "all" else asked.sizes.split(",")
    print(f"  {'priority':14}{'value':>8}{'bound':>8}  {'proved':>6}{'seconds':>9}{'processor':>10}{'by hand':>10}")
    for size in sizes:
        for seed in range(int(first), int(last or first) + 1):
            one = _in_process(size, seed, asked.seconds)
            other = _compared(size, seed, asked.seconds) if asked.plain else None
            for line in _lines(size, seed, one, other):
                print(line, flush=True)


if __name__ == "__main__":
    main()
