"""Match the week: progress per priority in words, Stop keeps the best, before and after, Adopt as one undo.

The dialog is not modal: editing goes on meanwhile, and what was edited since is left alone when the match is adopted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.document.matching import adopt_match
from app.engine import goals
from app.engine.explain import remember
from app.engine.match import Matching, Progress, Status, match
from app.errors import Refused
from app.models.change import Edit
from app.models.findings import Reached
from app.models.view import WeekView, view
from app.models.visits import Visit
from app.models.week import Priority
from app.text import translate
from app.ui.dialogs.base import Dialog
from app.ui.jobs import Job
from app.ui.plain import label
from app.ui.rows import Line, RowsTable
from app.ui.tabs import TabPages
from app.words.dates import counted
from app.words.labels import slot_label
from app.words.mends import mend_text
from app.words.priorities import meaning, near_text, reached_text
from app.words.refusals import sentence
from app.words.unmet import unmet_text

if TYPE_CHECKING:
    from app.ui.desk import Desk


def priority_words(priority: Priority) -> str:
    """`demand: visitors and teams reach their minimum`."""
    return translate("{name}: {meaning}").format(name=priority_name(priority), meaning=meaning(priority))


def priority_name(priority: Priority) -> str:
    """The priority as a heading."""
    return {
        Priority.DEMAND: translate("Demand"),
        Priority.TOLD: translate("People to tell"),
        Priority.TOLD_VISITS: translate("Promised visits changed"),
        Priority.WISHES: translate("Wishes"),
        Priority.FRESH_EYES: translate("Fresh eyes"),
        Priority.FAIR_VISITORS: translate("Fair visitors"),
        Priority.FAIR_TEAMS: translate("Fair teams"),
        Priority.TRAVEL: translate("Travel"),
    }[priority]


class MatchDialog(Dialog):
    """One matching, from its start to its adoption."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window, translate("Match the week"), translate("Looking for the best week…"), width=760)
        self.setModal(False)
        self._desk = desk
        week = desk.now.view
        if week is None:
            raise RuntimeError("no week is shown")
        self._week: WeekView = week
        self._order = goals.order(week)
        self._before = goals.values(week)
        self._now: dict[Priority, tuple[int | None, int | None]] = {}
        self._current: Priority | None = None
        self._job: Job | None = None
        self._matching: Matching | None = None
        self._closed = False
        theme = desk.look.theme
        self.state = label(wrap=True)
        self.priorities = RowsTable(
            translate("Priorities, the most important first"),
            (translate("Priority"), translate("Now"), translate("Found"), translate("How good that is")), theme,
        )  # fmt: skip
        self.priorities.widths(62, 8, 8)
        self.priorities.setMinimumHeight(self.priorities.verticalHeader().defaultSectionSize() * 8)
        self.priorities.let_sentences_wrap()
        self.changes = RowsTable(
            translate("What would change"), (translate("Visitor"), translate("Before"), translate("After")), theme
        )
        self.changes.widths(24, 42)
        self.unmet = RowsTable(
            translate("What stays unmet, and why"), (translate("Unmet"), translate("What would help")), theme
        )
        self.unmet.widths(60)
        for table in (self.changes, self.unmet):
            table.let_sentences_wrap()
        self._changing = _or_words(self.changes, translate("Every visit stays where it is."))
        self._lacking = _or_words(self.unmet, translate("Every visitor and every team has its minimum."))
        self.tabs = TabPages()
        self.tabs.setAccessibleName(translate("Parts of the result"))
        self.tabs.addTab(self.priorities, translate("&Priorities"))
        self.body.addWidget(self.state)
        self.body.addWidget(self.tabs, 1)
        self.stop = self.button(translate("&Stop, keep the best"), self._stop, closes=False)
        self.adopt = self.button(translate("&Adopt"), self._adopt, main=True)
        self.adopt.setEnabled(False)
        self.discard = self.cancel_button(translate("&Discard"))
        self.rejected.connect(self._leave)
        desk.bridge.shown.connect(self._still_there)

    def begin(self) -> None:
        """Start the matching."""
        self._tell_progress()
        self.state.setText(translate("You can go on editing meanwhile; what you change is left as you made it."))
        week = self._week

        def work(job: Job, tell: object) -> Matching:
            hand = tell if callable(tell) else None
            return match(week, progress=hand, cancelled=job.cancelled)

        self._job = self._desk.jobs.start(work, done=self._done, failed=self._failed, progress=self._progress)

    # While it runs

    def _progress(self, news: Progress) -> None:
        if self._matching is not None or self._closed:
            return
        if news.priority is not None:
            self._current = news.priority
            self._now[news.priority] = (news.value, news.bound)
        self.heading.setText(
            translate("Looking for the best week… {seconds} seconds, {visits} so far").format(
                seconds=round(news.seconds),
                visits=counted(len(news.pairs), translate("visit"), translate("visits")),
            )
        )
        self._tell_progress()

    def _tell_progress(self) -> None:
        self.priorities.show_lines(self._progress_line(priority) for priority in self._order)

    def _progress_line(self, priority: Priority) -> Line:
        value, bound = self._now.get(priority, (None, None))
        if priority not in self._now:
            words = translate("waiting")
        elif value is None or bound is None:
            words = translate("under way")
        else:
            words = near_text(priority, value, bound)
        cells = (priority_words(priority), str(self._before.get(priority, "")), "" if value is None else str(value))
        return Line(key=priority.value, cells=(*cells, words))

    def _stop(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self.heading.setText(translate("Stopping; the best week so far is kept…"))
            self._job.cancel()

    def _failed(self, error: BaseException) -> None:
        if self._closed:
            return  # nobody waits for it any more
        self._job = None
        self.stop.hide()
        self.heading.setText(translate("The week could not be matched"))
        if not isinstance(error, Refused):
            self.state.setText(translate("Something went wrong. Nothing was changed."))
            raise error
        self.state.setText(sentence(error))

    # Once it is done

    def _done(self, matching: Matching) -> None:
        if self._closed:
            return  # it was discarded while it ran
        self._job = None
        self._matching = matching
        remember(self._week, matching)
        self.stop.hide()
        self.heading.setText(_verdict(matching))
        self._tell_result()
        self._desk.say(self.heading.text())
        self.adopt.setFocus()

    def _tell_result(self) -> None:
        matching = self._matching
        now = self._desk.now
        if matching is None or now.view is None or self._week.week.id not in now.plan.weeks:
            return
        edit = self._edit()
        after = view(now.plan.apply(edit), self._week.week.id)
        lines = _changes(view(now.plan, self._week.week.id), after)
        visits = counted(len(lines), translate("visit would change"), translate("visits would change"))
        rest = translate("After it, {placed} stand in the week.").format(
            placed=counted(len(after.counted), translate("visit"), translate("visits"))
        )
        settled = translate("Nothing would change: the week is as good as it gets.")
        self.state.setText(f"{visits}. {rest}" if lines else settled)
        self.adopt.setEnabled(bool(edit.changes))
        self.discard.setText(translate("&Discard") if edit.changes else translate("&Close"))
        self.priorities.show_lines(self._reached_line(one) for one in matching.reached)
        self.changes.show_lines(lines)
        self.unmet.show_lines(
            Line(key=f"{one.who}{one.id}", cells=(unmet_text(after, one), mend_text(after, one)))
            for one in matching.unmet
        )
        if self.tabs.count() == 1:
            self.tabs.addTab(self._changing, "")
            self.tabs.addTab(self._lacking, "")
        self._changing.setCurrentIndex(0 if lines else 1)
        self._lacking.setCurrentIndex(0 if matching.unmet else 1)
        self.tabs.setTabText(1, translate("&Before and after ({count})").format(count=len(lines)))
        self.tabs.setTabText(2, translate("&Unmet ({count})").format(count=len(matching.unmet)))

    def _reached_line(self, one: Reached) -> Line:
        cells = (priority_words(one.priority), str(self._before.get(one.priority, "")), str(one.value))
        return Line(key=one.priority.value, cells=(*cells, reached_text(one)), faint=not one.asked)

    def _edit(self) -> Edit:
        if self._matching is None:
            raise RuntimeError("nothing was found yet")
        plan = self._desk.now.plan
        return adopt_match(plan, self._week.week.id, self._matching.pairs, since=self._week.plan)

    def _adopt(self) -> None:
        self._desk.bridge.do(self._edit())
        self._desk.go("board")

    def _still_there(self) -> None:
        """Keep the preview true while the week is edited beside it."""
        if self._week.week.id not in self._desk.now.plan.weeks:
            self.reject()
        elif self._matching is not None and self.isVisible():
            self._tell_result()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def done(self, result: int) -> None:
        self._closed = True
        self._desk.bridge.shown.disconnect(self._still_there)
        super().done(result)
        self._desk.window.activateWindow()


def _or_words(table: RowsTable, words: str) -> QStackedWidget:
    """The table, or these words where it would be empty."""
    held, none = QStackedWidget(), label(words, wrap=True)
    none.setAlignment(Qt.AlignmentFlag.AlignCenter)
    held.addWidget(table)
    held.addWidget(none)
    return held


def _verdict(matching: Matching) -> str:
    seconds = translate("{seconds} s").format(seconds=f"{matching.seconds:.1f}")
    match matching.status:
        case Status.OPTIMAL:
            return translate("The best week there is, proved for every priority, in {time}").format(time=seconds)
        case Status.STOPPED:
            return translate("Stopped after {time}: the best week so far").format(time=seconds)
        case _:
            return translate("A good week in {time}; not every priority is proved").format(time=seconds)


def _changes(before: WeekView, after: WeekView) -> list[Line]:
    """What becomes of each visit, by visitor: moves side by side, then what is new and what goes."""
    old = {visit.id: visit for visit in before.counted}
    new = {visit.id: visit for visit in after.counted}
    lines: list[tuple[str, Line]] = []
    for visit_id in dict.fromkeys([*old, *new]):
        was, now = old.get(visit_id), new.get(visit_id)
        one = was or now
        if one is None or (was is not None and now is not None and was.slot_id == now.slot_id):
            continue
        who = after.visitors[one.person_id].name
        cells = (who, _place(before, was), _place(after, now))
        lines.append((who.casefold(), Line(key=visit_id, cells=cells)))
    return [line for _, line in sorted(lines, key=lambda pair: (pair[0], pair[1].cells[1:]))]


def _place(week: WeekView, visit: Visit | None) -> str:
    return "–" if visit is None else slot_label(week.slots[visit.slot_id])
