"""Releases of protected places: to one visitor's own itinerary, with a reason, recorded, taken back at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.document.publishing import release, withdraw_release
from app.text import translate
from app.ui.commands.visits import can_edit
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.plain import label, naming
from app.ui.publish.facts import Shelter, shelter_lines, shelters
from app.ui.rows import RowsTable
from app.ui.theme import GRID

Clock = Callable[[], dt.datetime]


class Sheltered(QWidget):
    """Who goes to which protected place, and to whom it is released."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        super().__init__()
        self._desk, self._clock = desk, clock
        self.words = label(
            translate(
                "Protected places appear under their alias everywhere. You may release one to one visitor: then their "
                "own page and workbook name it from the next publication on; their invitation never does."
            ),
            wrap=True,
        )
        self.table = RowsTable(
            translate("Protected places"),
            (translate("Visitor"), translate("Place"), translate("They are shown"), translate("Reason")),
            desk.look.theme,
        )
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.widths(26, 30, 44)
        self.table.picked_rows.connect(lambda _: self._enable())
        self.table.entered_row.connect(lambda _: self._entered())
        self.give = QPushButton(translate("&Release…"))
        self.give.clicked.connect(lambda *_: self._release())
        self.take = QPushButton(translate("W&ithdraw the release"))
        self.take.clicked.connect(lambda *_: self._withdraw())
        buttons = QHBoxLayout()
        for button in (self.give, self.take):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.empty = label(
            translate(
                "No visitor goes to a protected place. Mark a place as protected in the lists; where a visitor has "
                "a visit there, it can be released to them here."
            ),
            wrap=True,
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 2 * GRID, 0, 0)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self.words)
        inside.addWidget(self.empty)
        inside.addWidget(self.table, 1)
        inside.addLayout(buttons)
        inside.addStretch(0)

    def show_places(self) -> None:
        """Show them as they stand."""
        now = self._desk.now
        if now.view is None:
            return
        lines = list(shelter_lines(now.plan, now.view))
        self.table.show_lines(lines)
        for one in (self.table, self.give, self.take, self.words):
            one.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self._enable()

    @property
    def chosen(self) -> Shelter | None:
        """The selected one."""
        now = self._desk.now
        if now.view is None:
            return None
        keys = self.table.keys()
        return next((one for one in shelters(now.plan, now.view) if one.key in keys), None)

    def _enable(self) -> None:
        one, editing = self.chosen, can_edit(self._desk)
        self.give.setEnabled(editing and one is not None and one.released is None)
        self.take.setEnabled(editing and one is not None and one.released is not None)

    def _entered(self) -> None:
        if self.give.isEnabled():
            self._release()

    def _release(self) -> None:
        one = self.chosen
        if one is not None:
            ReleaseDialog(self._desk, one, self._clock).open()

    def _withdraw(self) -> None:
        one, document = self.chosen, self._desk.bridge.document
        if one is not None and one.released is not None and document is not None:
            document.record(withdraw_release(self._desk.now.plan, one.released.id))


class ReleaseDialog(Dialog):
    """Asks for the reason; without one nothing is released."""

    def __init__(self, desk: Desk, one: Shelter, clock: Clock) -> None:
        self._desk, self._one, self._clock = desk, one, clock
        who, site = desk.now.plan.people[one.person_id].name, desk.now.plan.sites[one.site_id]
        super().__init__(
            desk.window, translate("Release a protected place"),
            translate("Tell {who} where “{place}” is?").format(who=who, place=site.alias), width=600,
        )  # fmt: skip
        self.say(
            translate(
                "Their own page and workbook will show {name} and its address, from the next publication on. "
                "Nobody else’s will. This is recorded with its reason; it can be withdrawn, but what is printed "
                "or sent by then is out."
            ).format(name=site.name)
        )
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.reason.setAccessibleName(translate("Reason for the release"))
        name = naming(translate("&Reason (recorded, never sent):"), self.reason)
        self.body.addWidget(name)
        self.body.addWidget(self.reason)
        self.body.addStretch(1)
        self.go = self.button(translate("Re&lease it"), self._release, main=True)
        self.go.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.cancel_button(translate("Keep the alias"))
        self.reason.setFocus()

    def _release(self) -> None:
        document, now = self._desk.bridge.document, self._desk.now
        if document is None or now.view is None:
            return
        document.record(
            release(
                now.plan, now.view.week.id, self._one.person_id, self._one.site_id,
                reason=self.reason.text(), at=self._clock(),
            )
        )  # fmt: skip
