"""Start: what to do first, how far the week is, the weeks of this database, and the databases opened before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.document.weeks import archive_week
from app.errors import Refused
from app.models.change import Edit
from app.models.plan import Plan
from app.models.view import WeekView
from app.models.week import Week
from app.text import translate
from app.ui.bridge import Now
from app.ui.desk import Desk
from app.ui.dialogs.base import message
from app.ui.plain import label, menu_text, tip
from app.ui.rows import Line, RowsTable
from app.ui.seen import WhileSeen
from app.ui.theme import GRID, Theme
from app.words.dates import counted, day, short_day
from app.words.refusals import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step to a finished week: what it is, how far it is, and where it is done."""

    id: str
    words: str
    done: bool
    state: str
    button: str


def steps(view: WeekView) -> tuple[Step, ...]:
    """The way from dates to publishing, with live counts."""
    week, plan = view.week, view.plan
    hosts = sum(1 for slot in view.slots.values() if not slot.host_email)
    visits = len(view.counted)
    wanted = sum(one.min_visits for one in view.visitors.values() if not one.standby)
    told = sum(1 for visit in view.counted if visit.status.value in ("published", "confirmed", "held"))
    free = translate("{count} without a host's e-mail").format(count=hosts)
    return (
        Step(id="dates", words=translate("Dates and rules"), done=True, button=translate("Week &settings"),
             state=f"{short_day(week.first_day)} – {day(week.last_day)} {week.last_day.year}"),
        Step(id="sites", words=translate("Sites and travel"), done=bool(plan.sites), button=translate("S&ites"),
             state=_both(counted(len(plan.sites), translate("site"), translate("sites")),
                         counted(len(plan.roads), translate("travel time"), translate("travel times")))),
        Step(id="teams", words=translate("Teams"), done=bool(view.teams), button=translate("&Teams"),
             state=counted(len(view.teams), translate("team"), translate("teams"))),
        Step(id="slots", words=translate("Slots they offer"), done=bool(view.slots), button=translate("S&lots"),
             state=_both(counted(len(view.slots), translate("slot"), translate("slots")), free if hosts else "")),
        Step(id="visitors", words=translate("Visitors, wishes and times"), done=bool(view.visitors),
             button=translate("Visito&rs"),
             state=_both(counted(len(view.visitors), translate("visitor"), translate("visitors")),
                         translate("{count} visits wanted at least").format(count=wanted))),
        Step(id="match", words=translate("Match"), done=visits > 0, button=translate("&Match the week"),
             state=counted(visits, translate("visit placed"), translate("visits placed"))),
        Step(id="publish", words=translate("Publish: invitations and rotas"), done=told > 0,
             button=translate("Pu&blish"),
             state=counted(told, translate("visit told to people"), translate("visits told to people"))),
    )  # fmt: skip


def _both(first: str, second: str) -> str:
    return f"{first}, {second}" if second else first


