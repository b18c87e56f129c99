"""All sizes and seeds, against others: `python -m bench.compare [--sizes small,county] [--seeds 1-5] [--svg FILE]`.

Ours; a plain, complete HiGHS model; CP-SAT, where `pip install -e ".[bench]"` put it; first come, first served; and a
careful PA. Each runs in a process of its own, within --seconds. The plain models know demand and wishes alone. Values
are those of the check's code, `≥` and `≤` mark bounds that are not reached, and `×` is how many times as long as ours
took to prove the same. The bars at the end are medians.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.engine import goals
from app.engine.pairs import faults, with_pairs
from app.models.view import WeekView, view
from app.models.week import DEFAULT_PRIORITIES, MOST_IS_BEST, Priority
from bench.weeks import SIZES, week

OURS, PLAIN, CPSAT, FIRST, CAREFUL = "ours", "plain HiGHS", "CP-SAT", "first come", "careful PA"
FORMS = (OURS, PLAIN, CPSAT, FIRST, CAREFUL)
SHORT = {
    Priority.DEMAND: "demand", Priority.WISHES: "wishes", Priority.FRESH_EYES: "fresh",
    Priority.FAIR_VISITORS: "fair v.", Priority.FAIR_TEAMS: "fair t.", Priority.TRAVEL: "travel",
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Run:
    """What one of them made of one week."""

    values: dict[Priority, int] = field(default_factory=dict)
    bounds: dict[Priority, int] = field(default_factory=dict)
    seconds: float = 0.0
    wished: float | None = None
    """Seconds until demand and wishes were proved, the part that the plain models do too."""
    megabytes: int = 0
    broken: int = 0
    note: str = ""


def run(form: str, size: str, seed: int, seconds: float) -> Run:
    """Let one of them match one week, in this process."""
    plan, week_id = week(size, seed)
    began = time.monotonic()
    found = _MAKERS[form](view(plan, week_id), size, seed, seconds)
    found.seconds = found.seconds or time.monotonic() - began
    found.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def _ours(_week: WeekView, size: str, seed: int, seconds: float) -> Run:
    from bench.matching import measured

    one = measured(size, seed, seconds)
    ends = [taken.clock for taken in one.done.values()]
    proved = all(one.bounds.get(which) == one.values[which] for which in (Priority.DEMAND, Priority.WISHES))
    return Run(
        values=one.values, bounds=dict(one.bounds), broken=one.broken, seconds=ends[-1] if ends else seconds,
        wished=one.done[Priority.WISHES].clock if proved and Priority.WISHES in one.done else None,
    )  # fmt: skip


def _plain(joined: WeekView, _size: str, _seed: int, seconds: float) -> Run:
    from app.engine.solve.arena import arena
    from bench.plain import plain

    one = plain(arena(joined), seconds)
    if one is None:
        return Run(note="too large to write down")
    values = {Priority.DEMAND: one.demand, Priority.WISHES: one.wishes}
    known = {which: value for which, value in values.items() if value is not None}
    return Run(
        values=known, bounds=dict(known), seconds=one.seconds, wished=one.seconds if len(known) == 2 else None,
        note="" if len(known) == 2 else "time was up",
    )  # fmt: skip


def _cpsat(joined: WeekView, _size: str, _seed: int, seconds: float) -> Run:
    from app.engine.solve.arena import arena
    from bench.cpsat import cpsat

    one = cpsat(arena(joined), seconds)
    if one is None:
        return Run(note="too large to write down")
    found, took = one
    known = {Priority(name): pair for name, pair in found.items()}
    proved = len(known) == 2 and all(value == bound for value, bound in known.values())
    return Run(
        values={which: value for which, (value, _) in known.items()},
        bounds={which: bound for which, (_, bound) in known.items()},
        seconds=took, wished=took if proved else None, note="" if proved else "time was up",
    )  # fmt: skip


def _by_hand(joined: WeekView, how: str) -> Run:
    from app.engine.solve.arena import arena
    from bench import byhand

    held = arena(joined)
    pairs = byhand.first_come(held) if how == FIRST else byhand.careful(held)
    after = with_pairs(joined, {(held.visitors[v].id, held.slots[s].id) for v, s in pairs})
    return Run(values=goals.values(after, joined), broken=len(faults(after)))


_MAKERS: dict[str, Callable[[WeekView, str, int, float], Run]] = {
    OURS: _ours,
    PLAIN: _plain,
    CPSAT: _cpsat,
    FIRST: lambda joined, _size, _seed, _seconds: _by_hand(joined, FIRST),
    CAREFUL: lambda joined, _size, _seed, _seconds: _by_hand(joined, CAREFUL),
}


def alone(form: str, size: str, seed: int, seconds: float) -> Run:
    """The same in a fresh process, ended where it does not end itself."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        try:
            return pool.apply_async(run, (form, size, seed, seconds)).get(seconds * 1.5 + 60)
        except multiprocessing.TimeoutError:
            return Run(seconds=seconds * 1.5 + 60, note="did not end in time")


