"""The wheel scrolls what is under it, and never chooses another value in a control on its way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

_DONE = "wheel passes"


class _Filter(QObject):
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to what the control stands on."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


def unwheeled(control: QWidget) -> None:
    """Let the wheel pass over this control."""
    if not takes_wheel(control):
        return
    control.setProperty(_DONE, True)
    if control.focusPolicy() == Qt.FocusPolicy.WheelFocus:
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the wheel would focus it
    control.installEventFilter(_Filter(control))


def takes_wheel(control: QWidget) -> bool:
    """Whether the wheel still chooses in this control."""
    return isinstance(control, QComboBox | QAbstractSpinBox) and not control.property(_DONE)


def unwheeled_all(inside: QWidget) -> None:
    """Let the wheel pass over everything in there that chooses from values."""
    for kind in (QComboBox, QAbstractSpinBox):
        for control in inside.findChildren(kind):
            unwheeled(control)
