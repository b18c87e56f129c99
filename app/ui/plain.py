"""User text on the screen, never as rich text: Qt guesses markup in labels, messages and tooltips."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget


def label(text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """A label that shows its text as it is."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setText(text)
    return made


def naming(words: str, control: QWidget) -> QLabel:
    """A label that names a control; its mnemonic gives the control the focus."""
    made = label(words)
    made.setBuddy(control)
    return made


def tip(text: str) -> str:
    """A tooltip that shows the text as it is: what Qt would take for markup is escaped."""
    if "<" not in text:
        return text
    return f"<span>{html.escape(text)}</span>".replace("\n", "<br>")


def menu_text(text: str) -> str:
    """User text in a menu or on a button: an ampersand is no mnemonic."""
    return text.replace("&", "&&")


def set_action_text(action: QAction, text: str) -> None:
    """A changing text for an action that may hold user text after its own words."""
    action.setText(text)
    action.setToolTip(tip(text.replace("&&", "&")))
