"""Pages on their way out: printing and saving aside, with how far it is and a button to stop it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from app.exchange.pages import Pages
from app.models.view import WeekView
from app.text import translate
from app.ui.jobs import Job, Jobs
from app.ui.plain import label
from app.ui.printing.paper import Sizing, check_leaks, print_pages, save_folder, save_pdf
from app.ui.theme import TARGET
from app.words.dates import counted

Tell = Callable[[Any], None]
Week = Callable[[], WeekView]
"""The state of the week that the pages show, read aside where it was not read yet."""


class PuttingOut(QWidget):
    """A row that shows while pages are printed or saved, and does it."""

    working = Signal(bool)
    told = Signal(str)
    """A sentence of what was done."""
    failed = Signal(object)
    """The error that ended it."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._job: Job | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.doing = label()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(translate("Progress"))
        self.bar.setTextVisible(False)
        self.stop = QPushButton(translate("S&top"))
        self.stop.setAutoDefault(False)
        self.stop.setMinimumHeight(TARGET)
        self.stop.clicked.connect(self._stop)
        for one, stretch in ((self.doing, 0), (self.bar, 1), (self.stop, 0)):
            row.addWidget(one, stretch)
        self.hide()

    def print(self, pages: Pages, week: Week, printer: QPrinter, sizing: Sizing) -> None:
        """Print them all on that printer."""

        def work(job: Job, tell: Tell) -> int:
            check_leaks(week(), pages)
            return print_pages(printer, pages.all, sizing, tell=tell, goes_on=lambda: not job.cancelled())

        def done(sheets: int) -> str:
            count = counted(sheets, translate("page"), translate("pages"))
            return translate("{pages} sent to the printer.").format(pages=count)

        self._start(translate("Printing…"), work, done, steps=len(pages.all))

    def save(self, pages: Pages, week: Week, path: Path, title: str) -> None:
        """Save them all as one PDF file."""

        def work(_job: Job, _tell: Tell) -> None:
            save_pdf(path, week(), pages, title)

        self._start(
            translate("Saving as PDF…"), work, lambda _: translate("Saved as {file}").format(file=str(path)), steps=0
        )

    def save_each(self, pages: Pages, week: Week, parent: Path, name: str) -> None:
        """Save each as a PDF file in a new folder of that name under `parent`."""

        def work(job: Job, tell: Tell) -> tuple[Path, int] | None:
            return save_folder(parent, name, week(), pages, tell=tell, goes_on=lambda: not job.cancelled())

        def done(saved: tuple[Path, int] | None) -> str:
            if saved is None:
                return translate("Stopped. Nothing was saved.")
            count = counted(saved[1], translate("PDF file"), translate("PDF files"))
            return translate("{files} saved in {folder}").format(files=count, folder=str(saved[0]))

        self._start(translate("Saving PDF files…"), work, done, steps=len(pages.all))

    def cancel(self) -> None:
        """Stop what is under way, if anything is."""
        if self._job is not None:
            self._job.cancel()

    def _start(self, words: str, work: Callable[[Job, Tell], Any], done: Callable[[Any], str], *, steps: int) -> None:
        """Do the work aside; without steps nobody knows how far it is, and it cannot be stopped midway."""
        self.doing.setText(words)
        self.bar.setRange(0, steps)
        self.bar.setValue(0)
        self.stop.setEnabled(bool(steps))
        self.show()
        self.working.emit(True)

        def ended(value: Any) -> None:
            self._over()
            self.told.emit(done(value))

        def failed(error: BaseException) -> None:
            self._over()
            self.failed.emit(error)

        self._job = self._jobs.start(work, done=ended, failed=failed, progress=self.bar.setValue)

    def _over(self) -> None:
        self._job = None
        self.hide()
        self.working.emit(False)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.doing.setText(translate("Stopping…"))
        self.cancel()
