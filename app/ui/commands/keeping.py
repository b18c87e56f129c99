"""Keeping files safe and people's data theirs: backups, copies, hand-over, recovery, data protection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from app.document.comparing import look_into
from app.document.document import Document
from app.document.handover import Borrowed, hand_over, standing, take_over
from app.document.kept_words import moment_words, place_words, salvage_lines
from app.document.opening import Way, behold, restored, ways_on
from app.document.person_file import person_files
from app.document.privacy import erase_person
from app.document.retention import DEFAULT_DAYS, began, keep_until, kept_until, overdue, people_of
from app.errors import Refused
from app.exchange.filenames import safe_name
from app.exchange.folder import write_folder
from app.models.names import fold
from app.models.week import Week
from app.store import backups
from app.store.backups import Backup
from app.store.salvage import salvage
from app.text import translate
from app.ui.commands import files
from app.ui.desk import Desk
from app.ui.dialogs.backups import BackupsDialog
from app.ui.dialogs.backups import Deeds as BackupDeeds
from app.ui.dialogs.base import message
from app.ui.dialogs.protection import Deeds as PeopleDeeds
from app.ui.dialogs.protection import EraseDialog, ProtectionDialog
from app.ui.dialogs.recovery import Offer, Recovery, words_of
from app.ui.settings import TOLD_BY
from app.words.dates import counted, day_year, listed
from app.words.refusals import sentence

# When it can be done


def has_file(desk: Desk) -> bool:
    """Whether a file is open."""
    return desk.bridge.document is not None and desk.bridge.document.path is not None


def is_open(desk: Desk) -> bool:
    """Whether anything is open."""
    return desk.bridge.document is not None


def borrowed(desk: Desk) -> Borrowed | None:
    """The shared file whose local copy is open; None where none is."""
    document = desk.bridge.document
    if document is None or document.path is None:
        return None
    try:
        return standing(document.path)
    except Refused:  # the copy itself is in trouble, which opening and saving tell
        return None


def is_borrowed(desk: Desk) -> bool:
    """Whether a local copy of a shared file is open."""
    document = desk.bridge.document
    return document is not None and document.path is not None and has_note(document.path)


def has_note(path: Path) -> bool:
    """Whether a file is the local copy of a shared one; asked often, so without reading it."""
    return path.with_name(path.name + ".shared.json").exists()


# Opening


def open_refused(desk: Desk, refused: Refused, path: Path) -> Recovery:
    """Tell why a file was not opened, with every way on."""
    found = ways_on(refused, path)
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
    found = salvage(path, new)
    if files.open_path(desk, new):
        heading = translate("“{name}” holds what could be read.").format(name=new.name)
        message(desk.window, translate("Rescued"), heading, tuple(salvage_lines(found)))


def _behold(desk: Desk, path: Path) -> None:
    document, found = behold(path)
    desk.jobs.stop_all()
    desk.bridge.open(document)
    desk.go("board" if desk.now.view is not None else "start")
    lines = salvage_lines(found)[:-1]  # there is no new file to speak of
    heading = translate("This is what can be read of “{name}”. Nothing can be changed in it.").format(name=path.name)
    message(desk.window, translate("Reading only"), heading, tuple(lines))


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


def told_of_sharing(desk: Desk, found: Borrowed) -> None:
    """Tell that a local copy is open, and what stands between it and the shared file."""
    name, place = found.source.name, place_words(found.place)
    texts = [
        translate("Two people saving there at once would spoil it. So you work on a copy on this computer, and File ▸ "
                  "Hand over puts it back as one checked file. File ▸ Take over fetches what somebody else "
                  "handed over."),
    ]  # fmt: skip
    if found.both:
        texts.append(sentence(Refused("handed-over-by-other", path=str(found.source))))
    elif found.mine:
        texts.append(translate("Your copy has changes that you have not handed over yet."))
    message(
        desk.window, translate("A shared file"),
        translate("“{name}” lies {place}.").format(name=name, place=place), tuple(texts),
    )  # fmt: skip


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
        desk.window, document.path.name, desk.look.theme, deeds, can_restore=not document.read_only
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


# Shared files


def hand_over_now(desk: Desk) -> None:
    """Put the local copy in the shared file's place; where somebody else was there first, ask."""
    found = borrowed(desk)
    if found is None:
        return
    try:
        there = hand_over(found.local)
    except Refused as refused:
        if refused.code != "handed-over-by-other":
            raise
        _ask_whose(desk, found, refused)
        return
    desk.say(translate("Handed over: {file}").format(file=str(there)))


def _ask_whose(desk: Desk, found: Borrowed, refused: Refused) -> None:
    def over_theirs() -> None:
        there = hand_over(found.local, over_theirs=True)
        desk.say(translate("Handed over: {file}. Theirs is among the backups.").format(file=str(there)))

    offers = (
        Offer(
            words=translate("&Take theirs over"),
            means=translate("Shows their file here. Yours is kept among the backups."),
            does=lambda: _take_over(desk, found),
        ),
        Offer(
            words=translate("&Save mine as a copy…"),
            means=translate("Saves yours under another name, for the two of you to compare."),
            does=lambda: save_copy(desk),
        ),
        Offer(
            words=translate("&Hand mine over all the same"),
            means=translate("Puts yours in its place. Theirs is kept among the backups of your copy."),
            does=over_theirs,
        ),
    )
    Recovery(desk.window, translate("Hand over"), sentence(refused), offers).open()


