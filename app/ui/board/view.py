"""The table that shows a board: selecting, moving by mouse and keys, scrolling at the edges, zoom and fit."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView

from app.text import translate
from app.ui.board.edges import EdgeScroll
from app.ui.board.heads import RowHead
from app.ui.board.model import BoardModel, Index
from app.ui.board.mover import Mover
from app.ui.board.paint import CardPainter
from app.ui.board.times import TimeHead
from app.ui.board.whole import WholeTable
from app.ui.bridge import Now, Picked
from app.ui.deck.boards import by_day, by_team, by_visitor
from app.ui.deck.cards import Board, Card, Column, Row, Shelf, Sort
from app.ui.deck.targets import NOWHERE, Target, Way, target
from app.ui.deck.verdicts import NOTHING, Moving, Verdict
from app.ui.letters import NARROWER
from app.ui.selecting import select_ranges
from app.ui.theme import GRID, Theme
from app.ui.words import half_day_head, half_day_name, quarter_head, quarter_name

ZOOMS = (50, 60, 70, 80, 90, 100, 120, 140, 170, 200)


class BoardView(WholeTable):
    """One way of looking at the week."""

    def __init__(self, way: Way, mover: Mover, theme: Theme) -> None:
        super().__init__()
        self.way = way
        self._mover = mover
        self._theme = theme
        self._shelf = Shelf()
        self._now = Now()
        self._day: dt.date | None = None
        self._fit = True
        self._zoom = 100
        self._pressed = QPoint()
        self._held = QModelIndex()
        self._dragging = False
        self._syncing = False
        timed = way is Way.DAY
        self.step = 4 if timed else 1  # quarters of an hour go together
        self.grid_model = BoardModel(quarter_head if timed else half_day_head, quarter_name if timed else half_day_name)
        self.cards = CardPainter(theme, by_visitor=way is Way.VISITOR)
        self.setModel(self.grid_model)
        self.setItemDelegate(self.cards)
        self.setVerticalHeader(RowHead(theme))
        if timed:
            self.setHorizontalHeader(TimeHead(theme))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(True)
        self.setShowGrid(False)  # the painter draws lines in the theme's colour
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(4)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.verticalHeader().viewport().update())
        self.setAccessibleName(_name(way))
        self._edge = EdgeScroll(self, self._scrolled)
        self.selectionModel().selectionChanged.connect(self._picked)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.refit()

    # What is shown

    def show_now(self, now: Now) -> None:
        """Show this."""
        old, self._now = self._now, now
        if now.deck is not old.deck or now.filter != old.filter:
            self._deal()
        if now.moving is not old.moving:
            self.grid_model.judge_with(self._judge if now.moving else None)
            if now.moving is None:
                self._edge.stop()
                self._dragging = False
                self.snap()
        self._select(now.picked, afresh=now.picked == Picked() != old.picked)

    def show_day(self, day: dt.date) -> None:
        """Show that day (of the view along the hours)."""
        if day != self._day:
            self._day = day
            self._deal()

    @property
    def day(self) -> dt.date | None:
        """The day that is shown along the hours."""
        return self._day

    def wear(self, theme: Theme) -> None:
        """Paint with that theme."""
        self._theme = theme
        self.cards.wear(theme)
        head = self.verticalHeader()
        if isinstance(head, RowHead):
            head.wear(theme)
        hours = self.horizontalHeader()
        if isinstance(hours, TimeHead):
            hours.wear(theme)
        self.refit()
        self.viewport().update()

    def _deal(self) -> None:
        now = self._now
        self._syncing = True
        try:
            board = self._board(now)
            before = self._measures()
            self.grid_model.show(board, now.reasons)
            if self.way is Way.DAY:
                self._span(board)
            if self._measures() != before:
                self.refit()
        finally:
            self._syncing = False

    def _board(self, now: Now) -> Board:
        if now.deck is None or now.view is None:
            return Board(columns=(), rows=())
        if self.way is Way.TEAM:
            return by_team(now.deck, now.filter, self._shelf)
        if self.way is Way.VISITOR:
            return by_visitor(now.deck, now.filter, self._shelf)
        days = now.view.week.days
        if self._day not in days:
            self._day = days[0] if days else None
        if self._day is None:
            return Board(columns=(), rows=())
        return by_day(now.deck, self._day, now.filter, self._shelf)

    def _span(self, board: Board) -> None:
        self.clearSpans()
        for number, row in enumerate(board.rows):
            for first, length in row.spans:
                if length > 1:
                    self.setSpan(number, first, 1, length)

    # Size

    def refit(self) -> None:
        """Give rows and columns their size again: after a zoom, another font, another width."""
        font = QFont(QApplication.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(max(6.0, font.pointSizeF() * self._zoom / 100))
        if font != self.font():
            self.setFont(font)
        head = self.verticalHeader()
        if isinstance(head, RowHead):
            head.fit(font)
        self.share_out()

    def least_column(self) -> int:
        font = self.font()
        timed = self.way is Way.DAY
        least = self.cards.quarter_width(font, self._shortest()) if timed else self.cards.least_width(font)
        return least if self._fit else 2 * least

    def least_row(self, width: int) -> int:
        font = self.font()
        lines = self.cards.title_lines(font, width, self._names()) if self.way is Way.VISITOR and width else 2
        return self.cards.card_height(font, lines)

    def side(self) -> int:
        head = self.verticalHeader()
        return head.natural if isinstance(head, RowHead) else head.width()

    def fit_heads(self, width: int) -> None:
        heading, head = QFont(self.font()), self.horizontalHeader()
        if self.way is not Way.DAY and (wide := self._head_width(heading)) > width - 2 * GRID:
            heading.setStretch(max(NARROWER, 100 * (width - 2 * GRID) // wide - 2))
        if head.font() != heading:
            head.setFont(heading)

    def scrolls_freely(self) -> bool:
        return self._dragging

    def _names(self) -> set[str]:
        """The names of the teams that cards may show."""
        week = self._now.view
        return {team.name for team in week.teams.values()} if week is not None else set()

    def _measures(self) -> object:
        """What the sizes of rows and columns follow from, besides the font and the room."""
        board, length = self.grid_model.board, self._shortest() if self.way is Way.DAY else 0
        return board.columns, len(board.rows), length, self._names() if self.way is Way.VISITOR else ()

    def _shortest(self) -> int:
        """How many quarters of an hour the shortest card of the day takes."""
        rows = self.grid_model.board.rows
        return min((length for row in rows for first, length in row.spans if row.cells[first] is not None), default=4)

    def _head_width(self, font: QFont) -> int:
        """What the words above the columns need."""
        metrics = QFontMetrics(font)
        heads = (half_day_head(column) for column in self.grid_model.board.columns)
        return max(metrics.horizontalAdvance(line) for head in heads for line in head.split("\n"))

    def fit_week(self, *, on: bool) -> None:
        """Make the whole week fit the width, or give cards room."""
        self._fit = on
        self.refit()

    def zoom(self, percent: int) -> None:
        """Show cards at that many per cent."""
        self._zoom = percent
        self.refit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    # Selecting

    def card_at(self, index: Index) -> Card | None:
        """The card of a cell."""
        return self.grid_model.card(index)

    def _select(self, picked: Picked, *, afresh: bool) -> None:
        """Select the picked visits, where they are not selected already.

        `afresh` is where nothing is picked any more, as in another database: what was selected was of the last one.
        """
        wanted = set(picked.visits)
        if not afresh and (not wanted or wanted == self._selected_visits()):
            return
        cells = [
            self.grid_model.index(number, column)
            for number, row in enumerate(self.grid_model.board.rows)
            for column, card in enumerate(row.cells)
            if card is not None and card.visit is not None and card.visit.id in wanted
        ]
        self._syncing = True
        try:
            select_ranges(self, ((cell, cell) for cell in cells))
        finally:
            self._syncing = False

    def _selected_visits(self) -> set[str]:
        found = set()
        for index in self.selectionModel().selectedIndexes():
            card = self.grid_model.card(index)
            if card is not None and card.visit is not None:
                found.add(card.visit.id)
        return found

    def _picked(self) -> None:
        if not self._syncing:
            self._mover.bridge.pick(self.picked())

    def picked(self) -> Picked:
        """What is selected here."""
        index = self.currentIndex()
        card, row = self.grid_model.card(index), self.grid_model.row_of(index)
        in_order = []
        for one in sorted(self.selectionModel().selectedIndexes(), key=lambda i: (i.column(), i.row())):
            found = self.grid_model.card(one)
            if found is not None and found.visit is not None:
                in_order.append(found.visit.id)
        person = card.visit.person_id if card is not None and card.visit is not None else None
        if self.way is Way.VISITOR and row is not None:
            person = row.owner_id
        team = row.owner_id if row is not None and self.way is not Way.VISITOR else None
        slot = card.slot if card is not None else None
        return Picked(
            visits=tuple(in_order), slot_id=slot.id if slot else None, person_id=person,
            team_id=slot.team.id if slot else team,
        )  # fmt: skip

    def selectionCommand(self, index: Index, event: object = None) -> QItemSelectionModel.SelectionFlag:
        if self._now.moving is not None:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)  # type: ignore[arg-type]  # Qt passes an event or nothing

    # Moving

    def stand_somewhere(self) -> None:
        """Put the focus on the first card, where it is nowhere yet."""
        if not self.currentIndex().isValid() and self.grid_model.rowCount():
            first = self.grid_model.find(lambda card: card.sort is not Sort.AWAY)
            self.setCurrentIndex(first if first.isValid() else self.grid_model.index(0, 0))

    def _judge(self, row: Row, column: Column, card: Card | None) -> Verdict:
        return self._target(row, column, card).verdict

    def _target(self, row: Row, column: Column, card: Card | None) -> Target:
        now = self._now
        if now.moving is None or now.deck is None:
            return NOWHERE
        return target(now.deck, self.way, now.moving, row, column, card, today=self._mover.bridge.today)

    def target_of(self, index: Index) -> Target:
        """Where a drop on that cell would lead."""
        row = self.grid_model.row_of(index)
        if row is None:
            return NOWHERE
        found = self._target(row, self.grid_model.board.columns[index.column()], self.grid_model.card(index))
        return found if found.verdict is not NOTHING else NOWHERE

    def target_at(self, at: QPoint) -> Target | None:
        """The target under a point of the screen; None where that is not over the cells."""
        spot = self.viewport().mapFromGlobal(at)
        if not self.viewport().rect().contains(spot):
            return None
        return self.target_of(self.indexAt(spot))

    def scroll_near(self, at: QPoint) -> None:
        """Begin to scroll where the point is near an edge."""
        self._edge.hold(self.viewport().mapFromGlobal(at))

    def _scrolled(self, spot: QPoint) -> None:
        self._mover.point(self.target_of(self.indexAt(spot)), self._around(spot), aloud=False)

    def _around(self, spot: QPoint) -> QRect:
        at = self.viewport().mapToGlobal(spot)
        return QRect(at, at)

    def start_move(self) -> None:
        """Pick up the selected visits with the keyboard."""
        visits = self._now.picked.visits
        if visits:
            self._mover.start(Moving(visit_ids=visits), by_keyboard=True)
            self._point_at_current()

    def start_placing(self, person_id: str) -> None:
        """Pick up a visitor who is to be placed, with the keyboard."""
        self.setFocus()
        self.stand_somewhere()
        self._mover.start(Moving(person_id=person_id), by_keyboard=True)

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if self._now.moving is not None and not self._dragging and current.isValid():
            self._point_at_current()
        elif not self._syncing and not self.selectionModel().selectedIndexes():
            self._mover.bridge.pick(self.picked())

    def _point_at_current(self) -> None:
        index = self.currentIndex()
        cell = self.visualRect(index)
        around = QRect(self.viewport().mapToGlobal(cell.topLeft()), cell.size())
        self._mover.point(self.target_of(index), around, aloud=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._now.moving is not None:
            if event.key() == Qt.Key.Key_Escape:
                self._mover.cancel()
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._mover.drop()
                return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._now.moving is not None and not self._dragging:
            if event.button() == Qt.MouseButton.LeftButton and index.isValid():
                self.setCurrentIndex(index)
                self._mover.drop()
            else:
                self._mover.cancel()
            return
        self._pressed = event.position().toPoint()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        card = self.grid_model.card(index)
        takes = plain and event.button() == Qt.MouseButton.LeftButton and card is not None and card.sort is Sort.VISIT
        self._held = index if takes else QModelIndex()
        keep = takes and self.selectionModel().isSelected(index)
        right = event.button() == Qt.MouseButton.RightButton and self.selectionModel().isSelected(index)
        if not keep and not right:
            super().mousePressEvent(event)
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._mover.point_at(event.globalPosition().toPoint())
            return
        if self._held.isValid() and event.buttons() & Qt.MouseButton.LeftButton:
            far = (event.position().toPoint() - self._pressed).manhattanLength()
            if far >= QApplication.startDragDistance() and self._now.picked.visits:
                self._dragging = True
                self._mover.start(Moving(visit_ids=self._now.picked.visits), by_keyboard=False)
                self._mover.point_at(event.globalPosition().toPoint())
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, QModelIndex()
        if self._dragging:
            self._dragging = False
            self._edge.stop()
            self._mover.point_at(event.globalPosition().toPoint())
            self._mover.drop()
            return
        if held.isValid() and len(self.selectionModel().selectedIndexes()) > 1:
            self.selectionModel().setCurrentIndex(held, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        super().mouseReleaseEvent(event)


def _name(way: Way) -> str:
    names = {
        Way.TEAM: translate("Week board by team"),
        Way.VISITOR: translate("Week board by visitor"),
        Way.DAY: translate("Week board by day"),
        Way.LIST: translate("List of visits"),
    }
    return names[way]
