"""A window without a screen that files are dropped on: what it says, whether it crashed, how long it stood still."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import TracebackType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget, QTableView, QWidget

from app.errors import Refused
from app.ui.app import places
from app.ui.bridge import Bridge
from app.ui.commands import files
from app.ui.settings import Settings
from app.ui.theme import Look
from app.ui.window import Window
from tests.faults.home import at_home

TICK = 0.01
"""Seconds between two looks at the clock while the window runs."""
LEAVING = frozenset({"quit", "sample"})
"""Actions that end a session, or open another file."""


class Watched:
    """A window that is driven from outside and watched. `errors` are those that nobody expected."""

    def __init__(self, folder: Path | None = None) -> None:
        self.app = QApplication.instance() or QApplication([])
        if not isinstance(self.app, QApplication):
            raise TypeError("a window needs a whole application")
        self.errors: list[str] = []
        self._gaps: list[float] = []
        self._at = _Moment()
        self._held = sys.excepthook
        sys.excepthook = self._caught
        settings = Settings(folder / "window.ini" if folder else None)
        self.window = Window(Bridge(), settings, Look(self.app, settings))
        self.window.show()
        self._timer = QTimer(self.window)
        self._timer.timeout.connect(self._tick)
        self._timer.start(round(TICK * 1000))

    def close(self) -> None:
        """End it."""
        self._timer.stop()
        self.shut()
        self.window.desk.jobs.stop_all()
        self.window.close()
        self.window.deleteLater()
        self.app.processEvents()
        sys.excepthook = self._held

    def open(self, path: Path) -> bool:
        """Open a database; whether it could be."""
        try:
            return files.open_path(self.window.desk, path)
        except Exception as error:  # noqa: BLE001 - a crash is what is looked for
            self._caught(type(error), error, error.__traceback__)
            return False
        finally:
            self.settle()

    def run(self, seconds: float) -> None:
        """Let the window run for so long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.app.processEvents()
            time.sleep(0.001)

    def settle(self, seconds: float = 0.05, most: float = 60.0) -> None:
        """Let the window run until nothing is under way and a moment has passed."""
        end = time.monotonic() + most
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.app.processEvents()
            time.sleep(0.001)
            if self.window.desk.jobs.busy:
                until = time.monotonic() + seconds
            if time.monotonic() > end:
                self.errors.append("still at work after a minute")
                return

    def drop(self, *paths: Path) -> str:
        """Drop files on the window, as the mouse does; all that is said then, in dialogs and in the status line."""
        self.window.say("")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        where, none, copies = QPointF(200, 200), Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        left = Qt.MouseButton.LeftButton
        self.app.sendEvent(self.window, QDragEnterEvent(where.toPoint(), copies, mime, left, none))
        self.app.sendEvent(self.window, QDropEvent(where, copies, mime, left, none))
        self.settle()
        return self.said()

    def dialogs(self) -> list[QDialog]:
        """The dialogs that stand open."""
        return [one for one in self.window.findChildren(QDialog) if one.isVisible()]

    def said(self) -> str:
        """The words of all dialogs that stand open, labels, lists and tables, and of the status line."""
        spoken = [text for dialog in self.dialogs() for text in _words(dialog)]
        return "\n".join([*spoken, self.window.status.message.text()])

    def shut(self) -> int:
        """Close every dialog; how many did not close."""
        for _ in range(5):
            for dialog in self.dialogs():
                dialog.reject()
            self.app.processEvents()
        return len(self.dialogs())

    def walk(self, wait: float = 0.02) -> None:
        """Go to every screen, and begin every action on the board, waiting so long for each."""
        for screen in self.window._screens:
            self.window.go(screen)
            self.run(0.05)
        for name, action in sorted(self.window.actions_table.by_id.items()):
            if name in LEAVING or not action.isEnabled():
                continue
            self.window.go("board")
            action.trigger()
            self.run(wait)
            self.shut()
        self.window.desk.jobs.stop_all()

    # Standing still

    def _tick(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:  # a menu of the right button waits until it is closed
            popup.close()
        now = _Moment()
        self._gaps.append(now.since(self._at))
        self._at = now

    def longest(self) -> float:
        """The longest that the window stood still since this was asked last, in seconds.

        What the computer gave to other programs meanwhile is taken off where it tells that: it is no fault.
        """
        self._tick()
        found = max(self._gaps)
        self._gaps.clear()
        return found

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Refused):
            files.tell_refusal(self.window.desk, error)
        else:
            self.errors.append(f"{places(error.with_traceback(trace))}: {error}"[:2000])


@contextmanager
def watched(folder: Path | None) -> Iterator[Watched]:
    """A window whose own folders are in that one, or, without one, where the app has them."""
    with at_home(folder / "own") if folder else nullcontext():
        made = Watched(folder)
        try:
            yield made
        finally:
            made.close()


class _Moment:
    """A moment by the clock, and how long this thread had waited by then for its turn on the processor."""

    def __init__(self) -> None:
        self.clock, self.waited = time.perf_counter(), _waited()

    def since(self, before: _Moment) -> float:
        return max(0.0, self.clock - before.clock - (self.waited - before.waited))


def _waited() -> float:
    """Seconds that this thread was ready and did not run; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text("ascii")
    except OSError:
        return 0.0
    return int(told.split()[1]) / 1e9


def _words(inside: QWidget) -> Iterator[str]:
    yield inside.windowTitle()
    for label in inside.findChildren(QLabel):
        if label.isVisible():
            yield label.text()
    for listed in inside.findChildren(QListWidget):
        yield from (listed.item(row).text() for row in range(listed.count()))
    for table in inside.findChildren(QTableView):
        model = table.model()
        for row in range(min(model.rowCount(), 200)):
            yield " | ".join(str(model.index(row, column).data()) for column in range(model.columnCount()))
