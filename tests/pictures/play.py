"""Plays the scenes on a stage: takes each picture, looks it over, and tells which dialogs no scene shows."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

import app.ui
from app.ui.dialogs.base import Dialog
from tests.pictures import files, lists, planning, publishing, replying, screens  # noqa: F401 - they fill the list
from tests.pictures.acts import ACTS, Act
from tests.pictures.audit import Finding, look_over
from tests.pictures.stage import TITLE_BAR, Stage
from tests.ui.access import caught, shared_letters, unnamed

_SAID: list[str] = []
"""Errors that nobody caught, and what Qt complains of."""


def hear() -> None:
    """Keep from now on what would only be printed."""

    def qt(_kind: QtMsgType, _where: QMessageLogContext, said: str) -> None:
        if not said.startswith("This plugin does not support"):  # as a screen without a display does not
            _SAID.append(said)

    def python(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        _SAID.append(repr(error))

    logging.getLogger("app").addHandler(logging.NullHandler())
    qInstallMessageHandler(qt)
    sys.excepthook = python


class Player:
    """Plays every scene, or those that are asked for."""

    def __init__(self, stage: Stage, out: Path | None, only: tuple[str, ...] = ()) -> None:
        self.stage, self._out, self._only = stage, out, only
        self.bad = 0
        self.seen: set[type[QWidget]] = set()
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)

    def play(self) -> Iterator[tuple[str, Finding]]:
        """Every picture with what is wrong with it."""
        for act in ACTS:
            for picture, finding in self._scene(act):
                self.bad += finding.lost
                yield picture, finding
        if not self._only:
            for kind in sorted(dialogs() - self.seen, key=lambda one: one.__name__):
                self.bad += 1
                yield kind.__name__, Finding("no picture", "no scene shows this dialog")

    def _wanted(self, act: Act, name: str) -> bool:
        return not self._only or any(part in f"{act.name} {name}" for part in self._only)

    def _scene(self, act: Act) -> Iterator[tuple[str, Finding]]:
        if self._only and not any(part.startswith(act.name) or part in act.name for part in self._only):
            return
        known: set[Finding] = set()
        try:
            for picture, finding in self._sights(act):
                if finding not in known:
                    known.add(finding)
                    yield picture, finding
        except Exception as error:  # noqa: BLE001 - whatever breaks a scene is told, and the next one is played
            yield act.name, Finding("it broke off", repr(error))
        for said in _SAID:
            yield act.name, Finding("it was said", said)
        _SAID.clear()
        self.stage.end()

    def _sights(self, act: Act) -> Iterator[tuple[str, Finding]]:
        self.stage.begin()
        for name, top in act.play(self.stage):
            self.stage.settle()
            self.seen.update(type(one) for one in self.stage.dialogs())
            if self._wanted(act, name):
                if self._out is not None:
                    self._save(f"{act.name} {name}", top)
                for finding in self._look_over(top):
                    yield f"{act.name} {name}", finding

    def _look_over(self, top: QWidget) -> Iterator[Finding]:
        if self.stage.app.focusWindow() is None:  # as where a control is shown before it has its place in the window
            yield Finding("the focus left the window", "something stood on the desktop for a moment")
        yield from look_over(top, QSize(*self.stage.set.size))
        menus = self.stage.window.menuBar().actions() if top is self.stage.window else ()
        for one in unnamed(top) if not isinstance(top, QMenu) else ():
            yield Finding("no name", one)
        for letter in shared_letters(top, *(menu.text() for menu in menus)):
            yield Finding("letter used twice", letter)
        if (where := "" if isinstance(top, QMenu | QFileDialog) else caught(top)) != "":
            yield Finding("no way round by Tab", where)

    def _save(self, name: str, top: QWidget) -> None:
        """The window with what stands over it, each dialog under a title bar."""
        screen = QPixmap(*self.stage.set.size)
        screen.fill("#777777")
        painter = QPainter(screen)
        painter.drawPixmap(0, TITLE_BAR, self.stage.window.grab())
        over: list[QWidget] = sorted(self.stage.dialogs(), key=lambda one: one is top)
        for one in [*over, *([top] if isinstance(top, QMenu) else [])]:
            across, down = max(0, (screen.width() - one.width()) // 2), max(0, (screen.height() - one.height()) // 2)
            bar = 0 if isinstance(one, QMenu) else TITLE_BAR
            painter.fillRect(across - 1, down - bar, one.width() + 2, one.height() + bar + 1, "#444444")
            painter.setPen("#ffffff")
            painter.drawText(across + 6, down - 7, one.windowTitle())
            painter.drawPixmap(across, down, one.grab())
        painter.end()
        plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
        assert self._out is not None
        screen.save(str(self._out / f"{self.stage.set.name}-{plain}.png"))


def dialogs() -> set[type[QWidget]]:
    """Every kind of dialog that the window has."""
    for module in pkgutil.walk_packages(app.ui.__path__, "app.ui."):
        importlib.import_module(module.name)
    found: set[type[QWidget]] = set()
    waiting: list[type[Dialog]] = [Dialog]
    while waiting:
        kind = waiting.pop()
        if kind.__module__.startswith("app."):
            found.add(kind)
        waiting += kind.__subclasses__()
    return found
