"""The call list: who is still to be told, ticked off with when, by whom and the answer. A decline leads on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.document.publishing import tick
from app.exchange.ledger import publications
from app.models.publication import Answer, Call, Recipient
from app.models.view import WeekView
from app.models.visits import VisitStatus
from app.text import translate
from app.ui.commands.visits import can_edit
from app.ui.deck.verdicts import Moving
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.flow import Flow
from app.ui.moments import DayField, TimeField
from app.ui.plain import label, naming
from app.ui.publish.facts import CALL_BEFORE, CALL_WIDTHS, NOTHING, OPEN_ONLY, call_heads, call_lines, calls_told
from app.ui.publish.mending import Mends, upset_by
from app.ui.rows import RowsTable
from app.ui.settings import TOLD_BY
from app.ui.theme import GRID
from app.words.invitations import part_word
from app.words.labels import slot_label

Clock = Callable[[], dt.datetime]


class CallsTable(RowsTable):
    """The lines; Space ticks, Enter opens one."""

    def __init__(self, desk: Desk, ticked: Callable[[], None]) -> None:
        super().__init__(translate("Call list"), call_heads(), desk.look.theme)
        self._ticked = ticked
        self.setWordWrap(False)
        self.widths(*CALL_WIDTHS)

    def show_before(self, some: bool) -> None:
        """Show what was told before only where anything was."""
        self.setColumnHidden(CALL_BEFORE, not some)
        wide = CALL_WIDTHS[CALL_BEFORE + 1] if some else 84
        self.setColumnWidth(CALL_BEFORE + 1, self.fontMetrics().averageCharWidth() * wide)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._ticked()
            return
        super().keyPressEvent(event)


class Calling(QWidget):
    """The call list and its tick-offs. Each tick can be undone by itself."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        super().__init__()
        self._desk, self._clock = desk, clock
        self.which = QComboBox()
        self.which.setAccessibleName(translate("Which version"))
        self.which.currentIndexChanged.connect(lambda _: self._show_lines())
        which = naming(translate("&Which version:"), self.which)
        self.by = QLineEdit(desk.settings.text(TOLD_BY))
        self.by.setAccessibleName(translate("Calls made by"))
        self.by.setMaxLength(80)
        self.by.editingFinished.connect(lambda: desk.settings.keep(TOLD_BY, self.by.text().strip()))
        made_by = naming(translate("Calls made b&y:"), self.by)
        top = QHBoxLayout()
        self._top = (which, self.which, made_by, self.by)
        for number, widget in enumerate(self._top):
            top.addWidget(widget, number % 2)
        self.empty = label(wrap=True)
        self.table = CallsTable(desk, self.toggle)
        self.table.entered_row.connect(lambda key: self._open(str(key)))
        self.table.picked_rows.connect(lambda _: self._enable())
        self.told = self._button(translate("Tol&d"), lambda: self._tick(Answer.NONE))
        self.confirmed = self._button(translate("Told, conf&irmed"), lambda: self._tick(Answer.CONFIRMED))
        self.declined = self._button(translate("Told, dec&lined…"), lambda: self._tick(Answer.DECLINED))
        self.again = self._button(translate("Open a&gain"), self._untick)
        self.more = self._button(translate("&More…"), lambda: self._open(self.table.current_key()))
        self._doing = (self.told, self.confirmed, self.declined, self.again, self.more)
        buttons = Flow()
        for button in self._doing:
            buttons.addWidget(button)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 2 * GRID, 0, 0)
        inside.setSpacing(2 * GRID)
        inside.addLayout(top)
        inside.addWidget(self.empty)
        inside.addWidget(self.table, 1)
        inside.addLayout(buttons)
        inside.addStretch(0)

    def _button(self, words: str, does: Callable[[], None]) -> QPushButton:
        made = QPushButton(words)
        made.clicked.connect(lambda *_: does())
        return made

    def show_calls(self) -> None:
        """Show the week's calls as they stand."""
        now = self._desk.now
        if now.view is None:
            return
        chosen = self.which.currentData()
        with QSignalBlocker(self.which):
            self.which.clear()
            self.which.addItem(translate("All versions"), None)
            self.which.addItem(translate("Still open only"), OPEN_ONLY)
            for publication in reversed(publications(now.plan, now.view.week.id)):
                words = translate("Version {number} only").format(number=publication.number)
                self.which.addItem(words, publication.id)
            self.which.setCurrentIndex(max(0, self.which.findData(chosen)))
        self._show_lines()

    def _show_lines(self) -> None:
        now = self._desk.now
        if now.view is None:
            return
        kept, row = self.table.keys(), self.table.currentIndex().row()
        lines = call_lines(now.plan, now.view, self.which.currentData())
        self._tell_empty(some=bool(lines), any_call=bool(lines) or bool(call_lines(now.plan, now.view)))
        self.table.show_lines(lines)
        self.table.show_before(any(line.cells[CALL_BEFORE] != NOTHING for line in lines))
        self.table.select_keys(kept)
        if kept and not self.table.keys() and lines:  # what was chosen is no longer listed: on to the next
            self.table.selectRow(min(max(row, 0), len(lines) - 1))
        self._enable()

    def _tell_empty(self, *, some: bool, any_call: bool) -> None:
        """Where no line is shown, say what stands here and what leads to it."""
        for one in (self.table, *self._doing):
            one.setVisible(some)
        for above in self._top:
            above.setVisible(any_call)
        self.empty.setVisible(not some)
        if not any_call:
            words = translate(
                "Nobody is to be called yet. Once you publish, everybody whose visit is new, changed or cancelled "
                "stands here with how to reach them, to be ticked off when told."
            )
        elif self.which.currentData() == OPEN_ONLY:
            words = translate("✓ Everybody was told. “All versions” shows the calls that were made.")
        else:
            words = translate("That version asks for no call. “All versions” shows every call.")
        self.empty.setText(words)

    @property
    def chosen(self) -> list[Call]:
        """The selected lines."""
        calls = self._desk.now.plan.calls
        return [calls[key] for key in (*self.table.keys(),) if key in calls]

    def _enable(self) -> None:
        chosen, editing = self.chosen, can_edit(self._desk)
        some = bool(chosen) and editing
        for button in (self.told, self.confirmed, self.declined):
            button.setEnabled(some)
        self.again.setEnabled(some and any(call.told_at is not None for call in chosen))
        self.more.setEnabled(len(chosen) == 1 and editing)

    def toggle(self) -> None:
        """Tick what is open; where nothing chosen is open, open it again."""
        if not can_edit(self._desk):
            return
        if any(call.told_at is None for call in self.chosen):
            self._tick(Answer.NONE)
        else:
            self._untick()

    def _tick(self, answer: Answer) -> None:
        at, by = self._clock(), self.by.text()
        self._desk.settings.keep(TOLD_BY, by.strip())
        self.note(
            [
                (call, call.told_at or at, call.told_by or by, answer)
                for call in self.chosen
                if answer is not Answer.NONE or call.told_at is None or call.answer is not Answer.NONE
            ]
        )

    def _untick(self) -> None:
        self.note([(call, None, "", Answer.NONE) for call in self.chosen if call.told_at is not None])

    def note(self, ticks: Sequence[tuple[Call, dt.datetime | None, str, Answer]]) -> None:
        """Note each of these calls, and offer what follows from a decline."""
        lost: list[Call] = []
        week = self._desk.now.view
        for call, at, by, answer in ticks:
            before = self._desk.now.plan.visits.get(call.visit_id)
            self._desk.bridge.do(tick(self._desk.now.plan, call.id, told_at=at, told_by=by, answer=answer))
            after = self._desk.now.plan.visits.get(call.visit_id)
            declined = after is not None and after.status is VisitStatus.DECLINED
            if declined and before is not None and before.status is not VisitStatus.DECLINED:
                lost.append(call)
        self._say_left()
        if lost and week is not None:
            Declined(self._desk, lost[0], week).open()

    def _say_left(self) -> None:
        now = self._desk.now
        if now.view is not None:
            self._desk.say(calls_told(now.plan, now.view))

    def _open(self, key: str) -> None:
        call = self._desk.now.plan.calls.get(key)
        if call is not None and can_edit(self._desk):
            OneCall(self, self._desk, call, self._clock(), self.by.text()).open()


