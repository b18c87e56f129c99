"""Match the week: aside, with progress in words, previewed before it is adopted."""

from __future__ import annotations

from app.ui.commands.visits import can_edit
from app.ui.desk import Desk


def can_match(desk: Desk) -> bool:
    """Whether there is a week to match."""
    return can_edit(desk) and desk.now.view is not None and bool(desk.now.view.slots)


def match_week(desk: Desk) -> None:
    """Open the matching, or bring the one under way to the front."""
    from app.ui.dialogs.match import MatchDialog

    for dialog in desk.window.findChildren(MatchDialog):
        dialog.raise_()
        dialog.activateWindow()
        return
    dialog = MatchDialog(desk)
    dialog.show()
    dialog.begin()
