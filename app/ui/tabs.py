"""Tabs whose open one wears a line in the main colour: dark themes tell it from the others by little else."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QTabWidget

_LINE = 3


class Tabs(QTabBar):
    """A bar of tabs."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        open_one = self.tabRect(self.currentIndex())
        line = QRect(open_one.left() + _LINE, open_one.top() + 1, open_one.width() - 2 * _LINE, _LINE)
        QPainter(self).fillRect(line, self.palette().highlight())


class TabPages(QTabWidget):
    """Pages under a bar of tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabBar(Tabs())
