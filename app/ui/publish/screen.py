"""The screen Publish and changes: what is not published yet, earlier versions, the call list, protected places."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.exchange.ledger import publications
from app.models.plan import Plan
from app.models.publication import Publication
from app.models.view import WeekView
from app.text import translate
from app.ui.bridge import Now
from app.ui.desk import Desk
from app.ui.noweek import NoWeek
from app.ui.plain import label
from app.ui.publish.again import AgainDialog
from app.ui.publish.calling import Calling, Clock
from app.ui.publish.facts import (
    calls_open,
    calls_told,
    counts,
    pending,
    sending_heads,
    sent_by,
    summary,
    version_heads,
    version_lines,
    version_title,
)
from app.ui.publish.pages import show_sendings
from app.ui.publish.place import now as clock_now
from app.ui.publish.sheltered import Sheltered
from app.ui.rows import RowsTable
from app.ui.tabs import TabPages
from app.ui.theme import GRID, Theme


def _button(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


class Pending(QWidget):
    """What is not published yet, and what to do about it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visits: tuple[str, ...] = ()
        self.words = label(wrap=True)
        self.table = RowsTable(translate("Not published yet"), sending_heads(), desk.look.theme)
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.setWordWrap(False)
        self.table.entered_row.connect(self._lead)
        self.match = _button(desk.action("match"))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 2 * GRID, 0, 0)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self.words)
        inside.addWidget(self.match)
        inside.addWidget(self.table, 1)
        inside.addStretch(0)

    def show_pending(self, now: Now, week: WeekView) -> int:
        """Show what the next publication would send; how many visits that concerns."""
        diff = pending(now.plan, week.week.id)
        self._visits = tuple(one.visit_id for one in diff.sendings)
        show_sendings(self.table, diff.sendings)
        self.table.setVisible(not diff.empty)
        self.match.setVisible(diff.empty and diff.number == 1)
        if not diff.empty:
            text = translate("This is what the next publication sends. Enter leads to the visit on the board.")
        elif diff.number == 1:
            text = translate(
                "There is no visit to publish yet. Match the week, or place visits on the board; what people are to "
                "be told then stands here."
            )
        else:
            text = translate("✓ Everybody was sent the week as it stands. What you change from now on stands here.")
        self.words.setText(text)
        return len(diff.visits)

    def _lead(self, key: object) -> None:
        visit = self._desk.now.plan.visits.get(self._visits[int(str(key))])
        if visit is not None and visit.counts:
            self._desk.lead((visit.id,))
        else:
            self._desk.say(translate("That visit no longer stands on the board."))


