"""Every fault, one command: `python -m tests.faults` prints RELIABILITY.md's table with its figures.

`--part 0.1` runs a tenth of the standard's counts. Each harness also runs alone; see its own module.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

from tests.faults import (
    clock,
    disk,
    dropped,
    erasures,
    flips,
    hostile,
    imports,
    kill,
    mutants,
    odd,
    planted,
    power,
    strangers,
    trace,
)
from tests.faults.deeds import DEEDS
from tests.faults.door import door

Call = tuple[Any, ...]
"""A function and what it is called with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One fault of the table: what it is, what came of it, and whether the target was met."""

    fault: str
    figures: str
    held: bool


Rows = dict[str, tuple[Callable[[list[Any]], Row], list[Call]]]
"""Of each row: how it is told, and the calls that find its figures."""


def _kills(found: list[kill.Outcome]) -> Row:
    told, lost, damaged = (sum(getattr(one, name) for one in found) for name in ("acknowledged", "lost", "damaged"))
    figures = f"{found[0].kills:,} × {len(found)} deeds, {told:,} edits acknowledged: {lost} lost, {damaged} damaged"
    return Row(fault="kill -9", figures=figures, held=not lost + damaged)


def _cuts(found: list[power.Outcome]) -> Row:
    control, *found = found
    lost, damaged = sum(one.lost for one in found), sum(one.damaged for one in found)
    different = sum(one.different for one in found)
    figures = (
        f"{found[0].points:,} points × {len(found)} deeds ({different:,} left different bytes): {lost} lost, "
        f"{damaged} damaged (control without syncs, {control.points} points: {control.lost} lost, "
        f"{control.damaged} damaged)"
    )
    return Row(fault="power cut", figures=figures, held=not lost + damaged and bool(control.lost + control.damaged))


def _struck(found: list[disk.Outcome]) -> Row:
    slowest = max(one.slowest for one in found)
    plain, whole, kept = (sum(getattr(one, name) for one in found) for name in ("plain", "whole", "kept"))
    figures = (
        f"{found[0].times} × {len(found)} faults: {plain} plain answers (slowest {slowest:.2f} s), "
        f"{whole} files whole, {kept} times all work kept"
    )
    return Row(fault="disk and file faults", figures=figures, held=all(one.held for one in found))


def _damage(found: list[Counter[str]]) -> Row:
    flipped, mutated = found
    bad = sum(one[word] for one in found for word in mutants.BAD)
    return Row(
        fault="damaged database", figures=f"flips {_words(flipped)}; mutants {_words(mutated)}", held=not bad
    )  # fmt: skip


def _imports(found: list[Any]) -> Row:
    one, seen = found
    figures = (
        f"{one.files} files: {one.plain} answers, {one.crashes} crashes, median {one.median:.2f} s, "
        f"slowest {one.slowest:.2f} s, own process grew {one.grown:.0f} MB; {seen}"
    )
    return Row(fault="hostile imports", figures=figures, held=one.held and seen.held)


def _clock(found: list[clock.Outcome]) -> Row:
    (one,) = found
    figures = (
        f"{one.days} days of work, the clock set wrong {one.jumps} times: {one.overwritten} files overwritten, "
        f"{one.lost} steps lost, {one.shifted} times shifted"
    )
    return Row(fault="clock back, summer time", figures=figures, held=one.held)


def _odd(found: list[list[str]]) -> Row:
    wrong = sum(map(bool, found))
    figures = f"{len(found)} files in the window and through {len(odd.COMMANDS)} commands: {wrong} wrong"
    return Row(fault="values that make no sense", figures=figures, held=not wrong)


def _strings(found: list[int]) -> Row:
    return Row(
        fault="hostile strings", figures=f"{len(found)} texts × every field and export: {sum(found)} wrong",
        held=not sum(found),
    )  # fmt: skip


def _erased(found: list[list[str]]) -> Row:
    traces = sum(map(len, found))
    figures = f"{len(found)} names, every spelling and byte: {traces} traces"
    return Row(fault="a person erased", figures=figures, held=not traces)


def _strangers(found: list[strangers.Outcome]) -> Row:
    (one,) = found
    return Row(fault="files by strangers", figures=str(one), held=one.held)


def _traced(found: list[trace.Outcome]) -> Row:
    (one,) = found
    return Row(fault="sockets and files elsewhere", figures=str(one), held=one.held)


def _door(found: list[int]) -> Row:
    bugs, examples = sum(found[: len(planted.BUGS)]), sum(found[len(planted.BUGS) :])
    figures = f"{examples:,} examples × 50 steps held; {bugs} of {len(planted.BUGS)} planted bugs caught"
    return Row(fault="stateful property test", figures=figures, held=bugs == len(planted.BUGS))


def _dropped(step: int) -> dropped.Outcome:
    return dropped.run(step=step, mutants=imports.MUTANTS // step)


def _doors(examples: int, seed: int) -> int:
    door(examples, 50, seed)
    return examples


def _wrong(text: str) -> int:
    return len(hostile.through(text))


def _rows(part: float) -> Rows:
    """Every row. Those of `_ALONE` aside, each call may run beside the others."""
    many, kills, cuts = _count(1000, part), _count(1000, part), _count(2000, part)
    doors = min(10, many)
    return {
        "kill": (_kills, [(kill.kill, deed, kills, 0) for deed in DEEDS]),
        "power": (_cuts, [(power.control, 60), *((power.cut, deed, cuts, 0) for deed in DEEDS)]),
        "disk": (_struck, [(disk.strike, fault, _count(20, part)) for fault in disk.FAULTS]),
        "damage": (_damage, [(flips.flip, many), (mutants.mutate, many)]),
        "imports": (_imports, [(imports.run,), (_dropped, _count(1, 1 / part))]),
        "strings": (_strings, [(_wrong, text) for text in hostile.TEXTS[: _count(len(hostile.TEXTS), part)]]),
        "erase": (_erased, [(erasures.left, name) for name in erasures.NAMES]),
        "strangers": (_strangers, [(strangers.run,)]),
        "odd": (_odd, [(odd.one, number) for number in range(odd.COUNT)]),
        "clock": (_clock, [(clock.days, _count(40, part))]),
        "trace": (_traced, [(trace.session,)]),
        "door": (
            _door,
            [
                *((planted.caught, bug) for bug in planted.BUGS),
                *((_doors, many // doors, seed) for seed in range(doors)),
            ],
        ),
    }  # fmt: skip


_ALONE = frozenset({"imports", "strangers", "disk"})
"""Rows that are judged by time: they run first, one call after the other, with nothing beside them."""


def _missing(name: str) -> str:
    """What this computer lacks for a row; blank where it can run."""
    if name in {"power", "trace"} and shutil.which("strace") is None:
        return "needs strace"
    if name == "disk" and (sys.platform != "linux" or os.geteuid() != 0):
        return "needs root on Linux for its file systems"
    return ""


def _count(whole: int, part: float) -> int:
    return max(1, round(whole * part))


def _words(found: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {word}" for word, count in sorted(found.items()))


def _complaints(found: Any) -> list[str]:
    """What a call found wrong, in words, where it keeps those."""
    wrong = found if isinstance(found, list) else getattr(found, "wrong", [])
    return [str(one) for one in wrong]


def _timed(call: Call) -> tuple[Any, float]:
    """What a call found, and the processor time that it took, its own processes' included."""
    function, *given = call
    found = function(*given)
    return found, sum(os.times()[:4])


