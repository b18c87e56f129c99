"""The heads of the board's rows: the name over as many lanes as it has, with its service's shape and word."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView

from app.ui.board.model import ROW
from app.ui.board.paint import wrapped
from app.ui.deck.cards import Row
from app.ui.theme import GRID, Theme, service_look

_LETTERS = 20


class RowHead(QHeaderView):
    """Paints a team or a visitor at the left of its row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._theme = theme
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSectionsClickable(True)

    def wear(self, theme: Theme) -> None:
        """Paint with that theme."""
        self._theme = theme

    def fit(self, font: QFont) -> None:
        """Take the width that names in that font need."""
        self.setFont(font)
        self.setFixedWidth(QFontMetrics(font).averageCharWidth() * _LETTERS + 4 * GRID)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(QFontMetrics(self.font()).averageCharWidth() * _LETTERS + 4 * GRID, hint.height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        row: Row | None = model.headerData(section, Qt.Orientation.Vertical, ROW)
        if row is None:
            return
        of = self._theme.color
        painter.save()
        painter.fillRect(rect, of("panel"))
        painter.setPen(QPen(of("line"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if row.lane == 0:
            painter.drawLine(rect.topLeft(), rect.topRight())
            self._name(painter, rect.adjusted(2 * GRID, GRID // 2, -GRID, -GRID // 2), row)
        painter.restore()

    def _name(self, painter: QPainter, area: QRect, row: Row) -> None:
        of = self._theme.color
        metrics = QFontMetrics(self.font())
        line = metrics.lineSpacing()
        bold = QFont(self.font())
        bold.setBold(True)
        lines = wrapped(QFontMetrics(bold), row.name, area.width(), 2)
        painter.setFont(bold)
        painter.setPen(of("text"))
        for number, words in enumerate(lines):
            spot = QRect(area.left(), area.top() + number * line, area.width(), line)
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, words)
        below = QRect(area.left(), area.top() + len(lines) * line, area.width(), line)
        painter.setFont(self.font())
        if row.service >= 0:
            look = service_look(self._theme, row.service)
            painter.setPen(look.color)
            shape = f"{look.shape} "
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, shape)
            below.setLeft(below.left() + metrics.horizontalAdvance(shape))
        painter.setPen(of("secondary"))
        note = metrics.elidedText(row.note, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, note)
