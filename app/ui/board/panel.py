"""The week board: its tabs, its filter, and whichever way of looking is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.text import translate
from app.ui.board.listing import Listing
from app.ui.board.mover import Mover
from app.ui.board.view import ZOOMS, BoardView
from app.ui.bridge import Bridge, Now
from app.ui.deck.cards import Filter
from app.ui.deck.targets import Way
from app.ui.plain import clearable
from app.ui.settings import Settings
from app.ui.tabs import Tabs
from app.ui.theme import GRID, Theme
from app.ui.vacant import Vacant, no_week_words
from app.words.dates import short_day

_WIDE = 16_777_215
"""No limit, in Qt's own words."""
_LEADS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class BoardPanel(QWidget):
    """Everything of the week board between the navigation and the details."""

    def __init__(self, bridge: Bridge, mover: Mover, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self._bridge = bridge
        self._settings = settings
        self._now = Now()
        self.views = {way: BoardView(way, mover, theme) for way in (Way.TEAM, Way.VISITOR, Way.DAY)}
        self.listing = Listing(bridge, theme)
        for view in self.views.values():
            mover.add(view)
        self.tabs = Tabs()
        self.tabs.setAccessibleName(translate("Ways of looking at the week"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in (translate("By &team"), translate("By v&isitor"), translate("By &day"), translate("&List")):
            self.tabs.addTab(words)
        self.filter = FilterLine()
        self.filter.setPlaceholderText(translate("Filter: name, team, site"))
        self.filter.setAccessibleName(translate("Filter"))
        clearable(self.filter)
        self.service = QComboBox()
        self.service.setAccessibleName(translate("Service shown"))
        self.day = QComboBox()
        self.day.setAccessibleName(translate("Day shown"))
        for box in (self.service, self.day):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.empty = Empty()
        self._stack_holder = QWidget()
        self._stack = QStackedLayout(self._stack_holder)
        for one in (*self.views.values(), self.listing, self.empty):
            self._stack.addWidget(one)
        self._lay_out()
        self._zoom = settings.number("zoom", 100)
        self._fit = settings.text("fit", "yes") == "yes"
        for view in self.views.values():
            view.fit_week(on=self._fit)
            view.zoom(self._zoom)
        self.tabs.currentChanged.connect(self._turned)
        self.filter.textChanged.connect(lambda _: self._filtered())
        self.filter.left.connect(self.focus_board)
        self.service.currentIndexChanged.connect(lambda _: self._filtered())
        self.day.currentIndexChanged.connect(lambda _: self._day_chosen())
        self.day.hide()
        bridge.shown.connect(self.show_now)
        self._show_open()

    def _lay_out(self) -> None:
        self._top = top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setContentsMargins(GRID, GRID, GRID, 0)
        top.setSpacing(2 * GRID)
        self._looking, self._sifting = QHBoxLayout(), QHBoxLayout()
        for row in (self._looking, self._sifting):
            row.setSpacing(2 * GRID)
        self._looking.addWidget(self.tabs)
        self._looking.addStretch(1)
        self._looking.addWidget(self.day)
        self._sifting.addWidget(self.filter, 1)
        self._sifting.addWidget(self.service)
        top.addLayout(self._looking, 1)
        top.addLayout(self._sifting)
        self.filter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID)
        inside.addLayout(top)
        inside.addWidget(self._stack_holder, 1)

    @property
    def way(self) -> Way:
        """The way of looking that is open."""
        return tuple(Way)[self.tabs.currentIndex()]

    @property
    def view(self) -> BoardView | None:
        """The board that is open; None while the List is."""
        return self.views.get(self.way)

    @property
    def surface(self) -> QWidget:
        """The board or the List that is open."""
        return self.view or self.listing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line_up()

    def _line_up(self) -> None:
        """Put the filter beside the tabs, or below them where they need the width."""
        words = self.filter.fontMetrics().horizontalAdvance(self.filter.placeholderText()) + 6 * GRID
        beside = self.service.sizeHint().width() + 4 * GRID
        self.filter.setMinimumWidth(min(words, max(words // 2, self.width() - beside)))
        day = self.day.sizeHint().width() + 2 * GRID if self.way is Way.DAY else 0
        needed = self.tabs.sizeHint().width() + day + words + beside + 4 * GRID
        across = needed <= self.width()
        self.filter.setMaximumWidth(words * 2 if across else _WIDE)
        direction = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        if self._top.direction() != direction:
            self._top.setDirection(direction)

    def turn_to(self, way: Way) -> None:
        """Open that way of looking."""
        self.tabs.setCurrentIndex(tuple(Way).index(way))

    def focus_inside(self) -> None:
        """Give what is open the focus."""
        self.focus_board()

    def focus_board(self) -> None:
        """Give the board the focus, with a cell to stand on."""
        if self._stack.currentWidget() is self.empty:
            self.empty.focus_inside()
            return
        surface, view = self.surface, self.view
        if view is not None:
            view.stand_somewhere()  # before Qt stands on the very first cell by itself
        surface.setFocus(Qt.FocusReason.OtherFocusReason)
        if view is None and not self.listing.currentIndex().isValid() and self.listing.rows_model.lines:
            self.listing.selectRow(0)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller cards; 0 is back to normal."""
        at = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - self._zoom))
        self._zoom = ZOOMS[min(len(ZOOMS) - 1, max(0, at + steps))] if steps else 100
        self._settings.keep("zoom", self._zoom)
        for view in self.views.values():
            view.zoom(self._zoom)

    @property
    def fits(self) -> bool:
        """Whether the whole week is fitted to the width."""
        return self._fit

    def fit_week(self, *, on: bool) -> None:
        """Fit the week to the width, or give cards room."""
        self._fit = on
        self._settings.keep("fit", "yes" if on else "no")
        for view in self.views.values():
            view.fit_week(on=on)

    def wear(self, theme: Theme) -> None:
        """Paint with that theme."""
        for view in self.views.values():
            view.wear(theme)
        self.listing.rows_model.wear(theme)
        self.listing.refit()
        self._line_up()

    def show_now(self, now: Now) -> None:
        """Show this; views that are not open wait until they are."""
        old, self._now = self._now, now
        if now.services is not old.services or now.deck is None:
            self._offer_services(now)
        if now.view is not None and (old.view is None or now.view.week is not old.view.week):
            self._offer_days(now)
        if self.way is Way.DAY and now.picked != old.picked:
            self._show_picked_day()
        self._show_open()

    def _show_open(self) -> None:
        empty = self._now.view is None or not self._now.view.slots
        for one in (self.tabs, self.filter, self.service):
            one.setVisible(not empty)
        self.day.setVisible(not empty and self.way is Way.DAY)
        if empty:
            self.empty.tell(self._now)
            self._stack.setCurrentWidget(self.empty)
            return
        view = self.view
        if view is not None:
            view.show_now(self._now)
        else:
            self.listing.show_now(self._now)
        self._stack.setCurrentWidget(self.surface)

    def _turned(self) -> None:
        if self.way is Way.DAY:
            self._show_picked_day()
        had_focus = self._stack_holder.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._show_open()
        self._line_up()
        if had_focus:
            self.focus_board()

    def _show_picked_day(self) -> None:
        """Open the day of what is selected, where something is."""
        week, picked = self._now.view, self._now.picked
        visit = self._now.visit(picked.visits[0]) if picked.visits else None
        slot = week.slots.get(visit.slot_id if visit is not None else picked.slot_id or "") if week else None
        if week is not None and slot is not None:
            self.day.setCurrentIndex(week.week.days.index(slot.day))

    def _filtered(self) -> None:
        service = self.service.currentData()
        self._bridge.want(Filter(text=self.filter.text(), service=service if isinstance(service, str) else ""))

    def _day_chosen(self) -> None:
        chosen = self.day.currentData()
        if chosen is not None:
            self.views[Way.DAY].show_day(chosen)

    def _offer_services(self, now: Now) -> None:
        names: dict[str, str] = {}
        if now.view is not None:
            for team in now.view.teams.values():
                names.setdefault(" ".join(team.service.casefold().split()), " ".join(team.service.split()))
        with QSignalBlocker(self.service):
            self.service.clear()
            self.service.addItem(translate("All services"), "")
            for key in sorted(names, key=lambda name: now.services.get(name, 0)):
                self.service.addItem(names[key], names[key])

    def _offer_days(self, now: Now) -> None:
        if now.view is None:
            return
        kept = self.views[Way.DAY].day
        with QSignalBlocker(self.day):
            self.day.clear()
            for one in now.view.week.days:
                self.day.addItem(short_day(one), one)
            self.day.setCurrentIndex(now.view.week.days.index(kept) if kept in now.view.week.days else 0)


class FilterLine(QLineEdit):
    """A filter: Esc empties it, Esc again, Enter and the arrow down lead to what it leaves."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _LEADS:
            event.accept()  # not the board's key of the same name
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in _LEADS:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Empty(Vacant):
    """What to do where there is nothing to show yet, with the buttons for it."""

    def lead_on(self, actions: list[QAction], add_slots: Callable[[], object]) -> None:
        """Put buttons for these actions below the words, and one to add slots."""
        for action in actions:
            self.offer_action(action)
        self.offer(translate("Add slots…"), add_slots)

    def tell(self, now: Now) -> None:
        """Say what is missing, and offer what helps: a week to begin, or slots to add to it."""
        self.words.setText(_empty_words(now))
        for button in self.buttons:
            action = button.defaultAction() if isinstance(button, QToolButton) else None
            if action is None:
                button.setVisible(now.view is not None)
            else:
                button.setVisible(now.view is None or action.objectName() == "import")


def _empty_words(now: Now) -> str:
    if now.view is None:
        return no_week_words()
    return translate("No team offers a slot this week yet. Add slots under Teams and slots, or import them.")
