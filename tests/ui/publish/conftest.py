"""A window on a small week in a file, with a clock that stands still where it is asked."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.models.change import Verb
from app.models.plan import Plan
from app.ui.bridge import Bridge
from app.ui.dialogs.base import Dialog
from app.ui.publish.dialog import DONE, SAVE, WORKING, PublishDialog
from app.ui.publish.screen import PublishScreen
from app.ui.settings import Settings
from app.ui.theme import Choice, Look
from app.ui.window import Window
from tests.builders import Builder, a_week

TODAY = dt.date(2027, 3, 1)
CONTROL = Qt.KeyboardModifier.ControlModifier
LONG = 60_000
"""Milliseconds to wait at most for files on a machine that is busy."""


def a_small_week() -> Builder:
    """Two visits of two people at two teams, a free slot for each, and a protected home."""
    return (
        a_week()
        .site("Rose Cottage", address="4 Hidden Lane, Testford", postcode="ZZ9 9ZZ", protected=True, alias="Home A")
        .team("Duty", host="Jo", host_email="jo@team.example", host_phone="01632 960001")
        .team("Court", host="Kim", host_email="kim@team.example")
        .team("Residential", "Children's homes", site="Rose Cottage", host="Lee", host_email="lee@team.example")
        .slot("s1", "Duty", 0, "09:30", "11:00")
        .slot("s2", "Court", 1, "09:30", "11:00")
        .slot("s3", "Duty", 2, "13:00", "14:00")
        .slot("h1", "Residential", 3, "13:00", "14:00")
        .visitor("Ann Lee", email="ann@council.example")
        .visitor("Bo Khan", email="bo@council.example")
        .visit("Ann Lee", "s1")
        .visit("Bo Khan", "s2")
    )


class Hand:
    """Somebody at the window, with mouse and keys."""

    def __init__(self, qtbot: QtBot, window: Window, folder: Path) -> None:
        self.qtbot, self.window, self.folder = qtbot, window, folder

    @property
    def plan(self) -> Plan:
        return self.window.desk.now.plan

    @property
    def week_id(self) -> str:
        week = self.window.desk.now.view
        assert week is not None
        return week.week.id

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        focus = QApplication.focusWidget() or self.window
        QTest.keyClick(focus, key, held)

    def shortcut(self, key: Qt.Key) -> None:
        """Ctrl and a key, in the window."""
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)
        QTest.keyClick(self.window, key, CONTROL)

    def click(self, button: QWidget) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, dialog: Dialog, words: str) -> None:
        """Click the button with these words."""
        [button] = [
            one for one in dialog.findChildren(QPushButton)
            if one.isVisible() and words in one.text().replace("&", "")
        ]  # fmt: skip
        self.click(button)

    def dialog(self, kind: type[Dialog]) -> Dialog:
        """The dialog of that kind, once it is there."""

        def shown() -> list[Dialog]:
            return [one for one in self.window.findChildren(kind) if one.isVisible()]

        self.qtbot.waitUntil(lambda: bool(shown()), timeout=LONG)
        [found] = shown()
        return found

    def screen(self) -> PublishScreen:
        """The screen, reached by its key."""
        self.shortcut(Qt.Key.Key_6)
        [screen] = self.window.findChildren(PublishScreen)
        assert screen.isVisible()
        return screen

    def publishing(self) -> PublishDialog:
        """The publish dialog with its check done."""
        self.window.desk.action("publish").trigger()
        dialog = self.dialog(PublishDialog)
        assert isinstance(dialog, PublishDialog)
        self.qtbot.waitUntil(lambda: dialog.pages.currentIndex() != WORKING, timeout=LONG)
        return dialog

    def publish(self, name: str) -> Path:
        """Publish by keys alone into a new folder of that name."""
        dialog = self.publishing()
        for _ in range(3):
            QTest.keyClick(dialog.next, Qt.Key.Key_Space)
        assert dialog.pages.currentIndex() == SAVE
        out = self.folder / name
        dialog.save.folder.selectAll()
        QTest.keyClicks(dialog.save.folder, str(out))
        QTest.keyClick(dialog.save.folder, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: dialog.pages.currentIndex() == DONE, timeout=LONG)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return out

    def put(self, *entities: object) -> None:
        """Change these entities through the door."""
        self.window.desk.bridge.do(self.plan.edit(Verb.CHANGE, put=entities))  # type: ignore[arg-type]  # entities


@pytest.fixture
def hand(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    settings = Settings(tmp_path / "window.ini")
    settings.keep("theme", Choice.LIGHT.value)
    document = Document.open(tmp_path / "week.pweek", create=True)
    document.do(Plan().edit(Verb.IMPORT, put=a_small_week().entities.values()))
    window = Window(Bridge(today=lambda: TODAY), settings, Look(qapp, settings))
    window.resize(1366, 768)
    window.show()
    window.desk.bridge.open(document)
    qtbot.waitExposed(window)
    yield Hand(qtbot, window, tmp_path)
    window.close()
    window.deleteLater()
    qapp.processEvents()
