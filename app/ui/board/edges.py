"""Scrolling on while something is held near an edge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

_EDGE = 32
_PACE = 30


class EdgeScroll(QObject):
    """Scrolls an area the faster the nearer the point is to its edge; `scrolled` hears the point after each step."""

    def __init__(self, area: QAbstractScrollArea, scrolled: Callable[[QPoint], None]) -> None:
        super().__init__(area)
        self._area = area
        self._scrolled = scrolled
        self._spot = QPoint()
        self._clock = QTimer(self)
        self._clock.setInterval(_PACE)
        self._clock.timeout.connect(self._step)

    def hold(self, spot: QPoint) -> None:
        """The point, in the viewport, at which something is held."""
        self._spot = spot
        if self._area.viewport().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE).contains(spot):
            self._clock.stop()
        elif not self._clock.isActive():
            self._clock.start()

    def stop(self) -> None:
        """Nothing is held any more."""
        self._clock.stop()

    def _step(self) -> None:
        spot, around = self._spot, self._area.viewport().rect()
        for bar, at, end in (
            (self._area.horizontalScrollBar(), spot.x(), around.width()),
            (self._area.verticalScrollBar(), spot.y(), around.height()),
        ):
            step = -(_EDGE - at) if at < _EDGE else at - (end - _EDGE) if at > end - _EDGE else 0
            bar.setValue(bar.value() + step)
        self._scrolled(spot)
