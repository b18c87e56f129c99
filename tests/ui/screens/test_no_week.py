"""Without a week every screen says what to do, and has the button for it under the first key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.document.visits import pin
from app.ui.screens.start import lead_to
from app.ui.window import Window
from tests.builders import a_week
from tests.ui.conftest import Open, awake
from tests.ui.week import a_board_week

EMPTY = [
    ("board", ""),
    ("problems", ""),
    ("chase", ""),
    ("publish", ""),
    ("settings", ""),
    *(("visitors", tab) for tab in ("visitors", "times", "availability", "wishes", "past", "visits", "load")),
    *(("teams", tab) for tab in ("sites", "travel", "roads", "teams", "slots", "coverage")),
]


@pytest.mark.parametrize(("screen", "tab"), EMPTY)
def test_a_screen_without_a_week_offers_one(qtbot: QtBot, open_window: Open, screen: str, tab: str) -> None:
    window = awake(qtbot, open_window())
    window.enter(screen)
    page = window.stack.currentWidget()
    if tab:
        lead_to(window.desk, screen, tab)
    assert page is not None
    offered = [one.text() for one in page.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
    assert "New week" in "".join(offered), offered
    assert not any(one.isVisible() for one in page.findChildren(QTableView))
    held = QApplication.focusWidget()
    assert isinstance(held, QAbstractButton)
    assert held.text().startswith("New week")


def test_the_offer_gives_way_to_the_week(qtbot: QtBot, open_window: Open) -> None:
    window = awake(qtbot, open_window())
    window.enter("chase")
    page = window.stack.currentWidget()
    assert page is not None
    other = open_window(a_board_week().plan())
    document = other.desk.bridge.document
    assert document is not None
    window.desk.bridge.open(document)
    window.enter("chase")
    words = [one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()]
    assert not any(text.startswith("New week") for text in words)


@pytest.mark.parametrize(
    ("screen", "tab", "begins"),
    [
        ("visitors", "visitors", "Add visitor"),
        ("visitors", "times", "Add visitor"),
        ("visitors", "load", "Add visitor"),
        ("teams", "sites", "Add site"),
        ("teams", "travel", "Add site"),
        ("teams", "teams", "Add team"),
        ("teams", "coverage", "Add team"),
    ],
)
def test_where_a_new_week_holds_nothing_the_first_key_adds(
    qtbot: QtBot, open_window: Open, screen: str, tab: str, begins: str
) -> None:
    window = awake(qtbot, open_window(a_week().plan()))
    lead_to(window.desk, screen, tab)
    QApplication.processEvents()
    held = QApplication.focusWidget()
    assert isinstance(held, QAbstractButton)
    QTest.keyClick(held, Qt.Key.Key_Space)
    form = QApplication.activeModalWidget()
    assert form is not None
    assert form.windowTitle() == begins


def test_lists_below_the_board_say_what_will_stand_in_them(open_window: Open) -> None:
    window = open_window(a_week().plan())
    for table in (window.tray.table, window.history.table):
        assert table.accessibleDescription().endswith("free.") or "once it is made" in table.accessibleDescription()
    full = open_window(a_board_week().plan())
    assert full.tray.table.rows_model.lines
    assert full.tray.table.accessibleDescription() == ""


def test_another_database_is_not_told_of_in_the_words_of_the_one_before(window: Window) -> None:
    week = window.desk.now.view
    assert week is not None
    window.show_panel("history")
    window.desk.bridge.do(pin(window.desk.now.plan, week.counted[0].id))
    assert window.status.message.text()
    assert window.history.table.rows_model.lines
    window.desk.bridge.open(Document.memory(a_week().plan()))
    assert window.status.message.text() == ""
    assert not window.history.table.rows_model.lines
