"""Prices measured: `python -m bench.why [--sizes county,largest] [--pairs 5] [--seconds 60]`.

Each week is matched first; then visits that rules allow are priced, in the matched week and in the published one. The
first price of a matched week finds the best week too, later ones know it.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from dataclasses import replace

from app.engine.explain import why
from app.engine.process import keep_warm
from app.models.change import Verb
from app.models.view import WeekView, view
from app.models.visits import VisitStatus
from app.words.answers import answer_text
from bench.repair import published
from bench.weeks import SIZES


def processor() -> float:
    """Seconds of the processor, of this process and of those that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def drafted(week: WeekView) -> WeekView:
    """The same week before anybody was told."""
    drafts = [replace(visit, status=VisitStatus.PROPOSED) for visit in week.plan.visits.values()]
    return view(week.plan.apply(week.plan.edit(Verb.STATUS, put=drafts)), week.week.id)


def main() -> None:
    """Print a line for each price."""
    parser = argparse.ArgumentParser(prog="python -m bench.why", description=__doc__)
    parser.add_argument("--sizes", default="county,largest", help=f"of {', '.join(SIZES)}")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60.0, help="for the first match of each week")
    asked = parser.parse_args()
    for size in asked.sizes.split(","):
        told = published(size, 1, asked.seconds)
        for name, week in (("published", told), ("matched", drafted(told))):
            lots = random.Random(size)
            keep_warm(2)
            left = asked.pairs
            while left:
                pair = lots.choice(list(week.visitors)), lots.choice(list(week.slots))
                if not why(week, *pair, price=False).allowed:
                    continue
                left -= 1
                clock, used = time.monotonic(), processor()
                answer = why(week, *pair)
                took = f"{time.monotonic() - clock:6.2f} s {processor() - used:6.2f} s of the processor"
                print(f"{size:8} {name:10}{took}  {answer_text(week, answer)}", flush=True)
    keep_warm(0)


if __name__ == "__main__":
    main()
