"""The head of the view along the hours: each full hour written over its four quarters."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView

from app.ui.board.model import COLUMN
from app.ui.deck.cards import Column
from app.ui.theme import Theme


class TimeHead(QHeaderView):
    """Paints hours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme

    def wear(self, theme: Theme) -> None:
        """Paint with that theme."""
        self._theme = theme

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        column: Column | None = self.model().headerData(section, Qt.Orientation.Horizontal, COLUMN)
        if column is None:
            return
        of = self._theme.color
        quarter = column.start % 60 // 15
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, of("panel"))
        painter.setPen(QPen(of("line" if quarter else "border"), 1))
        painter.drawLine(rect.topLeft(), rect.bottomLeft())
        hour = rect.adjusted(-quarter * rect.width() + 4, 0, (3 - quarter) * rect.width(), 0)
        painter.setPen(of("text"))
        painter.setFont(self.font())
        words = f"{column.start // 60:02d}:00"
        painter.drawText(hour, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()
