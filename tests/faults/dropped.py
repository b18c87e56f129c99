"""Files by strangers, and hostile workbooks, dropped on the window: `python -m tests.faults.dropped`.

Each has to be answered in plain words, in dialogs that close, with the week as it was; and the window has to go on
repainting: it may not stand still for more than 0.2 s.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.corpus import KINDS
from tests.faults.imports import MEGABYTES, digest, peak
from tests.faults.windows import Watched, watched
from tests.store.make_version import make

REPAINTS = 0.2
"""Seconds that the window may stand still (RELIABILITY.md, "Faults and targets")."""
_JARGON = re.compile(
    r"Traceback|Exception|Error:|\b[A-Z]\w+Error\b|\binput-[a-z]+|0x[0-9a-f]{6}|sqlite|openpyxl|zlib", re.IGNORECASE
)


@dataclass(slots=True)
class Outcome:
    """What became of all files. `still` are the longest standstills of the window in seconds, one for each file."""

    still: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    grown: float = 0.0

    @property
    def held(self) -> bool:
        """Whether every file met the target."""
        return not self.wrong and self.grown <= MEGABYTES and max(self.still) <= REPAINTS

    def __str__(self) -> str:
        return (
            f"{len(self.still)} dropped on the window: {len(self.wrong)} wrong, longest standstill "
            f"{max(self.still):.2f} s (median {statistics.median(self.still):.2f} s), own process grew "
            f"{self.grown:.0f} MB"
        )


def run(endings: Sequence[str] = tuple(KINDS), *, step: int = 1, mutants: int = 0, tell: bool = False) -> Outcome:
    """Drop every file of these endings, or each `step`th of them, and that many mutants of a good workbook."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "theirs").mkdir()
        make(folder / "ours.pweek")
        code = f"from tests.faults.dropped import write; write({place!r}, {tuple(endings)!r}, {step}, {mutants})"
        subprocess.run([sys.executable, "-c", code], check=True)  # aside: making them is not reading them
        with watched(folder) as seen:
            if not seen.open(folder / "ours.pweek"):
                raise RuntimeError("the window did not open its file")
            seen.shut()
            _warm(seen, folder)
            before = peak()
            for path in sorted((folder / "theirs").iterdir()):
                _drop(seen, path, folder, outcome, tell=tell)
            outcome.grown = peak() - before
    return outcome


def write(place: str, endings: Sequence[str], step: int, mutants: int) -> None:
    """Write the files."""
    from tests.faults.imports import make_all
    from tests.faults.strangers import made

    theirs = Path(place) / "theirs"
    for name, data in made(endings, step):
        (theirs / name).write_bytes(data)
    make_all(theirs, mutants, step=step)


def _warm(seen: Watched, folder: Path) -> None:
    """What is imported and built at the first drop of a kind is no standstill of a hostile file."""
    for ending in KINDS:
        path = folder / f"first{ending}"
        path.write_bytes(b"")
        seen.drop(path)
        seen.shut()
    seen.longest()


def _drop(seen: Watched, path: Path, folder: Path, outcome: Outcome, *, tell: bool) -> None:
    """One file, on a window that shows a week."""
    bridge = seen.window.desk.bridge
    before, content = bridge.now.plan, digest(path)
    seen.errors.clear()
    said, still = _still(seen, path)
    outcome.still.append(still)
    wrong = list(seen.errors)
    if still > REPAINTS:
        wrong.append(f"the window stood still for {still:.2f} s")
    now = bridge.document
    mine = now is not None and now.path is not None and now.path.name == "ours.pweek"
    if mine and not said.strip():
        wrong.append("nothing was said")
    if (odd := _JARGON.search(said.replace(path.name, ""))) is not None:
        wrong.append(f"jargon: {said[max(0, odd.start() - 60) : odd.end() + 60]!r}")
    if max(map(len, said.splitlines() or [""])) > 3_000:
        wrong.append("a line without end")
    if seen.shut():
        wrong.append("a dialog was left hanging")
    if not mine:
        _back(seen, folder, wrong)
    elif bridge.now.plan is not before:
        wrong.append("the week was changed")
    if digest(path) != content:
        wrong.append("touched the file")
    outcome.wrong += [f"{path.name}: {what}" for what in wrong]
    if tell:
        words = " / ".join(said.replace(str(folder), "").split("\n"))
        sys.stdout.write(f"{still:5.2f} s  {path.name}: {words[:230]}{'  <<< ' + '; '.join(wrong) if wrong else ''}\n")
        sys.stdout.flush()


def _still(seen: Watched, path: Path) -> tuple[str, float]:
    """What is said of a file, and how long the window stood still: again each time, or the computer was but busy."""
    said, still = seen.drop(path), seen.longest()
    for _ in range(2):
        if still <= REPAINTS or seen.errors:
            break
        seen.shut()
        seen.longest()
        said, again = seen.drop(path), seen.longest()
        still = min(still, again)
    return said, still


def _back(seen: Watched, folder: Path, wrong: list[str]) -> None:
    """A whole database of a stranger was opened in the place of ours: back to that."""
    shown = seen.window.desk.bridge.document
    if shown is None:
        wrong.append("our own file was closed")
    seen.open(folder / "ours.pweek")
    seen.shut()
    seen.longest()


def main() -> int:
    """Drop them all, print what was wrong, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--endings", nargs="*", choices=KINDS, default=list(KINDS))
    parser.add_argument("--step", type=int, default=1, help="only each n-th file")
    parser.add_argument("--mutants", type=int, default=200)
    args = parser.parse_args()
    found = run(args.endings, step=args.step, mutants=args.mutants, tell=True)
    for what in found.wrong:
        sys.stdout.write(f"WRONG {what}\n")
    sys.stdout.write(f"dropped  {found}\n")
    return int(not found.held)


if __name__ == "__main__":
    raise SystemExit(main())
