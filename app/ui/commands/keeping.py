"""Keeping files safe: what to do about a file that cannot be opened or saved to, copies, backups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app.document.comparing import look_into
from app.document.document import Document
from app.document.handover import called
from app.document.kept_words import moment_words, salvage_lines
from app.document.opening import Way, behold, restored, salvage, ways_on
from app.errors import Refused
from app.models.salvaged import Salvaged
from app.store import backups
from app.store.backups import Backup
from app.text import translate
from app.ui.choosing import choose_name
from app.ui.commands import files
from app.ui.desk import Desk
from app.ui.dialogs.backups import BackupsDialog
from app.ui.dialogs.backups import Deeds as BackupDeeds
from app.ui.dialogs.base import message
from app.ui.dialogs.progress import aside
from app.ui.dialogs.recovery import Offer, Recovery, words_of
from app.ui.jobs import meanwhile
from app.words.refusals import sentence

# When it can be done


def has_file(desk: Desk) -> bool:
    """Whether a file is open."""
    return desk.bridge.document is not None and desk.bridge.document.path is not None


# Opening


def open_refused(desk: Desk, refused: Refused, path: Path) -> Recovery:
    """Tell why a file was not opened, with every way on."""
    found = meanwhile(lambda: ways_on(refused, path))
    does: dict[Way, Callable[[], None]] = {
        Way.RESTORE: lambda: _restore_closed(desk, path, found.backup),
        Way.SALVAGE: partial(_salvage, desk, path),
        Way.LOOK: partial(_behold, desk, path),
        Way.COPY: partial(_open_copy, desk, path),
        Way.IMPORT: partial(files.import_path, desk, path),
        Way.ANEW: lambda: _open(desk, path, create=True),
        Way.AGAIN: lambda: _open(desk, path),
        Way.ANOTHER: partial(files.open_database, desk),
    }
    offers = []
    for way in found.ways:
        words, means = words_of(way, path, found)
        offers.append(Offer(words=words, means=means, does=does[way]))
    dialog = Recovery(desk.window, translate("This file cannot be opened"), sentence(refused), offers)
    dialog.open()
    return dialog


def _open(desk: Desk, path: Path, *, create: bool = False) -> None:
    files.open_path(desk, path, create=create)


def _restore_closed(desk: Desk, path: Path, backup: Backup | None) -> None:
    if backup is None:
        return
    kept = backups.restore(path, backup.path)
    if files.open_path(desk, path):
        desk.say(translate("Restored as of {moment}.").format(moment=moment_words(backup)))
        if kept is not None:
            message(
                desk.window, translate("Restored"),
                translate("The file is as it was on {moment}.").format(moment=moment_words(backup)),
                (translate("The file that could not be opened is kept as {file}.").format(file=str(kept)),),
            )  # fmt: skip


def _salvage(desk: Desk, path: Path) -> None:
    _ask_file(
        desk, translate("New file for what can be read"), path.with_name(f"{path.stem} rescued{files.ENDING}"),
        lambda new: _salvaged(desk, path, new),
    )  # fmt: skip


def _salvaged(desk: Desk, path: Path, new: Path) -> None:
    def done(found: Salvaged) -> None:
        if files.open_path(desk, new):
            heading = translate("“{name}” holds what could be read.").format(name=new.name)
            message(desk.window, translate("Rescued"), heading, tuple(salvage_lines(found)))

    _reading(desk, path, lambda: salvage(path, new), done)


def _behold(desk: Desk, path: Path) -> None:
    def done(found: tuple[Document, Salvaged]) -> None:
        document, salvaged = found
        desk.jobs.stop_all()
        desk.bridge.open(document)
        desk.go("board" if desk.now.view is not None else "start")
        lines = salvage_lines(salvaged)[:-1]  # there is no new file to speak of
        heading = translate("This is what can be read of “{name}”. Nothing can be changed in it.")
        message(desk.window, translate("Reading only"), heading.format(name=path.name), tuple(lines))

    _reading(desk, path, lambda: behold(path), done)


def _reading(desk: Desk, path: Path, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
    """Read a damaged file aside, which may take some seconds."""
    words = translate("Reading “{name}”…").format(name=path.name)
    aside(desk, words, lambda _job: work(), done=done, failed=lambda error: files.raise_or_tell(desk, error))


def _open_copy(desk: Desk, path: Path) -> None:
    def copy(new: Path) -> None:
        try:
            if new.exists():
                raise Refused("file-exists", path=str(new))
            new.write_bytes(path.read_bytes())
        except OSError as error:
            raise Refused("file-unreachable", path=str(new)) from error
        files.open_path(desk, new)

    _ask_file(desk, translate("Copy to open"), Path.home() / path.name, copy)


# While a file is open


def trouble(desk: Desk, refused: Refused) -> Recovery:
    """Tell that a change could not be saved, and offer to save everything else as a copy."""
    document = desk.bridge.document
    offers = [
        Offer(
            words=translate("&Save a copy…"),
            means=translate("Writes everything up to your last saved change as another file, checked, and opens it."),
            does=lambda: save_copy(desk, then_open=True),
        )
    ]
    if document is not None and document.path is not None and refused.code != "file-gone":
        offers.append(
            Offer(
                words=translate("&Open the file again"),
                means=translate("Reads it anew from the disk, when the cause is gone."),
                does=partial(_reopen, desk, document.path),
            )
        )
    dialog = Recovery(
        desk.window, translate("Not saved"), sentence(refused), offers,
        note=translate("Nothing that was saved before is lost. What you did just now was not done."),
    )  # fmt: skip
    dialog.open()
    return dialog


def _reopen(desk: Desk, path: Path) -> None:
    desk.jobs.stop_all()
    desk.bridge.open(None)
    files.open_path(desk, path)


def save_copy(desk: Desk, *, then_open: bool = False) -> None:
    """Ask for a name, and save everything there as a checked copy."""
    document = desk.bridge.document
    if document is None or document.path is None:
        return
    name = translate("{name} copy").format(name=document.path.stem)
    _ask_file(
        desk, translate("Save a copy"), Path.home() / f"{name}{files.ENDING}",
        lambda target: _save_copy(desk, target, then_open=then_open),
    )  # fmt: skip


def _save_copy(desk: Desk, target: Path, *, then_open: bool) -> None:
    document = desk.bridge.document
    if document is None:
        return
    document.save_copy(target)
    if then_open:
        files.open_path(desk, target)
    desk.say(translate("A checked copy is in {file}").format(file=str(target)))


def show_backups(desk: Desk) -> BackupsDialog | None:
    """List the backups of the open file; each is checked and compared aside."""
    document = desk.bridge.document
    if document is None or document.path is None:
        return None
    deeds = BackupDeeds(
        restore=partial(restore, desk), make=lambda: _make(desk, dialog), save_copy=lambda: save_copy(desk)
    )
    dialog = BackupsDialog(
        desk.window, called(document.path), desk.look.theme, deeds, can_restore=not document.read_only
    )  # fmt: skip
    _fill(desk, dialog)
    dialog.open()
    return dialog


def _fill(desk: Desk, dialog: BackupsDialog) -> None:
    document = desk.bridge.document
    if document is None or document.path is None:
        return
    found, plan = backups.listed(document.path), document.plan
    dialog.show_backups(found)

    def work(_job: object, tell: Callable[[object], None]) -> None:
        for backup in found:
            if dialog.gone:
                return
            tell(look_into(backup, plan))

    def failed(error: BaseException) -> None:
        raise error

    desk.jobs.start(work, done=lambda _: None, failed=failed, progress=dialog.show_seen)


def _make(desk: Desk, dialog: BackupsDialog) -> None:
    document = desk.bridge.document
    if document is not None:
        backup = document.backup()
        desk.say(translate("Backup made: {moment}").format(moment=moment_words(backup)))
        _fill(desk, dialog)


def restore(desk: Desk, backup: Backup) -> None:
    """Put that backup in the open file's place, and show it."""
    document = desk.bridge.document
    if document is None or document.path is None:
        return
    path = document.path
    week_id = desk.now.view.week.id if desk.now.view is not None else None
    desk.jobs.stop_all()
    try:
        again = restored(document, backup.path)
    except Refused:
        desk.bridge.open(Document.open(path), week_id)
        raise
    desk.bridge.open(again, week_id if week_id in again.plan.weeks else None)
    desk.say(
        translate("Restored as of {moment}. The file as it was before is now the newest backup.").format(
            moment=moment_words(backup)
        )
    )


def _ask_file(desk: Desk, title: str, proposed: Path, then: Callable[[Path], None]) -> None:
    kinds = translate("Practice Week databases (*.pweek)")
    choose_name(desk.window, title, kinds, proposed.name, then, start=proposed.parent)
