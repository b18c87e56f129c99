"""Disk full, read-only, gone; file deleted, replaced, spoilt: `python -m tests.faults.disk --times 20`, as root.

Each fault strikes a real file on a small file system of its own while edits go on. The answer must be plain and
quick, what was saved must be whole, and all work must go into a copy elsewhere.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.document.document import Document
from app.errors import Refused
from app.models.change import Verb
from app.models.plan import Plan
from app.store.verify import verify
from app.words.refusals import known_codes
from tests.builders import a_week, person_id

SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one fault over all its times. `slowest` in seconds."""

    fault: str
    times: int
    plain: int
    whole: int
    kept: int
    slowest: float

    @property
    def held(self) -> bool:
        """Whether each time the answer was plain and quick, the file whole and the work kept."""
        return self.plain == self.whole == self.kept == self.times and self.slowest <= SECONDS


@contextmanager
def small_disk(folder: Path, size: str = "2m") -> Iterator[Path]:
    """A file system of that size."""
    place = folder / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
        place.rmdir()


def fill(path: Path) -> None:
    """Leave no byte free."""
    with (path.parent / "ballast").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return


def remount_read_only(path: Path) -> None:
    """The whole file system takes no more writes; it opens for reading then."""
    subprocess.run(["mount", "-o", "remount,ro", str(path.parent)], check=True)


def take_away(path: Path) -> None:
    """The drive is pulled: nothing is found under its names any more."""
    subprocess.run(["umount", "-l", str(path.parent)], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(path.parent)], check=True)


def delete(path: Path) -> None:
    """Somebody deletes the file."""
    path.unlink()


def put_another(path: Path) -> None:
    """Somebody puts another file in its place."""
    other = path.with_name("other")
    shutil.copyfile(path, other)
    other.replace(path)


def cut_short(path: Path) -> None:
    """Another program spoils the file."""
    os.truncate(path, 5000)


FAULTS: dict[str, Callable[[Path], None]] = {
    "disk full": fill, "read-only": remount_read_only, "drive pulled": take_away, "deleted": delete,
    "replaced": put_another, "spoilt": cut_short,
}  # fmt: skip


def strike(fault: str, times: int) -> Outcome:
    """Let the fault strike that often, each time into another moment of the work."""
    plain = whole = kept = 0
    slowest = 0.0
    for turn in range(times):
        with tempfile.TemporaryDirectory() as place, small_disk(Path(place)) as folder:
            told, took, good, safe = _one(fault, folder / "week.pweek", Path(place) / "copy.pweek", turn)
            plain += told
            whole += good
            kept += safe
            slowest = max(slowest, took)
    return Outcome(fault=fault, times=times, plain=plain, whole=whole, kept=kept, slowest=slowest)


def _one(fault: str, path: Path, copy: Path, turn: int) -> tuple[bool, float, bool, bool]:
    document = Document.open(path, create=True)
    week = a_week().slot("S1", "Red").visitor("Ann Lee").visit("Ann Lee", "S1")
    document.do(Plan().edit(Verb.IMPORT, put=week.entities.values()))
    for number in range(turn):
        _edit(document, number)
    safe = document.plan
    before = path.read_bytes()
    if fault == "read-only":  # a disk turns so between two sittings: Linux refuses it while a file is open
        document.close()
    FAULTS[fault](path)
    if fault == "read-only":
        document = Document.open(path)
    began = time.perf_counter()
    try:
        for number in range(100_000):  # a full disk may still have room inside the file
            _edit(document, number, "x" * 3000)
            safe = document.plan
        told = False
    except Refused as refused:
        told = refused.code in known_codes()
    took = time.perf_counter() - began if fault != "disk full" else 0.0
    if fault == "disk full":
        began = time.perf_counter()
        try:
            _edit(document, 0, "y" * 50_000)
        except Refused:
            took = time.perf_counter() - began
    same = document.plan == safe
    document.save_copy(copy)
    document.close()
    good = fault in {"drive pulled", "deleted", "spoilt"} or (
        not verify(path) if fault in {"disk full", "replaced"} else path.read_bytes() == before
    )
    again = Document.open(copy)
    kept = same and again.plan == safe
    again.close()
    return told, took, good, kept


def _edit(document: Document, number: int, text: str = "") -> None:
    plan = document.plan
    person = plan.people[person_id("Ann Lee")]
    document.do(plan.edit(Verb.CHANGE, put=[replace(person, role=f"{len(document.history)} {number} {text}")]))


def main() -> int:
    """Strike, print a line for each fault, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    args = parser.parse_args()
    failed = False
    for fault in FAULTS:
        found = strike(fault, args.times)
        failed |= not found.held
        sys.stdout.write(
            f"{found.fault:13} {found.times:3} times: {found.plain:3} told plainly (slowest {found.slowest:.2f} s) "
            f"{found.whole:3} files whole {found.kept:3} times all work kept\n"
        )
        sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
