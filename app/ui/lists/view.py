"""The table that shows any list: edited in place like a spreadsheet, copied, pasted, sorted, its columns chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.models.change import Edit
from app.text import translate
from app.ui.lists import headings, words
from app.ui.lists.column import Editor, Listing, Row, shown
from app.ui.lists.editors import CellDelegate
from app.ui.lists.model import KEY, ListModel
from app.ui.lists.paste import text_of
from app.ui.plain import menu_text
from app.ui.settings import Settings
from app.ui.theme import TARGET, Theme

_LONGEST = dt.date(2026, 9, 30)
"""Wed 30 September 2026: no date takes more room."""


class ListView(QTableView):
    """One list. Everything that can be done with its rows is told by signals; cells are edited here."""

    entered_row = Signal(object)
    """Enter or a click on the row's number: the whole row is wanted; carries its key."""
    picked_rows = Signal(object)
    """Other rows are selected; carries their keys in order."""
    paste_wanted = Signal()
    delete_wanted = Signal()
    duplicate_wanted = Signal()
    add_wanted = Signal()

    def __init__(
        self, listing: Listing, theme: Theme, settings: Settings, save: Callable[[Edit], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.list_model = ListModel(listing, theme, save)
        self._settings = settings
        self._unit = self.fontMetrics().averageCharWidth()
        self._held: tuple[tuple[str, ...], str, int] = ((), "", 0)
        self.setModel(self.list_model)
        self.setAccessibleName(words.title(listing.id))
        self._cells = CellDelegate(theme, self)
        self.setShowGrid(False)  # the cells draw their lines in the theme's colour
        self._cells.fill.connect(self._fill)
        self._cells.below.connect(self._go_below)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._heads()
        self.list_model.modelAboutToBeReset.connect(self._remember)
        self.list_model.modelReset.connect(self._recall)
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked_rows.emit(self.keys()))
        self.refit()

    def _heads(self) -> None:
        side, top = self.verticalHeader(), self.horizontalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.sectionDoubleClicked.connect(lambda number: self.entered_row.emit(self.list_model.row_at(number).key))
        top.setSectionsMovable(True)
        top.setHighlightSections(False)
        top.setSectionsClickable(True)
        top.setSortIndicatorShown(True)
        top.setSortIndicatorClearable(True)
        top.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        top.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        top.sortIndicatorChanged.connect(self._sorted_by)
        top.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        top.customContextMenuRequested.connect(lambda at: self.columns_menu().popup(top.mapToGlobal(at)))
        top.setAccessibleName(translate("Columns of {list}").format(list=self.accessibleName()))
        side.setAccessibleName(translate("Rows of {list}").format(list=self.accessibleName()))

    # What is shown

    def refit(self) -> None:
        """Give rows the height, and columns the width, that the font needs."""
        unit = self.fontMetrics().averageCharWidth()
        if unit != self._unit:
            for number in range(self.list_model.columnCount()):
                self.setColumnWidth(number, self.columnWidth(number) * unit // self._unit)
            self._unit = unit
        line = self.fontMetrics().lineSpacing()
        self.verticalHeader().setDefaultSectionSize(max(TARGET, line + 8))

    def wear(self, theme: Theme) -> None:
        """Colour with that theme."""
        self._cells.theme = theme
        self.list_model.wear(theme)
        self.refit()

    def recall_columns(self) -> None:
        """The columns as they were left last time, else as wide as their words are likely to be."""
        self._usual_columns()
        shape = self._settings.shape(self._shape_key())
        if shape is not None and self.list_model.listing.id != "travel":
            self.horizontalHeader().restoreState(shape)
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def keep_columns(self) -> None:
        """Remember the columns for the next time."""
        if self.list_model.columnCount():
            self._settings.keep_shape(self._shape_key(), self.horizontalHeader().saveState())

    def _shape_key(self) -> str:
        return f"list-{self.list_model.listing.id}"

    def _usual_columns(self) -> None:
        unit = self.fontMetrics().averageCharWidth()
        metrics = self.horizontalHeader().fontMetrics()
        dates = self.fontMetrics().horizontalAdvance(shown(_LONGEST)) + unit * 2
        for number, column in enumerate(self.list_model.columns):
            head = metrics.horizontalAdvance(f"{column.heading} *") + unit * 4
            day = dates if column.editor is Editor.DATE else 0
            self.setColumnWidth(number, max(head, day, unit * min(column.width + 4, 36)))

    def columns_menu(self) -> QMenu:
        """Which columns are shown: a menu to choose in."""
        menu = QMenu(translate("Columns"), self)
        for number, column in enumerate(self.list_model.columns):
            action = QAction(menu_text(column.heading), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setEnabled(number > 0)
            action.toggled.connect(lambda on, one=number: self.show_column(one, on=on))
            menu.addAction(action)
        menu.addSeparator()
        every = QAction(translate("&All columns"), menu)
        every.triggered.connect(self.show_all_columns)
        menu.addAction(every)
        return menu

    def show_column(self, number: int, *, on: bool) -> None:
        """Show or hide a column."""
        self.setColumnHidden(number, not on)
        self.keep_columns()

    def show_all_columns(self) -> None:
        """Every column, in its first place."""
        top = self.horizontalHeader()
        for number in range(self.list_model.columnCount()):
            self.setColumnHidden(number, False)
            top.moveSection(top.visualIndex(number), number)
        self._usual_columns()
        self.keep_columns()

    def shown_columns(self) -> tuple[int, ...]:
        """The numbers of the columns that are shown, from left to right."""
        top = self.horizontalHeader()
        count = self.list_model.columnCount()
        return tuple(at for at in (top.logicalIndex(place) for place in range(count)) if not self.isColumnHidden(at))

    def _sorted_by(self, column: int, order: Qt.SortOrder) -> None:
        if column < 0:
            self.list_model.unsort()
        else:
            self.list_model.sort_by(column, down=order == Qt.SortOrder.DescendingOrder)

    # What is selected

    def keys(self) -> tuple[str, ...]:
        """The keys of the rows with a selected cell, from the top."""
        numbers = sorted({one.row() for one in self.selectionModel().selectedIndexes()})
        return tuple(self.list_model.row_at(number).key for number in numbers if number < self.list_model.rowCount())

    def any_chosen(self) -> bool:
        """Whether there is a row to do something with."""
        return self.currentIndex().isValid() or self.selectionModel().hasSelection()

    def rows(self) -> list[Row]:
        """The rows with a selected cell; else the one that has the focus."""
        chosen = set(self.keys())
        if not chosen and self.currentIndex().isValid():
            return [self.list_model.row_at(self.currentIndex().row())]
        return [row for row in self.list_model.rows if row.key in chosen]

    def select_row(self, key: str) -> None:
        """Select the row of that key and lead there."""
        number = self.list_model.number_of(key)
        if number < 0:
            return
        column = next(iter(self.shown_columns()), 0)
        self.stand_on(self.list_model.index(number, column))

    def stand_on(self, index: QModelIndex) -> None:
        """Select a cell alone, and give it the focus inside the list."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _remember(self) -> None:
        index = self.currentIndex()
        self._held = (self.keys(), str(index.data(KEY) or "") if index.isValid() else "", max(0, index.column()))

    def _recall(self) -> None:
        keys, current, column = self._held
        selection = QItemSelection()
        last = self.list_model.columnCount() - 1
        for key in keys if last >= 0 else ():
            number = self.list_model.number_of(key)
            if number >= 0 and len(keys) > 1:
                selection.select(self.list_model.index(number, 0), self.list_model.index(number, last))
        number = self.list_model.number_of(current)
        if number >= 0 and column <= last:
            index = self.list_model.index(number, column)
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect if len(keys) < 2 else flag.NoUpdate)
            self.scrollTo(index)
        if not selection.isEmpty():
            self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # What is done

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as Excel takes them: whole rows with their headings."""
        chosen = self.selectionModel().selectedIndexes()
        if not chosen and self.currentIndex().isValid():
            chosen = [self.currentIndex()]
        QGuiApplication.clipboard().setText(text_of(self.block(chosen)))

    def block(self, chosen: Iterable[QModelIndex]) -> list[list[str]]:
        """The cells as a block. Where every shown column is in it, the headings stand first."""
        cells = {(one.row(), one.column()) for one in chosen}
        shown = [column for column in self.shown_columns() if any(column == at for _, at in cells)]
        numbers = sorted({row for row, _ in cells})
        model = self.list_model
        lines = [
            [
                str(model.index(row, column).data(Qt.ItemDataRole.EditRole)) if (row, column) in cells else ""
                for column in shown
            ]
            for row in numbers
        ]
        if len(shown) == len(self.shown_columns()) and len(shown) > 1:
            lines.insert(0, [model.columns[column].heading for column in shown])
        return lines

    def _fill(self, text: object) -> None:
        """Put a text into every selected cell."""
        chosen = self.selectionModel().selectedIndexes()
        cells = [one for one in chosen if self.list_model.columns[one.column()].editable]
        if cells and isinstance(text, str):
            self.list_model.type_into(cells, text)

    def _go_below(self) -> None:
        index = self.currentIndex()
        if index.isValid() and index.row() + 1 < self.list_model.rowCount():
            self.stand_on(self.list_model.index(index.row() + 1, index.column()))

    def clear_cells(self) -> None:
        """Make the selected cells blank, which is the column's default."""
        self._fill("")

    def _toggle(self) -> bool:
        """Turn yes to no and back, where such a cell has the focus."""
        index = self.currentIndex()
        if not index.isValid() or self.list_model.columns[index.column()].editor is not Editor.YES_NO:
            return False
        yes = index.data(Qt.ItemDataRole.EditRole) == headings.yes_no(True)
        self.list_model.setData(index, headings.yes_no(not yes))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._own_key(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:  # noqa: PLR0911 - a key each
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return True
        if self.list_model.read_only:
            return False
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
            return True
        if key == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.duplicate_wanted.emit()
            return True
        if key == Qt.Key.Key_Insert and plain:
            self.add_wanted.emit()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.currentIndex().isValid():
            self.entered_row.emit(str(self.currentIndex().data(KEY)))
            return True
        if key == Qt.Key.Key_Delete and plain:
            if self._whole_rows():
                self.delete_wanted.emit()
            else:
                self.clear_cells()
            return True
        return key == Qt.Key.Key_Space and plain and self._toggle()

    def _whole_rows(self) -> bool:
        rows = self.selectionModel().selectedRows()
        return bool(rows) and len(rows) == len(self.keys())

    def keyboardSearch(self, search: str) -> None:
        """Letters are typed into the cell, not searched for."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.setFocus()

    def cell_corner(self) -> QPoint:
        """Where a menu of the cell that has the focus begins, on the screen."""
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
