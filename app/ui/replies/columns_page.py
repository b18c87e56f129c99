"""Step 2: what each sheet tells of, where its headings stand, and what each column is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.exchange.forms.fields import FIELDS
from app.exchange.forms.layout import with_field, with_header
from app.exchange.planning import cells
from app.models.forms import FormKind, Guess, Layout, RawSheet
from app.models.week import Week
from app.text import translate
from app.ui.desk import Desk
from app.ui.plain import label, naming
from app.ui.replies.picker import Picker
from app.ui.theme import GRID
from app.words.forms import kind_word

_SAMPLES = 3
_PERCENT = (20, 25, 33)
"""Of the table's width: the heading, examples, and what it is taken for."""
ASKED = "?"
"""Nothing chosen yet, of a column that is asked about."""


class _Table(QTableWidget):
    """The columns of a sheet. Each of its own has a part of the width, whatever the size of the text."""

    def __init__(self) -> None:
        super().__init__(0, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_out()

    def share_out(self) -> None:
        """Share the width out anew; the last column takes what is left."""
        for column, percent in enumerate(_PERCENT):
            self.setColumnWidth(column, self.viewport().width() * percent // 100)
        self.resizeRowsToContents()


class ColumnsPage(QWidget):
    """A list of sheets; beside it the kind, the row of headings, and a choice for every column."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._theme = desk.look.theme
        self._pairs: list[tuple[RawSheet, Layout]] = []
        self._week: Week | None = None
        self.sheets = QListWidget()
        self.kind = QComboBox()
        self.header = QSpinBox()
        self.table = _Table()
        self.about = label(wrap=True)
        self._build()
        self.sheets.currentRowChanged.connect(lambda _: self._show())
        self.kind.currentIndexChanged.connect(lambda _: self._relaid())
        self.header.valueChanged.connect(lambda _: self._relaid())

    def _build(self) -> None:
        self.sheets.setAccessibleName(translate("Sheets"))
        self.sheets.setMaximumWidth(self.fontMetrics().averageCharWidth() * 32)
        self.sheets.setWordWrap(True)
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kind.setAccessibleName(translate("What the sheet tells of"))
        self.kind.addItem(translate("Nothing; leave it out"), "")
        for kind in FormKind:
            self.kind.addItem(kind_word(kind), kind.value)
        self.header.setAccessibleName(translate("Row of the headings"))
        self.header.setRange(1, 5000)
        self.table.setAccessibleName(translate("Columns"))
        self.table.setHorizontalHeaderLabels(
            [translate("Heading"), translate("For example"), translate("Is taken for"), translate("How sure")]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setHighlightSections(False)
        form = QFormLayout()
        form.addRow(naming(translate("This sheet &tells of"), self.kind), self.kind)
        form.addRow(naming(translate("&Headings in row"), self.header), self.header)
        right = QVBoxLayout()
        right.setSpacing(2 * GRID)
        right.addLayout(form)
        right.addWidget(self.about)
        right.addWidget(self.table, 1)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.sheets)
        inside.addLayout(right, 1)

    def show_sheets(self, pairs: Sequence[tuple[RawSheet, Layout]], week: Week) -> None:
        """Show these sheets; the first that has something to ask is open."""
        self._pairs, self._week = list(pairs), week
        with QSignalBlocker(self.sheets):
            self.sheets.clear()
            for sheet, layout in self._pairs:
                self.sheets.addItem(_sheet_words(sheet, layout))
        unsettled = (row for row, (_, layout) in enumerate(self._pairs) if layout.kind and not layout.settled)
        first = next(unsettled, next((row for row, (_, one) in enumerate(self._pairs) if one.kind), 0))
        self.sheets.setCurrentRow(first)
        self._show()

    def to_ask(self) -> str:
        """The first heading that still has to be settled, with its sheet shown; blank where all are."""
        for row, (_, layout) in enumerate(self._pairs):
            asked = next((guess for guess in layout.guesses if guess.field and not guess.sure), None)
            if layout.kind is not None and asked is not None:
                self.sheets.setCurrentRow(row)
                box = self.table.cellWidget([guess.column for guess in layout.guesses].index(asked.column), 2)
                if box is not None:
                    box.setFocus()
                return asked.heading
        return ""

    def settled(self) -> tuple[tuple[RawSheet, Layout], ...]:
        """The sheets that are to be read."""
        return tuple((sheet, layout) for sheet, layout in self._pairs if layout.kind is not None)

    def _current(self) -> tuple[RawSheet, Layout] | None:
        row = self.sheets.currentRow()
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def _put(self, layout: Layout) -> None:
        row = self.sheets.currentRow()
        self._pairs[row] = (self._pairs[row][0], layout)
        self.sheets.item(row).setText(_sheet_words(*self._pairs[row]))

    def _relaid(self) -> None:
        """Somebody said what the sheet tells of, or where its headings stand."""
        current = self._current()
        if current is None or self._week is None:
            return
        sheet, layout = current
        chosen = self.kind.currentData()
        if not chosen:
            self._put(Layout(kind=None, header=layout.header))
        else:
            self._put(with_header(sheet, FormKind(chosen), self.header.value(), self._week))
        self._show()

    def _show(self) -> None:
        current = self._current()
        self.table.setRowCount(0)
        if current is None:
            return
        sheet, layout = current
        with QSignalBlocker(self.kind), QSignalBlocker(self.header):
            self.kind.setCurrentIndex(self.kind.findData(layout.kind.value if layout.kind else ""))
            self.header.setValue(max(1, layout.header))
        self.about.setText(_about(sheet, layout))
        self.about.setVisible(bool(self.about.text()))
        for guess in layout.guesses:
            self._row(sheet, layout, guess)
        self.table.share_out()

    def _row(self, sheet: RawSheet, layout: Layout, guess: Guess) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate((guess.heading, _samples(sheet, layout, guess), "", _sureness(guess))):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if column == 3 and guess.field and not guess.sure:
                item.setForeground(self._theme.color("tight"))
            if not text:
                item.setData(Qt.ItemDataRole.AccessibleTextRole, translate("blank"))
            self.table.setItem(row, column, item)
        if guess.day is not None or layout.kind is None:
            self.table.setItem(row, 2, QTableWidgetItem(translate("half a day of the grid")))
            return
        choice = Picker()
        choice.setAccessibleName(translate("“{heading}” is taken for").format(heading=guess.heading))
        asked = bool(guess.field) and not guess.sure
        if asked:
            choice.addItem(translate("Perhaps {field}?").format(field=guess.field), ASKED)
        choice.addItem(translate("Leave it out"), "")
        for field in FIELDS[layout.kind]:
            choice.addItem(field.name, field.name)
        choice.setCurrentIndex(0 if asked else max(0, choice.findData(guess.field)))
        choice.activated.connect(
            lambda _, column=guess.column, box=choice: self._chosen(column, str(box.currentData() or ""))
        )
        if (below := self.table.item(row, 2)) is not None:
            below.setData(Qt.ItemDataRole.AccessibleTextRole, choice.currentText())
        self.table.setCellWidget(row, 2, choice)

    def _chosen(self, column: int, field: str) -> None:
        current = self._current()
        if current is not None and field != ASKED:
            self._put(with_field(current[1], column, field))
            place = [guess.column for guess in current[1].guesses].index(column)
            self._show()
            box = self.table.cellWidget(place, 2)
            if box is not None:
                box.setFocus()


def _sheet_words(sheet: RawSheet, layout: Layout) -> str:
    name = sheet.file.replace("\\", "/").rpartition("/")[2]
    title = f"{name}: {sheet.title}" if sheet.title else name
    if layout.kind is None:
        return translate("{sheet} (left out)").format(sheet=title)
    asked = sum(bool(guess.field) and not guess.sure for guess in layout.guesses)
    return translate("{sheet} ({count} to ask)").format(sheet=title, count=asked) if asked else title


def _about(sheet: RawSheet, layout: Layout) -> str:
    said = []
    if sheet.hidden:
        said.append(translate("This sheet is hidden in the file."))
    if sheet.hidden_columns & {guess.column for guess in layout.guesses}:
        said.append(translate("Some of its columns are hidden in the file; they are read too."))
    if sheet.cut:
        said.append(translate("It is longer or wider than can be read; the rest is left out."))
    return " ".join(said)


def _samples(sheet: RawSheet, layout: Layout, guess: Guess) -> str:
    found = [
        " ".join(cells.shown(row[guess.column]).split())
        for number, row in sheet.rows
        if number > layout.header and guess.column in row
    ]
    return ", ".join(text[:30] for text in found[:_SAMPLES])


def _sureness(guess: Guess) -> str:
    if guess.sure:
        return translate("sure") if guess.field else translate("left out")
    if guess.field:
        return translate("{score} % alike: please look").format(score=guess.score)
    return translate("not known; left out")
