"""Find anything: commands, visitors, teams, slots, sites, settings. Type a few letters, choose, Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from app.models.names import fold
from app.text import translate
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.lists.columns_week import WEEK_LIST
from app.ui.lists.panel import ListPanel
from app.ui.plain import label
from app.ui.rows import Line, RowsTable
from app.words.dates import between, short_day

_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that can be found: what it is called, what it is, more words it is found by, and where it leads."""

    name: str
    kind: str
    more: str = ""
    lead: Callable[[], object]


def found(things: Iterable[Thing], text: str) -> list[Thing]:
    """The things that hold all the words, those whose name begins with the text first."""
    folded = fold(text)
    words = folded.split()
    hits = [one for one in things if all(word in fold(f"{one.name} {one.kind} {one.more}") for word in words)]
    hits.sort(key=lambda one: (not fold(one.name).startswith(folded), folded not in fold(one.name)))
    return hits[:_MOST]


def commands(actions: Iterable[QAction]) -> Iterator[Thing]:
    """Everything that can be done now."""
    for action in actions:
        if action.isEnabled() and action.text() and action.isVisible() and action.objectName() != "commands":
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            name = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
            yield Thing(name=name, kind=translate("command"), more=keys, lead=action.trigger)


def things(desk: Desk) -> Iterator[Thing]:
    """Everything of the week that has a place."""
    view = desk.now.view
    if view is None:
        return
    for person in view.visitors.values():
        yield Thing(
            name=person.name, kind=translate("visitor"),
            more=f"{person.person.role} {person.person.organisation}".strip(),
            lead=partial(lead_to_row, desk, "visitors", "visitors", person.id),
        )  # fmt: skip
    for team in view.teams.values():
        yield Thing(name=team.name, kind=translate("team"), more=f"{team.service}, {team.site.name}",
                    lead=partial(lead_to_row, desk, "teams", "teams", team.id))  # fmt: skip
    for site in view.plan.sites.values():
        yield Thing(name=site.name, kind=translate("site"), more=site.postcode,
                    lead=partial(lead_to_row, desk, "teams", "sites", site.id))  # fmt: skip
    for slot in view.slots.values():
        yield Thing(
            name=slot.name, kind=translate("slot"),
            more=f"{slot.team.name}, {short_day(slot.day)}, {between(slot.start, slot.end)}",
            lead=partial(lead_to_row, desk, "teams", "slots", slot.id),
        )  # fmt: skip
    for column in WEEK_LIST.columns(view):
        yield Thing(name=column.heading, kind=translate("week setting"),
                    lead=partial(lead_to_setting, desk, column.name))  # fmt: skip


def lead_to_row(desk: Desk, screen: str, tab: str, key: str) -> None:
    """Open the list that holds the row of that key, and stand on it."""
    from app.ui.screens.lists import VisitorsPanel
    from app.ui.screens.start import lead_to

    panel = lead_to(desk, screen, tab)
    if isinstance(panel, VisitorsPanel):
        panel = panel.list
    if isinstance(panel, ListPanel):
        panel.show_now(desk.now)
        panel.filter.clear()
        panel.view.select_row(key)
        panel.view.setFocus(Qt.FocusReason.OtherFocusReason)


def lead_to_setting(desk: Desk, setting: str) -> None:
    """Open the week settings at one of them."""
    from app.ui.screens.settings import WeekSettings
    from app.ui.screens.start import lead_to

    page = lead_to(desk, "settings", "")
    if isinstance(page, WeekSettings):
        page.lead(setting)


class Finder(Dialog):
    """A line to type in, and what is found below it. The arrow keys choose while one types."""

    def __init__(self, desk: Desk, title: str, hint: str, all_things: list[Thing], *, text: str = "") -> None:
        super().__init__(desk.window, title, width=620)
        self._things = all_things
        self._found: list[Thing] = []
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(title)
        self.table = RowsTable(
            translate("Found"), (translate("Name"), translate("What it is"), translate("More")), desk.look.theme
        )
        self.table.widths(40, 16, 26)
        self.table.setMinimumHeight(320)
        self.table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._none = label(translate("Nothing is called that."))
        self.body.addWidget(self.line)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._none)
        self.cancel_button(translate("Close"))
        self.line.textChanged.connect(self._look)
        self.line.installEventFilter(self)
        self.table.entered_row.connect(lambda key: self._go(str(key)))
        self._look("")
        self.line.setText(text)
        self.line.selectAll()
        self.line.setFocus()

    def _look(self, text: str) -> None:
        self._found = found(self._things, text)
        self.table.show_lines(
            Line(key=str(at), cells=(one.name, one.kind, one.more)) for at, one in enumerate(self._found)
        )
        self._none.setVisible(not self._found)
        if self._found:
            self.table.select_keys(["0"])
            self.table.setCurrentIndex(self.table.rows_model.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
            if event.key() in moves and self._found:
                at = self.table.currentIndex().row() + moves[Qt.Key(event.key())]
                self.table.setCurrentIndex(self.table.rows_model.index(min(max(0, at), len(self._found) - 1), 0))
                one = self._found[self.table.currentIndex().row()]
                self.line.setAccessibleDescription(f"{one.name}, {one.kind}")
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go(self.table.current_key())
                return True
        return super().eventFilter(watched, event)

    def _go(self, key: str) -> None:
        if not key or int(key) >= len(self._found):
            return
        lead = self._found[int(key)].lead
        self.accept()
        lead()