class OneCall(Dialog):
    """One line of the call list in full: told or not, when, by whom, with which answer."""

    def __init__(self, panel: Calling, desk: Desk, call: Call, now: dt.datetime, by: str) -> None:
        who = translate("{who} ({part})").format(who=call.name, part=part_word(call.recipient))
        super().__init__(desk.window, translate("Call"), who, width=620)
        self._panel, self._call = panel, call
        week = desk.now.view
        self._zone = ZoneInfo(week.week.time_zone if week is not None else "Europe/London")
        facts = QFormLayout()
        facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for words, value in (
            (translate("Reached by"), call.contact or "–"),
            (translate("Told before"), call.old or "–"),
            (translate("Now"), call.new or translate("cancelled")),
        ):
            facts.addRow(label(words), label(value, wrap=True))
        self.answer = QComboBox()
        self.answer.setAccessibleName(translate("What came of it"))
        for words, data in (
            (translate("Not told yet"), None),
            (translate("Told, no answer yet"), Answer.NONE.value),
            (translate("Told, confirmed"), Answer.CONFIRMED.value),
            (translate("Told, declined"), Answer.DECLINED.value),
        ):
            self.answer.addItem(words, data)
        local = (call.told_at or now).astimezone(self._zone)
        self.on = DayField([local.date()], desk.look.theme)
        self.on.show_day(local.date())
        self.on.setAccessibleName(translate("On which day"))
        self.at = TimeField(local.time())
        self.at.setAccessibleName(translate("At what time"))
        both = QWidget()
        moment = QHBoxLayout(both)
        moment.setContentsMargins(0, 0, 0, 0)
        moment.addWidget(self.on, 1)
        moment.addWidget(self.at)
        self.by = QLineEdit(call.told_by or by)
        self.by.setMaxLength(80)
        self.by.setAccessibleName(translate("By whom"))
        for words, box, line in (
            (translate("What &came of it:"), self.answer, self.answer), (translate("&When:"), self.on, both),
            (translate("&By whom:"), self.by, self.by),
        ):  # fmt: skip
            facts.addRow(naming(words, box), line)
        self.answer.setCurrentIndex(1 if call.told_at is None else self.answer.findData(call.answer.value))
        self.answer.currentIndexChanged.connect(lambda _: self._fit())
        for field in (self.on, self.at):
            field.textChanged.connect(lambda _: self._fit())
        self.body.addLayout(facts)
        self.wrong = label(wrap=True)
        self.wrong.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        self.body.addWidget(self.wrong)
        self.body.addStretch(1)
        self.go = self.button(translate("&Note it"), self._note, main=True)
        self.cancel_button(translate("Cancel"))
        self.answer.setFocus()

    def _fit(self) -> None:
        told = self.answer.currentData() is not None
        for box in (self.on, self.at, self.by):
            box.setEnabled(told)
        wrong = (self.on.wrong() or self.at.wrong()) if told else ""
        self.wrong.setText(f"✕ {wrong}" if wrong else "")
        self.go.setEnabled(not wrong)

    def _note(self) -> None:
        said = self.answer.currentData()
        if said is None:
            self._panel.note([(self._call, None, "", Answer.NONE)])
            return
        day, time = self.on.day(), self.at.time()
        if day is None or time is None:
            return
        at = dt.datetime.combine(day, time, self._zone)
        self._panel.note([(self._call, at, self.by.text(), Answer(said))])


class Declined(Dialog):
    """What can be done now that somebody declined."""

    def __init__(self, desk: Desk, call: Call, before: WeekView) -> None:
        visit = desk.now.plan.visits[call.visit_id]
        slot, visitor = before.slots[visit.slot_id], desk.now.plan.people[visit.person_id].name
        heading = translate("{who} declined. How should the week be mended?").format(who=call.name)
        super().__init__(desk.window, translate("Declined"), heading, width=640)
        self.say(
            translate("{visitor} at {slot}: the visit no longer counts. Nobody else has been told of it yet.").format(
                visitor=visitor, slot=slot_label(slot)
            )
        )
        person_id, slot_id = visit.person_id, visit.slot_id
        upset = upset_by(before, visit, call.recipient)
        self.button(translate("&Ranked mends…"), lambda: Mends(desk, before, upset).open(), main=True)
        if call.recipient is Recipient.VISITOR:
            self.button(translate("&Somebody else for this slot…"), lambda: desk.questions.choose_visitor(slot_id))
        self.button(
            translate("An&other slot for the visitor…"),
            lambda: desk.questions.choose_slot(Moving(person_id=person_id)),
        )
        self.cancel_button(translate("&Later"))
