"""The heads of the board's rows: the name over as many lanes as it has, with its service's shape and word.

Where a team's lanes are higher than what is in sight, its name stays in sight beside those that are.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView

from app.ui.board.model import ROW
from app.ui.deck.cards import Row
from app.ui.letters import Letters
from app.ui.theme import GRID, Theme, service_look

_LETTERS = 20


class RowHead(QHeaderView):
    """Paints a team or a visitor at the left of its row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._theme = theme
        self._letters = Letters()
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSectionsClickable(True)

    def wear(self, theme: Theme) -> None:
        """Paint with that theme."""
        self._theme = theme

    def fit(self, font: QFont) -> None:
        """Write names in that font."""
        if font != self.font():
            self.setFont(font)

    @property
    def natural(self) -> int:
        """The width that names need."""
        return QFontMetrics(self.font()).averageCharWidth() * _LETTERS + 4 * GRID

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.natural, hint.height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        row = self._row(section)
        if row is None:
            return
        of = self._theme.color
        painter.save()
        painter.fillRect(rect, of("panel"))
        painter.setPen(QPen(of("line"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if row.lane == 0:
            painter.drawLine(rect.topLeft(), rect.topRight())
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lanes, then each name once over all of its own that are in sight."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        section = max(0, self.visualIndexAt(0))
        while (row := self._row(section)) is not None:
            first, last = section - row.lane, section
            while (following := self._row(last + 1)) is not None and following.lane:
                last += 1
            top = self.sectionViewportPosition(first)
            if top > self.viewport().height():
                break
            below = self.sectionViewportPosition(last) + self.sectionSize(last)
            block = QRect(0, top, self.viewport().width(), below - top)
            painter.save()
            painter.setClipRect(block)
            self._name(painter, block.adjusted(2 * GRID, GRID // 2, -GRID, -GRID // 2), row)
            painter.restore()
            section = last + 1

    def _row(self, section: int) -> Row | None:
        model = self.model()
        if model is None or not 0 <= section < self.count():
            return None
        row: Row | None = model.headerData(section, Qt.Orientation.Vertical, ROW)
        return row

    def _name(self, painter: QPainter, area: QRect, row: Row) -> None:
        """Write the name at the top of the area, or of what is in sight of it; it is never pushed out at its end."""
        of, font = self._theme.color, self.font()
        line = QFontMetrics(font).lineSpacing()
        most = max(1, area.height() // line)
        look = service_look(self._theme, row.service) if row.service >= 0 else None
        name = self._letters.lay(font, (row.name,), area.width(), max(1, most - 1), bold=True)
        if name[1][-1].endswith("…"):  # then the name alone
            name = self._letters.lay(font, (row.name,), area.width(), most, bold=True)
        shape = f"{look.shape} " if look is not None else ""
        beside = QFontMetrics(font).horizontalAdvance(shape) if shape else 0
        lines = most - len(name[1])
        note = self._letters.lay(font, (row.note,), area.width() - beside, lines) if lines and row.note else None
        high = line * (len(name[1]) + (len(note[1]) if note is not None else 0))
        spot = QRect(area)
        spot.setTop(min(max(area.top(), GRID // 2), max(area.top(), area.bottom() + 1 - high)))
        painter.setPen(of("text"))
        used = self._letters.write(painter, font, spot, name)
        if note is None:
            return
        below = QRect(spot.left(), spot.top() + used, spot.width(), line)
        if look is not None:
            painter.setFont(font)
            painter.setPen(look.color)
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, shape)
            below.setLeft(below.left() + beside)
        painter.setPen(of("secondary"))
        self._letters.write(painter, font, below, note)
