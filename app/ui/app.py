"""Starts the window: on the database named, else the default one, else Start; one hook for unexpected errors."""

from __future__ import annotations

import datetime as dt
import gc
import logging
import os
import socket
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from app.document import opening  # noqa: F401 - before Qt, which looks into the source of all that is imported later
from app.exchange.strangers import give_up, look_ahead
from app.store.places import default_database, own_folder

if TYPE_CHECKING:
    from app.exchange.strangers import Ahead

_log = logging.getLogger("app.window")

WARM_AFTER = 2_000
"""Milliseconds after its start that a window has a matcher made ready: when nobody waits for the window any more."""


def display_available() -> bool:
    """Whether a window can be opened here: a display that answers, and Qt's own parts for it."""
    wanted = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if sys.platform in ("win32", "darwin") or wanted in ("offscreen", "minimal", "vnc"):
        return True
    if os.environ.get("WAYLAND_DISPLAY") and wanted != "xcb":
        return True
    return _x_server_answers(os.environ.get("DISPLAY", "")) and _loads("libqxcb.so")


def _x_server_answers(name: str) -> bool:
    """Whether somebody listens at that X display; one on another computer is believed."""
    if not name.startswith((":", "unix:")):
        return bool(name)
    number = name.partition(":")[2].partition(".")[0]
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    for address in (path, f"\0{path}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as tried:
            tried.settimeout(1)
            try:
                tried.connect(address)
            except OSError:
                continue
            return True
    return False


def _loads(plugin: str) -> bool:
    """Whether Qt's part for the display can be loaded: a library that is missing would end the program at once."""
    import ctypes

    from PySide6.QtCore import QLibraryInfo

    path = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms" / plugin
    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        _log.warning("the display cannot be used: %s", type(error).__name__)
        return False
    return True


def run(database: Path | None, *, sample: bool = False, ahead: Ahead | None = None) -> int:
    """Open the window and stay until it is closed; the exit code. `ahead` looks at the file that will be opened."""
    wanted = None if sample else database or default_database()
    if ahead is None and wanted is not None and wanted.exists():
        ahead = look_ahead(wanted)

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.text import translate
    from app.ui.bridge import Bridge
    from app.ui.commands import files
    from app.ui.settings import Settings
    from app.ui.theme import Look
    from app.ui.window import Window

    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a window needs a whole application")
    app.setApplicationName("practice-week")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("practice-week")
    settings = Settings()
    look = Look(app, settings)
    opens = wanted is None or database is not None or wanted.exists()
    window = Window(Bridge(), settings, look, first="board" if opens else "start")
    catch_errors(window)
    _start_log()
    window.setAccessibleName(translate("Practice Week"))
    window.show()

    def begin() -> None:
        if wanted is None:
            files.open_sample(window.desk)
        elif opens:
            files.open_path(window.desk, wanted, create=not wanted.exists(), ahead=ahead)
        if window.desk.now.view is None:
            window.go("start")
        gc.freeze()  # what stands now stays to the end
        gc.enable()

    def warm() -> None:
        """The first match should not wait for a process to wake."""
        from app.engine.process import keep_warm

        threading.Thread(target=keep_warm, args=(1,), daemon=True).start()

    QTimer.singleShot(WARM_AFTER, warm)
    QTimer.singleShot(0, begin)  # inside the event loop, where an error is told and does not end the program
    try:
        return app.exec()
    finally:
        give_up(ahead)


def _start_log() -> None:
    """Keep a log of unexpected errors in the data folder. It holds places in the code, never names or texts."""
    try:
        own_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            own_folder() / "practice-week.log", maxBytes=500_000, backupCount=2, encoding="utf-8"
        )
    except OSError:
        return  # a log that cannot be written must not keep the window from opening
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("app").addHandler(handler)


def places(error: BaseException) -> str:
    """Where an error came from: kinds and places in the code alone, for messages may hold names."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return f"{type(error).__name__} at {' < '.join(reversed(lines))}"


def catch_errors(window: object) -> None:
    """Send every error that nobody expected to the log and to the person, with the work intact."""
    from app.errors import Refused
    from app.text import translate
    from app.ui.commands import files
    from app.ui.dialogs.base import message
    from app.ui.dialogs.report import ReportDialog, report_text
    from app.ui.window import Window

    if not isinstance(window, Window):
        raise TypeError("errors are told in a window")

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        if isinstance(error, Refused):
            files.tell_refusal(window.desk, error)
            return
        _log.error("%s", places(error.with_traceback(trace)))
        told = message(
            window,
            translate("Something went wrong"),
            translate("Something went wrong that was not foreseen. Your work is saved; you can carry on."),
            (
                translate(
                    "What you did last may not have been done. If it happens again, close the window and open it anew."
                ),
                translate("Details for support, without any names, are in {path}.").format(
                    path=str(own_folder() / "practice-week.log")
                ),
            ),
        )
        text = report_text(places(error), at=dt.datetime.now(dt.UTC))
        told.button(translate("&Read the report…"), lambda: ReportDialog(window, text).open(), closes=False)

    sys.excepthook = caught
