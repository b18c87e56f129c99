"""Work that lasts: run aside, and after half a second a small dialog that says so and has a Cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar

from app.text import translate
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.jobs import Job

PATIENCE = 500
"""Milliseconds before a wait is worth a dialog."""


def aside(
    desk: Desk,
    words: str,
    work: Callable[[Job], Any],
    *,
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> Job:
    """Run `work` aside. What comes after a Cancel is dropped; `work` should look at its job now and then."""
    held: dict[str, Dialog] = {}
    timer = QTimer(desk.window)
    timer.setSingleShot(True)

    def over() -> bool:
        """Take the dialog away; whether the result still counts."""
        timer.stop()
        timer.deleteLater()
        dialog = held.pop("dialog", None)
        if dialog is not None:
            dialog.blockSignals(True)  # closing it now is no Cancel
            dialog.close()
        return not job.cancelled()

    def finish(value: Any) -> None:
        if over():
            done(value)

    def fail(error: BaseException) -> None:
        if over():
            failed(error)

    job = desk.jobs.start(lambda one, _tell: work(one), done=finish, failed=fail)

    def cancelled() -> None:
        held.clear()  # it closes, and is gone before the work hears of it
        _cancel(desk, job)

    def show() -> None:
        dialog = Dialog(desk.window, translate("Please wait"), words, width=360)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(words)
        dialog.body.addWidget(bar)
        dialog.cancel_button(translate("&Cancel"))
        dialog.rejected.connect(cancelled)
        held["dialog"] = dialog
        dialog.open()

    timer.timeout.connect(show)
    timer.start(PATIENCE)
    return job


def _cancel(desk: Desk, job: Job) -> None:
    job.cancel()
    desk.say(translate("Cancelled; nothing was changed."))