def take_over_now(desk: Desk) -> None:
    """Put the shared file in the local copy's place; where that has changes of its own, ask first."""
    found = borrowed(desk)
    if found is None:
        return
    if not found.mine:
        _take_over(desk, found)
        return
    offer = Offer(
        words=translate("&Take theirs over"),
        means=translate("Shows the shared file here. Your copy as it is now is kept among the backups."),
        does=lambda: _take_over(desk, found),
    )
    heading = translate("Your copy has changes that you have not handed over.")
    Recovery(desk.window, translate("Take over"), heading, (offer,)).open()


def _take_over(desk: Desk, found: Borrowed) -> None:
    document = desk.bridge.document
    if document is None:
        return
    desk.jobs.stop_all()
    document.close()
    try:
        take_over(found.local)
    finally:
        desk.bridge.open(Document.open(found.local))
    desk.go("board" if desk.now.view is not None else "start")
    desk.say(translate("Taken over: {file}").format(file=str(found.source)))


# Data protection


def protect(desk: Desk, chosen: tuple[str, ...] = ()) -> ProtectionDialog | None:
    """Show how long weeks are kept and who is named in the file; `chosen` are names to select."""
    document = desk.bridge.document
    if document is None:
        return None
    deeds = PeopleDeeds(
        keep_until=lambda week_id, day: _keep_until(desk, dialog, week_id, day),
        export=partial(_export_person, desk),
        erase=lambda names: _void(ask_erase(desk, dialog, names)),
    )
    dialog = ProtectionDialog(
        desk.window, desk.look.theme, deeds, today=desk.bridge.today, can_change=not document.read_only
    )
    dialog.show_plan(document.plan, began(document), chosen)
    dialog.open()
    return dialog


def _keep_until(desk: Desk, dialog: ProtectionDialog, week_id: str, day: dt.date) -> None:
    document = desk.bridge.document
    if document is not None:
        desk.bridge.do(keep_until(document.plan, week_id, day))
        dialog.show_plan(document.plan, began(document))


def _export_person(desk: Desk, name: str) -> None:
    dialog = QFileDialog(desk.window, translate("Folder to write into"), str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
    dialog.fileSelected.connect(lambda folder: export_person(desk, name, Path(folder) / safe_name(name)))
    dialog.open()


def export_person(desk: Desk, name: str, out: Path) -> None:
    """Write everything that is held of a person into a folder of their own."""
    write_folder(out, person_files(desk.now.plan, name))
    message(
        desk.window, translate("Written"), translate("Everything that is held of {name}").format(name=name),
        (translate("It is in {folder}").format(folder=str(out)),),
    )  # fmt: skip


def ask_erase(desk: Desk, parent: ProtectionDialog, names: tuple[str, ...]) -> EraseDialog:
    """Ask before people are erased for good."""
    dialog = EraseDialog(parent, names, lambda: _erase(desk, parent, list(names), len(names)))
    dialog.open()
    return dialog


def _erase(desk: Desk, parent: ProtectionDialog, names: list[str], count: int) -> None:
    """One person after the other, the window going on between them."""
    document = desk.bridge.document
    if document is None:
        return
    if names:
        desk.say(translate("Erasing: {done} of {count}").format(done=count - len(names) + 1, count=count))
        name = names.pop(0)
        erase_person(document, name)
        if fold(desk.settings.text(TOLD_BY)) == fold(name):
            desk.settings.keep(TOLD_BY, "")
        QTimer.singleShot(0, parent, lambda: _erase(desk, parent, names, count))
        return
    parent.show_plan(document.plan, began(document))
    people = counted(count, translate("person"), translate("people"))
    told = translate("Erased for good: {people}.").format(people=people)
    if (shared := borrowed(desk)) is not None:
        told += " " + translate("The shared file names them until you hand over: {file}").format(
            file=str(shared.source)
        )
    desk.say(told)


def ask_of_overdue(desk: Desk) -> Recovery | None:
    """Where the day has passed until which a week was to be kept, ask what to do with its people."""
    document = desk.bridge.document
    if document is None or document.read_only:
        return None
    weeks = overdue(document, desk.bridge.today)
    if not weeks:
        return None
    week, until = weeks[0], kept_until(weeks[0], began(document))
    names = people_of(document.plan, week.id)
    later = desk.bridge.today + dt.timedelta(days=DEFAULT_DAYS)
    offers = (
        Offer(
            words=translate("&Erase these people…"),
            means=translate("Shows everybody in the week, chosen already; asks before anything goes."),
            does=lambda: _void(protect(desk, names)),
        ),
        Offer(
            words=translate("&Keep it until {day}").format(day=day_year(later)),
            means=translate("You are asked again then. Any other day: File ▸ Data protection."),
            does=lambda: _keep_longer(desk, week, later),
        ),
    )
    dialog = Recovery(
        desk.window, translate("Data protection"),
        translate("“{week}” was to be kept until {day}.").format(week=week.name, day=day_year(until)), offers,
        note=translate("It still names {people}. Close asks again the next time.").format(
            people=listed([*names[:6], *([translate("others")] if len(names) > 6 else [])])
        ),
    )  # fmt: skip
    dialog.open()
    return dialog


def _keep_longer(desk: Desk, week: Week, day: dt.date) -> None:
    desk.bridge.do(keep_until(desk.now.plan, week.id, day))


def _void(_: object) -> None:
    return


def _ask_file(desk: Desk, title: str, proposed: Path, then: Callable[[Path], None]) -> None:
    dialog = QFileDialog(desk.window, title, str(proposed))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter(translate("Practice Week databases (*.pweek)"))
    dialog.setDefaultSuffix(files.ENDING.removeprefix("."))
    dialog.selectFile(proposed.name)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
