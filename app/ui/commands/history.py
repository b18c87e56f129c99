"""Undo and redo, by name."""

from __future__ import annotations

from app.text import translate
from app.ui.desk import Desk
from app.ui.plain import menu_text
from app.words.edits import redo_label, undo_label


def undo(desk: Desk) -> None:
    """Take back the newest edit."""
    desk.bridge.undo()


def redo(desk: Desk) -> None:
    """Bring back what was undone last."""
    desk.bridge.redo()


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
