"""The window on a screen of a chosen size, and how a scene moves it and waits for it."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QMenu,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from app.document.document import Document
from app.models.plan import Plan
from app.models.view import WeekView
from app.models.visits import Visit
from app.ui.bridge import Bridge, Picked
from app.ui.desk import Desk
from app.ui.settings import Settings
from app.ui.theme import Look
from app.ui.window import Window

TITLE_BAR = 24
"""Pixels that a desktop's own title bar takes off a full screen."""
LONG = 60.0
"""Seconds that a scene waits at most."""

Kind = TypeVar("Kind", bound=QDialog)
Sight = tuple[str, QWidget]
"""A picture within a scene: its name, and what of the window it shows."""
Scene = Callable[["Stage"], Iterator[Sight]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """What a window is looked at in."""

    week: str
    theme: str
    size: tuple[int, int]
    percent: int

    @property
    def name(self) -> str:
        """`reference-light-1366x768-200`."""
        return f"{self.week}-{self.theme}-{self.size[0]}x{self.size[1]}-{self.percent}"


class Stage:
    """A window on a week, or on nothing, that is put back as it was after every scene."""

    def __init__(self, chosen: Set, kept: Path, folder: Path) -> None:
        """`kept` is the database to begin from; it is left alone. `folder` is a place for what is written."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.app, self.set, self.folder = app, chosen, folder
        self._path, self._kept = folder / "week.pweek", kept
        settings = Settings(folder / "window.ini")
        settings.keep("theme", chosen.theme)
        settings.keep("text-size", chosen.percent)
        self.bridge = Bridge(today=lambda: self.today)
        self.today = dt.date(2027, 3, 1)
        self.window = Window(self.bridge, settings, Look(app, settings))
        self.window.showNormal()
        self.window.setGeometry(0, TITLE_BAR, chosen.size[0], chosen.size[1] - TITLE_BAR)
        self.window.activateWindow()
        self._plan: Plan | None = None
        self.settle()

    # What there is

    @property
    def desk(self) -> Desk:
        """The window's desk."""
        return self.window.desk

    @property
    def week(self) -> WeekView:
        """The week that is shown."""
        week = self.bridge.now.view
        assert week is not None
        return week

    @property
    def visit(self) -> Visit:
        """A visit in the middle of the week."""
        visits = sorted(self.week.counted, key=lambda one: (self.week.slots[one.slot_id].day, one.id))
        return visits[len(visits) // 2]

    def page(self) -> QWidget:
        """The screen that is shown."""
        page = self.window.stack.currentWidget()
        assert page is not None
        return page

    # Moving it

    def settle(self) -> None:
        """Let everything that waits happen."""
        for _ in range(4):
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, QDeadlineTimer(20))
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait(self, until: Callable[[], object], what: str = "it") -> None:
        """Wait until that is so."""
        end = time.monotonic() + LONG
        while not until():
            assert time.monotonic() < end, f"waited too long for {what}"
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, QDeadlineTimer(20))
            time.sleep(0.002)
        self.settle()

    def open(self, plan: Plan | None) -> None:
        """Show a plan, in memory; None shows nothing."""
        self._plan = None
        self.bridge.open(None if plan is None else Document.memory(plan))
        self.settle()

    def enter(self, screen: str) -> QWidget:
        """Show a screen."""
        self.window.enter(screen)
        self.settle()
        return self.page()

    def pick(self, **what: object) -> None:
        """Select something on the board."""
        self.bridge.pick(Picked(**what))  # type: ignore[arg-type]  # its own fields
        self.settle()

    def pick_visit(self) -> Visit:
        """Select a visit on the board."""
        self.enter("board")
        visit = self.visit
        self.pick(visits=(visit.id,))
        return visit

    def trigger(self, action: str) -> None:
        """Choose a menu's entry."""
        assert self.desk.action(action).isEnabled(), f"{action} cannot be done"
        self.desk.action(action).trigger()
        self.settle()

    def dialogs(self) -> list[QDialog]:
        """The dialogs in sight, the newest last."""
        return [one for one in self.app.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]

    def dialog(self) -> QDialog:
        """The dialog in front, once it is there."""
        return self.shown(QDialog)

    def shown(self, kind: type[Kind]) -> Kind:
        """The dialog of that kind, once it is there."""
        self.wait(lambda: any(isinstance(one, kind) for one in self.dialogs()), kind.__name__)
        found = [one for one in self.dialogs() if isinstance(one, kind)]
        active = self.app.activeModalWidget()
        return active if isinstance(active, kind) else found[-1]

    def click(self, inside: QWidget, words: str) -> None:
        """Press the button with these words."""
        found = [
            one for one in inside.findChildren(QPushButton)
            if one.isVisible() and words in one.text().replace("&", "")
        ]  # fmt: skip
        assert found, f"no button {words}"
        assert found[0].isEnabled(), f"{words} cannot be pressed"
        found[0].click()
        self.settle()

    # Looking at more than fits

    def tabs(self, inside: QWidget, name: str, top: QWidget) -> Iterator[Sight]:
        """Each tab of what is inside."""
        for tabs in inside.findChildren(QTabWidget):
            for number in range(1, tabs.count()) if tabs.isVisible() else ():
                tabs.setCurrentIndex(number)
                self.settle()
                yield f"{name} tab {number + 1}", top
            tabs.setCurrentIndex(0)

    def down(self, name: str, inside: QWidget, top: QWidget) -> Iterator[Sight]:
        """The rest of a page that scrolls, a height at a time."""
        areas = [one for one in (inside, *inside.findChildren(QAbstractScrollArea)) if isinstance(one, QScrollArea)]
        for area in areas:
            bar, number = area.verticalScrollBar(), 1
            at = 0
            while area.isVisible() and at < bar.maximum():
                at, number = min(at + bar.pageStep(), bar.maximum()), number + 1
                bar.setValue(at)  # whatever walked along the controls meanwhile may have scrolled it
                self.settle()
                yield f"{name} down {number}", top
            bar.setValue(0)

    # Between scenes

    def begin(self) -> None:
        """Everything as it was: the week from its file, no dialog, no selection."""
        self.end()
        document = self.bridge.document
        if document is None or self._plan is None or document.plan is not self._plan:
            self.bridge.open(None)
            shutil.copy(self._kept, self._path)
            self.bridge.open(Document.open(self._path))
            self._plan = self.bridge.now.plan
            self.today = self.week.week.first_day - dt.timedelta(weeks=3)
        self.window.activateWindow()
        self.pick()

    def end(self) -> None:
        """Close what a scene opened."""
        self.desk.mover.cancel()
        for one in self.app.topLevelWidgets():
            if isinstance(one, QMenu) and one.isVisible():
                one.close()
        for _ in range(8):
            opened = self.dialogs()
            for dialog in reversed(opened):
                dialog.reject()
            self.settle()
            if not opened:
                break
        self.desk.jobs.stop_all()
        self.settle()
