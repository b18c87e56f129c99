"""Ctrl+F, Enter and Ctrl+Tab as somebody presses them who has read nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models.places import Team
from app.ui.lists.panel import ListPanel
from app.ui.screens.finder import Finder
from app.ui.screens.lists import Tabs, VisitorsPanel
from app.ui.window import Window
from tests.builders import a_week
from tests.ui.conftest import Open, awake
from tests.ui.lists.test_columns import full_week

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, open_window: Open) -> Window:
    return awake(qtbot, open_window(full_week().plan()))


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def tabs(window: Window, screen: str) -> Tabs:
    window.enter(screen)
    page = window.stack.currentWidget()
    assert isinstance(page, Tabs)
    return page


def test_ctrl_f_filters_and_pressed_again_finds_anything_by_what_was_typed(qtbot: QtBot, window: Window) -> None:
    page = tabs(window, "visitors").currentWidget()
    assert isinstance(page, VisitorsPanel)
    qtbot.keyClick(focus(), Qt.Key.Key_F, CTRL)
    assert focus() is page.list.filter
    qtbot.keyClicks(focus(), "tut")
    qtbot.keyClick(focus(), Qt.Key.Key_F, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Finder)
    assert dialog.line.text() == "tut"
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    teams = tabs(window, "teams").currentWidget()
    assert isinstance(teams, ListPanel)
    assert teams.view.rows()[0].part(Team).name == "Tutors"


def test_ctrl_f_finds_anything_where_nothing_can_be_filtered(qtbot: QtBot, window: Window) -> None:
    window.enter("start")
    qtbot.keyClick(focus(), Qt.Key.Key_F, CTRL)
    assert isinstance(QApplication.activeModalWidget(), Finder)


def test_ctrl_f_goes_to_the_filter_of_the_screen_from_the_list_of_screens(qtbot: QtBot, window: Window) -> None:
    panel = tabs(window, "teams").currentWidget()
    assert isinstance(panel, ListPanel)
    window.navigation.setFocus()
    qtbot.keyClick(focus(), Qt.Key.Key_F, CTRL)
    assert focus() is panel.filter


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, open_window: Open) -> None:
    window = awake(qtbot, open_window(a_week().plan()))
    window.enter("start")
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert isinstance(window.stack.currentWidget(), Tabs)


def test_the_next_tab_gives_its_list_the_focus(qtbot: QtBot, window: Window) -> None:
    page = tabs(window, "teams")
    qtbot.keyClick(focus(), Qt.Key.Key_Tab, CTRL)
    panel = page.currentWidget()
    assert isinstance(panel, ListPanel)
    assert page.ids[page.currentIndex()] == "travel"
    assert focus() is panel.view


def test_insert_adds_the_first_row_of_an_empty_list(qtbot: QtBot, open_window: Open) -> None:
    window = awake(qtbot, open_window(a_week().plan()))
    tabs(window, "teams")
    qtbot.keyClick(focus(), Qt.Key.Key_Insert)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.windowTitle() == "Add site"


def test_a_filter_that_leaves_nothing_says_so_and_is_taken_away(qtbot: QtBot, window: Window) -> None:
    panel = tabs(window, "teams").currentWidget()
    assert isinstance(panel, ListPanel)
    panel.filter.setFocus()
    qtbot.keyClicks(panel.filter, "zzz")
    assert "No row holds “zzz”" in panel.empty.words.text()
    qtbot.mouseClick(panel._unfilter, Qt.MouseButton.LeftButton)
    assert panel.view.isVisible()
    assert panel.view.list_model.rowCount() == 2
