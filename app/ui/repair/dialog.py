"""Dropped out, or fallen away: say who and when, choose among ranked mends, see before and after, apply as one undo.

The dialog is not modal. While a mend is looked at, the visits that it would take away are selected on the board.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.document.repairing import repair_edit, upset_edit
from app.engine.repair import repair
from app.errors import Refused
from app.models.plan import Plan
from app.models.repairs import Option, Upset
from app.models.view import WeekView, view
from app.models.visits import Visit
from app.models.week import Priority
from app.text import translate
from app.ui.bridge import Picked
from app.ui.dialogs.base import Dialog
from app.ui.jobs import Job
from app.ui.plain import label
from app.ui.repair.asking import Asking
from app.ui.rows import Line, RowsTable
from app.ui.tabs import TabPages
from app.words.dates import counted
from app.words.labels import slot_label
from app.words.mends import mend_text
from app.words.refusals import sentence
from app.words.repairs import nothing_text, option_text, option_title
from app.words.unmet import unmet_text

if TYPE_CHECKING:
    from app.ui.desk import Desk


class RepairDialog(Dialog):
    """One repair, from what happened to the mend that is applied."""

    def __init__(self, desk: Desk, title: str, asking: Asking) -> None:
        super().__init__(desk.window, title, translate("Say what happened, then look for mends."), width=860)
        self.setModal(False)
        self._desk = desk
        self._week = asking.week
        self._plan: Plan | None = None
        self._upsets: tuple[Upset, ...] = ()
        self._options: tuple[Option, ...] = ()
        self._job: Job | None = None
        theme = desk.look.theme
        self.asking = asking
        self.state = label(wrap=True)
        self.mends = RowsTable(
            translate("Mends, best first"),
            (translate("Mend"), translate("People to tell"), translate("Short of minimums")), theme,
        )  # fmt: skip
        self.mends.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.mends.widths(70, 16)
        self.mends.let_sentences_wrap()
        self.mends.setMinimumHeight(self.mends.verticalHeader().defaultSectionSize() * 4)
        self.changes = RowsTable(
            translate("Before and after"), (translate("Visitor"), translate("Before"), translate("After")), theme
        )
        self.changes.widths(22, 44)
        self.told = RowsTable(translate("Who to tell"), (translate("Name"), translate("Of what")), theme)
        self.told.widths(34)
        self.unmet = RowsTable(
            translate("What stays unmet, and why"), (translate("Unmet"), translate("What would help")), theme
        )
        self.unmet.widths(64)
        self.text = label(wrap=True)
        self.text.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.tabs = TabPages()
        self.tabs.setAccessibleName(translate("What the mend would do"))
        for table in (self.changes, self.told, self.unmet):
            table.let_sentences_wrap()
            table.setMinimumHeight(table.verticalHeader().defaultSectionSize() * 3)
            self.tabs.addTab(table, "")
        for part in (self.asking, self.state, self.mends, self.text, self.tabs):
            self.body.addWidget(part, 1 if part in (self.mends, self.tabs) else 0)
        self.look = self.button(translate("&Find mends"), self._find, closes=False)
        self.look.setDefault(True)
        self.look.setAutoDefault(True)
        self.stop = self.button(translate("&Stop, keep what was found"), self._stop, closes=False)
        self.stop.hide()
        self.apply = self.button(translate("&Apply"), self._apply, main=True)
        self.apply.setDefault(False)
        self.close_button = self.cancel_button(translate("&Cancel"))
        self.asking.changed.connect(self._asked_anew)
        self.mends.picked_rows.connect(lambda _: self._show_option())
        self.mends.entered_row.connect(lambda _: self.apply.setFocus())
        self.rejected.connect(self._leave)
        desk.bridge.shown.connect(self._still_true)
        self._asked_anew()

    # looking for mends

    def _asked_anew(self) -> None:
        """What was found answered another question."""
        self._leave()
        self._options = ()
        self.mends.show_lines(())
        self._show_option()
        wrong = self.asking.wrong()
        self.look.setEnabled(not wrong)
        self.state.setText(wrong)

    def _find(self) -> None:
        now = self._desk.now
        if now.view is None or now.view.week.id != self._week.week.id:
            return
        self._plan, self._upsets = now.plan, self.asking.upsets()
        week, upsets = now.view, self._upsets
        try:
            upset_edit(now.plan, week.week.id, upsets)
        except Refused as refused:
            self.state.setText(sentence(refused))
            return
        self._week = week
        self.heading.setText(translate("Looking for mends…"))
        self.state.setText(translate("This takes a few seconds in a large week."))
        self.look.setEnabled(False)
        self.stop.setEnabled(True)
        self.stop.show()

        def work(job: Job, _tell: object) -> tuple[Option, ...]:
            return repair(week, upsets, cancelled=job.cancelled)

        job: list[Job] = []

        def done(options: tuple[Option, ...]) -> None:
            if self._job is job[0]:
                self._done(options)

        def failed(error: BaseException) -> None:
            if self._job is job[0]:
                self._failed(error)

        job.append(self._desk.jobs.start(work, done=done, failed=failed))
        self._job = job[0]

    def _stop(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self.stop.hide()
        self.look.setEnabled(True)

    def _failed(self, error: BaseException) -> None:
        self._ended()
        self.heading.setText(translate("No mend could be worked out"))
        if not isinstance(error, Refused):
            self.state.setText(translate("Something went wrong. Nothing was changed."))
            raise error
        self.state.setText(sentence(error))

    def _done(self, options: tuple[Option, ...]) -> None:
        self._ended()
        self._options = options
        if not options:
            self.heading.setText(nothing_text())
            self.state.setText("")
            self._desk.say(nothing_text())
            return
        found = counted(len(options), translate("mend, best first"), translate("mends, best first"))
        self.heading.setText(found)
        self.state.setText(translate("Nothing is changed before you apply one; Undo takes it back whole."))
        self.mends.show_lines(self._line(number, option) for number, option in enumerate(options))
        self.mends.selectRow(0)
        self.mends.setFocus()
        self._desk.say(f"{found}. {option_text(self._upset_week(), options[0])}")

    # looking at one

    def _upset_week(self) -> WeekView:
        if self._plan is None:
            return self._week
        return view(self._plan.apply(upset_edit(self._plan, self._week.week.id, self._upsets)), self._week.week.id)

    def _line(self, number: int, option: Option) -> Line:
        told = str(len(option.told)) if self._week.is_published else translate("nobody yet")
        title = f"{number + 1}. {option_title(self._upset_week(), option)}"
        return Line(key=str(number), cells=(title, told, str(option.value(Priority.DEMAND) or 0)))

    def _chosen(self) -> Option | None:
        keys = self.mends.keys()
        return self._options[int(keys[0])] if keys and int(keys[0]) < len(self._options) else None

    def _show_option(self) -> None:
        option = self._chosen()
        self.apply.setEnabled(option is not None)
        self._say_where_empty(found=option is not None)
        if option is None or self._plan is None:
            self.text.setText("")
            for table in (self.changes, self.told, self.unmet):
                table.show_lines(())
            self._count(0, 0, 0)
            return
        week = self._upset_week()
        after = view(
            self._plan.apply(repair_edit(self._plan, self._week.week.id, self._upsets, option)), self._week.week.id
        )
        changes = _changes(self._week, after)
        told = [Line(key=f"told {n}", cells=(name, translate("what changes"))) for n, name in enumerate(option.told)]
        told += [
            Line(key=f"time {n}", cells=(name, translate("the new time"))) for n, name in enumerate(option.retimed)
        ]
        self.text.setText(option_text(week, option))
        self.changes.show_lines(changes)
        self.told.show_lines(told)
        self.unmet.show_lines(
            Line(key=f"{one.who}{one.id}", cells=(unmet_text(after, one), mend_text(after, one)))
            for one in option.unmet
        )
        self._count(len(changes), len(told), len(option.unmet))
        gone = set(option.gone)
        picked = tuple(v.id for v in self._week.counted if (v.person_id, v.slot_id) in gone)
        self._desk.bridge.pick(Picked(visits=picked))

    def _say_where_empty(self, *, found: bool) -> None:
        self.mends.say_where_empty(translate("Mends stand here, the best first, once they are looked for."))
        after = translate("Choose a mend above to see this.")
        for table, none in (
            (self.changes, translate("Every other visit stays where it is.")),
            (self.told, translate("Nobody has to be told.")),
            (self.unmet, translate("✓ Every visitor and every team has its minimum.")),
        ):
            table.say_where_empty(none if found else after)

    def _count(self, changes: int, told: int, unmet: int) -> None:
        self.tabs.setTabText(0, translate("&Before and after ({count})").format(count=changes))
        self.tabs.setTabText(1, translate("Who to te&ll ({count})").format(count=told))
        self.tabs.setTabText(2, translate("&Unmet ({count})").format(count=unmet))

    # the end

    def _apply(self) -> None:
        option = self._chosen()
        if option is not None and self._plan is not None:
            self._desk.bridge.do(repair_edit(self._desk.now.plan, self._week.week.id, self._upsets, option))

    def _still_true(self) -> None:
        """Mends of a week that was edited meanwhile are mends no longer."""
        now = self._desk.now
        if now.view is None or now.view.week.id != self._week.week.id:
            self.reject()
        elif self._plan is not None and now.plan is not self._plan and (self._options or self._job):
            self._plan = None
            self._asked_anew()
            self.heading.setText(translate("The week was changed meanwhile. Look for mends again."))

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._ended()

    def done(self, result: int) -> None:
        self._desk.bridge.shown.disconnect(self._still_true)
        super().done(result)
        self._desk.window.activateWindow()


def _changes(before: WeekView, after: WeekView) -> list[Line]:
    """What becomes of each visit: moves and new times side by side, then what is new and what goes."""
    old = {visit.id: visit for visit in before.counted}
    new = {visit.id: visit for visit in after.counted}
    lines: list[tuple[str, Line]] = []
    for visit_id in dict.fromkeys([*old, *new]):
        was, now = old.get(visit_id), new.get(visit_id)
        cells = (_place(before, was), _place(after, now))
        one = was or now
        if one is not None and cells[0] != cells[1]:
            who = after.visitors[one.person_id].name
            lines.append((who.casefold(), Line(key=visit_id, cells=(who, *cells))))
    return [line for _, line in sorted(lines, key=lambda pair: (pair[0], pair[1].cells[1:]))]


def _place(week: WeekView, visit: Visit | None) -> str:
    return "–" if visit is None else slot_label(week.slots[visit.slot_id])
