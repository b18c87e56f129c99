"""Kill the app with SIGKILL at random moments of its work and see that nothing it acknowledged is lost.

`python -m tests.faults.kill --times 50` prints one line a deed; the exit code is 1 where anything was lost.
A process that was split off works on a file and acknowledges each deed that it was told is done; it is killed after
a random time, early or within any part of a deed. Then the file is verified, opened, and asked for every
acknowledged line of the history. The next one goes on with the same file.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.faults.deeds import DEEDS, judge, prepare, work

_SLOW = frozenset({"import", "migrate", "restore", "erase", "publish"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one deed over all its kills."""

    deed: str
    kills: int
    acknowledged: int
    lost: int
    damaged: int


def quick_place() -> str | None:
    """Where files are fastest: what is killed loses nothing that the system has taken, so no disk is needed."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of its own inside it


def kill(deed: str, times: int, seed: int) -> Outcome:
    """Kill the deed that many times, the same file going through ten of them."""
    chance = random.Random(f"{deed} {seed}")
    acknowledged = missing = damaged = 0
    with tempfile.TemporaryDirectory(dir=quick_place()) as place:
        first, folder = Path(place) / "first", Path(place) / "work"
        first.mkdir()
        prepare(deed, first)
        known: dict[tuple[bytes, ...], bool] = {}
        for turn in range(times):
            if turn % 10 == 0:  # keep the file small enough that a turn stays short
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(first, folder)
                known.clear()
            first_ones = 0 if turn % 4 == 3 else 1 if deed in _SLOW else chance.randint(1, 3)
            told = _one(folder, deed, chance, first_ones)
            acknowledged += len(told)
            lost, hurt = judge(folder, deed, told, known)
            missing += lost
            damaged += hurt
            for copy in folder.glob("copy *.pweek"):
                copy.unlink()
    return Outcome(deed=deed, kills=times, acknowledged=acknowledged, lost=missing, damaged=damaged)


def _one(folder: Path, deed: str, chance: random.Random, first_ones: int) -> list[int]:
    """One process: let it acknowledge that often, kill it somewhere, and return what it acknowledged."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = _process(_begin, (folder, deed, theirs))
    process.start()
    theirs.close()
    told: list[int] = []
    lasts = 0.03  # how long a deed takes, for a kill while the file is still being opened
    try:
        for _ in range(first_ones):
            began = time.monotonic()
            told.append(ours.recv())
            lasts = time.monotonic() - began
    except EOFError:
        raise RuntimeError(f"the work did not go on: {deed}") from None
    time.sleep(chance.random() * lasts * 1.3)
    process.kill()
    process.join()
    told += _rest(ours)
    return told


def _process(target: Callable[..., None], given: tuple[object, ...]) -> BaseProcess:
    """Split off where the system can do that: a fresh start of Python takes longer than all else here."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn").Process(target=target, args=given, daemon=True)
    return multiprocessing.get_context("fork").Process(target=target, args=given, daemon=True)


def _rest(ours: Connection) -> list[int]:
    found: list[int] = []
    try:
        while True:
            found.append(ours.recv())
    except (EOFError, OSError):
        return found
    finally:
        ours.close()


def _begin(folder: Path, deed: str, theirs: Connection) -> None:
    work(folder, deed, theirs.send)


def main() -> int:
    """Run the deeds, print a line for each, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50, help="kills of each deed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--deeds", nargs="*", choices=DEEDS, default=DEEDS)
    args = parser.parse_args()
    failed = False
    for deed in args.deeds:
        outcome = kill(deed, args.times, args.seed)
        failed |= bool(outcome.lost or outcome.damaged)
        sys.stdout.write(
            f"{outcome.deed:8} {outcome.kills:5} kills {outcome.acknowledged:7} acknowledged "
            f"{outcome.lost:3} lost {outcome.damaged:3} damaged\n"
        )
        sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