class Versions(QWidget):
    """Every version, what it changed, and its files again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.empty = label(
            translate("Nothing is published yet. Each version that you publish is kept here, with what it told whom."),
            wrap=True,
        )
        self.table = RowsTable(translate("Versions"), version_heads(), desk.look.theme)
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.widths(10, 28, 10, 10, 10)
        self.table.picked_rows.connect(lambda _: self._differences())
        self.title = label(wrap=True)
        self.changes = RowsTable(translate("What that version told"), sending_heads(), desk.look.theme)
        self.changes.setWordWrap(False)
        self.again = QPushButton(translate("Write its files a&gain…"))
        self.again.clicked.connect(lambda *_: self._again())
        buttons = QHBoxLayout()
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 2 * GRID, 0, 0)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self.empty)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.title)
        inside.addWidget(self.changes, 2)
        inside.addLayout(buttons)
        inside.addStretch(0)

    def show_versions(self, now: Now, week: WeekView) -> None:
        """Show them as they stand."""
        lines = list(version_lines(now.plan, week))
        self.table.show_lines(lines)
        for one in (self.table, self.title, self.changes, self.again):
            one.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        if lines and self.chosen is None:
            self.table.select_keys([lines[0].key])
        self._differences()

    @property
    def chosen(self) -> Publication | None:
        """The selected version."""
        return next((self._desk.now.plan.publications.get(key) for key in (*self.table.keys(),)), None)

    def _differences(self) -> None:
        publication, week = self.chosen, self._desk.now.view
        self.again.setEnabled(publication is not None)
        if publication is None or week is None:
            self.changes.show_lines(())
            return
        sent = sent_by(self._desk.now.plan, publication)
        self.title.setText(
            translate("{version}: {counts}").format(version=version_title(week, publication), counts=counts(sent))
        )
        show_sendings(self.changes, sent.sendings)

    def _again(self) -> None:
        if self.chosen is not None:
            AgainDialog(self._desk, self.chosen).open()


class PublishScreen(QWidget):
    """Reads the Plan anew only while it is looked at."""

    def __init__(self, desk: Desk, clock: Clock = clock_now) -> None:
        super().__init__()
        self.setAccessibleName(translate("Publish and changes"))
        self._desk = desk
        self._seen: tuple[str, Plan] | None = None
        self.state = label(wrap=True)
        font = self.state.font()
        font.setBold(True)
        self.state.setFont(font)
        self.calls_state = label(wrap=True)
        self.publish, self.ofsted = _button(desk.action("publish")), _button(desk.action("ofsted"))
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        for button in (self.publish, self.ofsted):
            top.addWidget(button)
        top.addStretch(1)
        self.pending, self.versions = Pending(desk), Versions(desk)
        self.calls, self.places = Calling(desk, clock), Sheltered(desk, clock)
        self.tabs = TabPages()
        self.tabs.setAccessibleName(translate("Parts of publishing"))
        for page in (self.pending, self.versions, self.calls, self.places):
            self.tabs.addTab(page, "")
        self.tabs.currentChanged.connect(lambda _: self._turned())
        self.no_week = NoWeek(desk)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self.state)
        inside.addWidget(self.calls_state)
        inside.addLayout(top)
        inside.addWidget(self.tabs, 1)
        inside.addWidget(self.no_week, 1)
        inside.addStretch(0)
        desk.bridge.shown.connect(self.show_now)
        desk.look.changed.connect(self._wear)
        self.show_now(desk.now)

    def show_now(self, now: Now) -> None:
        """Show this, once it is looked at."""
        if self.isVisible():
            self._read(now)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read(self._desk.now)

    def focus_inside(self) -> None:
        """Give the focus to what is most likely wanted: the list in front, else the way on."""
        page = self.tabs.currentWidget()
        table = page.findChild(RowsTable) if page is not None else None
        if table is not None and table.isVisible():
            table.setFocus()
            if not table.keys() and table.rows_model.lines:
                table.selectRow(0)
        elif self.publish.isVisible():
            self.publish.setFocus()
        else:
            self.no_week.focus_inside()

    def _turned(self) -> None:
        """Whoever walks along the tabs stays there; everybody else is led into the list."""
        if self.isVisible() and not self.tabs.tabBar().hasFocus():
            self.focus_inside()

    def show_calls(self) -> None:
        """Lead to the call list."""
        self.tabs.setCurrentWidget(self.calls)
        self.focus_inside()

    def _read(self, now: Now) -> None:
        week = now.view
        for one in (self.state, self.publish, self.ofsted, self.tabs):
            one.setVisible(week is not None)
        self.no_week.setVisible(week is None)
        if week is None:
            self.calls_state.hide()
            self._seen = None
            return
        if self._seen is not None and self._seen[0] == week.week.id and self._seen[1] is now.plan:
            return
        self._seen = (week.week.id, now.plan)
        diff = pending(now.plan, week.week.id)
        published = publications(now.plan, week.week.id)
        if diff.empty and published:
            self.state.setText(
                translate("✓ {version}. Nothing changed since.").format(version=version_title(week, published[-1]))
            )
        elif published:
            self.state.setText(f"{version_title(week, published[-1])}. {summary(diff)}")
        else:
            self.state.setText(summary(diff) if not diff.empty else translate("Nothing is published yet."))
        told = calls_told(now.plan, week)
        self.calls_state.setText(told)
        self.calls_state.setVisible(bool(told))
        waiting = self.pending.show_pending(now, week)
        self.versions.show_versions(now, week)
        self.calls.show_calls()
        self.places.show_places()
        left = len(calls_open(now.plan, week.week.id))
        self._tab(self.pending, translate("&Not published yet"), waiting)
        self._tab(self.versions, translate("Ver&sions"), len(published))
        self._tab(self.calls, translate("&Call list"), left)
        self._tab(self.places, translate("Pr&otected places"), 0)

    def _tab(self, page: QWidget, words: str, count: int) -> None:
        self.tabs.setTabText(self.tabs.indexOf(page), f"{words} {count}" if count else words)

    def _wear(self, theme: Theme) -> None:
        for table in (
            self.pending.table, self.versions.table, self.versions.changes, self.calls.table, self.places.table,
        ):  # fmt: skip
            table.rows_model.wear(theme)
            table.refit()


def lead_to_calls(desk: Desk) -> None:
    """Show the screen with its call list."""
    desk.go("publish")
    for screen in desk.window.findChildren(PublishScreen):
        screen.show_calls()
