"""Every fault, one command: `python -m tests.faults` prints RELIABILITY.md's table with its figures.

`--part 0.1` runs a tenth of the standard's counts. Each harness also runs alone; see its own module.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults import disk, flips, hostile, imports, kill, mutants, power
from tests.faults.door import door


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One fault of the table: what it is, what came of it, and whether the target was met."""

    fault: str
    figures: str
    held: bool


def _kills(part: float) -> Row:
    times = _count(1000, part)
    found = [kill.kill(deed, times, seed=0) for deed in kill.DEEDS]
    told, lost, damaged = (sum(getattr(one, name) for one in found) for name in ("acknowledged", "lost", "damaged"))
    figures = f"{times:,} × {len(found)} deeds, {told:,} edits acknowledged: {lost} lost, {damaged} damaged"
    return Row(fault="kill -9", figures=figures, held=not lost + damaged)


def _cuts(part: float) -> Row:
    if shutil.which("strace") is None:
        return Row(fault="power cut", figures="not run: needs strace", held=False)
    points = _count(2000, part)
    control = power.cut("edit", 60, 0, careless=True)
    found = [power.cut(deed, points, 0) for deed in power.DEEDS]
    lost, damaged = sum(one.lost for one in found), sum(one.damaged for one in found)
    figures = (
        f"{points:,} points × {len(found)} deeds: {lost} lost, {damaged} damaged "
        f"(control without syncs, 60 points: {control.lost} lost, {control.damaged} damaged)"
    )
    return Row(fault="power cut", figures=figures, held=not lost + damaged and bool(control.lost + control.damaged))


def _disk(part: float) -> Row:
    if sys.platform != "linux" or os.geteuid() != 0:
        return Row(
            fault="disk and file faults", figures="not run: needs root on Linux for its file systems", held=False
        )
    times = _count(20, part)
    found = [disk.strike(fault, times) for fault in disk.FAULTS]
    slowest = max(one.slowest for one in found)
    plain, whole, kept = (sum(getattr(one, name) for one in found) for name in ("plain", "whole", "kept"))
    figures = (
        f"{times} × {len(found)} faults: {plain} plain answers (slowest {slowest:.2f} s), {whole} files whole, "
        f"{kept} times all work kept"
    )
    return Row(fault="disk and file faults", figures=figures, held=all(one.held for one in found))


def _damage(part: float) -> Row:
    flipped, mutated = flips.flip(_count(1000, part)), mutants.mutate(_count(1000, part))
    bad = sum(flipped[word] + mutated[word] for word in mutants.BAD)
    return Row(
        fault="damaged database", figures=f"flips {_words(flipped)}; mutants {_words(mutated)}", held=not bad
    )  # fmt: skip


def _imports(_part: float) -> Row:
    found = imports.run()
    figures = (
        f"{found.files} files: {found.plain} answers, {found.crashes} crashes, median {found.median:.2f} s, "
        f"slowest {found.slowest:.2f} s, own process grew {found.grown:.0f} MB"
    )
    return Row(fault="hostile imports", figures=figures, held=found.held)


def _strings(part: float) -> Row:
    texts = hostile.TEXTS[: _count(len(hostile.TEXTS), part)]
    wrong = sum(len(hostile.through(text)) for text in texts)
    return Row(
        fault="hostile strings", figures=f"{len(texts)} texts × every field and export: {wrong} wrong", held=not wrong
    )  # fmt: skip


def _door(part: float) -> Row:
    examples = _count(1000, part)
    door(examples, 50)
    return Row(fault="stateful property test", figures=f"{examples:,} examples × 50 steps held", held=True)


ROWS: dict[str, Callable[[float], Row]] = {
    "kill": _kills, "power": _cuts, "disk": _disk, "damage": _damage, "imports": _imports, "strings": _strings,
    "door": _door,
}  # fmt: skip


def _count(whole: int, part: float) -> int:
    return max(1, round(whole * part))


def _words(found: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {word}" for word, count in sorted(found.items()))


def main() -> int:
    """Run every harness; a line for each fault; the exit code is 1 where a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", type=float, default=1.0, help="the part of the standard's counts to run")
    parser.add_argument("--only", nargs="*", choices=ROWS, default=list(ROWS))
    args = parser.parse_args()
    sys.stdout.write("| fault | figures | target | minutes |\n| --- | --- | --- | --- |\n")
    missed = False
    for name in args.only:
        began = time.monotonic()
        row = ROWS[name](args.part)
        missed |= not row.held
        minutes = (time.monotonic() - began) / 60
        sys.stdout.write(f"| {row.fault} | {row.figures} | {'met' if row.held else 'MISSED'} | {minutes:.1f} |\n")
        sys.stdout.flush()
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
