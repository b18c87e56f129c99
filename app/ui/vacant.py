"""What stands where there is nothing to show yet: what to do about it, with the buttons for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.text import translate
from app.ui.flow import Flow
from app.ui.plain import label
from app.ui.theme import GRID


class Vacant(QWidget):
    """Words in the middle, and below them buttons that lead on."""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.words = label(words, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = Flow(centred=True)
        self._row.setSpacing(2 * GRID)
        self.buttons: list[QAbstractButton] = []
        inside = QVBoxLayout(self)
        inside.setSpacing(3 * GRID)
        inside.addStretch(1)
        inside.addWidget(self.words)
        inside.addLayout(self._row)
        inside.addStretch(1)

    def offer(self, words: str, does: Callable[[], object]) -> QPushButton:
        """Add a button that does that."""
        made = QPushButton(words)
        made.setAutoDefault(False)
        made.clicked.connect(lambda *_: does())
        self._row.addWidget(made)
        self.buttons.append(made)
        return made

    def offer_action(self, action: QAction) -> None:
        """Add a button for an entry of the menus."""
        made = QToolButton()
        made.setDefaultAction(action)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row.addWidget(made)
        self.buttons.append(made)

    def focus_inside(self) -> None:
        """Give the first button the focus."""
        for button in self.buttons:
            if not button.isHidden():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return


def no_week_words() -> str:
    """What to do where there is no week."""
    return translate("There is no week yet. Open the sample week to look around, or begin with your own.")
