"""What the faults strike: one deed done over and over on a file, and what must be whole whenever it is cut off."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from alembic.operations import Operations

from app.document import visits
from app.document.document import Document
from app.document.privacy import erase_person
from app.document.publishing import publication_diff, publish_edit
from app.errors import Refused
from app.exchange.folder import bring_back, write_folder
from app.exchange.ledger import publications, sendings_of
from app.exchange.published import sent_files
from app.models.change import Verb
from app.models.people import Presence
from app.models.plan import Plan
from app.models.view import view
from app.store import backups, copies, header, migrations
from app.store.verify import checked, verify
from tests.builders import Builder, a_week

DEEDS = ("edit", "undo", "import", "migrate", "backup", "export", "restore", "copy", "erase", "publish")
"""The first six are RELIABILITY.md's own."""

_INSIDE = frozenset({"export"})
"""Deeds that swap the very folder in which the database lies, as `demo` lays it out."""

Tell = Callable[[int], None]
"""Called with the number of the newest journal line each time that the deed is said to be done."""


def place_of(deed: str, folder: Path) -> Path:
    """Where the file lies that the deed works on."""
    return folder / "out" / "week.pweek" if deed in _INSIDE else folder / "week.pweek"


def a_large_week(slots: int = 30, visitors: int = 12) -> Builder:
    """Enough rows that a deed takes many writes."""
    week = a_week()
    for number in range(slots):
        week.slot(f"S{number}", f"Team {number % 20}", on=number % 5, purpose="x" * 300)
    for number in range(visitors):
        week.visitor(f"Visitor {number}", needs="y" * 300)
        for on in range(5):
            week.available(f"Visitor {number}", Presence.BUSY, on, "09:00", "09:30")
    for number in range(slots * 2 // 3):
        week.visit(f"Visitor {number % visitors}", f"S{number}")
    return week


def prepare(deed: str, folder: Path) -> None:
    """The folder that the deed works in, with its file."""
    path = place_of(deed, folder)
    if deed in _INSIDE:
        write_folder(path.parent, _pages(0))
    document = Document.open(path, create=True)
    week = a_large_week(12, 6) if deed == "migrate" else a_large_week()
    document.do(Plan().edit(Verb.IMPORT, put=week.entities.values()))
    if deed in _INSIDE:
        document.backup()
    if deed == "publish":
        _publish(document, folder / "pack")
    document.close()
    if deed == "migrate":
        shutil.copyfile(path, _earlier(path))


def _earlier(path: Path) -> Path:
    return path.with_name("earlier.pweek")


@contextlib.contextmanager
def version_for(deed: str) -> Iterator[None]:
    """While migrations are tried, the app is one version further than the file that was prepared."""
    now, steps = header.VERSION, migrations.STEPS
    if deed == "migrate":
        header.VERSION, migrations.STEPS = now + 1, {now: _step}
    try:
        yield
    finally:
        header.VERSION, migrations.STEPS = now, steps


def _step(op: Operations) -> None:
    """A table rebuilt, and a column of another changed in every row and every image of the journal."""
    with op.batch_alter_table("visits") as batch:
        batch.alter_column("permitted", nullable=False)
    migrations.change_everywhere(op, "slots", "purpose", lambda purpose: f"{purpose} z")


def work(folder: Path, deed: str, tell: Tell) -> None:
    """Do the deed over and over, for ever."""
    path = place_of(deed, folder)
    with version_for(deed):
        if deed == "restore":
            _restore_for_ever(path, tell)
        elif deed == "migrate":
            _migrate_for_ever(path, tell)
        else:
            _work_for_ever(path, deed, tell)


def _work_for_ever(path: Path, deed: str, tell: Tell) -> None:
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
            _pin(document, number)
            write_folder(path.parent, _pages(number))
        elif deed == "publish":
            _shift(document, number)
            _publish(document, path.with_name("pack"))
        elif deed == "undo":
            _to_and_fro(document, number)
        elif deed == "import":
            _import(document, number)
        else:
            _pin(document, number)
        tell(document.history[-1].sequence)


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


def _pages(number: int) -> dict[str, bytes]:
    pages = {f"pages/page {page}.txt": f"{number} ".encode() * 5000 for page in range(20)}
    return {"plan.json": b'{"format": 1, "week": ""}', **pages}


def _import(document: Document, number: int) -> None:
    plan = document.plan
    put = [replace(slot, activity=f"activity {len(document.history)} {number}") for slot in plan.slots.values()]
    document.do(plan.edit(Verb.IMPORT, put=put))


def _shift(document: Document, number: int) -> None:
    """Something that people have to be told of again."""
    plan = document.plan
    visit = plan.visits[sorted(plan.visits)[number % len(plan.visits)]]
    slot = plan.slots[visit.slot_id]
    later = replace(slot, start=slot.start.replace(minute=(slot.start.minute + 7) % 60), end=dt.time(17, 59))
    document.do(plan.edit(Verb.CHANGE, put=[later], week_id=slot.week_id))


def _publish(document: Document, out: Path) -> None:
    """As the command does it, in its order; the pages and the rota are left out, they are files like the others."""
    plan = document.plan
    week_id = next(iter(plan.weeks))
    edit = publish_edit(plan, publication_diff(plan, week_id), dt.datetime.now(dt.UTC))
    after = plan.apply(edit)
    last = publications(after, week_id)[-1]
    files = {file.path: file.data for file in sent_files(view(after, week_id), sendings_of(after, last), last)}
    listing = {"format": 1, "week": last.number, "files": sorted(files)}
    write_folder(out, {**files, "plan.json": json.dumps(listing).encode()})
    document.record(edit)


def _migrate_for_ever(path: Path, tell: Tell) -> None:
    """The file is put back as it was before each migration, as a whole and durably."""
    while True:
        document = Document.open(path)
        last = document.history[-1].sequence
        document.close()
        tell(last)
        with copies.aside(path) as new:
            shutil.copyfile(_earlier(path), new)
            copies.put_in_place(new, path)


def _restore_for_ever(path: Path, tell: Tell) -> None:
    document = Document.open(path)
    document.backup()
    last = document.history[-1].sequence
    document.close()
    while True:
        newest = backups.newest_whole(path)
        if newest is None:
            raise RuntimeError("no backup is whole")
        backups.restore(path, newest[0].path)
        tell(last)


def judge(
    folder: Path, deed: str, told: list[int], known: dict[tuple[bytes, ...], bool] | None = None
) -> tuple[int, int]:
    """What a fault has cost: acknowledged edits that are not there (or litter that stays), and things not whole.

    `known` remembers what was judged of copies with the very same bytes.
    """
    path = place_of(deed, folder)
    known = {} if known is None else known
    with version_for(deed):
        damaged = 0
        if deed in _INSIDE or deed == "publish":
            damaged += _torn(folder, deed)
        for copy in (*(one.path for one in backups.listed(path)), *path.parent.glob("copy *.pweek")):
            content = (copy.read_bytes(),)
            if content not in known:
                known[content] = not verify(copy)
            damaged += not known[content]
        made = {"backup": len(backups.listed(path)), "copy": len(list(path.parent.glob("copy *.pweek")))}
        missing = max(0, len(told) - made[deed]) if deed in made else 0
        try:
            last = checked(path).lines[-1].sequence
            if _left_over(path):  # what a crash left is there for the next opening to put right
                last, missing = _opened(path, last), missing + len(_strewn(path))
        except Refused:
            return len(told), damaged + 1
        return sum(sequence > last for sequence in told) + missing, damaged


def _opened(path: Path, last: int) -> int:
    """The newest journal line once the file was opened for editing; 0 where it is another than was seen before."""
    document = Document.open(path)
    found = document.history[-1].sequence
    document.close()
    return 0 if document.read_only or found != last else found


def _left_over(path: Path) -> bool:
    journal = copies.side_file(path)
    return bool(_strewn(path)) or (journal.exists() and journal.stat().st_size > 0)


def _strewn(path: Path) -> list[Path]:
    return [place for place in path.parent.iterdir() if place.suffix == ".tmp" and path.name in place.name]


def _torn(folder: Path, deed: str) -> bool:
    """Whether a folder that was written is half of one writing and half of another, or gone."""
    if deed == "publish":
        out = folder / "pack"
        bring_back(out)
        listed = json.loads((out / "plan.json").read_bytes())["files"]
        return any(not (out / name).read_bytes().endswith(b"END:VCALENDAR\r\n") for name in listed)
    out = folder / "out"
    bring_back(out)  # as opening a file in it does
    pages = sorted(out.glob("pages/*"))
    return len(pages) != 20 or len({page.read_bytes() for page in pages}) != 1
