"""Cut the power at any moment: replay what a deed wrote, losing what was not yet synced.

`python -m tests.faults.power --points 2000` prints one line a deed; the exit code is 1 where anything was lost.
The deed runs under `strace`, which this harness alone needs (it is no part of the tests); `tests.faults.replay` says
what a disk may keep.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.faults.deeds import DEEDS, judge, prepare
from tests.faults.kill import quick_place
from tests.faults.replay import CALLS, Disk, replay

_START = """
import shutil, sys
shutil._USE_CP_SENDFILE = False  # so that what is copied shows in the trace
from pathlib import Path
from app.exchange import folder
from app.store import connection
from tests.faults.deeds import work


class OneByOne:  # files synced one after the other: threads would not show in the trace
    def __init__(self, **_): pass
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def map(self, function, items): return [function(item) for item in items]


folder.ThreadPoolExecutor = OneByOne
if sys.argv[3] == "careless":
    connection._PRAGMAS = ("foreign_keys=ON", "synchronous=OFF")
work(Path(sys.argv[2]), sys.argv[1], lambda number: print(number, flush=True))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one deed over all its cuts. `different`: how many left other bytes than any cut before."""

    deed: str
    points: int
    steps: int
    different: int
    lost: int
    damaged: int


def cut(deed: str, points: int, seed: int, *, acknowledged: int = 12, careless: bool = False) -> Outcome:
    """Record a deed until it has acknowledged that often, then cut the power at that many points of it.

    `careless` has SQLite sync nothing: the control, which has to find losses. Cuts that leave the very same bytes
    behind are judged once.
    """
    chance = random.Random(f"{deed} {seed}")
    with tempfile.TemporaryDirectory(dir=quick_place()) as place:
        folder, before, trace = (Path(place).resolve() / name for name in ("disk", "before", "trace"))
        folder.mkdir()
        prepare(deed, folder)
        shutil.copytree(folder, before)
        _record(deed, folder, trace, acknowledged, careless=careless)
        lines = trace.read_text("latin-1").splitlines()
        steps = sum(1 for _ in replay(iter(lines), Disk.of(before, str(folder))))
        chosen = sorted(chance.choices(range(steps), k=points))
        disk = Disk.of(before, str(folder))
        missing = damaged = 0
        known: dict[tuple[bytes, ...], bool] = {}
        judged: dict[bytes, tuple[int, int]] = {}
        for number, told in enumerate(replay(iter(lines), disk)):
            while chosen and chosen[0] == number:
                chosen.pop(0)
                found = disk.cut(chance)
                mark = _mark(found, told)
                if mark not in judged:
                    _lay_out(folder, found)
                    judged[mark] = judge(folder, deed, told, known)
                missing += judged[mark][0]
                damaged += judged[mark][1]
    return Outcome(
        deed=deed, points=points, steps=steps, different=len(judged), lost=missing, damaged=damaged
    )  # fmt: skip


def control(points: int) -> Outcome:
    """What is lost where SQLite syncs nothing: a harness that finds nothing here would find nothing at all."""
    return cut("edit", points, 0, careless=True)


def _mark(found: dict[str, bytes | None], told: list[int]) -> bytes:
    mark = hashlib.sha256(repr(told).encode())
    for path, content in sorted(found.items()):
        mark.update(f"{path}\0{-1 if content is None else len(content)}\0".encode())
        mark.update(content or b"")
    return mark.digest()


def _lay_out(folder: Path, found: dict[str, bytes | None]) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    for path, content in sorted(found.items()):
        if content is None:
            Path(path).mkdir()
        else:
            Path(path).write_bytes(content)


def _record(deed: str, folder: Path, trace: Path, acknowledged: int, *, careless: bool) -> None:
    arguments = [
        "strace", "-qq", "-y", "-xx", "-s", "100000000", "-o", str(trace), "-e", f"trace={CALLS}",
        sys.executable, "-c", _START, deed, str(folder), "careless" if careless else "",
    ]  # fmt: skip
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as child:
        if child.stdout is None:
            raise RuntimeError("no pipe")
        for _ in range(acknowledged):
            if not child.stdout.readline():
                raise RuntimeError(f"the work did not go on: {deed}")
        os.killpg(child.pid, signal.SIGKILL)  # the deed too, not its tracer alone


def main() -> int:
    """Cut, print a line for each deed, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=2000, help="cuts of each deed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--deeds", nargs="*", choices=DEEDS, default=DEEDS)
    parser.add_argument("--control", action="store_true", help="let SQLite sync nothing: losses have to show")
    args = parser.parse_args()
    if args.control:
        found = control(args.points)
        sys.stdout.write(f"control  {found.points:5} cuts {found.lost:3} lost {found.damaged:3} damaged\n")
        return int(not found.lost + found.damaged)
    failed = False
    for deed in args.deeds:
        found = cut(deed, args.points, args.seed)
        failed |= bool(found.lost or found.damaged)
        sys.stdout.write(
            f"{found.deed:8} {found.points:5} cuts of {found.steps:6} steps ({found.different} different) "
            f"{found.lost:3} lost {found.damaged:3} damaged\n"
        )
        sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
