"""A window without a screen, for tests that press real keys and move a real mouse."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.models.plan import Plan
from app.ui.bridge import Bridge
from app.ui.settings import Settings
from app.ui.theme import Choice, Look
from app.ui.window import Window
from tests.ui.week import TODAY, a_board_week

Open = Callable[..., Window]


def awake(qtbot: QtBot, window: Window) -> Window:
    """The window with the focus in it, as after a click: there is no window manager to give it."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of nobody's."""
    made = Settings(tmp_path / "window.ini")
    made.keep("theme", Choice.LIGHT.value)
    return made


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, settings: Settings) -> Iterator[Open]:
    """Opens windows on plans or documents; model testers are fatal while they are open."""
    opened: list[Window] = []

    def opening(plan: Plan | Document | None = None) -> Window:
        bridge = Bridge(today=lambda: TODAY)
        window = Window(bridge, settings, Look(qapp, settings))
        fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
        for view in window.board.views.values():
            QAbstractItemModelTester(view.grid_model, fatal, window)
        for table in (window.board.listing, window.tray.table, window.problems.table, window.history.table):
            QAbstractItemModelTester(table.rows_model, fatal, window)
        opened.append(window)
        window.showNormal()
        window.resize(1600, 900)
        qtbot.waitExposed(window)
        if plan is not None:
            bridge.open(plan if isinstance(plan, Document) else Document.memory(plan))
            window.go("board")
            window.board.focus_board()
        return window

    yield opening
    for window in opened:
        window.close()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def window(open_window: Open) -> Window:
    """A window on the small week of `a_board_week`, in memory."""
    return open_window(a_board_week().plan())
