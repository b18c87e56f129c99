"""One Qt model over any board: it compares old and new rows and tells the view the least that changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.text import translate
from app.ui.deck.cards import Board, Card, Column, Row, Sort
from app.ui.deck.verdicts import NOTHING, SYMBOLS, Mark, Verdict
from app.ui.plain import tip
from app.ui.rows import shared_edges
from app.ui.words import card_name, free_words, slot_times

CARD = Qt.ItemDataRole.UserRole
VERDICT = Qt.ItemDataRole.UserRole + 1
ROW = Qt.ItemDataRole.UserRole + 2
COLUMN = Qt.ItemDataRole.UserRole + 3

Index = QModelIndex | QPersistentModelIndex
Heads = Callable[[Column], str]
Judge = Callable[[Row, Column, Card | None], Verdict]
_NOWHERE = QModelIndex()


class BoardModel(QAbstractTableModel):
    """The board's cells. It never changes anything: it shows what it is given."""

    def __init__(self, heads: Heads, column_names: Heads) -> None:
        super().__init__()
        self._board = Board(columns=(), rows=())
        self._heads = heads
        self._column_names = column_names
        self._reasons: Mapping[str, tuple[str, ...]] = {}
        self._judge: Judge | None = None
        self._verdicts: dict[tuple[str, str], Verdict] = {}

    @property
    def board(self) -> Board:
        """What is shown."""
        return self._board

    def show(self, board: Board, reasons: Mapping[str, tuple[str, ...]]) -> None:
        """Show this board. `reasons` are the sentences of broken rules and warnings by visit id."""
        self._reasons = reasons
        self._verdicts.clear()
        if board.columns != self._board.columns:
            self.beginResetModel()
            self._board = board
            self.endResetModel()
            return
        old = self._board.rows
        start, end = shared_edges(tuple(row.key for row in old), tuple(row.key for row in board.rows))
        self._replace_rows(old, board, start, end)
        self._tell_changes(old, board.rows, start, end)

    def _replace_rows(self, old: tuple[Row, ...], board: Board, start: int, end: int) -> None:
        gone, new = len(old) - start - end, len(board.rows) - start - end
        if gone:
            self.beginRemoveRows(_NOWHERE, start, start + gone - 1)
            self._board = Board(columns=board.columns, rows=old[:start] + old[len(old) - end :])
            self.endRemoveRows()
        if new:
            self.beginInsertRows(_NOWHERE, start, start + new - 1)
            come = board.rows[start : start + new]
            self._board = Board(columns=board.columns, rows=old[:start] + come + old[len(old) - end :])
            self.endInsertRows()
        self._board = board

    def _tell_changes(self, old: tuple[Row, ...], new: tuple[Row, ...], start: int, end: int) -> None:
        pairs = [(n, old[n], new[n]) for n in range(start)]
        pairs += [(len(new) - n, old[-n], new[-n]) for n in range(end, 0, -1)]
        for number, before, after in pairs:
            if before is after:
                continue
            if before.name != after.name or before.note != after.note:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, number, number)
            cells = zip(before.cells, after.cells, strict=True)
            differing = [column for column, (a, b) in enumerate(cells) if a is not b]
            if differing:
                self.dataChanged.emit(self.index(number, differing[0]), self.index(number, differing[-1]))

    def judge_with(self, judge: Judge | None) -> None:
        """While something is being moved, every cell says what this function says of it; None ends that."""
        self._judge = judge
        self._verdicts.clear()
        if self._board.rows:
            self._all_changed()

    def _all_changed(self) -> None:
        last = self.index(len(self._board.rows) - 1, len(self._board.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def card(self, index: Index) -> Card | None:
        """The card of a cell."""
        if not index.isValid():
            return None
        return self._board.rows[index.row()].cells[index.column()]

    def row_of(self, index: Index) -> Row | None:
        """The row of a cell."""
        return self._board.rows[index.row()] if index.isValid() else None

    def verdict(self, index: Index) -> Verdict:
        """What moving here would do, judged once and only when asked."""
        if self._judge is None or not index.isValid():
            return NOTHING
        row, column = self._board.rows[index.row()], self._board.columns[index.column()]
        card = row.cells[index.column()]
        key = (row.key, column.key)
        held = self._verdicts.get(key)
        if held is None:
            held = self._verdicts[key] = self._judge(row, column, card)
        return held

    def find(self, wanted: Callable[[Card], bool]) -> QModelIndex:
        """The first cell whose card is wanted; an invalid index where there is none."""
        for number, row in enumerate(self._board.rows):
            for column, card in enumerate(row.cells):
                if card is not None and wanted(card):
                    return self.index(number, column)
        return QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._board.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._board.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.card(index)
        if role == VERDICT:
            return self.verdict(index)
        if card is None:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self.verdict(index).text or translate("empty")
            return None
        match role:
            case r if r == CARD:
                said: Any = card
            case Qt.ItemDataRole.DisplayRole:
                said = _shown(card)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = self._spoken(index, card)
            case Qt.ItemDataRole.ToolTipRole:
                said = tip(self._spoken(index, card))
            case _:
                said = None
        return said

    def _spoken(self, index: Index, card: Card) -> str:
        reasons = self._reasons.get(card.visit.id, ()) if card.visit is not None else ()
        name = card_name(card, reasons)
        verdict = self.verdict(index)
        if verdict.mark is Mark.NOTHING:
            return name
        return f"{SYMBOLS[verdict.mark]} {verdict.short}. {name}. {' '.join(verdict.reasons)}".strip()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if section < 0:
            return None
        if orientation == Qt.Orientation.Horizontal:
            columns = self._board.columns
            return self._column_head(columns[section], role) if section < len(columns) else None
        rows = self._board.rows
        return _row_head(rows[section], role) if section < len(rows) else None

    def _column_head(self, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads(column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._column_names(column)
        return column if role == COLUMN else None


def _row_head(row: Row, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return row.name  # the painter writes it once over all lanes; a screen reader says it in each
    spoken = f"{row.name}, {row.note}" if row.note else row.name
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return spoken
    if role == Qt.ItemDataRole.ToolTipRole:
        return tip(spoken)
    return row if role == ROW else None


def _shown(card: Card) -> str:
    if card.slot is None or card.sort is Sort.AWAY:
        return card.note
    who = free_words(card) if card.sort is Sort.FREE else card.person
    return f"{slot_times(card.slot)} {who}"
