"""A part of the window that brings itself up to date while it is seen, and waits while it is not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.ui.bridge import Bridge, Now


class WhileSeen(QObject):
    """Calls `show` with what is new while the widget is seen, and with what is now when it comes to be seen."""

    def __init__(self, widget: QWidget, bridge: Bridge, show: Callable[[Now], None]) -> None:
        super().__init__(widget)
        self._widget, self._bridge, self._show = widget, bridge, show
        widget.installEventFilter(self)
        bridge.shown.connect(self._heard)

    def _heard(self, now: Now) -> None:
        if self._widget.isVisible():
            self._show(now)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._show(self._bridge.now)
        return False
