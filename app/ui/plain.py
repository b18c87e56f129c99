"""User text on the screen, never as rich text: Qt guesses markup in labels, messages and tooltips."""

from __future__ import annotations

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from app.text import translate
from app.ui.letters import Laid, Letters
from app.ui.theme import roomy_inside


def label(text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """A label that shows its text as it is."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setText(text)
    return made


def widest_word(one: QLabel) -> int:
    """The width that a label needs so that its longest word is not cut."""
    return max((one.fontMetrics().horizontalAdvance(word) for word in one.text().split()), default=0)


class OneLine(QLabel):
    """A label of one line, or of a few, that ends in … where its text does not fit; the whole is in the tooltip."""

    def __init__(self, most: int = 1) -> None:
        super().__init__()
        self._most = most
        self._letters = Letters()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str) -> None:
        """Show this."""
        self.setText(text)
        self.setToolTip(tip(text))

    @property
    def is_cut(self) -> bool:
        """Whether the words end in … here."""
        return bool(self.text()) and self._laid()[1][-1].endswith("…")

    def _laid(self) -> Laid:
        return self._letters.lay(self.font(), (self.text(),), self.width(), self._most)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * self._most)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        laid = self._laid()
        free = self.height() - len(laid[1]) * self.fontMetrics().lineSpacing()
        self._letters.write(painter, self.font(), self.rect().adjusted(0, max(0, free // 2), 0, 0), laid)


def naming(words: str, control: QWidget) -> QLabel:
    """A label that names a control; its mnemonic gives the control the focus."""
    made = label(words)
    made.setBuddy(control)
    return made


def clearable(line: QLineEdit) -> None:
    """Put a cross into a line that empties it: named, and large enough to be hit."""
    line.setClearButtonEnabled(True)
    roomy_inside(line)
    for cross in line.findChildren(QToolButton):
        cross.setAccessibleName(translate("Empty the line"))


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
