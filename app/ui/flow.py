"""A row of buttons that goes on below where it is too wide, so that large text never makes the window too wide."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

from app.ui.theme import GRID


class Flow(QLayout):
    """Widgets beside each other, in as many lines as the width asks for."""

    def __init__(self, *, centred: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._centred = centred
        self.setSpacing(GRID)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        edges = self.contentsMargins()
        lines = self._lines(width - edges.left() - edges.right())
        heights = sum(max(item.sizeHint().height() for item in line) for line in lines)
        return heights + self.spacing() * max(0, len(lines) - 1) + edges.top() + edges.bottom()

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        wide = sum(one.width() for one in hints) + self.spacing() * max(0, len(hints) - 1)
        return self._with_edges(wide, max((one.height() for one in hints), default=0))

    def minimumSize(self) -> QSize:
        """The widest alone."""
        hints = [item.minimumSize() for item in self._shown()]
        wide, high = (max((one.width() for one in hints), default=0), max((one.height() for one in hints), default=0))
        return self._with_edges(wide, high)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        for line in self._lines(inner.width()):
            hints = [item.sizeHint() for item in line]
            high = max(one.height() for one in hints)
            wide = sum(one.width() for one in hints) + self.spacing() * (len(line) - 1)
            left = inner.left() + (max(0, inner.width() - wide) // 2 if self._centred else 0)
            for item, hint in zip(line, hints, strict=True):
                item.setGeometry(QRect(QPoint(left, top + (high - hint.height()) // 2), hint))
                left += hint.width() + self.spacing()
            top += high + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_edges(self, wide: int, high: int) -> QSize:
        edges = self.contentsMargins()
        return QSize(wide + edges.left() + edges.right(), high + edges.top() + edges.bottom())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """What stands in each line."""
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or used + self.spacing() + wide > width:
                lines.append([])
                used = -self.spacing()
            lines[-1].append(item)
            used += self.spacing() + wide
        return lines
