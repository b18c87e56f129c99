"""What a screen shows while there is no week: what to do about it, with the buttons for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from app.text import translate
from app.ui.desk import Desk
from app.ui.flow import Flow
from app.ui.plain import label
from app.ui.theme import GRID


class NoWeek(QWidget):
    """Stands in for a screen until there is a week."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.words = label(
            translate("There is no week yet. Open the sample week to look around, or begin with your own."), wrap=True
        )
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = Flow(centred=True)
        row.setSpacing(2 * GRID)
        self.buttons: list[QToolButton] = []
        for name in ("new-week", "sample", "import"):
            made = QToolButton()
            made.setDefaultAction(desk.action(name))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(made)
            self.buttons.append(made)
        inside = QVBoxLayout(self)
        inside.setSpacing(3 * GRID)
        inside.addStretch(1)
        inside.addWidget(self.words)
        inside.addLayout(row)
        inside.addStretch(1)

    def focus_inside(self) -> None:
        """Give the first button the focus."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
