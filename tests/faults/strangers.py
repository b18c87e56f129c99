"""Files by strangers through every door of the app: `python -m tests.faults.strangers`.

Each has to end in a plain answer and the right exit code within 10 s, its bytes untouched, nothing crashed, and the
app's own process grown by at most 200 MB over all of them.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.cli.main import main as command
from tests.faults.corpus import corpus
from tests.faults.imports import MEGABYTES, SECONDS, digest, peak
from tests.store.make_version import make

DOORS: dict[str, tuple[tuple[str, ...], ...]] = {
    ".xlsx": (
        ("import", "NEW", "FILE"), ("import", "OURS", "FILE"), ("plan", "FILE", "--seconds", "1"), ("check", "FILE"),
        ("take-in", "OURS", "FILE"),
    ),
    ".csv": (("take-in", "OURS", "FILE"), ("import", "NEW", "FILE"), ("check", "FILE")),
    ".ics": (("diary", "OURS", "FILE", "--for", "Ann Lee"), ("answers", "OURS", "FILE")),
    ".eml": (("answers", "OURS", "FILE"), ("diary", "OURS", "FILE", "--for", "Ann Lee")),
    ".pweek": (
        ("verify", "FILE"), ("check", "FILE"), ("plan", "FILE", "--dry-run", "--seconds", "1"),
        ("salvage", "FILE", "NEW"), ("restore", "OURS", "FILE"),
    ),
}  # fmt: skip
"""The commands that read a file of each ending: FILE is the stranger's, OURS a whole database, NEW one not yet made."""


@dataclass(slots=True)
class Outcome:
    """What became of all files. Times in seconds of the processor, `grown` in megabytes, `wrong` in words."""

    answers: int = 0
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    grown: float = 0.0

    @property
    def held(self) -> bool:
        """Whether every file met the target."""
        return not self.wrong and self.grown <= MEGABYTES and max(self.times) <= SECONDS

    def __str__(self) -> str:
        return (
            f"{self.answers} answers, {len(self.wrong)} wrong, median {statistics.median(self.times):.2f} s, slowest "
            f"{max(self.times):.2f} s, own process grew {self.grown:.0f} MB"
        )


def run(endings: Sequence[str] = tuple(DOORS), *, step: int = 1, tell: bool = False) -> Outcome:
    """Send every file of these endings through its doors, or each `step`th of them."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        code = f"from tests.faults.strangers import write; write({place!r}, {tuple(endings)!r}, {step})"
        subprocess.run([sys.executable, "-c", code], check=True)  # aside: making them is not reading them
        before = peak()
        for path in sorted((folder / "theirs").iterdir()):
            for door in DOORS[path.suffix]:
                _through(door, path, folder, outcome, tell=tell)
    outcome.grown = peak() - before
    return outcome


def write(place: str, endings: Sequence[str], step: int) -> None:
    """Write the files, and a whole database beside them."""
    folder = Path(place)
    (folder / "theirs").mkdir()
    make(folder / "made.pweek")
    for name, data in made(endings, step):
        (folder / "theirs" / name).write_bytes(data)


def made(endings: Sequence[str], step: int) -> Iterator[tuple[str, bytes]]:
    """The files of these endings, or each `step`th of them: names and bytes."""
    for name, ending, make_it in [one for one in corpus() if one[1] in endings][::step]:
        yield f"{name}{ending}", make_it()


def _through(door: tuple[str, ...], path: Path, folder: Path, outcome: Outcome, *, tell: bool) -> None:
    """One command on one file, in a folder of its own."""
    with tempfile.TemporaryDirectory(dir=folder) as room:
        ours = Path(room) / "ours.pweek"
        shutil.copyfile(folder / "made.pweek", ours)
        given = {"FILE": str(path), "OURS": str(ours), "NEW": str(Path(room) / "new.pweek")}
        before = digest(path), digest(ours)
        told, said = io.StringIO(), io.StringIO()
        began = _spent()
        with contextlib.redirect_stderr(told), contextlib.redirect_stdout(said):
            try:
                code = command([given.get(word, word) for word in door])
            except BaseException:  # noqa: BLE001 - a crash is what is counted
                code = -1
                traceback.print_exc(file=told)
        took = _spent() - began
        outcome.answers += 1
        outcome.times.append(took)
        lines = told.getvalue().splitlines()
        wrong = list(_wrong(code, lines, path.name, took))
        if before[0] != digest(path):
            wrong.append("touched the file")
        if code == 2 and before[1] != digest(ours):
            wrong.append("changed our own file")
        where = f"{path.name}, {door[0]}"
        outcome.wrong += [f"{where}: {what}" for what in wrong]
        if tell:
            last = (lines or said.getvalue().splitlines() or [""])[0].replace(str(folder), "")
            sys.stdout.write(
                f"{code} {took:5.2f} s  {where}: {last[:230]}{'  <<< ' + '; '.join(wrong) if wrong else ''}\n"
            )
            sys.stdout.flush()


def _spent() -> float:
    """Processor time of this process and of those it has waited for: a busy computer's clock tells nothing."""
    return sum(os.times()[:4])


def _wrong(code: int, lines: list[str], name: str, took: float) -> Iterator[str]:
    """What of an answer is not as INTERFACES.md says."""
    text = "\n".join(lines)
    if code not in {0, 1, 2} or "Traceback" in text:
        yield f"crashed: {text[-600:]}"
    elif code == 2 and name not in text:
        yield f"does not name the file: {text[:200]}"
    if took > SECONDS:
        yield f"took {took:.1f} s"
    if any(len(line) > 2_000 for line in lines):
        yield "a line without end"


def main() -> int:
    """Send them all, print what was wrong, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--endings", nargs="*", choices=DOORS, default=list(DOORS))
    parser.add_argument("--step", type=int, default=1, help="only each n-th file")
    args = parser.parse_args()
    found = run(args.endings, step=args.step, tell=True)
    for what in found.wrong:
        sys.stdout.write(f"WRONG {what}\n")
    sys.stdout.write(f"strangers {found}\n")
    return int(not found.held)


if __name__ == "__main__":
    raise SystemExit(main())
