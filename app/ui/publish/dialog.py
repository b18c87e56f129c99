"""Publish: check → who gets what → preview as the recipient sees it → save. Nothing is sent or recorded before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from app.document.publishing import publish_edit
from app.errors import Refused
from app.exchange.folder import Prepared, check_folder, prepare_folder
from app.exchange.ledger import Diff
from app.exchange.published import missing_of
from app.models.change import Edit
from app.models.leaks import Leak
from app.models.view import view
from app.text import translate
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.saving import Progress, Tell, open_folder, watch
from app.ui.jobs import Job
from app.ui.publish.facts import counts, pending
from app.ui.publish.pages import CheckPage, DonePage, PeoplePage, PreviewPage, SavePage
from app.ui.publish.place import now, proposed_folder, remember, wants_drafts
from app.ui.publish.screen import lead_to_calls
from app.ui.publish.work import Made, made
from app.words.dates import counted, listed
from app.words.invitations import missing_line
from app.words.leaks import leak_line
from app.words.refusals import sentence

CHECK, PEOPLE, PREVIEW, SAVE, WORKING, DONE = range(6)


class PublishDialog(Dialog):
    """One publication, from its check to its call list."""

    def __init__(self, desk: Desk, clock: Callable[[], dt.datetime] = now) -> None:
        super().__init__(desk.window, translate("Publish"), translate("Publish the week"), width=860)
        week = desk.now.view
        if week is None:
            raise RuntimeError("no week is shown")
        self._desk, self._clock, self._week = desk, clock, week
        self.diff = pending(desk.now.plan, week.week.id)
        self._job: Job | None = None
        self._made: Made | None = None
        self._writing = False
        self._over = False
        self._out = proposed_folder(desk, self.diff.number)
        theme = desk.look.theme
        self.check = CheckPage(theme)
        self.people = PeoplePage(theme, self.diff)
        self.preview = PreviewPage()
        self.save = SavePage(theme, self._out, drafts=wants_drafts(desk))
        self.progress = Progress()
        self.last = DonePage()
        self.pages = QStackedWidget()
        pages: tuple[QWidget, ...] = (self.check, self.people, self.preview, self.save, self.progress, self.last)
        for page in pages:
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.back = self._step(translate("&Back"), self._back)
        self.next = self._step(translate("&Next"), self._next)
        self.publish = self._step(translate("&Publish"), self._publish)
        self.folder = self._step(translate("&Open the folder"), lambda: open_folder(self._out))
        self.calls = self._step(translate("Go to the ca&ll list"), self._to_calls)
        self.leave = self._step("", self.reject)
        # Back stands before Next on every system: the box of buttons would place them as each system likes.
        steps = QHBoxLayout()
        steps.addStretch(1)
        for one in (self.folder, self.back, self.next, self.publish, self.calls, self.leave):
            steps.addWidget(one)
        self.buttons.hide()
        self.outside.addLayout(steps)
        self.people.table.entered_row.connect(self._preview_of)
        self.save.ready.connect(self.publish.setEnabled)
        self._turn(CHECK)

    def _step(self, words: str, does: Callable[[], None]) -> QPushButton:
        made = QPushButton(words)
        made.setAutoDefault(False)
        made.clicked.connect(lambda *_: does())
        return made

    def begin(self) -> None:
        """Make the files and check them."""
        if self.diff.empty:
            self._nothing()
            return
        self._make(lambda: self._turn(CHECK))

    # Pages

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.heading.setText(self._heading(page))
        ready = self._made is not None
        self.back.setVisible(page in (PEOPLE, PREVIEW, SAVE))
        self.next.setVisible(page in (CHECK, PEOPLE, PREVIEW) and not self.diff.empty)
        self.next.setEnabled(ready)
        self.publish.setVisible(page == SAVE)
        self.folder.setVisible(page == DONE)
        self.calls.setVisible(page == DONE)
        closes = page == DONE or self.diff.empty
        self.leave.setText(translate("&Close") if closes else translate("Cancel"))
        main = {SAVE: self.publish, DONE: self.calls}.get(page, self.next)
        for one in (self.next, self.publish, self.calls):
            one.setDefault(one is main)
        if page == CHECK:
            self.check.fit()
            (self.next if ready else self.leave).setFocus()
        elif page == PEOPLE:
            self.people.table.setFocus()
            if not self.people.table.keys() and self.people.table.rows_model.lines:
                self.people.table.selectRow(0)
        elif page == PREVIEW:
            self.preview.who.setFocus()
        elif page == SAVE:
            self.save.folder.setFocus()
        elif page == DONE:
            self.calls.setFocus()

    def _heading(self, page: int) -> str:
        number = self.diff.number
        words = {
            CHECK: translate("Version {number}, step 1 of 4: check"),
            PEOPLE: translate("Version {number}, step 2 of 4: who gets what"),
            PREVIEW: translate("Version {number}, step 3 of 4: exactly what they see"),
            SAVE: translate("Version {number}, step 4 of 4: save and publish"),
            WORKING: translate("Version {number}"),
            DONE: translate("Version {number} is published"),
        }[page]
        return words.format(number=number)

    def _back(self) -> None:
        self._turn(self.pages.currentIndex() - 1)

    def _next(self) -> None:
        self._turn(self.pages.currentIndex() + 1)

    def _to_calls(self) -> None:
        self.accept()
        lead_to_calls(self._desk)

    def _preview_of(self, key: object) -> None:
        self.preview.choose(int(str(key)))
        self._turn(PREVIEW)

    # The check

    def _make(self, then: Callable[[], None]) -> None:
        plan, diff, at, drafts = self._desk.now.plan, self.diff, self._clock(), self.save.drafts.isChecked()
        self._made = None
        self._turn(WORKING)
        self.progress.begin()

        def work(job: Job, tell: Tell) -> Made:
            return made(plan, diff, at, drafts=drafts, watch=watch(job, tell))

        def done(result: Made) -> None:
            if self._over:
                return
            self._job = None
            self.progress.end()
            self._made = result
            self._show_made(result)
            then()

        self._job = self._desk.jobs.start(work, done=done, failed=self._not_made, progress=self.progress.show_news)

    def _show_made(self, result: Made) -> None:
        notes = _notes(self._desk, result)
        self.check.show_found((), notes, len(result.folder.files))
        self.preview.show_made(result)
        parts = _parts(result)
        self.save.what.setText(
            translate(
                "{counts}. The folder will hold {parts}. Publishing notes that this is what people were told; "
                "it cannot be undone, later changes are published as a new version."
            ).format(counts=counts(self.diff), parts=parts)
        )

    def _not_made(self, error: BaseException) -> None:
        if self._over:
            return
        self._job = None
        self.progress.end()
        if not isinstance(error, Refused):
            self.reject()
            raise error
        found = error.facts.get("leaks", ()) if error.code == "leak" else ()
        leaks = [leak_line(one) for one in found if isinstance(one, Leak)] if isinstance(found, tuple) else []
        self.check.show_found(list(dict.fromkeys(leaks)) or [sentence(error)], ())
        self._turn(CHECK)
        self._desk.say(translate("The check found something that must be mended before anything is published."))

    def _nothing(self) -> None:
        """Nothing to send; a visit that was brought back to what was sent counts as published again."""
        document = self._desk.bridge.document
        edit = restored(self._desk, self.diff, self._clock())
        if document is not None and edit is not None:
            document.record(edit)
        if self.diff.number == 1:
            text = translate("There is no visit to publish yet. Match the week, or place visits on the board, first.")
        else:
            text = translate("Nothing changed since version {number}: nobody needs to be told anything.").format(
                number=self.diff.number - 1
            )
        self.check.table.hide()
        self.check.result.setText(text)
        for page in (self.people, self.preview, self.save, self.progress, self.last):
            self.pages.removeWidget(page)  # there is nothing to lead on to, and no room to keep for it
        self._turn(CHECK)
        self.heading.setText(translate("Nothing to publish"))
        QTimer.singleShot(0, self, self.adjustSize)  # once the layout knows that the other pages are gone
        self.leave.setDefault(True)
        self.leave.setFocus()

    # Saving

    def _publish(self) -> None:
        self._out = self.save.out
        try:
            check_folder(self._out)
        except Refused as refused:
            self.save.tell(sentence(refused))
            self.save.folder.setFocus()
            return
        remember(self._desk, self._out, drafts=self.save.drafts.isChecked())
        result = self._made
        if result is None or result.of is not self._desk.now.plan or result.drafts is not self.save.drafts.isChecked():
            if pending(self._desk.now.plan, self._week.week.id) != self.diff:
                self.save.tell(translate("The week was changed meanwhile. Close this and publish again."))
                return
            self._make(self._write)
            return
        self._write()

    def _write(self) -> None:
        result, out = self._made, self._out
        if result is None:
            return
        self._turn(WORKING)
        self.progress.begin()
        self._writing = True

        def work(job: Job, tell: Tell) -> Prepared:
            return prepare_folder(out, result.folder.files, watch=watch(job, tell))

        job = self._job = self._desk.jobs.start(
            work, done=lambda folder: self._written(result, folder, job), failed=self._not_written,
            progress=self.progress.show_news,
        )  # fmt: skip

    def _written(self, result: Made, folder: Prepared, job: Job) -> None:
        self._job, self._writing = None, False
        self.progress.end()
        document = self._desk.bridge.document
        if document is None or job.cancelled():
            folder.discard()
            self._not_written(Refused("stopped"))
            return
        try:
            folder.put_in_place(lambda: document.record(result.edit))
        except Refused as refused:
            self._not_written(refused)
            return
        people = counted(len(self.diff.people), translate("person"), translate("people"))
        self.last.text.setText(
            translate(
                "{counts}.\n\nThe files are in {folder}\n\nOpen “READ ME.txt” there first: it says what to do in "
                "Outlook. Then tell the {people} on the call list and tick them off here."
            ).format(counts=counts(self.diff), folder=str(self._out), people=people)
        )
        self._turn(DONE)
        self._desk.say(
            translate("Version {number} is published: {counts}").format(
                number=self.diff.number, counts=counts(self.diff)
            )
        )

    def _not_written(self, error: BaseException) -> None:
        self._job, self._writing = None, False
        self.progress.end()
        self._turn(SAVE)
        if not isinstance(error, Refused):
            self.save.tell(translate("Something went wrong. Nothing was written and nothing is recorded."))
            raise error
        self.save.tell(sentence(error))

    def reject(self) -> None:
        """Stop what is under way. Files that are being written are taken away again first."""
        if self._job is not None:
            self._job.cancel()
            if self._writing:
                self.progress.end()
                self.progress.words.setText(translate("Stopping; nothing is written…"))
                return
        super().reject()

    def done(self, result: int) -> None:
        """Close."""
        self._over = True
        super().done(result)


def restored(desk: Desk, diff: Diff, at: dt.datetime) -> Edit | None:
    """What an empty publication still notes: visits that stand again as they were sent."""
    document = desk.bridge.document
    if document is None or document.read_only or not diff.empty:
        return None
    edit = publish_edit(desk.now.plan, diff, at)
    return edit if edit.changes else None


def _notes(desk: Desk, result: Made) -> list[str]:
    """What is worth knowing before publishing, and blocks nothing."""
    week = view(result.after, result.diff.week_id)
    notes = []
    broken = len(desk.now.problems.blocking)
    if broken:
        notes.append(
            translate("{count} by the week as it stands; see Problems. It may be published all the same.").format(
                count=counted(broken, translate("rule is broken"), translate("rules are broken"))
            )
        )
    permitted = len(desk.now.problems.broken) - broken
    if permitted:
        notes.append(
            translate("{count} with your permission; the reasons stay in the app.").format(
                count=counted(permitted, translate("rule is broken"), translate("rules are broken"))
            )
        )
    return [*notes, *(missing_line(one) for one in missing_of(week, result.diff.sendings))]


def _parts(result: Made) -> str:
    """`5 calendar files, 5 e-mail drafts, the rota, 4 pages and the call list`."""
    paths = tuple(result.folder.files)

    def count(start: str) -> int:
        return sum(1 for path in paths if path.startswith(start))

    parts = [counted(count("invites/"), translate("calendar file"), translate("calendar files"))]
    if drafts := count("drafts/"):
        parts.append(counted(drafts, translate("e-mail draft"), translate("e-mail drafts")))
    parts.append(translate("the rota"))
    if pages := count("pages/"):
        parts.append(counted(pages, translate("page to print"), translate("pages to print")))
    parts.append(translate("the call list"))
    return listed(parts)
