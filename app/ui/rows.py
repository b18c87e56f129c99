"""Plain lists as a function of the Plan: one Qt model and one table for problems, history, tray and the List."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.text import translate
from app.ui.plain import tip
from app.ui.room import Room, shared_out
from app.ui.selecting import select_ranges
from app.ui.theme import GRID, TARGET, Theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
KEY = Qt.ItemDataRole.UserRole
_REST = 36
"""How many letters the last column of sentences counts for."""
_LEAST, _SOME = 12, 30
"""How many letters of a column at least stay to be seen, where words wrap, and where they do not; then a list rather
scrolls sideways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: a key that lasts, its cells, a colour token for the first, and whether it is of the past."""

    key: str
    cells: tuple[str, ...]
    tone: str = ""
    faint: bool = False
    sort: tuple[str | int, ...] = ()
    """What each column sorts by, where the text itself does not sort well."""
    picture: str = ""
    """What a cell without text says aloud, where it is a picture."""


def shared_edges(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[int, int]:
    """How many keys the two share at the beginning, and then at the end."""
    most = min(len(old), len(new))
    start = 0
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


class RowsModel(QAbstractTableModel):
    """Shows lines; compares old and new by key and tells the view the least that changed."""

    def __init__(self, heads: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self._heads = heads
        self._theme = theme
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def wear(self, theme: Theme) -> None:
        """Colour with that theme."""
        self._theme = theme
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(self._heads) - 1))

    def show(self, lines: Iterable[Line]) -> None:
        """Show these lines."""
        new, old = tuple(lines), self._lines
        start, end = shared_edges(tuple(line.key for line in old), tuple(line.key for line in new))
        gone, come = len(old) - start - end, len(new) - start - end
        if gone:
            self.beginRemoveRows(_NOWHERE, start, start + gone - 1)
            self._lines = old[:start] + old[len(old) - end :]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(_NOWHERE, start, start + come - 1)
            self._lines = old[:start] + new[start : start + come] + old[len(old) - end :]
            self.endInsertRows()
        before = self._lines
        self._lines = new
        for number in (*range(start), *range(len(new) - end, len(new))):
            if before[number] != new[number]:
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._heads) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                said: Any = line.cells[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole if not line.cells[index.column()]:
                said = line.picture or translate("blank")
            case Qt.ItemDataRole.ToolTipRole:
                said = tip(line.cells[index.column()])
            case Qt.ItemDataRole.ForegroundRole:
                said = self._color(line, index.column())
            case Qt.ItemDataRole.FontRole if line.faint:
                said = QFont(QApplication.font())
                said.setItalic(True)
            case r if r == KEY:
                said = line.key
            case _:
                said = None
        return said

    def _color(self, line: Line, column: int) -> QColor | None:
        if line.faint:
            return self._theme.color("secondary")
        return self._theme.color(line.tone) if line.tone and column == 0 else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if 0 <= section < len(self._heads) else None
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1)
        return None


class _FromTheTop(QStyledItemDelegate):
    """Begins at the top of rows that are nearly as high as the view, so that their first words are in sight."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        table = self.parent()
        if isinstance(table, QTableView) and 3 * option.rect.height() > 2 * table.viewport().height():
            option.displayAlignment = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class RowsTable(QTableView):
    """A table of lines: whole rows are selected, Enter or a double click activates one."""

    entered_row = Signal(object)
    """A line was activated; carries its key."""
    picked_rows = Signal(object)
    """The selection changed; carries the keys in order."""

    def __init__(self, name: str, heads: tuple[str, ...], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = RowsModel(heads, theme)
        self._quiet = False
        self._where_empty = ""
        self._tall = False
        self._room = Room(self.font())
        self._fitted: tuple[Line, ...] = ()
        self._grown_for: tuple[object, ...] = ()
        self._letters: tuple[int, ...] = ()
        self._unit = self.fontMetrics().averageCharWidth()
        self._fitting = False
        self._dragged = False
        self.setModel(self.rows_model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)  # a row may be higher than the view
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setResizeContentsPrecision(0)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda index: self.entered_row.emit(index.data(KEY)))
        self.selectionModel().selectionChanged.connect(self._told)
        self.refit()

    def refit(self) -> None:
        """Give rows the height, and columns the share of the width, that the font needs now."""
        unit = self.fontMetrics().averageCharWidth()
        if self._room.font != self.font():
            self._room = Room(self.font())
        self._fitting = True
        if unit != self._unit:
            for column in range(self.rows_model.columnCount()):
                self.setColumnWidth(column, self.columnWidth(column) * unit // self._unit)
            self._unit = unit
        self._fit_heads()
        self._fitting = False
        height = max(TARGET, self.fontMetrics().lineSpacing() + 8)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self._grown_for = ()
        self._fit_columns()
        self._grow()

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show these lines."""
        before = len(self.rows_model.lines)
        self._quiet = True
        try:
            self.rows_model.show(lines)
        finally:
            self._quiet = False
        if before != len(self.rows_model.lines):
            self._fit_columns()
            self.say_where_empty(self._where_empty)
        self._grow()

    def say_where_empty(self, words: str) -> None:
        """What stands below the headings while there is no line."""
        self._where_empty = words
        self.setAccessibleDescription("" if self.rows_model.lines else words)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._where_empty and not self.rows_model.lines:
            box = self.viewport().rect().adjusted(2 * GRID, GRID, -2 * GRID, -GRID)
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._where_empty)

    def let_sentences_wrap(self) -> None:
        """Columns hold sentences: they share the width that there is, and their rows are as high as they need."""
        self._tall = True
        self.setItemDelegate(_FromTheTop(self))

    def _grow(self) -> None:
        """Give every row the height that its words need over lines."""
        if self.wordWrap() and self.isVisible():
            widths = [self.columnWidth(column) for column in range(self.rows_model.columnCount())]
            bar, rest = self.verticalScrollBar(), self.viewport().width() - sum(widths[:-1])
            if self.horizontalHeader().stretchLastSection() and rest > 0:  # the last one follows late
                widths[-1] = rest if bar.isVisible() else rest - bar.sizeHint().width()  # it may yet come
            self._fit_rows(widths)

    def _fit_rows(self, widths: list[int]) -> None:
        """Only rows that are new since the last time are measured, as long as the widths are the same."""
        lines, before = self.rows_model.lines, self._fitted
        key = (self._room.font.key(), *widths)
        start, end = 0, len(lines)
        if key == self._grown_for:
            most = min(len(lines), len(before))
            while start < most and lines[start] is before[start]:
                start += 1
            shift = len(before) - len(lines)
            while end > start and end + shift > start and lines[end - 1] is before[end - 1 + shift]:
                end -= 1
        self._grown_for, self._fitted = key, lines
        least, head = self.verticalHeader().defaultSectionSize(), self.verticalHeader()
        for row in range(start, end):
            high = max(least, self._needed(lines[row], widths) + 2 * GRID)
            if head.sectionSize(row) != high:
                head.resizeSection(row, high)

    def _needed(self, line: Line, widths: list[int]) -> int:
        return max(self._room.height(words, width) for words, width in zip(line.cells, widths, strict=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._grow()

    def widths(self, *letters: int) -> None:
        """Give columns room for so many letters each, until there are lines to fit; the last one stretches."""
        self._letters = letters
        self._fitting = True
        for column, count in enumerate(letters):
            self.setColumnWidth(column, self.fontMetrics().averageCharWidth() * count)
        self._fit_heads()
        self._fitting = False

    def _fit_heads(self) -> None:
        """No column is narrower than its heading."""
        metrics = self.horizontalHeader().fontMetrics()
        for column in range(self.rows_model.columnCount()):
            head = str(self.rows_model.headerData(column, Qt.Orientation.Horizontal) or "")
            least = metrics.horizontalAdvance(head) + 2 * metrics.averageCharWidth()
            if self.columnWidth(column) < least:
                self.setColumnWidth(column, least)

    def _fit_columns(self) -> None:
        """Give each column what its words need; where that is too much, the widest give way first, and words wrap."""
        if self._dragged or not self.isVisible():
            return
        heads, count, room = self.horizontalHeader(), self.rows_model.columnCount(), self.viewport().width()
        named = [heads.sectionSizeHint(column) for column in range(count)]
        columns = [{line.cells[column] for line in self.rows_model.lines} for column in range(count)]
        wants = [
            max([head, *(self._room.width(words) + GRID for words in cells)])
            for head, cells in zip(named, columns, strict=True)
        ]
        widths = wants
        if sum(wants) > room:
            some = self.fontMetrics().averageCharWidth() * (_LEAST if self.wordWrap() else _SOME)
            longest = [max([some, *map(self._room.longest, cells)]) for cells in columns]
            least = [max(head, min(part)) for head, *part in zip(named, wants, longest, strict=True)]
            for short in (3 * some, 2 * some, some):  # short words rather stay whole
                firm = [want if want <= short else less for want, less in zip(wants, least, strict=True)]
                if sum(firm) <= room:
                    break
            widths = shared_out(wants, firm, room)
            if sum(widths) > room and self._tall:
                widths = self._shares(room)
            elif sum(widths) > room:  # it scrolls sideways anyway
                widths = [max(less, min(want, 2 * less)) for less, want in zip(least, wants, strict=True)]
        self._fitting = True
        heads.setStretchLastSection(False)  # else the last one keeps what it had
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        heads.setStretchLastSection(sum(widths) <= room)
        self._fitting = False

    def _shares(self, room: int) -> list[int]:
        """The widths of columns of sentences where there is less than each would take at least: their shares."""
        letters = [*self._letters[: self.rows_model.columnCount() - 1], _REST]
        return [room * one // sum(letters) for one in letters]

    def _resized(self, column: int) -> None:
        """Columns that somebody sized by hand stay so; rows follow the width of their words."""
        if self._fitting or not self.isVisible():
            return
        if column < self.rows_model.columnCount() - 1:
            self._dragged = True
        self._grow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grown_for = ()  # what came and went meanwhile was not measured
        self._fit_columns()
        self._grow()

    def current_key(self) -> str:
        """The key of the line that has the focus; blank where none has."""
        index = self.currentIndex()
        return index.data(KEY) if index.isValid() else ""

    def keys(self) -> tuple[str, ...]:
        """The keys of the selected lines."""
        return tuple(index.data(KEY) for index in self.selectionModel().selectedRows())

    def select_keys(self, keys: Iterable[str]) -> None:
        """Select the lines of these keys."""
        wanted = set(keys)
        if wanted == set(self.keys()):
            return
        model, last = self.rows_model, self.rows_model.columnCount() - 1
        rows = [number for number, line in enumerate(model.lines) if line.key in wanted]
        self._quiet = True
        try:
            select_ranges(self, ((model.index(row, 0), model.index(row, last)) for row in rows))
        finally:
            self._quiet = False

    def _told(self) -> None:
        if not self._quiet:
            self.picked_rows.emit(self.keys())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.current_key())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""
