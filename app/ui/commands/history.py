"""Undo and redo, by name."""

from __future__ import annotations

from app.text import translate
from app.ui.bridge import Picked
from app.ui.desk import Desk
from app.ui.plain import menu_text
from app.words.edits import redo_label, undo_label

_FEW = 12
"""With more visits than that, undoing leaves the selection as it is."""


def undo(desk: Desk) -> None:
    """Take back the newest edit."""
    desk.bridge.undo()
    _show_changed(desk)


def redo(desk: Desk) -> None:
    """Bring back what was undone last."""
    desk.bridge.redo()
    _show_changed(desk)


def _show_changed(desk: Desk) -> None:
    """Select what came back, where it is few enough to look at, so that the board goes there."""
    now = desk.now
    changes = now.edit.changes if now.edit is not None else ()
    visits = tuple(one.id for one in changes if one.table == "visits" and one.id in now.plan.visits)
    if 0 < len(visits) <= _FEW:
        desk.bridge.pick(Picked(visits=visits))


def can_undo(desk: Desk) -> bool:
    """Whether there is something to undo."""
    document = desk.bridge.document
    return document is not None and not document.read_only and document.can_undo is not None


def can_redo(desk: Desk) -> bool:
    """Whether there is something to redo."""
    document = desk.bridge.document
    return document is not None and not document.read_only and document.can_redo is not None


def undo_words(desk: Desk) -> str:
    """`Undo move of Ann Lee to Tue 9 July, 10:00`."""
    edit = desk.bridge.document.can_undo if desk.bridge.document else None
    return menu_text(undo_label(edit)) if edit is not None else translate("&Undo")


def redo_words(desk: Desk) -> str:
    """`Redo move of Ann Lee to Tue 9 July, 10:00`."""
    edit = desk.bridge.document.can_redo if desk.bridge.document else None
    return menu_text(redo_label(edit)) if edit is not None else translate("&Redo")
