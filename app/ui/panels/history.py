"""The history: every edit by name, the newest first; going back to any of them."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.document.history import HistoryLine
from app.models.journal import Doing
from app.text import translate
from app.ui.bridge import Bridge, Now
from app.ui.rows import Line, RowsTable
from app.ui.theme import GRID, Theme
from app.words.dates import short_day
from app.words.edits import edit_label, history_label


class HistoryPanel(QWidget):
    """The list of edits."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._late = True
        self._document = bridge.document
        self.table = RowsTable(
            translate("History"), (translate("When"), translate("What was done"), translate("State")), theme
        )
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.widths(22, 90)
        self.table.say_where_empty(
            translate("Every change stands here by name once it is made; you can go back to any of them.")
        )
        self.back = QPushButton(translate("&Go back to here"))
        """Stands beside the tabs, so that the lines have the height."""
        self.back.setToolTip(translate("Undo or redo until this line is the last that stands"))
        self.back.setEnabled(False)
        self.back.clicked.connect(lambda: self._jump(self.table.current_key()))
        self.table.entered_row.connect(self._jump)
        self.table.selectionModel().selectionChanged.connect(
            lambda *_: self.back.setEnabled(bool(self.table.current_key()))
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, GRID)
        inside.setSpacing(GRID)
        inside.addWidget(self.table, 1)
        bridge.shown.connect(self.show_now)

    def show_now(self, now: Now) -> None:
        """Show this, once it is looked at."""
        if now.edit is not None or self._bridge.document is not self._document or not self.table.rows_model.lines:
            self._late = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self._read()

    def _read(self) -> None:
        if not self._late:
            return
        self._late = False
        document = self._document = self._bridge.document
        lines = document.history if document is not None else ()
        self.table.show_lines(_line(one) for one in reversed(lines))

    def _jump(self, key: object) -> None:
        document = self._bridge.document
        if document is not None and str(key):
            document.jump(int(str(key)))


def _line(line: HistoryLine) -> Line:
    at = line.at.astimezone()
    label = history_label(line)
    if line.kind is Doing.UNDONE:
        label = translate("Undone: {edit}").format(edit=edit_label(line))
    elif line.kind is Doing.REDONE:
        label = translate("Done again: {edit}").format(edit=edit_label(line))
    if line.kind is Doing.RECORDED:
        state = translate("sent")
    else:
        state = translate("stands") if line.stands else translate("taken back")
    return Line(
        key=str(line.sequence), cells=(f"{short_day(at.date())}, {at:%H:%M}", label, state), faint=not line.stands
    )
