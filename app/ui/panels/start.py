"""Start: what to do first, and the databases opened last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.text import translate
from app.ui.bridge import Bridge, Now
from app.ui.plain import label, menu_text, tip
from app.ui.settings import Settings
from app.ui.theme import GRID


class StartPanel(QScrollArea):
    """The first screen."""

    open_recent = Signal(object)
    """A database opened before is wanted; carries its path."""

    def __init__(self, bridge: Bridge, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._paths: tuple[Path, ...] | None = None
        self.setWidgetResizable(True)
        self.setAccessibleName(translate("Start"))
        inner = QWidget()
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(8 * GRID, 6 * GRID, 8 * GRID, 6 * GRID)
        self._inside.setSpacing(3 * GRID)
        heading = label(translate("Practice Week"))
        font = heading.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.6)
        heading.setFont(font)
        self._inside.addWidget(heading)
        self._inside.addWidget(
            label(
                translate(
                    "Match leaders to frontline teams, see every clash before it happens, and undo anything. "
                    "Begin with the sample week to look around, or import your own planning workbook."
                ),
                wrap=True,
            )
        )
        self._offers = QVBoxLayout()
        self._offers.setSpacing(2 * GRID)
        self._inside.addLayout(self._offers)
        self._recent_head = label(translate("Opened before"))
        self._inside.addSpacing(3 * GRID)
        self._inside.addWidget(self._recent_head)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(GRID)
        self._inside.addLayout(self._recent)
        self._inside.addStretch(1)
        self.setWidget(inner)
        bridge.shown.connect(self.show_now)
        self.show_now(bridge.now)

    def offer(self, actions: list[QAction]) -> None:
        """Put large buttons for these actions on the screen."""
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setMinimumHeight(10 * GRID)
            button.setMinimumWidth(80 * GRID)
            self._offers.addWidget(button)

    def show_now(self, _now: Now) -> None:
        """Show the databases opened last."""
        paths = self._settings.recent
        if paths == self._paths:
            return
        self._paths = paths
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._recent_head.setVisible(bool(paths))
        for path in paths:
            button = QPushButton(menu_text(path.stem))
            button.setToolTip(tip(str(path)))
            button.setFlat(False)
            button.setMinimumHeight(7 * GRID)
            button.setMaximumWidth(120 * GRID)
            button.clicked.connect(lambda *_, one=path: self.open_recent.emit(one))
            self._recent.addWidget(button)
