"""Looks after the open file by the clock: backups that are due, a file that is gone, weeks kept long enough."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.document.document import Document
from app.errors import Refused
from app.ui.bridge import Now
from app.ui.commands import files, keeping, protecting, sharing
from app.ui.desk import Desk
from app.words.refusals import sentence

EVERY_MS = 60_000
"""How often it looks, in milliseconds. What is due is reckoned from the clock and the file, so sleep misses nothing."""


class Keeper(QObject):
    """One for each window. Tells each trouble once, not every minute."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        desk.refused_open = partial(keeping.open_refused, desk)
        desk.told_of_sharing = partial(sharing.told_of_sharing, desk)
        desk.trouble = partial(keeping.trouble, desk)
        self._document: Document | None = None
        self._told = ""
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        desk.bridge.shown.connect(self._follow)

    def _follow(self, _now: Now) -> None:
        document = self._desk.bridge.document
        if document is self._document:
            return
        self._document, self._told = document, ""
        if document is not None and document.path is not None:
            QTimer.singleShot(0, self, self._ask)

    def _ask(self) -> None:
        if self._document is not None and self._document is self._desk.bridge.document:
            protecting.ask_of_overdue(self._desk)

    def look(self) -> None:
        """What is done every minute."""
        document = self._desk.bridge.document
        if document is None or document.read_only:
            return
        try:
            document.still_there()
            document.backup_if_due()  # in silence: what was done last stays in the status bar, with Undo
        except Refused as refused:
            if refused.code != self._told:
                self._told = refused.code
                self._tell(refused)
            return
        self._told = ""

    def _tell(self, refused: Refused) -> None:
        if refused.code in files.LOST:
            keeping.trouble(self._desk, refused)
        else:  # the file itself is well: a line is enough
            self._desk.say(sentence(refused))
