"""A table whose rows and columns are as large as lets whole ones fill the view: none stands half in sight."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollBar, QTableView

_TURNS = 3
"""How often sizes are shared out anew because scroll bars came or went meanwhile."""
_ROWS = 4
"""From so many rows on, they are stretched to fill the view; fewer would cost too much of it."""
_MANY = 16
"""From so many columns on, whole steps of them fill the view."""


class WholeTable(QTableView):
    """Shares the view out among rows and columns. What is left over goes to the heads."""

    step = 1
    """Columns go together in steps of so many where there are many."""

    def __init__(self) -> None:
        super().__init__()
        self._sharing = False
        self._rows_fill = False
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.sliderReleased.connect(self.snap)

    # What a kind of table says of itself

    def least_column(self) -> int:
        """The least width of a column."""
        raise NotImplementedError

    def least_row(self, width: int) -> int:
        """The least height of a row, where columns are that wide."""
        raise NotImplementedError

    def side(self) -> int:
        """The width that the heads of the rows need."""
        raise NotImplementedError

    def fit_heads(self, width: int) -> None:
        """Make the words above columns of that width fit."""

    def scrolls_freely(self) -> bool:
        """Whether rows and columns may stand half in sight now, as while something is dragged."""
        return False

    # Sharing out

    def share_out(self) -> None:
        """Give rows and columns their sizes for the room that there is now."""
        if self._sharing:
            return  # bars and heads that come and go lead back here
        self._sharing = True
        for _ in range(_TURNS):
            room = self.viewport().size()
            width = self._fit_columns() if self.model().columnCount() else 0
            self._fit_rows(self.least_row(width))
            if self.viewport().size() == room:
                break
        self._sharing = False

    def _fit_rows(self, least: int) -> None:
        head, heads = self.verticalHeader(), self.horizontalHeader()
        natural = max(0, heads.sizeHint().height())
        rows, room = self.model().rowCount(), max(1, self.viewport().height() + heads.height() - natural)
        shown = max(1, room // least)
        self._rows_fill = rows > shown >= _ROWS
        height = room // shown if self._rows_fill else least
        heads.setMinimumHeight(natural + (room - shown * height if self._rows_fill else 0))
        if head.defaultSectionSize() != height:
            self._resize(head, self.verticalScrollBar(), height)

    def _fit_columns(self) -> int:
        head, side, columns = self.horizontalHeader(), self.verticalHeader(), self.model().columnCount()
        room, least = max(1, self.viewport().width() + side.width() - self.side()), self.least_column()
        shown = max(1, min(columns, room // least))
        if _MANY < shown < columns:
            shown -= shown % self.step
        width = max(least, room // shown)
        side.setFixedWidth(self.side() + max(0, room - shown * width))
        if head.defaultSectionSize() != width:
            self._resize(head, self.horizontalScrollBar(), width)
        self.horizontalScrollBar().setSingleStep(width)
        self.fit_heads(width)
        return width

    def _resize(self, head: QHeaderView, bar: QScrollBar, size: int) -> None:
        """Make rows or columns that large; the same one stays the first in sight."""
        first = round(bar.value() / max(1, head.defaultSectionSize()))
        head.setDefaultSectionSize(size)
        self.updateGeometries()
        bar.setValue(first * size)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        self.snap()

    def snap(self) -> None:
        """Scroll on to whole rows and columns, after a bar or an edge led somewhere between."""
        for bar, head, fills in (
            (self.horizontalScrollBar(), self.horizontalHeader(), True),
            (self.verticalScrollBar(), self.verticalHeader(), self._rows_fill),
        ):
            size = head.defaultSectionSize()
            if fills and bar.value() % size and not self.scrolls_freely():
                bar.setValue(round(bar.value() / size) * size)
