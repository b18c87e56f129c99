"""Files in and out, what is told of them, and what can be done about one that cannot be opened or saved to."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from app.document.document import Document
from app.document.handover import Borrowed
from app.document.retention import keep_until
from app.errors import Refused
from app.exchange.planning import write_planning
from app.store.places import Kind, Place
from app.ui.app import catch_errors
from app.ui.commands import files, keeping, protecting, sharing
from app.ui.dialogs.backups import BackupsDialog
from app.ui.dialogs.export import ExportDialog
from app.ui.dialogs.importing import Preview
from app.ui.dialogs.progress import aside
from app.ui.dialogs.protection import EraseDialog, ProtectionDialog
from app.ui.dialogs.report import ReportDialog
from app.ui.dialogs.saving import Saving, saved
from app.ui.screens.finder import Finder
from tests.pictures.acts import scene
from tests.pictures.stage import Sight, Stage


@scene("new", "open", "import", "save-copy")
def choosing_files(stage: Stage) -> Iterator[Sight]:
    """Where a file is asked for."""
    for entry in ("new", "open", "import", "save-copy"):
        stage.trigger(entry)
        yield entry, stage.dialog()
        stage.end()


def _workbook(stage: Stage, *, spoilt: bool) -> Path:
    """The week as a planning workbook, a little changed; or with faults."""
    path = stage.folder / "Planning workbook of the whole directorate, third draft.xlsx"
    path.write_bytes(write_planning(stage.week))
    book = openpyxl.load_workbook(path)
    sheet = book["Visitors"]
    sheet.cell(1, sheet.max_column + 1, "Shoe size")
    heads = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    for row in range(2, min(6, sheet.max_row + 1)):
        sheet.cell(row, heads["Min visits"], "two" if spoilt else 1)
    sheet.cell(2, heads["Role"], "Director of many things, acting, until somebody else is found")
    book.save(path)
    return path


@scene()
def importing(stage: Stage) -> Iterator[Sight]:
    """A workbook with changes and notices, and one with faults."""
    files.import_path(stage.desk, _workbook(stage, spoilt=False))
    dialog = stage.shown(Preview)
    yield "preview", dialog
    yield from stage.down("preview", dialog, dialog)
    stage.end()
    files.import_path(stage.desk, _workbook(stage, spoilt=True))
    stage.wait(lambda: any("fault" in one.windowTitle() for one in stage.dialogs()), "the faults")
    yield "faults", stage.dialog()


@scene("export")
def exporting(stage: Stage) -> Iterator[Sight]:
    """Where everything is written, a folder that will not do, the work, and what is told of it."""
    stage.trigger("export")
    dialog = stage.shown(ExportDialog)
    yield "asked", dialog
    (stage.folder / "full").mkdir(exist_ok=True)
    (stage.folder / "full" / "letter.txt").write_text("Dear Ann")
    dialog.folder.setText(str(stage.folder / "full"))
    stage.click(dialog, "Export")
    yield "refused", stage.dialog()
    stage.end()
    hold = Saving(stage.window, stage.desk.jobs, "Write everything", lambda job, _tell: _patient(job.cancelled),
                  lambda _: None)  # fmt: skip
    yield "writing", stage.shown(Saving)
    hold.reject()
    stage.wait(lambda: not stage.desk.jobs.busy, "the stop")
    stage.end()
    yield "written", saved(stage.window, "Everything is written", "86 files are written", stage.folder / "out",
                           ("Open “READ ME.txt” in it first: it says what each file is.",))  # fmt: skip


def _patient(cancelled: object) -> None:
    assert callable(cancelled)
    while not cancelled():
        time.sleep(0.01)


@scene()
def waiting(stage: Stage) -> Iterator[Sight]:
    """Work that lasts, with its Cancel."""
    aside(stage.desk, "Reading “Planning workbook of the whole directorate, third draft.xlsx”…",
          lambda job: _patient(job.cancelled), done=lambda _: None, failed=lambda _: None)  # fmt: skip
    yield "reading", stage.dialog()


@scene("backups")
def backups(stage: Stage) -> Iterator[Sight]:
    """The backups of the file."""
    document = stage.bridge.document
    assert document is not None
    document.backup()
    stage.trigger("backups")
    dialog = stage.shown(BackupsDialog)
    stage.wait(lambda: not stage.desk.jobs.busy, "the look into the backups")
    yield "listed", dialog


@scene("protect")
def protecting_people(stage: Stage) -> Iterator[Sight]:
    """Who is named in the file, and erasing some for good; then with nobody in it, and a week kept long enough."""
    stage.trigger("protect")
    dialog = stage.shown(ProtectionDialog)
    dialog.people.selectAll()
    yield "everybody", dialog
    yield from stage.down("everybody", dialog, dialog)
    protecting.ask_erase(stage.desk, dialog, tuple(one.name for one in stage.week.visitors.values()))
    yield "erase", stage.shown(EraseDialog)
    stage.end()
    document = stage.bridge.document
    assert document is not None
    week = stage.week.week
    document.do(keep_until(document.plan, week.id, week.last_day + dt.timedelta(days=1)))
    stage.today, today = week.last_day + dt.timedelta(days=400), stage.today
    protecting.ask_of_overdue(stage.desk)
    yield "kept long enough", stage.dialog()
    stage.today = today
    stage.end()
    stage.bridge.open(Document.memory(type(document.plan)()))
    stage.trigger("protect")
    yield "nobody", stage.dialog()


@scene()
def recovery(stage: Stage) -> Iterator[Sight]:
    """A file that cannot be opened, for every reason that has ways on of its own, and one that cannot be saved to."""
    path = stage.folder / "Practice weeks of the directorate 2026.pweek"
    path.write_bytes(b"SQLite format 3\x00" + b"broken" * 900)
    for code in ("database-damaged", "file-not-database", "file-missing", "file-read-only", "file-slow", "file-newer"):
        keeping.open_refused(stage.desk, Refused(code, path=str(path)), path)
        dialog = stage.dialog()
        yield code, dialog
        yield from stage.down(code, dialog, dialog)
        stage.end()
    document = stage.bridge.document
    assert document is not None
    for code in ("disk-full", "file-gone"):
        keeping.trouble(stage.desk, Refused(code, path=str(document.path)))
        yield code, stage.dialog()
        stage.end()


@scene("hand-over", "take-over")
def sharing_files(stage: Stage) -> Iterator[Sight]:
    """A file on a shared drive: what is told of it, and whose changes are to stand."""
    found = Borrowed(source=Path("/srv/team drive/Practice Week/weeks.pweek"), local=stage.folder / "week.pweek",
                     place=Place(kind=Kind.SYNCED, by="OneDrive"), mine=True, theirs=True)  # fmt: skip
    sharing.told_of_sharing(stage.desk, found)
    yield "told", stage.dialog()
    stage.end()
    sharing._ask_whose(stage.desk, found, Refused("handed-over-by-other", path=str(found.source)))
    yield "whose", stage.dialog()


@scene()
def told(stage: Stage) -> Iterator[Sight]:
    """What goes wrong, from a refusal to what nobody foresaw; a file open elsewhere; the report."""
    files.tell_refusal(stage.desk, Refused("folder-missing", path=str(stage.folder / "not there")))
    yield "refused", stage.dialog()
    stage.end()
    hook = sys.excepthook
    catch_errors(stage.window)
    error = ValueError()
    sys.excepthook(ValueError, error, None)
    sys.excepthook = hook
    yield "not foreseen", stage.dialog()
    stage.click(stage.dialog(), "report")
    yield "report", stage.shown(ReportDialog)


@scene("keyboard", "accessibility", "about")
def helping(stage: Stage) -> Iterator[Sight]:
    """What stands under Help."""
    for entry in ("keyboard", "accessibility", "about"):
        stage.trigger(entry)
        dialog = stage.dialog()
        yield entry, dialog
        yield from stage.down(entry, dialog, dialog)
        stage.end()


@scene("find-anything", "commands")
def finding(stage: Stage) -> Iterator[Sight]:
    """Finding a command and anything else, while something and while nothing is found."""
    for entry in ("commands", "find-anything"):
        stage.trigger(entry)
        dialog = stage.shown(Finder)
        yield entry, dialog
        for text in ("vis", "qqqq"):
            dialog.line.setText(text)
            stage.settle()
            yield f"{entry} {text}", dialog
        stage.end()
