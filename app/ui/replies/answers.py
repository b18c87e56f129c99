"""Answers to invitations: files and a pasted list, what becomes of each, and one step that notes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from app.document.answers import answers_edit, declined, hear, hear_list, read_answers
from app.errors import Refused
from app.models.diary import Fit, Heard, Reply
from app.text import translate
from app.ui.bridge import Picked
from app.ui.choosing import choose_files
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.progress import aside
from app.ui.jobs import Job
from app.ui.plain import naming
from app.ui.rows import Line, RowsTable
from app.ui.strip import Strip
from app.words.dates import counted
from app.words.heard import answer_word, fit_words
from app.words.refusals import sentence

_TONES = {Fit.APPLIES: "fine", Fit.SAME: "", Fit.TENTATIVE: "tight", Fit.OLD: "tight", Fit.CANCELLED: "tight"}


class AnswersDialog(Dialog):
    """Add replies as files, or paste a list; every answer is shown before any is noted."""

    def __init__(self, desk: Desk, paths: Sequence[Path] = ()) -> None:
        super().__init__(
            desk.window, translate("Take in answers"), translate("Who accepted, and who declined?"), width=820
        )
        self._desk = desk
        self._replies: list[Reply] = []
        self.strip = Strip(desk.look.theme)
        self.body.addWidget(self.strip)
        self.say(translate("Add the replies that came by e-mail, saved as .ics or .eml, or paste a list, a line each."))
        add = QPushButton(translate("&Add files…"))
        add.setAutoDefault(False)
        add.clicked.connect(self._ask)
        self.body.addWidget(add)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(translate("List of answers"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(translate("Ann Lee – yes"))
        self.text.setMaximumHeight(self.fontMetrics().lineSpacing() * 6)
        self.body.addWidget(naming(translate("&List, such as “Ann Lee – yes”"), self.text))
        self.body.addWidget(self.text)
        self.table = RowsTable(
            translate("Answers"), (translate("Who"), translate("Answer"), translate("What becomes of it")),
            desk.look.theme,
        )  # fmt: skip
        self.table.widths(24, 14)
        self.table.say_where_empty(translate("What becomes of each answer stands here before any is noted."))
        self.table.let_sentences_wrap()
        self.table.setMinimumHeight(200)
        self.body.addWidget(self.table, 1)
        self.text.textChanged.connect(self._show)
        self.note = self.button(translate("&Note the answers"), self.take, main=True, closes=False)
        self.cancel_button(translate("Cancel"))
        self.text.setFocus()
        self._show()
        if paths:
            self.read(paths)

    def heard(self) -> list[Heard]:
        """What becomes of every answer."""
        week = self._desk.now.view
        if week is None:
            return []
        found = list(hear(week.plan, week.week.id, self._replies))
        return found + list(hear_list(week.plan, week.week.id, self.text.toPlainText()))

    def _ask(self) -> None:
        choose_files(self, translate("Replies"), translate("Replies (*.ics *.eml)"), self.read)

    def read(self, paths: Sequence[Path]) -> None:
        """Read these files aside."""

        def work(job: Job) -> tuple[list[Reply], list[Refused]]:
            replies: list[Reply] = []
            failed: list[Refused] = []
            for path in paths:
                if job.cancelled():
                    break
                try:
                    replies += read_answers(path)
                except Refused as refused:
                    failed.append(refused)
            return replies, failed

        aside(self._desk, translate("Reading replies…"), work, done=self._add, failed=self._failed)

    def _add(self, found: tuple[list[Reply], list[Refused]]) -> None:
        replies, failed = found
        self._replies = list(dict.fromkeys([*self._replies, *replies]))
        self.strip.tell("\n".join(sentence(refused) for refused in failed))
        self._show()

    def _failed(self, error: BaseException) -> None:
        raise error

    def _show(self) -> None:
        heard = self.heard()
        self.table.show_lines(
            Line(
                key=str(number),
                cells=(
                    one.who,
                    translate("perhaps") if one.fit is Fit.TENTATIVE else answer_word(one.answer),
                    fit_words(one.fit),
                ),
                tone=_TONES.get(one.fit, "broken"),
            )
            for number, one in enumerate(heard)
        )
        self.note.setEnabled(any(one.fit is Fit.APPLIES for one in heard))

    def take(self) -> None:
        """Note every answer that applies, as one undo; who declined leads on to a repair."""
        week = self._desk.now.view
        if week is None:
            return
        heard = self.heard()
        edit = answers_edit(week.plan, week.week.id, heard, at=dt.datetime.now(dt.UTC), by=translate("their reply"))
        try:
            self._desk.bridge.do(edit)
        except Refused as refused:
            self.strip.tell(sentence(refused))
            return
        noted = sum(one.fit is Fit.APPLIES for one in heard)
        self._desk.say(
            translate("{count} noted").format(count=counted(noted, translate("answer"), translate("answers")))
        )
        gone = declined(heard)
        self.accept()
        if gone:
            offer_repair(self._desk, gone)


def offer_repair(desk: Desk, visit_ids: Sequence[str]) -> None:
    """Ask whether the visits that were declined are to be mended now, one visitor after the other."""
    week = desk.now.view
    if week is None:
        return
    names = list(
        dict.fromkeys(
            week.plan.people[visit.person_id].name
            for one in visit_ids
            if (visit := week.plan.visits.get(one)) is not None
        )
    )
    dialog = Dialog(
        desk.window, translate("Declined"),
        translate("{names} declined. Look for another visitor or another time?").format(names=", ".join(names)),
    )  # fmt: skip
    dialog.say(translate("The declined visits no longer count; the slots are free again."))

    def mend() -> None:
        desk.bridge.pick(Picked(visits=(visit_ids[0],)))
        desk.action("dropped-out").trigger()

    dialog.button(translate("&Show mends…"), mend, main=True)
    dialog.cancel_button(translate("Not now"))
    dialog.open()
