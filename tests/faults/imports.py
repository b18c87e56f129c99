"""Hostile workbooks, known ones and mutants of a good one: `python -m tests.faults.imports`.

Each has to end in a plain answer within 10 s, with the app's own process grown by at most 200 MB over all of them.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused
from app.exchange.planning import read_planning
from app.resources import resource
from app.words.refusals import known_codes
from tests.exchange.hostile import FILES

MUTANTS = 200
SECONDS, MEGABYTES = 10.0, 200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of all files. Times in seconds, `grown` in megabytes."""

    files: int
    plain: int
    crashes: int
    median: float
    slowest: float
    grown: float

    @property
    def held(self) -> bool:
        """Whether every file met the target."""
        quick = self.median < 1 and self.slowest <= SECONDS + 1
        return self.plain == self.files and not self.crashes and quick and self.grown <= MEGABYTES


def run(mutants: int = MUTANTS, seed: int = 0) -> Outcome:
    """Read every known hostile workbook, and that many mutants of the reference week."""
    times: list[float] = []
    plain = crashes = 0
    with tempfile.TemporaryDirectory() as folder:
        code = f"from tests.faults.imports import make_all; make_all({folder!r}, {mutants}, seed={seed})"
        subprocess.run([sys.executable, "-c", code], check=True)  # aside: making them is not reading them
        before = peak()
        for path in sorted(Path(folder).glob("*.xlsx")):
            began = time.perf_counter()
            try:
                read_planning(path)
                plain += 1
            except Refused as refused:
                plain += refused.code in known_codes()
            except Exception:  # noqa: BLE001 - a crash is what is counted
                crashes += 1
            times.append(time.perf_counter() - began)
    return Outcome(
        files=len(times), plain=plain, crashes=crashes, median=statistics.median(times), slowest=max(times),
        grown=peak() - before,
    )  # fmt: skip


def make_all(folder: str | Path, mutants: int, *, seed: int = 0, step: int = 1) -> None:
    """Write the known hostile workbooks, or each `step`th, and that many mutants of the reference week, as files."""
    chance = random.Random(seed)
    good = resource("samples", "oxfordshire-2019.xlsx").read_bytes()
    for number, (workbook, _) in list(enumerate(FILES.values()))[::step]:
        Path(folder, f"known {number}.xlsx").write_bytes(workbook())
    for number in range(mutants):
        Path(folder, f"mutant {number}.xlsx").write_bytes(_mutant(good, chance))


def _mutant(good: bytes, chance: random.Random) -> bytes:
    content = bytearray(good)
    for _ in range(chance.randrange(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) :]
    return bytes(content)


def digest(path: Path) -> str:
    """What a file holds, read piece by piece: what is judged is how much memory the app needs."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def peak() -> float:
    """The most memory that this process has held, in megabytes; 0 where the system does not tell."""
    try:
        import resource as system
    except ImportError:
        return 0.0
    most = system.getrusage(system.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Read them all, print a line, and say by the exit code whether all held."""
    found = run()
    sys.stdout.write(f"imports  {found}\n")
    return int(not found.held)


if __name__ == "__main__":
    raise SystemExit(main())