def main() -> int:
    """Run every harness; a line for each fault; the exit code is 1 where a target was missed."""
    names = list(_rows(1.0))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", type=float, default=1.0, help="the part of the standard's counts to run")
    parser.add_argument("--only", nargs="*", choices=names, default=names)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many run beside each other")
    args = parser.parse_args()
    rows = {name: _rows(args.part)[name] for name in args.only}
    able = [name for name in rows if not _missing(name)]
    alone, beside = [one for one in able if one in _ALONE], [one for one in able if one not in _ALONE]
    sys.stdout.write("| fault | figures | target | minutes of processor |\n| --- | --- | --- | --- |\n")
    missed = 0
    for names, jobs in ((alone, 1), (beside, args.jobs)):
        missed += _run({name: rows[name] for name in names}, jobs)
    for name in (one for one in rows if one not in able):
        sys.stdout.write(f"| {name} | not run: {_missing(name)} | MISSED | 0 |\n")
        missed += 1
    return int(missed > 0)


def _run(rows: Rows, jobs: int) -> int:
    """Run these rows, so many calls at a time, and tell each; how many targets were missed."""
    missed = 0
    way = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=jobs, mp_context=way, max_tasks_per_child=1) as pool:
        waiting = {name: [pool.submit(_timed, call) for call in calls] for name, (_, calls) in rows.items()}
        for name, (tell, calls) in rows.items():
            found, seconds = [], 0.0
            for call, future in zip(calls, waiting[name], strict=True):
                what, took = future.result()
                found.append(what)
                seconds += took
                sys.stderr.write(f"{name} {call[1:]!r:.70}: {what!r:.300} ({took:.0f} s)\n")
                sys.stderr.writelines(f"  WRONG {one}\n" for one in _complaints(what))
            row = tell(found)
            missed += not row.held
            held = "met" if row.held else "MISSED"
            sys.stdout.write(f"| {row.fault} | {row.figures} | {held} | {seconds / 60:.1f} |\n")
            sys.stdout.flush()
    return missed
