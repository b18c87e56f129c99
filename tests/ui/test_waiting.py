"""Work that lasts says so, and a Cancel is the end of it."""

from __future__ import annotations

import threading

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.dialogs.base import Dialog
from app.ui.dialogs.progress import aside
from app.ui.window import Window


def test_what_was_cancelled_ends_quietly_once_its_dialog_is_gone(qtbot: QtBot, window: Window) -> None:
    held = threading.Event()
    came: list[object] = []
    desk = window.desk
    aside(desk, "Reading…", lambda _job: held.wait(20), done=came.append, failed=came.append)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(Dialog)))
    [waiting] = [one for one in window.findChildren(Dialog) if one.isVisible()]
    [cancel] = waiting.findChildren(QPushButton)
    cancel.click()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert window.status.message.text() == "Cancelled; nothing was changed."
    held.set()
    qtbot.waitUntil(lambda: not desk.jobs.busy)  # an error that nobody caught would fail this test
    assert came == []
