"""Data protection: how long people are kept, what is held of one, and erasing for good."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from app.document.retention import DEFAULT_DAYS, began, keep_until, kept_until, overdue, people_of
from app.exchange.filenames import safe_name
from app.exchange.folder import write_folder
from app.models.week import Week
from app.text import translate
from app.ui.choosing import choose_folder
from app.ui.commands import sharing
from app.ui.desk import Desk
from app.ui.dialogs.base import message
from app.ui.dialogs.protection import Deeds as PeopleDeeds
from app.ui.dialogs.protection import EraseDialog, ProtectionDialog
from app.ui.dialogs.recovery import Offer, Recovery
from app.words.dates import counted, day_year, listed


def is_open(desk: Desk) -> bool:
    """Whether anything is open."""
    return desk.bridge.document is not None


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
    choose_folder(
        desk.window, translate("Folder to write into"),
        lambda folder: export_person(desk, name, folder / safe_name(name)),
    )  # fmt: skip


def export_person(desk: Desk, name: str, out: Path) -> None:
    """Write everything that is held of a person into a folder of their own."""
    from app.document.person_file import person_files

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
        from app.document.privacy import erase_person

        name = names.pop(0)
        erase_person(document, name)
        desk.settings.forget(name)
        QTimer.singleShot(0, parent, lambda: _erase(desk, parent, names, count))
        return
    parent.show_plan(document.plan, began(document))
    people = counted(count, translate("person"), translate("people"))
    told = translate("Erased for good: {people}.").format(people=people)
    if (shared := sharing.borrowed(desk)) is not None:
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
