"""Dates and times to type in any form that people write, as in the lists.

Qt's own fields take what is typed apart at once: over 28/02/2027, `29/11/2026` becomes the 28th of November, and over
22:08, `16:45` becomes 22:45.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction

from app.exchange.planning import typed
from app.exchange.planning.cells import BadCellError
from app.models.view import minute, time_at
from app.text import translate
from app.ui.icons import icon
from app.ui.theme import Theme, roomy_inside
from app.words.dates import clock, day_year

_STEP = 15
"""Minutes that Up and Down go on."""
_DAY = 24 * 60


def _wrong(text: str, needed: str, not_one: str, *, like: str) -> str:
    return not_one.format(text=text.strip(), like=like) if text.strip() else needed


class DayField(QLineEdit):
    """A date. Without a year, or as a day's name, it is the nearest to these days."""

    def __init__(self, days: Sequence[dt.date], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days = days
        self.enter: Callable[[], object] | None = None
        """What Enter does, where it is not for the dialog."""
        roomy_inside(self)
        self.setPlaceholderText(translate("for example {day}").format(day=day_year(days[0])))
        action = QAction(icon("day", theme.color("text"), theme.color("disabled")), translate("Calendar"), self)
        action.setToolTip(translate("Choose from a calendar (Alt+Down)"))
        action.triggered.connect(self.open_calendar)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def day(self) -> dt.date | None:
        """The date; None where none can be read."""
        try:
            return typed.date(self.text(), self._days)
        except BadCellError:
            return None

    def show_day(self, day: dt.date) -> None:
        """Show a date, with room for it."""
        self.setText(day_year(day))
        widest = max(self.fontMetrics().horizontalAdvance(text) for text in (self.text(), self.placeholderText()))
        self.setMinimumWidth(widest + 4 * self.fontMetrics().height())

    def wrong(self) -> str:
        """What is wrong with the text, and how to mend it; blank where it is a date."""
        if self.day() is not None:
            return ""
        return _wrong(
            self.text(), translate("A date is needed."), translate("“{text}” is not a date; write it like {like}."),
            like=day_year(self._days[0]),
        )  # fmt: skip

    def open_calendar(self) -> None:
        """Show a calendar to choose from."""
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setGridVisible(True)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        day = self.day() or self._days[0]
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))

        def chosen(date: QDate) -> None:
            self.setText(day_year(cast(Any, date.toPython())))
            menu.close()
            self.setFocus()

        calendar.clicked.connect(chosen)
        calendar.activated.connect(chosen)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.enter is not None:
            self.enter()
            return
        super().keyPressEvent(event)


class TimeField(QLineEdit):
    """A time of day; Up and Down go a quarter of an hour on or back."""

    def __init__(self, time: dt.time, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(translate("for example {time}").format(time=clock(dt.time(9, 30))))
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("00:00") + 3 * self.fontMetrics().height())
        self.show_time(time)

    def time(self) -> dt.time | None:
        """The time; None where none can be read."""
        try:
            return typed.time(self.text())
        except BadCellError:
            return None

    def show_time(self, time: dt.time) -> None:
        """Show a time."""
        self.setText(clock(time))

    def wrong(self) -> str:
        """What is wrong with the text, and how to mend it; blank where it is a time."""
        if self.time() is not None:
            return ""
        return _wrong(
            self.text(), translate("A time is needed."),
            translate("“{text}” is not a time of day; write it like {like}."), like=clock(dt.time(9, 30)),
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        time = self.time()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and time is not None:
            step = _STEP if event.key() == Qt.Key.Key_Up else -_STEP
            self.show_time(time_at((minute(time) + step) % _DAY))
            self.selectAll()
            return
        super().keyPressEvent(event)
