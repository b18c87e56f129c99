"""A pasted block looked at before it is taken in: which column is what, what is new, changed, the same, or wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QComboBox, QGridLayout, QTableView, QWidget

from app.errors import Refused
from app.models.view import WeekView
from app.text import translate
from app.ui.dialogs.base import Dialog
from app.ui.lists.column import Column, Listing, Row
from app.ui.lists.form import Save
from app.ui.lists.paste import Block, Pasted, Pasting, State, guess, is_headed, paste_edit, understand
from app.ui.plain import label, tip
from app.ui.strip import Strip
from app.ui.theme import GRID, TARGET, Theme
from app.words.dates import counted, listed
from app.words.refusals import sentence

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TONES = {State.NEW: "fine", State.CHANGED: "tight", State.FAULT: "broken", State.LEFT_OUT: "secondary"}


def state_words(state: State) -> str:
    """What a pasted row would do."""
    return {
        State.NEW: translate("✓ new"),
        State.CHANGED: translate("! changed"),
        State.SAME: translate("as before"),
        State.FAULT: translate("✕ fault"),
        State.LEFT_OUT: translate("left out"),
    }[state]


class PastingModel(QAbstractTableModel):
    """The block, row by row, with what each would do and what is wrong with it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pasting: Pasting | None = None
        self._heads: tuple[str, ...] = ()

    def show(self, pasting: Pasting, heads: tuple[str, ...]) -> None:
        """Show that."""
        self.beginResetModel()
        self._pasting, self._heads = pasting, heads
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._pasting is None else len(self._pasting.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._pasting is None:
            return None
        row = self._pasting.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._text(row, index.column())
            return tip(text) if role == Qt.ItemDataRole.ToolTipRole else " ".join(text.split())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._text(row, index.column()).strip() or translate("blank")
        return self._color(row, index.column() - 2, role)

    def _color(self, row: Pasted, cell: int, role: int) -> QColor | None:
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._theme.color("broken_back") if cell in row.faults else None
        if role != Qt.ItemDataRole.ForegroundRole:
            return None
        if cell < 0:
            return self._theme.color(_TONES[row.state]) if row.state in _TONES else None
        return self._theme.color("broken") if cell in row.faults else None

    def _text(self, row: Pasted, column: int) -> str:
        pasting = self._pasting
        assert pasting is not None  # noqa: S101 - a row is shown, so the block is
        if column == 0:
            return state_words(row.state)
        if column == 1:
            return " ".join(row.faults.values())
        return pasting.block[row.number - 1][column - 2]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._pasting.rows[section].number) if self._pasting else None
        return (translate("What happens"), translate("What is wrong"), *self._heads)[section]


