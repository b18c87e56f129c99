"""“What would it cost?”: the exact price of one visit, found aside on request, with progress and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.engine.explain import why
from app.errors import Refused
from app.models.findings import Answer
from app.models.view import WeekView
from app.text import translate
from app.ui.jobs import Job, Jobs
from app.ui.plain import label
from app.ui.theme import GRID
from app.words.answers import answer_text
from app.words.refusals import sentence


class PriceAsked(QWidget):
    """A button that asks, a bar while it is worked out, and the answer in one sentence."""

    def __init__(self, week: WeekView, jobs: Jobs | None) -> None:
        super().__init__()
        self._week = week
        self._jobs = jobs
        self._job: Job | None = None
        self._pair: tuple[str, str] | None = None
        self.ask = QPushButton(translate("What would it c&ost?"))
        self.ask.setAutoDefault(False)
        self.halt = QPushButton(translate("&Stop looking"))
        self.halt.setAutoDefault(False)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(translate("Looking for the best week with this visit"))
        self.said = label(wrap=True)
        self.said.setAccessibleName(translate("What it would cost"))
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for widget in (self.ask, self.bar, self.halt):
            row.addWidget(widget)
        row.addStretch(1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID)
        inside.addLayout(row)
        inside.addWidget(self.said)
        self.setMinimumHeight(self.ask.sizeHint().height() + GRID + 3 * self.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addStretch(1)
        self.ask.clicked.connect(self._start)
        self.halt.clicked.connect(self._halted)
        self._rest("")

    def ask_about(self, person_id: str, slot_id: str) -> None:
        """Be about another visit."""
        if self._pair == (person_id, slot_id):
            return
        self.stop()
        self._pair = (person_id, slot_id)
        answer = why(self._week, person_id, slot_id, price=False)
        self.ask.setVisible(self._jobs is not None and answer.allowed)
        self.ask.setText(
            translate("What w&ould be lost without it?") if answer.placed else translate("What would it c&ost?")
        )
        self._rest("")

    def stop(self) -> None:
        """Work on nothing any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _start(self) -> None:
        if self._jobs is None or self._pair is None:
            return
        week, (person_id, slot_id) = self._week, self._pair

        def work(job: Job, _tell: object) -> Answer:
            return why(week, person_id, slot_id, cancelled=job.cancelled)

        job = self._jobs.start(
            work, done=lambda answer: self._done(job, answer), failed=lambda error: self._failed(job, error)
        )
        self._job = job
        self.ask.setEnabled(False)
        self.bar.show()
        self.halt.show()
        self.said.setText(translate("Looking for the best week with this visit and without it…"))
        self.said.show()
        self.halt.setFocus()

    def _halted(self) -> None:
        self.stop()
        self._rest(translate("Stopped; the price is not known."))

    def _done(self, job: Job, answer: Answer) -> None:
        if job is not self._job:
            return  # it was stopped, or another visit is asked about
        self._job = None
        self._rest(answer_text(self._week, answer))

    def _failed(self, job: Job, error: BaseException) -> None:
        if job is not self._job:
            return
        self._job = None
        if not isinstance(error, Refused):
            self._rest(translate("Something went wrong; the price is not known."))
            raise error
        self._rest(sentence(error))

    def _rest(self, text: str) -> None:
        had_focus = self.halt.hasFocus()
        self.bar.hide()
        self.halt.hide()
        self.ask.setEnabled(True)
        self.said.setText(text)
        self.said.setVisible(bool(text))
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        if had_focus:
            self.ask.setFocus()
