"""Data protection: how long weeks are kept, what is held of a person, and erasing people for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.document.retention import everybody, kept_until
from app.models.names import fold
from app.models.plan import Plan
from app.text import translate
from app.ui.dialogs.base import Dialog
from app.ui.moments import DayField
from app.ui.plain import clearable, label
from app.ui.rows import Line, RowsTable
from app.ui.theme import GRID, Theme
from app.words.dates import counted, day_year, listed

_MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What the buttons do."""

    keep_until: Callable[[str, dt.date], None]
    export: Callable[[str], None]
    erase: Callable[[tuple[str, ...]], None]


class ProtectionDialog(Dialog):
    """Weeks with the day until which they are kept, and everybody named in the file."""

    def __init__(self, parent: QWidget, theme: Theme, deeds: Deeds, *, today: dt.date, can_change: bool) -> None:
        super().__init__(parent, translate("Data protection"), width=860)
        self._deeds = deeds
        self._today = today
        self._can_change = can_change
        self._plan = Plan()
        self._began: dt.date | None = None
        self._weeks_part(theme)
        self._people_part(theme)
        self.cancel_button(translate("&Close"))

    def _weeks_part(self, theme: Theme) -> None:
        self.say(translate("A week and the people in it are kept until a day that you choose; you are asked then."))
        self.weeks = RowsTable(
            translate("Weeks"),
            (translate("Week"), translate("Last day"), translate("Kept until"), translate("Note")),
            theme,
        )
        self.weeks.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.weeks.widths(46, 26, 28)
        self.weeks.setMinimumHeight(self.weeks.verticalHeader().defaultSectionSize() * 4)
        self.weeks.selectionModel().currentChanged.connect(lambda *_: self._week_chosen())
        self.day = DayField([self._today], theme)
        self.day.show_day(self._today)
        self.day.setAccessibleName(translate("Keep the chosen week until"))
        asks = label(translate("&Keep the chosen week until"))
        asks.setBuddy(self.day)
        self.set_day = QPushButton(translate("Se&t this day"))
        self.set_day.setAutoDefault(False)
        self.set_day.clicked.connect(self._set_day)
        self.day.textChanged.connect(lambda _: self._day_typed())
        self.day.enter = self.set_day.click
        self.weeks.say_where_empty(translate("There is no week in this database yet."))
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self.wrong = label(wrap=True)
        self._of_week = (asks, self.day, self.set_day)
        for part in self._of_week:
            row.addWidget(part)
        row.addWidget(self.wrong, 1)
        self.body.addWidget(self.weeks, 1)
        self.body.addLayout(row)

    def _people_part(self, theme: Theme) -> None:
        self.body.addSpacing(3 * GRID)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(translate("Type to narrow the list"))
        self.filter.setAccessibleName(translate("Narrow the list of people"))
        clearable(self.filter)
        self.filter.textChanged.connect(lambda _: self._show_people())
        self.people = RowsTable(translate("People"), (translate("Name"), translate("As")), theme)
        self.people.widths(44)
        self.people.say_where_empty(translate("Nobody of that name is in this database."))
        self.people.setMinimumHeight(self.people.verticalHeader().defaultSectionSize() * 6)
        self.people.selectionModel().selectionChanged.connect(lambda *_: self._people_chosen())
        self.export = QPushButton(translate("&Write what is held of them…"))
        self.erase = QPushButton(translate("&Erase for good…"))
        for button in (self.export, self.erase):
            button.setAutoDefault(False)
        self.export.clicked.connect(self._export)
        self.erase.clicked.connect(self._erase)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.export)
        row.addWidget(self.erase)
        row.addStretch(1)
        self.body.addWidget(self.filter)
        self.body.addWidget(self.people, 2)
        self.body.addLayout(row)

    def show_plan(self, plan: Plan, began: dt.date | None, chosen: Sequence[str] = ()) -> None:
        """Show the weeks and people of a Plan; `chosen` are the names to select."""
        self._plan, self._began = plan, began
        weeks = sorted(plan.weeks.values(), key=lambda week: (week.first_day, week.name))
        self.weeks.show_lines(
            Line(
                key=week.id,
                cells=(
                    week.name, day_year(week.last_day), day_year(kept_until(week, began)),
                    translate("! this day has passed") if kept_until(week, began) < self._today else "",
                ),
            )
            for week in weeks
        )  # fmt: skip
        for part in self._of_week:
            part.setVisible(bool(weeks))
        if not everybody(plan):
            self.people.say_where_empty(translate("Nobody is named in this database yet."))
        if weeks and not self.weeks.keys():
            self.weeks.select_keys([weeks[0].id])
        self._week_chosen()
        self._show_people()
        if chosen:
            self.people.select_keys(chosen)
        self._people_chosen()

    def _show_people(self) -> None:
        words = fold(self.filter.text()).split()
        self.people.show_lines(
            Line(key=name, cells=(name, listed([_role(role) for role in sorted(roles)])))
            for name, roles in everybody(self._plan).items()
            if all(word in fold(name) for word in words)
        )
        self._people_chosen()

    def _week_chosen(self) -> None:
        week = self._plan.weeks.get(self.weeks.current_key())
        if week is not None:
            self.day.show_day(kept_until(week, self._began))
        self._day_typed()

    def _day_typed(self) -> None:
        there = self.weeks.current_key() in self._plan.weeks
        self.set_day.setEnabled(there and self._can_change and self.day.day() is not None)
        wrong = self.day.wrong()
        self.wrong.setText(f"✕ {wrong}" if wrong else "")

    def _set_day(self) -> None:
        chosen = self.day.day()
        if chosen is not None:
            self._deeds.keep_until(self.weeks.current_key(), chosen)

    def _people_chosen(self) -> None:
        names = self.people.keys()
        self.export.setEnabled(len(names) == 1)
        self.erase.setEnabled(bool(names) and self._can_change)

    def _export(self) -> None:
        self._deeds.export(self.people.keys()[0])

    def _erase(self) -> None:
        self._deeds.erase(self.people.keys())


