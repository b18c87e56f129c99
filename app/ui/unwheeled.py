"""Controls on a page that scrolls: the wheel scrolls the page, and never chooses another value on its way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _Filter(QObject):
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to what the control stands on."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


def unwheeled(control: QWidget) -> None:
    """Let the wheel pass over this control."""
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the wheel would focus it
    control.installEventFilter(_Filter(control))
