"""The grid of free and busy times: a Qt model as a function of the week, and a table painted by mouse and keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.models.people import Presence
from app.models.view import ALL_DAY, Span, WeekView, minute
from app.text import translate
from app.ui.availability.painting import Cell, Stroke, by_day, cell
from app.ui.lined import Lined
from app.ui.lists.headings import word
from app.ui.theme import TARGET, Theme
from app.words.dates import clock_at, short_day
from app.words.dates import day as day_words
from app.words.labels import spans_label

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
NOON = 12 * 60
SIGNS = {Presence.BUSY: "✕", Presence.FREE: "✓", Presence.RATHER_NOT: "~"}
DIARY = "ᴰ"
"""Beside the sign of a time that came from the visitor's diary."""
_TONES = {Presence.BUSY: "broken", Presence.FREE: "fine", Presence.RATHER_NOT: "tight"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row: a visitor, or one day of a visitor."""

    person_id: str
    words: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """A column: a stretch of one day, or of every day."""

    span: Span
    head: str
    spoken: str
    day: dt.date | None = None


def stretches(view: WeekView, step: int) -> tuple[Span, ...]:
    """The day of the board in steps of so many minutes; 0 is half days, split at noon."""
    start, end = minute(view.week.day_starts), minute(view.week.day_ends)
    if step == 0:
        noon = min(max(NOON, start), end)
        return tuple(span for span in (Span(start, noon), Span(noon, end)) if span.start < span.end)
    return tuple(Span(at, min(at + step, end)) for at in range(start, end, step))


class TimesModel(QAbstractTableModel):
    """Shows the times. It never changes anything: it shows what it is given."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view: WeekView | None = None
        self.rows: tuple[GridRow, ...] = ()
        self.columns: tuple[GridColumn, ...] = ()
        self._cells: dict[tuple[int, int], Cell] = {}

    def wear(self, theme: Theme) -> None:
        """Colour with that theme."""
        self._theme = theme
        self._all_changed()

    def show(self, view: WeekView | None, person_id: str | None, step: int) -> None:
        """Show that visitor's days, or with None all visitors, in steps of so many minutes (0: half days)."""
        rows, columns = _shape(view, person_id, step)
        self._cells = {}
        self._view = view
        if rows == self.rows and columns == self.columns:
            self._all_changed()
            return
        self.beginResetModel()
        self.rows, self.columns = rows, columns
        self.endResetModel()

    def _all_changed(self) -> None:
        if self.rows and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def day_at(self, row: int, column: int) -> dt.date:
        """The day of a cell."""
        found = self.rows[row].day or self.columns[column].day
        assert found is not None  # noqa: S101 - a row or a column always has it
        return found

    def cell_at(self, row: int, column: int) -> Cell:
        """What a cell holds."""
        held = self._cells.get((row, column))
        if held is None:
            assert self._view is not None  # noqa: S101 - rows are shown, so a week is
            rows = by_day(self._view).get((self.rows[row].person_id, self.day_at(row, column)), ())
            held = self._cells[row, column] = cell(rows, self.columns[column].span)
        return held

    def strokes(self, cells: Iterable[tuple[int, int]], presence: Presence | None) -> list[Stroke]:
        """The strokes that paint these cells; all cells of a day are the whole day."""
        chosen: dict[tuple[str, dt.date], list[Span]] = {}
        for row, column in cells:
            chosen.setdefault((self.rows[row].person_id, self.day_at(row, column)), []).append(
                self.columns[column].span
            )
        of_a_day = len([one for one in self.columns if one.day in (None, self.columns[0].day)])
        found = []
        for (person_id, day), spans in chosen.items():
            for span in [ALL_DAY] if len(spans) == of_a_day else _merged(spans):
                found.append(Stroke(person_id=person_id, day=day, span=span, presence=presence))
        return found

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: PLR0911 - a role each
        if not index.isValid():
            return None
        held = self.cell_at(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(held, index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(held, index.row(), index.column())
        if role == Qt.ItemDataRole.BackgroundRole:
            if held.presence is None:
                return None
            return self._theme.color("page" if held.mixed else f"{_TONES[held.presence]}_back")
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color(_TONES[held.presence]) if held.presence is not None else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def _text(self, held: Cell, column: int) -> str:
        if held.presence is None:
            return ""
        sign = SIGNS[held.presence] + (DIARY if held.diary else "")
        narrow = self.columns[column].span.end - self.columns[column].span.start < 2 * 60
        if narrow:
            return f"({sign})" if held.mixed else sign
        if held.mixed:
            own = [span for span, presence in held.parts if presence is held.presence]
            return f"{sign} {_brief(own[0])}" + ("…" if len(own) > 1 else "")
        return f"{sign} {word(held.presence)}"

    def _spoken(self, held: Cell, row: int, column: int) -> str:
        head, side = self.columns[column].spoken, self.rows[row].words
        if held.presence is None:
            state = translate("nothing noted")
        elif held.mixed:
            state = ", ".join(f"{word(presence)} {spans_label([span])}" for span, presence in held.parts)
        else:
            state = word(held.presence)
        if held.diary:
            state = translate("{state}, from the diary").format(state=state)
        return f"{side}, {head}: {state}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].head
            if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
                return self.columns[section].spoken
        if orientation == Qt.Orientation.Vertical and 0 <= section < len(self.rows) and role in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
        ):  # fmt: skip
            return self.rows[section].words
        return None


def _shape(
    view: WeekView | None, person_id: str | None, step: int
) -> tuple[tuple[GridRow, ...], tuple[GridColumn, ...]]:
    if view is None:
        return (), ()
    spans = stretches(view, step)
    if person_id is not None:
        if person_id not in view.visitors:
            return (), ()
        rows = tuple(GridRow(person_id=person_id, words=day_words(day), day=day) for day in view.week.days)
        return rows, tuple(_column(span, None, step) for span in spans)
    rows = tuple(GridRow(person_id=one.id, words=one.name) for one in view.visitors.values())
    return rows, tuple(_column(span, day, step) for day in view.week.days for span in spans)


def _column(span: Span, day: dt.date | None, step: int) -> GridColumn:
    clock = clock_at(span.start)
    if step == 0:
        head = translate("am") if span.start < NOON else translate("pm")
        spoken = translate("morning") if span.start < NOON else translate("afternoon")
    else:
        head = clock
        spoken = translate("{start} to {end}").format(start=clock, end=clock_at(span.end))
    if day is not None:
        return GridColumn(span=span, day=day, head=f"{short_day(day)}\n{head}", spoken=f"{day_words(day)}, {spoken}")
    return GridColumn(span=span, head=head, spoken=spoken)


def _brief(span: Span) -> str:
    """`13–15:30`: a cell is narrow."""
    ends = (f"{at // 60}:{at % 60:02d}" if at % 60 else str(at // 60) for at in span)
    return "–".join(ends)


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


class TimesTable(QTableView):
    """The grid. Dragging with the mouse, or a letter after selecting with Shift and arrows, asks to paint."""

    painted = Signal(object, object)
    """Cells, as (row, column), are to be painted; and with what, None for blank."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.times = TimesModel(theme)
        self.brush: Presence | None = Presence.BUSY
        self.painting = True
        self.read_only = False
        self.setModel(self.times)
        self.lines = Lined(theme, self)
        self.setItemDelegate(self.lines)
        self.setShowGrid(False)
        self.setAccessibleName(translate("Free and busy times"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setAccessibleName(translate("Times of the day"))
        self.verticalHeader().setAccessibleName(translate("Visitors or days"))
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.refit()

    def refit(self) -> None:
        """Give cells the size that the font needs."""
        unit = self.fontMetrics().averageCharWidth()
        side = self.verticalHeader()
        side.setDefaultSectionSize(max(TARGET, self.fontMetrics().lineSpacing() + 10))
        side.setMaximumWidth(max(unit * 12, self.width() * 2 // 5))  # a long name leaves room for the times
        wide = self.times.columns and self.times.columns[0].span.end - self.times.columns[0].span.start >= 2 * 60
        least = self.fontMetrics().horizontalAdvance("✕ 12–12:30" if wide else "00:00") + unit * 2
        top = self.horizontalHeader()
        top.setDefaultSectionSize(max(TARGET, least))
        fits = len(self.times.columns) * max(TARGET, least) <= self.viewport().width()
        wanted = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.Interactive
        top.setSectionResizeMode(wanted)
        if not fits:
            for section in range(top.count()):
                top.resizeSection(section, top.defaultSectionSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    def chosen(self) -> list[tuple[int, int]]:
        """The selected cells."""
        return sorted((one.row(), one.column()) for one in self.selectionModel().selectedIndexes())

    def paint(self, presence: Presence | None) -> None:
        """Ask to paint the selected cells."""
        cells = self.chosen()
        if cells and not self.read_only:
            self.painted.emit(cells, presence)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or not self.painting:
            return
        cells = self.chosen()
        same = cells and all(
            self.times.cell_at(*one).presence is self.brush and not self.times.cell_at(*one).mixed for one in cells
        )
        self.paint(None if same else self.brush)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            key = event.key()
            letters = {Qt.Key.Key_B: Presence.BUSY, Qt.Key.Key_F: Presence.FREE, Qt.Key.Key_R: Presence.RATHER_NOT}
            if key in letters:
                self.paint(letters[Qt.Key(key)])
                return
            if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.paint(None)
                return
            if key == Qt.Key.Key_Space:
                self.paint(self.brush)
                return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters paint; they do not search."""
