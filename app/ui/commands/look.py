"""What is seen: screens, ways of looking, zoom, text size, theme, panels."""

from __future__ import annotations

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

from app.ui.deck.targets import Way
from app.ui.desk import Desk
from app.ui.theme import NORMAL, Choice

STEP = 10


def go_start(desk: Desk) -> None:
    """Show the Start screen."""
    desk.go("start")


def go_board(desk: Desk) -> None:
    """Show the week board."""
    desk.go("board")


def go_problems(desk: Desk) -> None:
    """Show the problems."""
    desk.go("problems")


def by_team(desk: Desk) -> None:
    """Look at the week by team."""
    _turn(desk, Way.TEAM)


def by_visitor(desk: Desk) -> None:
    """Look at the week by visitor."""
    _turn(desk, Way.VISITOR)


def by_day(desk: Desk) -> None:
    """Look at one day along its hours."""
    _turn(desk, Way.DAY)


def as_list(desk: Desk) -> None:
    """Look at the week as a list."""
    _turn(desk, Way.LIST)


def _turn(desk: Desk, way: Way) -> None:
    desk.go("board")
    desk.board.turn_to(way)
    desk.board.focus_board()


def zoom_in(desk: Desk) -> None:
    """Larger cards."""
    desk.board.zoom_by(1)


def zoom_out(desk: Desk) -> None:
    """Smaller cards."""
    desk.board.zoom_by(-1)


def zoom_normal(desk: Desk) -> None:
    """Cards as at first."""
    desk.board.zoom_by(0)


def fit_week(desk: Desk) -> None:
    """Fit the whole week to the width, or give cards room."""
    desk.board.fit_week(on=not desk.board.fits)


def fits(desk: Desk) -> bool:
    """Whether the week is fitted to the width."""
    return desk.board.fits


def larger_text(desk: Desk) -> None:
    """Larger text everywhere."""
    desk.look.resize(desk.look.percent + STEP)


def smaller_text(desk: Desk) -> None:
    """Smaller text everywhere."""
    desk.look.resize(desk.look.percent - STEP)


def normal_text(desk: Desk) -> None:
    """Text as large as the system's."""
    desk.look.resize(NORMAL)


def as_system(desk: Desk) -> None:
    """Colours as the system says."""
    desk.look.choose(Choice.SYSTEM)


def light(desk: Desk) -> None:
    """Light colours."""
    desk.look.choose(Choice.LIGHT)


def dark(desk: Desk) -> None:
    """Dark colours."""
    desk.look.choose(Choice.DARK)


def contrast(desk: Desk) -> None:
    """High contrast."""
    desk.look.choose(Choice.CONTRAST)


def is_system(desk: Desk) -> bool:
    """Whether colours follow the system."""
    return desk.look.choice is Choice.SYSTEM


def is_light(desk: Desk) -> bool:
    """Whether light colours are chosen."""
    return desk.look.choice is Choice.LIGHT


def is_dark(desk: Desk) -> bool:
    """Whether dark colours are chosen."""
    return desk.look.choice is Choice.DARK


def is_contrast(desk: Desk) -> bool:
    """Whether high contrast is chosen."""
    return desk.look.choice is Choice.CONTRAST


def details(desk: Desk) -> None:
    """Go to the details of what is selected; while something is being moved, Enter puts it down instead."""
    if desk.now.moving is not None:
        desk.mover.drop()
        return
    desk.show_panel("details")


def to_place(desk: Desk) -> None:
    """Go to what is to be placed."""
    desk.show_panel("tray")


def history(desk: Desk) -> None:
    """Go to the history."""
    desk.show_panel("history")


def next_pane(desk: Desk) -> None:
    """Give the next part of the window the focus."""
    desk.next_pane()


def reset_layout(desk: Desk) -> None:
    """Put panels and columns back as at first."""
    desk.reset_layout()


def focus_menu(_desk: Desk) -> None:
    """Open the menu of whatever has the focus, at the cell it stands on; not every system does so for Shift+F10."""
    widget = QApplication.focusWidget()
    if widget is None:
        return
    spot = widget.rect().center()
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        cell = widget.visualRect(widget.currentIndex()).intersected(widget.viewport().rect())
        spot = widget.viewport().mapTo(widget, cell.center())
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.postEvent(widget, QContextMenuEvent(reason, spot, widget.mapToGlobal(spot)))
