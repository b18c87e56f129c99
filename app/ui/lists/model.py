"""One Qt model for every list: rows as a function of the week, in an order that stays while one works in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from app.models.change import Edit
from app.models.names import fold
from app.models.view import WeekView
from app.text import translate
from app.ui.lists.column import Column, Editor, Listing, Row, Value
from app.ui.lists.edits import NotThatError, Typed, change_cells
from app.ui.plain import tip
from app.ui.rows import shared_edges
from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
KEY = Qt.ItemDataRole.UserRole


@dataclass(slots=True)
class Line:
    """One row with the words of its cells, made once and kept until its entities change."""

    row: Row
    texts: tuple[str, ...]
    hints: tuple[str, ...]
    found_by: str


class ListModel(QAbstractTableModel):
    """Shows a listing. What is typed becomes an edit for `save`; what cannot stand is told, and nothing changes."""

    refused = Signal(object)
    """What was typed cannot stand; carries why."""
    reordered = Signal()
    """Rows were shown anew in another order or choice."""

    def __init__(self, listing: Listing, theme: Theme, save: Callable[[Edit], None]) -> None:
        super().__init__()
        self.listing = listing
        self.read_only = False
        self._theme = theme
        self._save = save
        self._view: WeekView | None = None
        self._columns: tuple[Column, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._lines: dict[str, Line] = {}
        self._order: tuple[str, ...] = ()
        self._filter = ""
        self._sort: tuple[int, bool] | None = None
        self._only: Callable[[Row], bool] | None = None
        self._basis: tuple[object, ...] = ()

    # What is shown

    @property
    def view(self) -> WeekView | None:
        """The week that is shown."""
        return self._view

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in their own order."""
        return self._columns

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown, in order."""
        return tuple(self._lines[key].row for key in self._order)

    @property
    def total(self) -> int:
        """How many rows there are, filtered out or not."""
        return len(self._lines)

    def row_at(self, number: int) -> Row:
        """A row that is shown."""
        return self._lines[self._order[number]].row

    def number_of(self, key: str) -> int:
        """Where the row of that key is shown; -1 where it is not."""
        try:
            return self._order.index(key)
        except ValueError:
            return -1

    def wear(self, theme: Theme) -> None:
        """Colour with that theme."""
        self._theme = theme
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, len(self._columns) - 1))

    def show(self, view: WeekView | None) -> None:
        """Show that week. Rows keep their places while one works; new ones come last."""
        if view is None:
            self._restart(None, (), {})
            return
        columns = self.listing.columns(view)
        rows = tuple(self.listing.rows(view))
        basis = (view.week.id, *(getattr(view.plan, table) for table in self.listing.depends))
        fresh = not all(a is b for a, b in zip(basis[1:], self._basis[1:], strict=False)) or self._view is None
        other_week = not self._basis or self._basis[0] != basis[0]
        self._basis = basis
        lines = self._lined(view, columns, rows, keep=not fresh and columns == self._columns)
        if other_week or [one.name for one in columns] != [one.name for one in self._columns]:
            self._restart(view, columns, lines)
            return
        self._columns = columns
        self._follow(view, lines)

    def _lined(
        self, view: WeekView, columns: tuple[Column, ...], rows: Sequence[Row], *, keep: bool
    ) -> dict[str, Line]:
        old = self._lines if keep else {}
        found: dict[str, Line] = {}
        for row in rows:
            line = old.get(row.key)
            if line is None or any(a is not b for a, b in zip(line.row.parts, row.parts, strict=False)):
                texts = tuple(column.text(view, row) for column in columns)
                hints = tuple(
                    "" if text else column.hint(view, row) for text, column in zip(texts, columns, strict=True)
                )
                line = Line(row, texts, hints, fold(" ".join(texts)))
            found[row.key] = line
        return found

    def _restart(self, view: WeekView | None, columns: tuple[Column, ...], lines: dict[str, Line]) -> None:
        self.beginResetModel()
        self._view, self._columns, self._lines = view, columns, lines
        self._heads = tuple(f"{one.heading} *" if one.required else one.heading for one in columns)
        self._order = self._arranged()
        self.endResetModel()
        self.reordered.emit()

    def _follow(self, view: WeekView, lines: dict[str, Line]) -> None:
        """Bring the rows up to date with the least that changed; the order stays."""
        old_lines = self._lines
        self._view = view
        order = tuple(key for key in self._order if key in lines)
        here = set(self._order)
        come = tuple(key for key in lines if key not in old_lines or (key not in here and self._matches(lines[key])))
        come = tuple(key for key in come if key not in here and self._wanted(lines[key]))
        new_order = self._placed(order, come, lines)
        self._turn_to(new_order, lines)
        for number, key in enumerate(self._order):
            before = old_lines.get(key)
            if before is not None and before is not lines[key] and (
                before.texts != lines[key].texts or before.hints != lines[key].hints
            ):  # fmt: skip
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._columns) - 1))

    def _placed(self, order: tuple[str, ...], come: tuple[str, ...], lines: dict[str, Line]) -> tuple[str, ...]:
        """New rows come last; where they are most of the list, all is arranged anew."""
        if len(come) > len(order):
            self._lines = {**self._lines, **lines}
            return self._arranged(lines)
        return (*order, *come)

    def _turn_to(self, new: tuple[str, ...], lines: dict[str, Line]) -> None:
        old = self._order
        start, end = shared_edges(old, new)
        gone, come = len(old) - start - end, len(new) - start - end
        if gone:
            self.beginRemoveRows(_NOWHERE, start, start + gone - 1)
            self._order = old[:start] + old[len(old) - end :]
            self.endRemoveRows()
        self._lines = lines
        if come:
            self.beginInsertRows(_NOWHERE, start, start + come - 1)
            self._order = new
            self.endInsertRows()
        self._order = new

    # Order and choice

    def sort_by(self, column: int, *, down: bool) -> None:
        """Arrange the rows by a column now; they stay so until this is asked again."""
        self._sort = (column, down)
        self._rearrange()

    def unsort(self) -> None:
        """Arrange the rows in their first order again."""
        self._sort = None
        self._rearrange()

    def filter_by(self, text: str) -> bool:
        """Show only rows that hold all these words; whether other rows are shown than before."""
        folded = fold(text)
        if folded == self._filter:
            return False
        self._filter = folded
        return self._rearrange()

    def only(self, wanted: Callable[[Row], bool] | None) -> None:
        """Show only rows of this kind; None shows all."""
        self._only = wanted
        self._rearrange()

    def _rearrange(self) -> bool:
        new = self._arranged()
        if new == self._order:
            return False
        self.beginResetModel()
        self._order = new
        self.endResetModel()
        self.reordered.emit()
        return True

    def _arranged(self, lines: dict[str, Line] | None = None) -> tuple[str, ...]:
        mine = self._lines if lines is None else lines
        words = self._filter.split()
        keys = [
            key
            for key, line in mine.items()
            if (not words or all(word in line.found_by for word in words))
            and (self._only is None or self._only(line.row))
        ]
        view = self._view
        if self._sort is not None and view is not None and self._sort[0] < len(self._columns):
            number, down = self._sort
            column = self._columns[number]
            keys.sort(key=lambda key: _sortable(column.read(view, mine[key].row), mine[key].texts[number]))
            if down:
                keys.reverse()
        return tuple(keys)

    def _matches(self, line: Line) -> bool:
        return not self._filter or all(word in line.found_by for word in self._filter.split())

    def _wanted(self, line: Line) -> bool:
        return self._only is None or self._only(line.row)

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        known = _ROLES.get(role)
        if known is None or not index.isValid():
            return None
        line, column = self._lines[self._order[index.row()]], index.column()
        return known(self, line, column)

    def _shown_text(self, line: Line, column: int) -> str:
        text = line.texts[column] or line.hints[column]
        return " ".join(text.split()) if "\n" in text else text

    def _edit_text(self, line: Line, column: int) -> str:
        return line.texts[column]

    def _color(self, line: Line, column: int) -> QColor | None:
        return self._theme.color("secondary") if line.hints[column] else None

    def _font(self, line: Line, column: int) -> QFont | None:
        return _faint_font() if line.hints[column] else None

    def _side(self, _line: Line, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if self._columns[column].editor is Editor.COUNT else _LEFT

    def _tip(self, line: Line, column: int) -> str | None:
        return tip(line.texts[column] or line.hints[column]) or None

    def _key(self, line: Line, _column: int) -> str:
        return line.row.key

    def _spoken(self, line: Line, column: int) -> str:
        about = next((text for text in line.texts if text), "")
        text = line.texts[column] or line.hints[column] or translate("blank")
        return f"{about}, {self._columns[column].heading}: {text}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if 0 <= section < len(self._heads) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT
        if role == Qt.ItemDataRole.ToolTipRole and 0 <= section < len(self._columns):
            column = self._columns[section]
            return tip(translate("{name}: must be filled in").format(name=column.heading)) if column.required else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _PLAIN if self.read_only or not self._columns[index.column()].editable else _EDITABLE

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not isinstance(value, str):
            return False
        return self.type_into([index], value)

    def type_into(self, cells: Sequence[Index], text: str) -> bool:
        """Put a text into cells as one edit; False, and told why, where it cannot stand."""
        view = self._view
        if view is None:
            return False
        typed = [Typed(row=self.row_at(one.row()), column=self._columns[one.column()], text=text) for one in cells]
        try:
            edit = change_cells(view, self.listing, typed)
        except NotThatError as no:
            self.refused.emit(str(no))
            return False
        if edit.changes:
            self._save(edit)
        return True


def _sortable(value: Value, text: str) -> tuple[int, Any]:
    """Blanks last, numbers and dates by their size, all else by its words."""
    if not text:
        return (3, "")
    if isinstance(value, bool):
        return (0, not value)
    if isinstance(value, int):
        return (0, value)
    if isinstance(value, str) or value is None or isinstance(value, tuple):
        return (1, fold(text))
    return (2, value)


def _faint_font() -> QFont:
    font = QFont(QApplication.font())
    font.setItalic(True)
    return font


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
_ROLES: dict[int, Callable[[ListModel, Line, int], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): ListModel._shown_text,
    int(Qt.ItemDataRole.EditRole): ListModel._edit_text,
    int(Qt.ItemDataRole.ForegroundRole): ListModel._color,
    int(Qt.ItemDataRole.FontRole): ListModel._font,
    int(Qt.ItemDataRole.TextAlignmentRole): ListModel._side,
    int(Qt.ItemDataRole.ToolTipRole): ListModel._tip,
    int(Qt.ItemDataRole.AccessibleTextRole): ListModel._spoken,
    int(KEY): ListModel._key,
}
"""What each role of a cell is made from: looked up once a cell, for a screen full of cells is painted at each step."""