class StartScreen(QScrollArea):
    """The first screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._paths: tuple[Path, ...] | None = None
        self._plan: Plan | None = None
        self._shown_week = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(translate("Start"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(8 * GRID, 6 * GRID, 8 * GRID, 6 * GRID)
        self._inside.setSpacing(3 * GRID)
        self._heading = label(translate("Practice Week"), wrap=True)
        self._lead = label(wrap=True)
        self._inside.addWidget(self._heading)
        self._inside.addWidget(self._lead)
        self.step_buttons: dict[str, QPushButton] = {}
        self._steps: dict[str, tuple[QWidget, ...]] = {}
        self._checklist = QWidget()
        self._build_checklist()
        self._inside.addWidget(self._checklist)
        self.new_week = QPushButton(translate("&New week…"))
        self.new_week.clicked.connect(self.begin_week)
        self._build_weeks()
        self._build_offers()
        self._recent_head = label(translate("Opened before"))
        self._inside.addWidget(self._recent_head)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(GRID)
        self._inside.addLayout(self._recent)
        self._inside.addStretch(1)
        self.setWidget(inner)
        WhileSeen(self, desk.bridge, self.show_now)
        desk.look.changed.connect(self._wear)
        self._wear(desk.look.theme)
        self.show_now(desk.now)

    # Building

    def _build_checklist(self) -> None:
        grid = QGridLayout(self._checklist)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        does: dict[str, Callable[[], None]] = {
            "dates": lambda: self._desk.go("settings"), "sites": lambda: self._open("teams", "sites"),
            "teams": lambda: self._open("teams", "teams"), "slots": lambda: self._open("teams", "slots"),
            "visitors": lambda: self._open("visitors", "visitors"),
            "match": lambda: self._desk.action("match").trigger(),
            "publish": lambda: self._desk.go("publish"),
        }  # fmt: skip
        for at, step_id in enumerate(does):
            sign, words, state = label(), label(), label(wrap=True)
            button = QPushButton()
            button.setAutoDefault(False)
            button.clicked.connect(lambda *_, one=does[step_id]: one())
            for column, one in enumerate((sign, words, button, state)):
                grid.addWidget(one, at, column)
            self._steps[step_id] = (sign, words, state, button)
            self.step_buttons[step_id] = button
        grid.setColumnStretch(3, 1)

    def _build_weeks(self) -> None:
        self._weeks_head = label(translate("Weeks in this database"))
        heads = (
            translate("Week"), translate("Days"), translate("Visitors"), translate("Teams"), translate("Slots"),
            translate("Visits"), translate("State"),
        )  # fmt: skip
        self.weeks = RowsTable(translate("Weeks in this database"), heads, self._desk.look.theme)
        self.weeks.widths(38, 30, 10, 10, 10, 10, 14)
        self.weeks.entered_row.connect(lambda key: self.show_week(str(key)))
        self.weeks.picked_rows.connect(lambda _: self._enable())
        self.show_button = QPushButton(translate("Sho&w this week"))
        self.copy_button = QPushButton(translate("&Copy this week…"))
        self.archive_button = QPushButton(translate("&Archive"))
        self.show_button.clicked.connect(lambda: self.show_week(self._chosen()))
        self.copy_button.clicked.connect(self.copy_week)
        self.archive_button.clicked.connect(self.archive)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for one in (self.show_button, self.copy_button, self.archive_button, self.new_week):
            one.setAutoDefault(False)
            row.addWidget(one)
        row.addStretch(1)
        self._inside.addWidget(self._weeks_head)
        self._inside.addWidget(self.weeks)
        self._inside.addLayout(row)

    def _build_offers(self) -> None:
        row = QGridLayout()
        row.setSpacing(2 * GRID)
        self.offers: dict[str, QToolButton] = {}
        for at, name in enumerate(("new-week", "sample", "import", "open", "new")):
            action: QAction = self._desk.action(name)
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setMinimumHeight(9 * GRID)
            button.setMinimumWidth(64 * GRID)
            row.addWidget(button, (at + 1) // 2, (at + 1) % 2 if at else 0)
            self.offers[name] = button
        row.setColumnStretch(2, 1)
        self._inside.addLayout(row)

    # Following

    def _wear(self, theme: Theme) -> None:
        font = self.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.5)
        self._heading.setFont(font)
        self.weeks.rows_model.wear(theme)
        self.weeks.refit()
        self.weeks.setMinimumHeight(self.fontMetrics().lineSpacing() * 7)
        self.weeks.setMaximumHeight(self.fontMetrics().lineSpacing() * 12)

    def show_now(self, now: Now) -> None:
        """Show this."""
        self._show_recent()
        week_id = now.view.week.id if now.view else ""
        if now.plan is self._plan and week_id == self._shown_week:
            return
        self._plan, self._shown_week = now.plan, week_id
        self._show_steps(now)
        weeks = sorted(now.plan.weeks.values(), key=lambda week: (week.archived, -week.first_day.toordinal()))
        self.offers["new-week"].setVisible(not weeks)
        for one in (
            self._weeks_head, self.weeks, self.show_button, self.copy_button, self.archive_button, self.new_week
        ):  # fmt: skip
            one.setVisible(bool(weeks))
        chosen = self.weeks.keys()
        self.weeks.show_lines(_week_line(now.plan, week, shown=week.id == week_id) for week in weeks)
        self.weeks.select_keys(chosen)  # one that went to the end stays chosen
        self.weeks.refit()  # another name may need another width, though there are as many weeks
        self._enable()

    def _show_steps(self, now: Now) -> None:
        self._checklist.setVisible(now.view is not None)
        if now.view is None:
            self._heading.setText(translate("Practice Week"))
            self._lead.setText(
                translate(
                    "Match leaders to frontline teams, see every clash before it happens, and undo anything. Open the "
                    "sample week to look around, begin a new week, or import a planning workbook."
                )
            )
            return
        self._heading.setText(now.view.week.name)
        found = steps(now.view)
        left = next((step for step in found if not step.done), None)
        self._lead.setText(
            translate("The next step: {step}.").format(step=left.words) if left
            else translate("Every step has been begun. The week board shows the visits; Problems lists what is left.")
        )  # fmt: skip
        for number, step in enumerate(found, start=1):
            sign, words, state, button = self._steps[step.id]
            mark = "✓" if step.done else ("➤" if step is left else "–")
            for widget, text in ((sign, mark), (words, f"{number}  {step.words}"), (state, step.state)):
                widget.setText(text)  # type: ignore[attr-defined]  # labels, as built
            font = words.font()
            font.setBold(step is left)
            words.setFont(font)
            button.setText(step.button)  # type: ignore[attr-defined]  # a button, as built
            button.setEnabled(step.id != "match" or self._desk.action("match").isEnabled())
            button.setAccessibleDescription(f"{step.words}: {step.state}")

    def _show_recent(self) -> None:
        paths = self._desk.settings.recent
        if paths == self._paths:
            return
        self._paths = paths
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._recent_head.setVisible(bool(paths))
        for path in paths:
            button = QPushButton(menu_text(path.stem))
            button.setToolTip(tip(str(path)))
            button.setMinimumHeight(7 * GRID)
            button.setMaximumWidth(120 * GRID)
            button.clicked.connect(lambda *_, one=path: self._desk.open_path(one))
            self._recent.addWidget(button)

    def _enable(self) -> None:
        week = self._desk.now.plan.weeks.get(self._chosen())
        document = self._desk.bridge.document
        free = document is not None and not document.read_only
        self.show_button.setEnabled(week is not None and week.id != self._shown_week)
        self.copy_button.setEnabled(week is not None and free)
        self.archive_button.setEnabled(week is not None and free)
        archived = week is not None and week.archived
        self.archive_button.setText(translate("Take out of the &archive") if archived else translate("&Archive"))

    # Doing

    def _chosen(self) -> str:
        keys = self.weeks.keys()
        return keys[0] if keys else self._shown_week

    def _open(self, screen: str, tab: str) -> None:
        lead_to(self._desk, screen, tab)

    def show_week(self, week_id: str) -> None:
        """Show another week."""
        if week_id in self._desk.now.plan.weeks:
            self._desk.bridge.choose_week(week_id)
            self._desk.say(translate("Showing {week}").format(week=self._desk.now.plan.weeks[week_id].name))

    def begin_week(self) -> None:
        """Ask what the new week is."""
        self._desk.action("new-week").trigger()

    def copy_week(self) -> None:
        """Ask for the name of a copy of the chosen week."""
        from app.ui.screens.new_week import ask_copy

        week = self._desk.now.plan.weeks.get(self._chosen())
        if week is not None:
            ask_copy(self.window(), self._desk.now.plan, week, self._desk.look.theme, partial(begun, self._desk))

    def archive(self) -> None:
        """Put the chosen week into the archive, or take it out."""
        week = self._desk.now.plan.weeks.get(self._chosen())
        if week is not None:
            self._do(archive_week(self._desk.now.plan, week.id, archived=not week.archived))

    def _do(self, edit: Edit) -> None:
        try:
            self._desk.bridge.do(edit)
        except Refused as refused:
            message(self.window(), translate("That could not be done"), sentence(refused))

    def focus_inside(self) -> None:
        """Give the next thing to do the focus."""
        view = self._desk.now.view
        left = next((step.id for step in steps(view) if not step.done), "match") if view is not None else ""
        begin = self.new_week if view is not None else self.offers["new-week"]
        button = self.step_buttons.get(left, begin)
        (button if button.isEnabled() else begin).setFocus(Qt.FocusReason.OtherFocusReason)


def _week_line(plan: Plan, week: Week, *, shown: bool) -> Line:
    def count(table: str) -> str:
        rows = plan.table(table).values()
        return f"{sum(1 for one in rows if getattr(one, 'week_id', None) == week.id):,}"

    state = translate("shown") if shown else ""
    if week.archived:
        state = _both(translate("archived"), state)
    days = f"{short_day(week.first_day)} – {short_day(week.last_day)} {week.last_day.year}"
    cells = (week.name, days, count("attendances"), count("offers"), count("slots"), count("visits"), state)
    return Line(key=week.id, cells=cells, faint=week.archived)


def begun(desk: Desk, edit: Edit) -> None:
    """Make the edit that begins a week, and show that week."""
    try:
        desk.bridge.do(edit)
    except Refused as refused:
        message(desk.window, translate("That could not be done"), sentence(refused))
        return
    if edit.week_id in desk.now.plan.weeks:
        desk.bridge.choose_week(edit.week_id or "")
    desk.go("start")


def lead_to(desk: Desk, screen: str, tab: str) -> QWidget | None:
    """Open a screen, and a tab of it where it has tabs; the panel that is open then."""
    from app.ui.screens.lists import Tabs

    desk.go(screen)
    stack = desk.window.centralWidget()
    page = stack.currentWidget() if isinstance(stack, QStackedWidget) else None
    if tab and isinstance(page, Tabs):
        return page.open(tab)
    return page
