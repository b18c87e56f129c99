"""Opening, making, importing and exporting: commands on files.

What only importing or exporting needs is imported then: the window opens sooner without it.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.document.document import Document
from app.document.opening import open_document
from app.errors import Refused
from app.models.progress import Watch
from app.models.view import WeekView
from app.resources import resource
from app.store.places import default_database, own_folder
from app.text import translate
from app.ui.choosing import choose_file, choose_name
from app.ui.desk import Desk
from app.ui.dialogs.base import message
from app.ui.dialogs.progress import aside
from app.ui.jobs import meanwhile
from app.words.refusals import sentence

if TYPE_CHECKING:
    from app.exchange.planning import Reading
    from app.exchange.strangers import Ahead

ENDING = ".pweek"
SAMPLE = "sample-week"
LOST = frozenset({
    "file-gone", "file-replaced", "file-changed-by-other", "file-unreachable", "file-read-only", "disk-full",
    "database-damaged", "file-busy",
})  # fmt: skip
"""Why an edit could not be saved to the open file, though everything before it is safe in memory."""


def has_week(desk: Desk) -> bool:
    """Whether a week is shown."""
    return desk.now.view is not None


def can_import(desk: Desk) -> bool:
    """Whether there is a database to import into, or one can be made."""
    document = desk.bridge.document
    return document is None or not document.read_only


def open_path(desk: Desk, path: Path, *, create: bool = False, ahead: Ahead | None = None) -> bool:
    """Open the database at that path; whether it could be. `ahead` as `open_document` takes it."""
    current = desk.bridge.document
    if current is not None and current.path is not None and str(current.path) == os.path.realpath(path):
        desk.go("board")
        return True
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        opened = meanwhile(lambda: open_document(path, create=create, ahead=ahead))
    except OSError:
        tell_refusal(desk, Refused("folder-missing", path=str(path.parent)))
        return False
    except Refused as refused:
        desk.refused_open(refused, path)
        return False
    show(desk, opened.document)
    if opened.borrowed is not None:
        desk.told_of_sharing(opened.borrowed)
    return True


def show(desk: Desk, document: Document) -> None:
    """Show that Document in the window."""
    desk.jobs.stop_all()
    desk.bridge.open(document)
    if document.path is not None and SAMPLE not in document.path.name:
        desk.settings.opened(document.path)
    desk.go("board" if desk.now.view is not None else "start")
    if desk.now.view is not None:
        desk.board.focus_board()
    if document.read_only:
        who = document.who_has_it
        texts = [translate("You can look at everything, print, and save a copy of your own (File ▸ Save a copy).")]
        text = translate("This database is open for reading only: it may not be written to here.")
        if who:
            text = translate("This database is open for reading only, as it is open elsewhere: {who}.").format(who=who)
            texts.append(translate("To change it, close it there first, then open it here again."))
        message(desk.window, translate("Reading only"), text, tuple(texts))


def tell_refusal(desk: Desk, refused: Refused) -> None:
    """Tell what could not be done, until it is dismissed; with ways on where the open file is in trouble."""
    document = desk.bridge.document
    mine = document is not None and document.path is not None and refused.facts.get("path") == str(document.path)
    if mine and refused.code in LOST:
        desk.trouble(refused)
        return
    message(desk.window, translate("That could not be done"), sentence(refused))


def open_sample(desk: Desk) -> None:
    """Open the sample week in a database of its own, made anew where there is none."""
    path = own_folder() / f"{SAMPLE}{ENDING}"
    if not open_path(desk, path, create=not path.exists()):
        return
    document = desk.bridge.document
    if document is not None and not document.plan.weeks and not document.read_only:
        from app.document.importing import import_edit
        from app.exchange.planning import read_planning

        reading = read_planning(resource("samples", "oxfordshire-2019.xlsx"))
        edit, _ = import_edit(document.plan, reading)
        document.do(edit)
        desk.go("board")
        desk.board.focus_board()


def add_slots(desk: Desk) -> None:
    """Open the list of slots, to add some."""
    from app.ui.screens.start import lead_to

    lead_to(desk, "teams", "slots")


def new_database(desk: Desk) -> None:
    """Choose a place for a new database, and open it."""
    choose_name(
        desk.window, translate("New database"), translate("Practice Week databases (*.pweek)"),
        translate("practice week") + ENDING, lambda path: _make(desk, path),
    )  # fmt: skip


def _make(desk: Desk, path: Path) -> None:
    if path.exists():
        message(
            desk.window, translate("That file is there already"),
            translate("“{name}” is there already. Choose another name, or open it.").format(name=path.name),
        )  # fmt: skip
        return
    if open_path(desk, path, create=True):
        desk.say(translate("New database “{name}”. Import a planning workbook to begin.").format(name=path.name))


def open_database(desk: Desk) -> None:
    """Choose a database and open it."""
    kinds = translate("Practice Week databases (*.pweek);;All files (*)")
    choose_file(desk.window, translate("Open database"), kinds, lambda path: open_path(desk, path))


def import_workbook(desk: Desk) -> None:
    """Choose a planning workbook, preview what it brings, and take it in as one edit."""
    kinds = translate("Excel workbooks (*.xlsx)")
    choose_file(desk.window, translate("Import planning workbook"), kinds, lambda path: import_path(desk, path))


def import_path(desk: Desk, path: Path) -> None:
    """Read that workbook aside, then show what it would change, or its faults."""
    from app.exchange.planning import read_planning

    reading = translate("Reading “{name}”…").format(name=path.name)
    desk.say(reading)

    def failed(error: BaseException) -> None:
        desk.say(translate("“{name}” was not imported.").format(name=path.name))
        raise_or_tell(desk, error)

    aside(desk, reading, lambda _job: read_planning(path), done=lambda got: _preview(desk, got), failed=failed)


def raise_or_tell(desk: Desk, error: BaseException) -> None:
    """Tell of work aside why it could not be done."""
    if isinstance(error, Refused):
        tell_refusal(desk, error)
        return
    raise error


def _preview(desk: Desk, reading: Reading) -> None:
    from app.document.importing import import_edit
    from app.ui.dialogs.importing import Preview, show_faults

    if reading.plan is None:
        desk.say(translate("“{name}” was not imported.").format(name=Path(reading.file).name))
        show_faults(desk.window, reading, desk.look.theme)
        return
    if desk.bridge.document is None and not open_path(desk, default_database(), create=True):
        return
    try:
        edit, summary = meanwhile(lambda: import_edit(desk.now.plan, reading))
    except Refused as refused:
        desk.say(translate("“{name}” was not imported.").format(name=Path(reading.file).name))
        tell_refusal(desk, refused)
        return
    desk.say(translate("“{name}” is read; nothing changes before you import it.").format(name=Path(reading.file).name))
    preview = Preview(desk.window, reading, summary, desk.look.theme, lambda: _take_in(desk, reading))
    not_taken = translate("“{name}” was not imported.").format(name=Path(reading.file).name)
    preview.rejected.connect(lambda: desk.say(not_taken))
    preview.open()
    if not edit.changes:
        desk.say(translate("“{name}” holds nothing new.").format(name=Path(reading.file).name))


def _take_in(desk: Desk, reading: Reading) -> None:
    from app.document.importing import import_edit

    edit, _ = meanwhile(lambda: import_edit(desk.now.plan, reading))
    desk.bridge.do(edit)
    if edit.week_id is not None and edit.week_id in desk.now.plan.weeks:
        desk.bridge.choose_week(edit.week_id)
    desk.go("board")
    desk.board.focus_board()


def export_everything(desk: Desk) -> None:
    """Ask for a folder, and write everything of the week into it."""
    from app.ui.dialogs.export import ExportDialog

    if desk.now.view is not None:
        ExportDialog(
            desk.window, desk.now.view, desk.now.problems, desk.look.theme, lambda out: export_to(desk, out)
        ).open()


def export_to(desk: Desk, out: Path) -> None:
    """Write everything of the week into that folder, aside: as it was published, or, never published, as drafts."""
    from app.exchange.folder import check_folder
    from app.ui.dialogs.saving import Saving, saved, watch

    week = desk.now.view
    if week is None:
        return
    try:
        check_folder(out)
    except Refused as refused:
        tell_refusal(desk, refused)
        return
    title = translate("Write everything of “{week}”").format(week=week.week.name)
    today = desk.bridge.today

    def done(count: Any) -> None:
        text = translate("{count} files are written").format(count=count)
        desk.say(text)
        first = translate("Open “READ ME.txt” in it first: it says what each file is and what is still missing.")
        saved(desk.window, translate("Everything is written"), text, out, (first,))

    Saving(desk.window, desk.jobs, title, lambda job, tell: _written(week, out, today, watch(job, tell)), done)


def _written(week: WeekView, out: Path, today: dt.date, hear: Watch) -> int:
    from app.document.folders import published_folder
    from app.engine import check
    from app.engine.goals import valued
    from app.engine.unmet import unmet
    from app.exchange.folder import write_folder
    from app.exchange.outputs import Outcome, everything

    folder = published_folder(week.plan, week.week.id, watch=hear)
    if folder is None:
        outcome = Outcome(
            view=week, problems=check.problems(week, today=today), reached=valued(week), unmet=unmet(week)
        )
        folder = everything(outcome, at=dt.datetime.now(dt.UTC).replace(microsecond=0), watch=hear)
    write_folder(out, folder.files, watch=hear)
    return len(folder.files)


def leave(desk: Desk) -> None:
    """Close the window. Everything is saved already."""
    desk.window.close()
