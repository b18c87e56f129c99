"""Writing a folder aside: how far it is, a way to stop it, and nothing half-written where it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.errors import Refused
from app.models.progress import Step, Watch
from app.text import translate
from app.ui.dialogs.base import Dialog, message
from app.ui.dialogs.progress import PATIENCE
from app.ui.jobs import Job, Jobs
from app.ui.plain import label
from app.ui.theme import GRID
from app.words.progress import step_text
from app.words.refusals import sentence

Tell = Callable[[Any], None]
_TOLD_EVERY = 25


def watch(job: Job, tell: Tell) -> Watch:
    """Tells some of the steps, enough to see it go on; stops the work with Refused("stopped") once it is cancelled."""

    def hear(step: Step) -> None:
        if job.cancelled():
            raise Refused("stopped")
        if step.done % _TOLD_EVERY == 0:
            tell(step)

    return hear


class Progress(QWidget):
    """How far some work is: seconds while that cannot be said, then how many files of how many."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label(wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(translate("How far it is"))
        self.bar.setRange(0, 1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self.words)
        inside.addWidget(self.bar)
        inside.addStretch(1)
        self._seconds = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)

    def begin(self) -> None:
        """Start to make the files."""
        self._seconds = 0
        self.bar.hide()
        self.words.setText(translate("Making and checking the files…"))
        self._clock.start()

    def show_news(self, news: object) -> None:
        """Show what the work tells."""
        if isinstance(news, Step):
            self._clock.stop()
            self.bar.show()
            self.bar.setRange(0, news.total)  # none to count: the bar moves all the same
            self.bar.setValue(news.done)
            self.words.setText(step_text(news))

    def end(self) -> None:
        """The work is over."""
        self._clock.stop()

    def _tick(self) -> None:
        self._seconds += 1
        self.words.setText(translate("Making and checking the files… {seconds} s").format(seconds=self._seconds))


class Saving(Dialog):
    """Writes a folder aside. It shows itself only where that takes a while."""

    def __init__(
        self, parent: QWidget, jobs: Jobs, title: str, work: Callable[[Job, Tell], Any], done: Callable[[Any], None]
    ) -> None:
        super().__init__(parent, title)
        self._window = parent
        self._title = title
        self._over = False
        self._finished = done
        self.progress = Progress()
        self.body.addWidget(self.progress)
        self.stop = self.cancel_button(translate("&Stop, write nothing"))
        self.progress.begin()
        self._job = jobs.start(work, done=self._done, failed=self._failed, progress=self.progress.show_news)
        QTimer.singleShot(PATIENCE, self._show)

    def _show(self) -> None:
        if not self._over:
            self.open()

    def reject(self) -> None:
        """Ask the work to stop; the dialog closes once it has."""
        if self._over:
            super().reject()
            return
        self._job.cancel()
        self.stop.setEnabled(False)
        self.progress.end()
        self.progress.words.setText(translate("Stopping; nothing is written…"))

    def _end(self) -> None:
        self._over = True
        self.progress.end()
        self.accept()
        self.deleteLater()

    def _done(self, result: Any) -> None:
        self._end()
        self._finished(result)

    def _failed(self, error: BaseException) -> None:
        self._end()
        if not isinstance(error, Refused):
            raise error
        message(self._window, self._title, sentence(error))


def open_folder(path: Path) -> None:
    """Show a folder in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def saved(parent: QWidget, title: str, text: str, out: Path, texts: tuple[str, ...] = ()) -> Dialog:
    """Tell what was written and where, with a button that leads there."""
    dialog = Dialog(parent, title, text)
    dialog.say_all((translate("It is in {folder}").format(folder=str(out)), *texts))
    dialog.button(translate("&Open the folder"), lambda: open_folder(out))
    close = dialog.cancel_button(translate("&Close"))
    close.setDefault(True)
    dialog.open()
    return dialog