def _role(role: str) -> str:
    return {
        "visitor": translate("visitor"), "assistant": translate("assistant"), "host": translate("host"),
        "deputy": translate("deputy"),
    }[role]  # fmt: skip


class EraseDialog(Dialog):
    """The one step that nothing takes back: says what goes and what stays, and wants a tick first."""

    def __init__(self, parent: QWidget, names: Sequence[str], erase: Callable[[], None]) -> None:
        who = names[0] if len(names) == 1 else counted(len(names), translate("person"), translate("people"))
        super().__init__(
            parent, translate("Erase for good"), translate("Erase {who} for good?").format(who=who), width=600
        )
        if len(names) > 1:
            more = len(names) - _MOST_NAMED
            shown = [*names[:_MOST_NAMED], *([translate("{count} more").format(count=more)] if more > 0 else [])]
            self.say(listed(shown) + ".")
        self.say(translate(
            "Name, addresses, role, needs and reasons go from the week, the history, the record of what was sent, and "
            "every backup. “Erased person” and a number stand there instead, so that teams' numbers stay right."
        ))  # fmt: skip
        self.say(translate(
            "Nothing brings them back: neither Undo nor a backup. Files that were written or sent before are not "
            "changed; delete those yourself."
        ))  # fmt: skip
        self.sure = QCheckBox(translate("&Yes, erase them; I know that this cannot be undone"))
        self.body.addWidget(self.sure)
        self.go = self.button(translate("&Erase for good"), erase)
        self.go.setEnabled(False)
        self.sure.toggled.connect(self.go.setEnabled)
        self.cancel_button(translate("Leave everything as it is")).setDefault(True)
        self.sure.setFocus(Qt.FocusReason.OtherFocusReason)
