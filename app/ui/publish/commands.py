"""Commands of publishing. Dialogs and screen are imported when they are asked for: the window opens sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.commands.visits import can_edit
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.ui.publish.screen import PublishScreen


def can_publish(desk: Desk) -> bool:
    """Whether there is a week that may be published from here."""
    return can_edit(desk)


def publish(desk: Desk) -> None:
    """Open the publish dialog and start its check."""
    from app.ui.publish.dialog import PublishDialog

    dialog = PublishDialog(desk)
    dialog.open()
    dialog.begin()


def show_calls(desk: Desk) -> None:
    """Lead to the call list: who is still to be told."""
    from app.ui.publish.screen import lead_to_calls

    lead_to_calls(desk)


def ofsted(desk: Desk) -> None:
    """Ask what should become of the whole week."""
    from app.ui.publish.ofsted import OfstedDialog

    OfstedDialog(desk).open()


def screen(desk: Desk) -> PublishScreen:
    """The screen Publish and changes."""
    from app.ui.publish.screen import PublishScreen

    return PublishScreen(desk)


def open_count(desk: Desk) -> int:
    """How many calls are still to make."""
    week = desk.now.view
    if week is None or not desk.now.plan.publications:
        return 0
    from app.ui.publish.facts import calls_open

    return len(calls_open(desk.now.plan, week.week.id))
