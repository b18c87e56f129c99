"""The dialogs that begin a week: a new one, with what it takes over from an earlier one, or a copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from app.document.weeks import Carried, copy_week, new_week
from app.errors import Refused
from app.exchange.planning.cells import BadCellError
from app.models.change import Edit
from app.models.plan import Plan
from app.models.view import WeekView, view
from app.models.week import Week
from app.text import translate
from app.ui.dialogs.base import Dialog
from app.ui.lists.column import Row, shown
from app.ui.lists.columns_week import WEEK_LIST
from app.ui.lists.editors import editor_for, set_text, text_of
from app.ui.lists.edits import NotThatError, check_row, with_text
from app.ui.plain import naming
from app.ui.strip import Strip
from app.ui.theme import GRID, Theme
from app.words.refusals import sentence

ASKED = ("Week name", "First day", "Last day", "Organisation", "Organiser", "Organiser email")
"""What a week cannot be without; all else has a usual value and is in the week settings."""


class NewWeekDialog(Dialog):
    """Ask for what a week cannot be without, and what it takes over."""

    def __init__(
        self, parent: QWidget, plan: Plan, theme: Theme, today: dt.date, begin: Callable[[Edit], None]
    ) -> None:
        super().__init__(parent, translate("New week"), translate("A new Practice Week"), width=560)
        self._plan, self._begin = plan, begin
        self._view = blank_view(today)
        self._editors: dict[str, QWidget] = {}
        earlier = sorted(plan.weeks.values(), key=lambda week: week.first_day, reverse=True)
        form = QFormLayout()
        form.setSpacing(2 * GRID)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name in ASKED:
            column = WEEK_LIST.column(self._view, name)
            editor = editor_for(column, self._view, theme, self)
            form.addRow(naming(f"{column.heading} *", editor), editor)
            self._editors[name] = editor
            if earlier and name.startswith("Organis"):
                set_text(editor, column.text(self._view, Row("", (earlier[0],))))
        self.body.addLayout(form)
        self._first_day = self._editors["First day"]
        if isinstance(self._first_day, QLineEdit):
            self._first_day.editingFinished.connect(self._suggest_last)
        self.source = QComboBox()
        self.source.setAccessibleName(translate("Carry over from"))
        self.source.addItem(translate("Begin with nothing"), "")
        for week in earlier:
            self.source.addItem(week.name, week.id)
        self.people = QCheckBox(translate("&Visitors, with how many visits they want"))
        self.teams = QCheckBox(translate("&Teams, with how many visits they take"))
        self.past = QCheckBox(translate("&Past visits, so that nobody is sent where they have been"))
        for box in (self.people, self.teams, self.past):
            box.setChecked(True)
        if earlier:
            self.source.setCurrentIndex(1)
            self.body.addWidget(naming(translate("&Carry over from"), self.source))
            for one in (self.source, self.people, self.teams, self.past):
                self.body.addWidget(one)
            self.source.currentIndexChanged.connect(lambda _: self._choosing())
        self._strip = Strip(theme, self)
        self.body.addWidget(self._strip)
        self.button(translate("&Begin"), self._make, main=True, closes=False)
        self.cancel_button(translate("Cancel"))
        self._editors["Week name"].setFocus()

    @property
    def fault(self) -> str:
        """What is wrong, where something is."""
        return self._strip.text

    def editor(self, setting: str) -> QWidget:
        """The editor of a setting."""
        return self._editors[setting]

    def _choosing(self) -> None:
        for box in (self.people, self.teams, self.past):
            box.setEnabled(bool(self.source.currentData()))

    def _suggest_last(self) -> None:
        """A week that begins on a Monday most likely ends on its Friday."""
        last = self._editors["Last day"]
        try:
            day = WEEK_LIST.column(self._view, "First day").value(self._view, text_of(self._first_day))
        except BadCellError:
            return  # told when the week is begun
        if isinstance(day, dt.date) and not text_of(last):
            set_text(last, shown(day + dt.timedelta(days=max(0, 4 - day.weekday()))))

    def _make(self) -> None:
        try:
            edit = self._edit()
        except NotThatError as no:
            self._tell(str(no))
            return
        except Refused as refused:
            self._tell(sentence(refused))
            return
        self.accept()
        self._begin(edit)

    def _edit(self) -> Edit:
        source = str(self.source.currentData() or "")
        base = self._plan.weeks.get(source, self._view.week)
        row = Row("", (replace(base, id="", name="", archived=False, keep_until=None,
                               pre_election_from=None, pre_election_to=None),))  # fmt: skip
        for name in ASKED:
            row = with_text(self._view, row, WEEK_LIST.column(self._view, name), text_of(self._editors[name]))
        check_row(self._view, WEEK_LIST, row)
        carried = None
        if source:
            carried = Carried(
                week_id=source, visitors=self.people.isChecked(), teams=self.teams.isChecked(),
                past_visits=self.past.isChecked(),
            )  # fmt: skip
        return new_week(self._plan, row.part(Week), carried)

    def _tell(self, text: str) -> None:
        self._strip.tell(text)
        for name, editor in self._editors.items():
            if text.startswith(f"{WEEK_LIST.column(self._view, name).heading}:"):
                editor.setFocus()
                return


def ask_copy(parent: QWidget, plan: Plan, week: Week, theme: Theme, begin: Callable[[Edit], None]) -> Dialog:
    """Ask for the name of a copy."""
    dialog = Dialog(parent, translate("Copy the week"), translate("Copy “{week}”").format(week=week.name))
    dialog.say(
        translate("The copy has the same days, people, teams, slots, wishes and visits. Nobody is told of its visits: "
                  "try things out in it.")
    )  # fmt: skip
    name = QLineEdit(translate("{week} (copy)").format(week=week.name))
    name.selectAll()
    name.setAccessibleName(translate("Name of the copy"))
    named = naming(translate("&Name of the copy"), name)
    strip = Strip(theme, dialog)
    for one in (named, name, strip):
        dialog.body.addWidget(one)

    def copy() -> None:
        try:
            edit = copy_week(plan, week.id, " ".join(name.text().split()))
        except Refused as refused:
            strip.tell(sentence(refused))
            return
        dialog.accept()
        begin(edit)

    dialog.button(translate("&Copy"), copy, main=True, closes=False)
    dialog.cancel_button(translate("Cancel"))
    dialog.open()
    name.setFocus()
    return dialog


def blank_view(today: dt.date) -> WeekView:
    """A week to read typed settings by, while there is none yet: dates without a year are near today."""
    week = Week(id="blank", name="", first_day=today, last_day=today, organisation="", organiser="", organiser_email="")
    return view(Plan.of([week]), week.id)
