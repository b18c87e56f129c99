"""What came back: forms, diaries, answers. Dialogs are imported when they are asked for: the window opens sooner."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.text import translate
from app.ui.choosing import choose_file, choose_folder
from app.ui.commands.files import tell_refusal
from app.ui.commands.visits import can_edit
from app.ui.desk import Desk
from app.ui.dialogs.base import message
from app.ui.dialogs.progress import aside
from app.words.dates import counted


def can_take_in(desk: Desk) -> bool:
    """Whether there is a week that replies can go into."""
    return can_edit(desk) and desk.now.view is not None


def take_in_forms(desk: Desk, paths: Sequence[Path] = ()) -> None:
    """Open the wizard for forms that came back."""
    from app.ui.replies.wizard import FormsWizard

    FormsWizard(desk, paths).open()


def take_in_answers(desk: Desk, paths: Sequence[Path] = ()) -> None:
    """Open the dialog for answers to invitations."""
    from app.ui.replies.answers import AnswersDialog

    AnswersDialog(desk, paths).open()


def read_diary(desk: Desk) -> None:
    """Choose a diary, look at its busy times, and take them in."""
    kinds = translate("Calendar files (*.ics)")
    choose_file(desk.window, translate("Read a diary"), kinds, lambda path: read_diary_at(desk, path))


def read_diary_at(desk: Desk, path: Path) -> None:
    """Read that calendar file aside, then show its busy times."""
    from app.document.diaries import read_diary as read
    from app.document.diaries import whose
    from app.ui.replies.diary import DiaryDialog

    week = desk.now.view
    if week is None:
        message(
            desk.window,
            translate("Read a diary"),
            translate("Open or make a week first."),
        )
        return
    picked = desk.now.picked.person_id
    person_id = whose(path, week) or (picked if picked in week.visitors else None)

    def done(diary: Any) -> None:
        DiaryDialog(desk, path, diary, person_id).open()

    reading = translate("Reading “{name}”…").format(name=path.name)
    aside(desk, reading, lambda _job: read(path, week, person_id), done=done, failed=lambda error: _failed(desk, error))


def drop_calendar(desk: Desk, path: Path) -> None:
    """A calendar file was dropped on the window: a reply where it is one, else a diary."""
    from app.document.answers import read_answers

    def read(_job: object) -> bool:
        try:
            return bool(read_answers(path))
        except Refused:
            return False

    def done(is_reply: Any) -> None:
        if is_reply:
            take_in_answers(desk, (path,))
        else:
            read_diary_at(desk, path)

    aside(desk, translate("Looking at “{name}”…").format(name=path.name), read, done=done,
          failed=lambda error: _failed(desk, error))  # fmt: skip


def drop_workbook(desk: Desk, path: Path) -> None:
    """A workbook was dropped on the window: a planning workbook where it has such a sheet, else a form."""
    from app.exchange.forms.sheets import read_files
    from app.models.names import fold
    from app.ui.commands import files

    def done(found: Any) -> None:
        sheets, refused = found
        planning = any(fold(sheet.title) == "week" for sheet in sheets)
        if planning or refused or not can_take_in(desk):
            files.import_path(desk, path)
        else:
            take_in_forms(desk, (path,))

    aside(desk, translate("Looking at “{name}”…").format(name=path.name), lambda _job: read_files([path]), done=done,
          failed=lambda error: _failed(desk, error))  # fmt: skip


def drop_several(desk: Desk, paths: Sequence[Path]) -> None:
    """Several files, or a folder, were dropped on the window: forms that came back, or replies."""
    answers = [path.suffix.casefold() in {".ics", ".eml"} for path in paths]
    if not can_take_in(desk):
        message(
            desk.window, translate("Files dropped"), translate("Open or make a week first; then drop what came back.")
        )
    elif all(answers):
        take_in_answers(desk, paths)
    elif not any(answers):
        take_in_forms(desk, paths)
    else:
        message(desk.window, translate("Files dropped"), translate(
            "Drop either forms (.xlsx, .csv) or replies (.ics, .eml), not both at once."
        ))  # fmt: skip


def send_forms(desk: Desk) -> None:
    """Choose a folder, and write the forms for everybody into it."""
    choose_folder(desk.window, translate("Make forms"), lambda folder: write_forms(desk, folder / translate("forms")))


def write_forms(desk: Desk, out: Path) -> None:
    """Write a form for each visitor and team, and one of each kind for all, into that folder."""
    from app.exchange.folder import check_folder, write_folder
    from app.exchange.forms.write import forms
    from app.models.forms import FormKind

    week = desk.now.view
    if week is None:
        return
    try:
        check_folder(out)
    except Refused as refused:
        tell_refusal(desk, refused)
        return

    def work(_job: object) -> int:
        made = dict(forms(week, list(FormKind)))
        made |= {
            f"{translate('for all')}/{name}": data for name, data in forms(week, list(FormKind), for_all=True).items()
        }
        write_folder(out, made)
        return len(made)

    def done(count: Any) -> None:
        told = translate("{count} written into {folder}").format(
            count=counted(count, translate("form"), translate("forms")), folder=str(out)
        )
        desk.say(told)
        message(desk.window, translate("The forms are written"), told, (
            translate("Each form holds only what its own recipient may read. Send them; what comes back is "
                      "taken in under File, Take in forms."),
        ))  # fmt: skip

    aside(desk, translate("Writing forms…"), work, done=done, failed=lambda error: _failed(desk, error))


def _failed(desk: Desk, error: BaseException) -> None:
    if not isinstance(error, Refused):
        raise error
    tell_refusal(desk, error)
