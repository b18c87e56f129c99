"""Kill the app with SIGKILL at random moments of its work and see that nothing it acknowledged is lost.

`python -m tests.faults.kill --times 50` prints one line a deed; the exit code is 1 where anything was lost.
A child process works on a file and prints a line for each deed that it was told is done; the parent kills it
after a random time, verifies the file, opens it and looks for every acknowledged line in the history.
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from app.document import visits
from app.document.document import Document
from app.document.privacy import erase_person
from app.errors import Refused
from app.exchange.folder import check_folder, write_folder
from app.models.change import Verb
from app.models.people import Presence
from app.models.plan import Plan
from app.store import backups
from app.store.verify import verify
from tests.builders import Builder, a_week

DEEDS = ("edit", "undo", "import", "backup", "restore", "copy", "erase", "export")


def a_large_week() -> Builder:
    """Enough rows that a deed takes many writes."""
    week = a_week()
    for number in range(60):
        week.slot(f"S{number}", f"Team {number % 20}", on=number % 5, purpose="x" * 300)
    for number in range(25):
        week.visitor(f"Visitor {number}", needs="y" * 300)
        for on in range(5):
            week.available(f"Visitor {number}", Presence.BUSY, on, "09:00", "09:30")
    for number in range(40):
        week.visit(f"Visitor {number % 25}", f"S{number}")
    return week


def prepare(path: Path) -> None:
    """The file that the child works on."""
    document = Document.open(path, create=True)
    document.do(Plan().edit(Verb.IMPORT, put=a_large_week().entities.values()))
    document.close()


def work(path: Path, deed: str) -> None:
    """Do one deed over and over, acknowledging each with the number of the journal line that it led to."""
    if deed == "restore":
        _restore_for_ever(path)
    document = Document.open(path)
    for number in itertools.count():
        if deed == "backup":
            document.backup()
        elif deed == "copy":
            document.save_copy(path.with_name(f"copy {time.monotonic_ns()}.pweek"))
        elif deed == "erase":
            people = sorted(row.name for row in document.plan.people.values() if row.name.startswith("Visitor"))
            if people:
                erase_person(document, people[0])
        elif deed == "export":
            _export(path.with_name("out"), number)
        elif deed == "undo":
            _to_and_fro(document, number)
        elif deed == "import":
            _import(document, number)
        else:
            _pin(document, number)
        sys.stdout.write(f"{document.history[-1].sequence}\n")
        sys.stdout.flush()


def _pin(document: Document, number: int) -> None:
    plan = document.plan
    visit = sorted(plan.visits)[number % len(plan.visits)]
    document.do(visits.permit(plan, visit, f"reason {number} {len(document.history)}"))


def _to_and_fro(document: Document, number: int) -> None:
    if number % 3 == 0:
        _pin(document, number)
    elif number % 3 == 1:
        document.undo()
    else:
        document.redo()


def _export(out: Path, number: int) -> None:
    files = {f"pages/page {page}.txt": f"{number} ".encode() * 5000 for page in range(20)}
    write_folder(out, {"plan.json": b'{"format": 1, "week": ""}', **files})


def torn(out: Path) -> bool:
    """Whether an exported folder is half of one export and half of another, or not there after the first."""
    check_folder(out)  # brings back what a crash left moved away
    pages = sorted(out.glob("pages/*"))
    return len(pages) != 20 or len({page.read_bytes() for page in pages}) != 1


def _import(document: Document, number: int) -> None:
    plan = document.plan
    put = [replace(slot, activity=f"activity {len(document.history)} {number}") for slot in plan.slots.values()]
    document.do(plan.edit(Verb.IMPORT, put=put))


def _restore_for_ever(path: Path) -> None:
    document = Document.open(path)
    document.backup()
    last = document.history[-1].sequence
    document.close()
    while True:
        newest = backups.newest_whole(path)
        if newest is None:
            raise RuntimeError("no backup is whole")
        backups.restore(path, newest[0].path)
        sys.stdout.write(f"{last}\n")
        sys.stdout.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one deed over all its kills."""

    deed: str
    kills: int
    acknowledged: int
    lost: int
    damaged: int


def kill(deed: str, times: int, seed: int) -> Outcome:
    """Kill the deed that many times, the same file going through all of them."""
    chance = random.Random(f"{deed} {seed}")
    acknowledged = missing = damaged = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.pweek"
        prepare(path)
        for turn in range(times):
            if turn % 10 == 9:  # keep the file small enough that a turn stays short
                shutil.rmtree(folder)
                Path(folder).mkdir()
                prepare(path)
            told = _one(path, deed, chance)
            acknowledged += len(told)
            findings = verify(path)
            damaged += bool(findings)
            damaged += sum(bool(verify(backup.path)) for backup in backups.listed(path))
            damaged += sum(bool(verify(copy)) for copy in path.parent.glob("copy *.pweek"))
            damaged += deed == "export" and torn(path.with_name("out"))
            if not findings:
                missing += lost(path, told)
            for copy in path.parent.glob("copy *.pweek"):
                copy.unlink()
    return Outcome(deed=deed, kills=times, acknowledged=acknowledged, lost=missing, damaged=damaged)


def _one(path: Path, deed: str, chance: random.Random) -> list[int]:
    """One child: let it begin, kill it somewhere, and return what it acknowledged."""
    arguments = [sys.executable, "-m", "tests.faults.kill", "--work", deed, str(path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as child:
        if child.stdout is None:
            raise RuntimeError("no pipe")
        first = child.stdout.readline()  # the start of Python is not what is tried here
        time.sleep(chance.random() ** 2 * 0.25)
        child.kill()
        rest = child.stdout.read()
    if not first:
        raise RuntimeError(f"the work did not begin: {deed}")
    return [int(line) for line in (first + rest).split("\n")[:-1]]


def lost(path: Path, told: list[int]) -> int:
    """How many acknowledged lines are not in the history; a file that opens for reading only counts, and litter."""
    try:
        document = Document.open(path)
    except Refused:
        return len(told)
    last = document.history[-1].sequence
    read_only = document.read_only
    document.close()
    strewn = [place.name for place in path.parent.iterdir() if place.suffix == ".tmp" and path.name in place.name]
    return sum(sequence > last for sequence in told) + read_only + len(strewn)


def main() -> int:
    """Run the deeds, print a line for each, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50, help="kills of each deed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--deeds", nargs="*", choices=DEEDS, default=DEEDS)
    parser.add_argument("--work", nargs=2, metavar=("DEED", "PATH"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        work(Path(args.work[1]), args.work[0])
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
