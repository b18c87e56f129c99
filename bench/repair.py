"""Repair measured: `python -m bench.repair [--sizes county,largest] [--seeds 1-2] [--seconds 60]`.

Each week is matched and published first; then a visitor loses a day and a team closes.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from app.document.matching import adopt_match
from app.engine.match import match
from app.engine.pairs import faults, pairs_of, with_pairs
from app.engine.repair import repair
from app.engine.upsets import upset_week
from app.models.change import Verb
from app.models.repairs import Lost, Option, TeamClosed, Upset
from app.models.view import WeekView, view
from app.models.visits import VisitStatus
from app.models.week import Priority
from bench.weeks import SIZES, week


def published(size: str, seed: int, seconds: float) -> WeekView:
    """A made-up week, matched within that time, every visit published."""
    plan, week_id = week(size, seed)
    plan = plan.apply(adopt_match(plan, week_id, match(view(plan, week_id), seconds=seconds).pairs))
    told = [replace(visit, status=VisitStatus.PUBLISHED) for visit in plan.visits.values()]
    return view(plan.apply(plan.edit(Verb.STATUS, put=told)), week_id)


def upsets_of(before: WeekView) -> tuple[Upset, ...]:
    """The visitor with the most visits loses the day of the first; the team with the most visits but theirs closes."""
    person, _ = Counter(visit.person_id for visit in before.counted).most_common(1)[0]
    mine = [before.slots[visit.slot_id] for visit in before.counted if visit.person_id == person]
    teams = Counter(before.slots[visit.slot_id].team.id for visit in before.counted)
    for slot in mine:
        del teams[slot.team.id]
    return (Lost(person_id=person, day=mine[0].day), TeamClosed(team_id=teams.most_common(1)[0][0]))


def _lines(before: WeekView, upsets: tuple[Upset, ...], options: tuple[Option, ...]) -> Iterator[str]:
    upset = upset_week(before, upsets)
    for option in options:
        values = {one.priority: one for one in option.reached}
        told = values[Priority.TOLD]
        proved = "proved" if values[Priority.DEMAND].proved and told.proved else ""
        untouched = len(option.gone) - len(option.lost)
        broken = len(faults(with_pairs(upset, option.pairs)))
        yield (
            f"  {option.way.value:10}{values[Priority.DEMAND].value:>8}{told.value:>6}{len(option.gone):>6}"
            f"{len(option.new):>6}{untouched:>12}{broken:>8}  {proved}"
        )


def main() -> None:
    """Print a table for each size and seed."""
    parser = argparse.ArgumentParser(prog="python -m bench.repair", description=__doc__)
    parser.add_argument("--sizes", default="county,largest", help=f"of {', '.join(SIZES)}")
    parser.add_argument("--seeds", default="1", help="1-5, or one number")
    parser.add_argument("--seconds", type=float, default=60.0, help="for the first match of each week")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    for size in asked.sizes.split(","):
        for seed in range(int(first), int(last or first) + 1):
            before = published(size, seed, asked.seconds)
            upsets = upsets_of(before)
            began = time.monotonic()
            options = repair(before, upsets)
            took = time.monotonic() - began
            print(f"{size} {seed}: {len(pairs_of(before))} visits, {len(options)} mends in {took:.2f} s")
            print(f"  {'mend':10}{'demand':>8}{'told':>6}{'gone':>6}{'new':>6}{'untouched':>12}{'broken':>8}")
            for line in _lines(before, upsets, options):
                print(line, flush=True)
            moved = _moved_anew(before, upsets, options[0], asked.seconds)
            print(f"  a full re-match takes away {moved} visits that could have stayed", flush=True)


def _moved_anew(before: WeekView, upsets: tuple[Upset, ...], best: Option, seconds: float) -> int:
    """How many visits that still hold go where the upset week is matched as if nobody had been told."""
    upset = upset_week(before, upsets)
    drafts = [replace(visit, status=VisitStatus.PROPOSED) for visit in upset.visits]
    plan = upset.plan.apply(upset.plan.edit(Verb.STATUS, put=drafts))
    anew = frozenset(match(view(plan, upset.week.id), seconds=seconds).pairs)
    return len(pairs_of(before) - frozenset(best.lost) - anew)


if __name__ == "__main__":
    main()
