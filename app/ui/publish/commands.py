"""Commands of publishing."""

from __future__ import annotations

from app.ui.commands.visits import can_edit
from app.ui.desk import Desk
from app.ui.publish.dialog import PublishDialog, show_calls
from app.ui.publish.facts import calls_open
from app.ui.publish.ofsted import OfstedDialog
from app.ui.publish.screen import PublishScreen

__all__ = ["can_publish", "ofsted", "open_count", "publish", "screen", "show_calls"]


def can_publish(desk: Desk) -> bool:
    """Whether there is a week that may be published from here."""
    return can_edit(desk)


def publish(desk: Desk) -> None:
    """Open the publish dialog and start its check."""
    dialog = PublishDialog(desk)
    dialog.open()
    dialog.begin()


def ofsted(desk: Desk) -> None:
    """Ask what should become of the whole week."""
    OfstedDialog(desk).open()


def screen(desk: Desk) -> PublishScreen:
    """The screen Publish and changes."""
    return PublishScreen(desk)


def open_count(desk: Desk) -> int:
    """How many calls are still to make."""
    week = desk.now.view
    return 0 if week is None else len(calls_open(desk.now.plan, week.week.id))