class PasteDialog(Dialog):
    """The preview. Taking it in is one edit, and one undo."""

    def __init__(
        self,
        parent: QWidget,
        listing: Listing,
        view: Callable[[], WeekView | None],
        theme: Theme,
        save: Save,
        block: Block,
        *,
        columns: list[Column],
        first: int = 0,
        onto: list[Row] | None = None,
    ) -> None:
        super().__init__(parent, translate("Paste rows"), width=860)
        self._listing, self._now, self._save, self._block = listing, view, save, block
        self._columns, self._first, self._onto = columns, first, onto or []
        self.pasting: Pasting | None = None
        self._summary = label(wrap=True)
        font = self._summary.font()
        font.setBold(True)
        self._summary.setFont(font)
        self.body.addWidget(self._summary)
        self.headed = QCheckBox(translate("The first row holds &headings"))
        self.headed.setChecked(is_headed(columns, block))
        self.over = QCheckBox(translate("&Over the rows from the selected cell on, instead of adding new rows"))
        self.over.setChecked(bool(self._onto))
        self.body.addWidget(self.headed)
        self.body.addWidget(self.over)
        if not self._onto:
            self.over.hide()
        self._choose_columns()
        self._model = PastingModel(theme)
        self._table = _preview_table(self._model)
        self.body.addWidget(self._table, 1)
        self._strip = Strip(theme, self)
        self.body.addWidget(self._strip)
        self.take = self.button(translate("&Paste"), self._take, main=True, closes=False)
        self.cancel_button(translate("Cancel"))
        self.headed.toggled.connect(lambda _: self._guess())
        self.over.toggled.connect(lambda _: self._guess())
        self._names: tuple[str, ...] = ()
        self._guess()
        self.take.setFocus()

    def _choose_columns(self) -> None:
        """Two choices beside each other: a column of the block, and what it is."""
        grid = QGridLayout()
        grid.setSpacing(2 * GRID)
        self.which = QComboBox()
        self.which.setAccessibleName(translate("Column of the pasted block"))
        self.meant = QComboBox()
        self.meant.setAccessibleName(translate("What this column is"))
        self.meant.addItem(translate("(left out)"), "")
        for column in self._columns:
            self.meant.addItem(column.heading, column.name)
        first = label(translate("Pasted &column"))
        first.setBuddy(self.which)
        second = label(translate("&is"))
        second.setBuddy(self.meant)
        for at, one in enumerate((first, self.which, second, self.meant)):
            grid.addWidget(one, 0, at)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.which.currentIndexChanged.connect(lambda _: self._show_meant())
        self.meant.currentIndexChanged.connect(lambda _: self._mean())
        self.body.addLayout(grid)

    def _guess(self) -> None:
        headed = self.headed.isChecked()
        first = self._first if self.over.isChecked() and not headed else 0
        self._names = guess(self._columns, self._block, first, headed=headed)
        with QSignalBlocker(self.which):
            self.which.clear()
            for at, cell in enumerate(self._block[0] if self._block else ()):
                self.which.addItem(f"{at + 1}: {' '.join(cell.split())[:40]}")
        self.over.setEnabled(not headed)
        self._show_meant()
        self._understand()

    def _show_meant(self) -> None:
        at = self.which.currentIndex()
        if 0 <= at < len(self._names):
            with QSignalBlocker(self.meant):
                self.meant.setCurrentIndex(max(0, self.meant.findData(self._names[at])))

    def _mean(self) -> None:
        at, name = self.which.currentIndex(), str(self.meant.currentData() or "")
        if 0 <= at < len(self._names):
            cleared = ["" if one == name else one for one in self._names]
            cleared[at] = name
            self._names = tuple(cleared)
            self._understand()

    def _understand(self) -> None:
        view = self._now()
        if view is None:
            return
        headed = self.headed.isChecked()
        onto = self._onto if self.over.isChecked() and not headed else []
        self.pasting = understand(view, self._listing, self._block, self._names, headed=headed, onto=onto)
        by_name = {column.name: column.heading for column in self._columns}
        heads = tuple(by_name.get(name, translate("(left out)")) for name in self._names)
        self._model.show(self.pasting, heads)
        letters = 64 if self.pasting.count(State.FAULT) else 18
        self._table.setColumnWidth(1, self.fontMetrics().averageCharWidth() * letters)
        for at in range(2, self._model.columnCount()):
            head = self._table.horizontalHeader().sectionSizeHint(at)
            self._table.setColumnWidth(at, max(head, self._table.horizontalHeader().defaultSectionSize()))
        self._tell(self.pasting)

    def _tell(self, pasting: Pasting) -> None:
        parts = [
            counted(pasting.count(state), one, many)
            for state, one, many in (
                (State.NEW, translate("new row"), translate("new rows")),
                (State.CHANGED, translate("changed row"), translate("changed rows")),
                (State.SAME, translate("row as before"), translate("rows as before")),
                (State.FAULT, translate("row with a fault"), translate("rows with faults")),
            )
            if pasting.count(state)
        ]
        self._summary.setText(listed(parts) if parts else translate("Nothing to paste."))
        good, bad = pasting.count(State.NEW) + pasting.count(State.CHANGED), pasting.count(State.FAULT)
        self.take.setEnabled(good > 0)
        rows = counted(good, translate("row"), translate("rows"))
        words = translate("&Paste {rows}, leave out those with faults") if bad else translate("&Paste {rows}")
        self.take.setText(words.format(rows=rows))

    def _take(self) -> None:
        view = self._now()
        if view is None or self.pasting is None:
            return
        self._understand()
        try:
            self._save(paste_edit(view, self._listing, self.pasting), self, self.accept)
        except Refused as refused:
            self._strip.tell(sentence(refused))


def _preview_table(model: PastingModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(translate("What would be pasted"))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setWordWrap(False)
    table.setMinimumHeight(220)
    table.verticalHeader().setDefaultSectionSize(max(TARGET, table.fontMetrics().lineSpacing() + 8))
    table.setColumnWidth(0, table.fontMetrics().averageCharWidth() * 18)
    table.setColumnWidth(1, table.fontMetrics().averageCharWidth() * 30)
    return table
