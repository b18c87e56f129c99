"""A desk with just what lists need: a window to open dialogs in, a bridge, settings, a look."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.document.document import Document
from app.models.plan import Plan
from app.ui.bridge import Bridge
from app.ui.desk import Desk
from app.ui.jobs import Jobs
from app.ui.settings import Settings
from app.ui.theme import Look


class FakeDesk:
    """What a desk offers, without the week board."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.window = QMainWindow()
        self.bridge = Bridge()
        self.settings = Settings(folder / "window.ini")
        self.look = Look(app, self.settings)
        self.jobs = Jobs()
        self.said: list[str] = []
        self.gone: list[str] = []

    @property
    def now(self) -> object:
        return self.bridge.now

    def say(self, text: str) -> None:
        self.said.append(text)

    def action(self, name: str) -> QAction:
        return QAction(name, self.window)

    def go(self, screen: str) -> None:
        self.gone.append(screen)

    def open(self, plan: Plan) -> None:
        self.bridge.open(Document.memory(plan))

    @property
    def plan(self) -> Plan:
        return self.bridge.now.plan

    @property
    def desk(self) -> Desk:
        return cast(Desk, self)


@pytest.fixture
def fake_desk(qapp: QApplication, tmp_path: Path) -> Iterator[FakeDesk]:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    made = FakeDesk(qapp, tmp_path)
    yield made
    made.jobs.stop_all()
    made.bridge.open(None)
    made.window.deleteLater()