def line(form: str, one: Run, ours: Run | None) -> str:
    """One line of the table."""
    cells = []
    for which in DEFAULT_PRIORITIES:
        value, bound = one.values.get(which), one.bounds.get(which)
        open_end = "" if bound is None or bound == value else (f"≤{bound}" if which in MOST_IS_BEST else f"≥{bound}")
        cells.append(f"{'–' if value is None else value}{open_end}".rjust(14 if which is Priority.TRAVEL else 11))
    ratio = ""
    if ours is not None and ours is not one and one.wished and ours.wished:
        ratio = f"{one.wished / ours.wished:.1f} ×"
    notes = [one.note] if one.note else []
    if one.broken:
        notes.append(f"{one.broken} broken rules")
    return f"  {form:12}{''.join(cells)}{one.seconds:9.2f} s{one.megabytes:6} MB{ratio:>9}  {', '.join(notes)}".rstrip()


def bars(found: dict[str, dict[str, list[Run]]]) -> Iterator[tuple[str, str, float, str]]:
    """Size, contestant, median seconds, and what the bar says: wishes left, or that it is not proved."""
    for size, forms in found.items():
        for form, runs in forms.items():
            seconds = statistics.median(one.seconds for one in runs)
            proved = sum(one.wished is not None for one in runs)
            says = f"{seconds:.2f} s" + (
                f", wishes proved {proved} of {len(runs)}" if form in (OURS, PLAIN, CPSAT) else ""
            )
            yield size, form, seconds, says


def text_plot(found: dict[str, dict[str, list[Run]]]) -> Iterator[str]:
    """Bars of letters, each mark half as long again as the one before: a scale of powers."""
    for size, form, seconds, says in bars(found):
        marks = max(1, round(_power(seconds) * 6))
        yield f"  {size:9}{form:12}{'█' * marks} {says}"


def svg_plot(found: dict[str, dict[str, list[Run]]]) -> str:
    """The same bars as a picture."""
    rows = list(bars(found))
    high = 26 * len(rows) + 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{high}" font-family="sans-serif" font-size="13">',
        "<title>Median seconds of each way to match, on a scale of powers of ten</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        '<text x="10" y="22" font-size="15">Median seconds, on a scale of powers of ten</text>',
    ]
    for at, (size, form, seconds, says) in enumerate(rows):
        y, wide = 40 + 26 * at, max(2.0, _power(seconds) * 85)
        colour = "#1f6f54" if form == OURS else "#8a94a0"
        parts.append(f'<text x="10" y="{y + 14}">{size}</text><text x="80" y="{y + 14}">{form}</text>')
        parts.append(f'<rect x="180" y="{y}" width="{wide:.0f}" height="19" fill="{colour}"/>')
        parts.append(f'<text x="{188 + wide:.0f}" y="{y + 14}">{says}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _power(seconds: float) -> float:
    """0 for a hundredth of a second, 1 more for each ten times as long."""
    return max(0.0, math.log10(max(seconds, 0.01)) + 2)


def main() -> None:
    """Print the table and the bars."""
    parser = argparse.ArgumentParser(prog="python -m bench.compare", description=__doc__)
    parser.add_argument("--sizes", default="all", help=f"of {', '.join(SIZES)}; all is every one")
    parser.add_argument("--seeds", default="1-5", help="1-5, or one number")
    parser.add_argument("--seconds", type=float, default=150.0, help="for each week and each of them")
    parser.add_argument("--only", default=",".join(FORMS), help="some of: " + ", ".join(FORMS))
    parser.add_argument("--svg", type=Path, help="write the bars as a picture, too")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    forms = [form for form in FORMS if form in asked.only.split(",")]
    if importlib.util.find_spec("ortools") is None and CPSAT in forms:
        forms.remove(CPSAT)
        print('CP-SAT is not installed here: pip install -e ".[bench]" adds it')
    heads = "".join(SHORT[which].rjust(14 if which is Priority.TRAVEL else 11) for which in DEFAULT_PRIORITIES)
    found: dict[str, dict[str, list[Run]]] = {}
    for size in list(SIZES) if asked.sizes == "all" else asked.sizes.split(","):
        for seed in range(int(first), int(last or first) + 1):
            print(f"{size} {seed}\n  {'':12}{heads}{'seconds':>11}{'memory':>9}{'':>9}", flush=True)
            ours: Run | None = None
            for form in forms:
                one = alone(form, size, seed, asked.seconds)
                ours = one if form == OURS else ours
                found.setdefault(size, {}).setdefault(form, []).append(one)
                print(line(form, one, ours), flush=True)
    print("\n".join(["", "median seconds, on a scale of powers:", *text_plot(found)]))
    if asked.svg is not None:
        asked.svg.write_text(svg_plot(found), encoding="utf-8")


if __name__ == "__main__":
    main()
