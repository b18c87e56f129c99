"""Choose a slot for a visit, a visitor for a slot, or a visit to swap with: every choice with its verdict in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.models.names import fold
from app.text import translate
from app.ui.deck.verdicts import SYMBOLS, Mark, Verdict
from app.ui.dialogs.base import Dialog
from app.ui.plain import clearable, label
from app.ui.rows import Line, RowsTable
from app.ui.theme import Theme

_RANK = {Mark.FINE: 0, Mark.TIGHT: 1, Mark.BROKEN: 2, Mark.HERE: 3, Mark.NOTHING: 4}
_TONES = {Mark.FINE: "fine", Mark.TIGHT: "tight", Mark.BROKEN: "broken", Mark.HERE: "", Mark.NOTHING: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something to choose: its key, what it is called, and what choosing it would do."""

    key: str
    words: tuple[str, ...]
    verdict: Verdict
    wish: int = 0


class Choose(Dialog):
    """A list to choose one from, the best first, with a filter; the reasons stand below."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        heading: str,
        heads: tuple[str, ...],
        options: Sequence[Option],
        theme: Theme,
        chosen: Callable[[str], None],
    ) -> None:
        super().__init__(parent, title, heading, width=720)
        self._options = sorted(options, key=lambda one: (_RANK[one.verdict.mark], -one.wish))
        self._by_key = {one.key: one for one in self._options}
        self._chosen = chosen
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(translate("Type to narrow the list"))
        self.filter.setAccessibleName(translate("Narrow the list"))
        clearable(self.filter)
        self.filter.textChanged.connect(lambda _: self._narrow())
        self.table = RowsTable(heading, (translate("Fits"), *heads), theme)
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.widths(22, *(22 for _ in heads))
        self.table.setMinimumHeight(min(260, self.maximumHeight() // 3))  # the reasons below want their room too
        self.reasons = label(wrap=True)
        self.reasons.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.reasons.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.filter)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.reasons)
        self.go: QPushButton = self.button(translate("&Choose"), self._choose, main=True)
        self.cancel_button(translate("Cancel"))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._explain())
        self.table.entered_row.connect(lambda _: self.go.click())
        self._narrow()

    def _narrow(self) -> None:
        words = fold(self.filter.text()).split()
        lines = [
            Line(
                key=one.key, cells=(f"{SYMBOLS[one.verdict.mark]} {one.verdict.short}", *one.words),
                tone=_TONES[one.verdict.mark],
            )
            for one in self._options
            if all(word in fold(" ".join((one.verdict.short, *one.words))) for word in words)
        ]  # fmt: skip
        self.table.show_lines(lines)
        if lines:
            self.table.select_keys([lines[0].key])
        self._explain()

    def _explain(self) -> None:
        option = self._by_key.get(self.table.current_key())
        self.go.setEnabled(option is not None and option.verdict.mark is not Mark.HERE)
        if option is None:
            self.reasons.setText(translate("Nothing fits what you typed.") if self.filter.text() else "")
        else:
            self.reasons.setText(" ".join(option.verdict.reasons))

    def _choose(self) -> None:
        key = self.table.current_key()
        if key:
            self._chosen(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.filter.hasFocus():
            self.table.setFocus()
            self.table.keyPressEvent(event)
            return
        super().keyPressEvent(event)
