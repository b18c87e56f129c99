"""A choice that counts only when it is made: arrow keys open the list and do not choose what they pass."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

from app.ui.unwheeled import unwheeled

_OPENING = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Space})


class Picker(QComboBox):
    """A drop-down list whose `activated` means a choice, by mouse or Enter."""

    def __init__(self) -> None:
        super().__init__()
        unwheeled(self)  # scrolling past must not choose

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING:
            self.showPopup()
            return
        super().keyPressEvent(event)
