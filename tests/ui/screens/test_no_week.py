"""Without a week every screen says what to do, and has the button for it under the first key."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView
from pytestqt.qtbot import QtBot

from app.ui.screens.start import lead_to
from tests.ui.conftest import Open, awake
from tests.ui.week import a_board_week

EMPTY = [
    ("board", ""),
    ("problems", ""),
    ("chase", ""),
    ("settings", ""),
    ("visitors", "times"),
    ("visitors", "load"),
    ("teams", "coverage"),
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
