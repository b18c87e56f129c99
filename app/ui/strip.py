"""A message that stays until it is dismissed, beside what it is about, and is read aloud."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.text import translate
from app.ui.icons import pixmap
from app.ui.plain import label
from app.ui.theme import GRID, Theme


class Strip(QFrame):
    """What is wrong, with its mend, and a button that takes it away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self._sign = label()
        self._text = label(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        away = QPushButton(translate("&Dismiss"))
        away.setAutoDefault(False)
        away.clicked.connect(self.hide)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self._sign)
        inside.addWidget(self._text, 1)
        inside.addWidget(away)
        self.wear(theme)
        self.hide()

    def wear(self, theme: Theme) -> None:
        """Colour with that theme."""
        made = self.palette()
        made.setColor(QPalette.ColorRole.Window, theme.color("broken_back"))
        made.setColor(QPalette.ColorRole.WindowText, theme.color("broken"))
        self.setPalette(made)
        self._sign.setPixmap(pixmap("broken", theme.color("broken"), 20, self.devicePixelRatioF()))

    @property
    def text(self) -> str:
        """What it says; blank while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str) -> None:
        """Say this until it is dismissed; a blank takes it away."""
        self._text.setText(text)
        self.setVisible(bool(text))
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
