"""Step 3: every row with its state; what is asked is answered, and what is wrong mended, in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.models.forms import Ask, Asked, CellKey, Checked, Fixes, FormRow, RowState
from app.text import translate
from app.ui.desk import Desk
from app.ui.plain import label, naming
from app.ui.replies.picker import Picker
from app.ui.rows import Line, RowsTable
from app.ui.theme import GRID
from app.words.forms import altered_words, ask_words, checked_words, choice_words, place_words, state_word

_SHOWN = {
    "open": (RowState.ERROR, RowState.CHECK),
    "ready": (RowState.NEW, RowState.CHANGED),
    "all": tuple(RowState),
}
_TONES = {RowState.ERROR: "broken", RowState.CHECK: "tight", RowState.NEW: "fine", RowState.CHANGED: "fine"}
_WHOLE_SHEET = frozenset({Ask.MARK_UNCLEAR, Ask.OLD_FORM})
"""Questions that one answer settles for all rows of the sheet."""


class _Text(QLineEdit):
    """A line of text whose Enter is its own, and not the dialog's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class CheckPage(QWidget):
    """`38 ready · 4 to check · 2 errors`, the rows, and what the one that is selected asks."""

    fixed = Signal(object)
    """Something was mended or answered; carries `Fixes`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._checked = Checked(rows=())
        self._rows: dict[str, FormRow] = {}
        self.summary = label(wrap=True)
        self.shown = QComboBox()
        self.table = RowsTable(
            translate("Rows"),
            (translate("State"), translate("Where"), translate("Whom or what"), translate("What it would do, or asks")),
            desk.look.theme,
        )  # fmt: skip
        self.table.widths(12, 30, 26)
        self.asks = QWidget()
        self._asks_inside = QVBoxLayout(self.asks)
        self._build()
        self.shown.currentIndexChanged.connect(lambda _: self._show_rows())
        self.table.picked_rows.connect(lambda _: self._show_asks())

    def _build(self) -> None:
        self.shown.setAccessibleName(translate("Show"))
        for key, words in (
            ("open", translate("What is to check or wrong")), ("ready", translate("What is ready")),
            ("all", translate("Every row")),
        ):  # fmt: skip
            self.shown.addItem(words, key)
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(naming(translate("Sho&w"), self.shown))
        top.addWidget(self.shown)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(translate("What this row asks"))
        area.setWidget(self.asks)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(area)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        area.setMinimumHeight(8 * self.fontMetrics().lineSpacing())
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2 * GRID)
        inside.addLayout(top)
        inside.addWidget(split, 1)

    def show_checked(self, checked: Checked) -> None:
        """Show these rows; the one that was selected stays so."""
        first = not self._checked.rows
        self._checked = checked
        self.summary.setText(checked_words(checked))
        if first and not checked.of(*_SHOWN["open"]):
            self.shown.setCurrentIndex(self.shown.findData("ready" if checked.ready else "all"))
        self._show_rows()

    def _show_rows(self) -> None:
        kept = self.table.current_key()
        rows = self._checked.of(*_SHOWN[str(self.shown.currentData())])
        self._rows = {"|".join((row.file, row.sheet, str(row.number))): row for row in rows}
        self.table.show_lines(
            Line(
                key=key,
                cells=(state_word(row.state), place_words(row), row.name, _said(row)),
                tone=_TONES.get(row.state, ""),
                faint=row.state is RowState.LEFT_OUT,
            )
            for key, row in self._rows.items()
        )
        if self._rows:
            self.table.select_keys([kept if kept in self._rows else next(iter(self._rows))])
        self._show_asks()

    def _show_asks(self) -> None:
        while self._asks_inside.count():
            item = self._asks_inside.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        row = self._rows.get(self.table.current_key())
        if row is not None:
            for number, asked in enumerate(row.asks):
                self._asks_inside.addWidget(self._question(row, asked, first=number == 0))
        if row is None or not row.asks:
            self._asks_inside.addWidget(label(_nothing_asked(row, self._checked), wrap=True))
        self._asks_inside.addStretch(1)

    def _question(self, row: FormRow, asked: Asked, *, first: bool) -> QWidget:
        """One question with its choices, or a cell with its text to mend."""
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, GRID)
        text = label(f"{place_words(row, asked)}: {ask_words(asked)}", wrap=True)
        inside.addWidget(text)
        line = QHBoxLayout()
        if asked.choices:
            self._choices(row, asked, line, first=first)
        if asked.ask is not Ask.MARK_UNCLEAR and "|" not in asked.field and asked.field[:1].isupper():
            self._mend(row, asked, line, first=first)
        line.addStretch(1)
        inside.addLayout(line)
        return box

    def _choices(self, row: FormRow, asked: Asked, line: QHBoxLayout, *, first: bool) -> None:
        choice = Picker()
        choice.setAccessibleName(ask_words(asked))
        choice.addItem(translate("Choose…"), "")
        for key, words in asked.choices:
            choice.addItem(choice_words(asked, key, words), key)
        choice.activated.connect(lambda _: self._answer(row, asked, str(choice.currentData() or "")))
        if first:
            line.addWidget(naming(translate("A&nswer"), choice))
        line.addWidget(choice)

    def _mend(self, row: FormRow, asked: Asked, line: QHBoxLayout, *, first: bool) -> None:
        text = _Text(asked.text)
        text.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        text.setAccessibleName(translate("Text of {cell}").format(cell=asked.cell))
        put = QPushButton(translate("&Mend the cell") if first else translate("Mend the cell"))
        put.setAutoDefault(False)
        put.clicked.connect(lambda: self._put(row, asked, text.text()))
        text.returnPressed.connect(put.click)
        line.addWidget(text)
        line.addWidget(put)

    def _answer(self, row: FormRow, asked: Asked, key: str) -> None:
        if key:
            number = 0 if asked.ask in _WHOLE_SHEET else row.number
            cell: CellKey = (row.file, row.sheet, number, asked.field)
            self.fixed.emit(Fixes(answers={cell: key}))
            self.table.setFocus()

    def _put(self, row: FormRow, asked: Asked, text: str) -> None:
        self.fixed.emit(Fixes(texts={(row.file, row.sheet, row.number, asked.field): text}))
        self.table.setFocus()


def _said(row: FormRow) -> str:
    if row.asks:
        return " ".join(ask_words(asked) for asked in row.asks)
    return "; ".join(altered_words(*one) for one in row.altered)


def _nothing_asked(row: FormRow | None, checked: Checked) -> str:
    if row is not None:
        return translate("This row asks nothing.")
    if checked.ready:
        return translate("Nothing is left to check. “Take in” takes in what is ready, as one step that can be undone.")
    return translate("Nothing here would change anything.")
