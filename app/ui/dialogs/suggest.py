"""Suggest places: free slots for a visitor or a visit, or visitors for a slot, ranked; one is applied as one undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from app.models.findings import Suggestion
from app.models.view import WeekView
from app.text import translate
from app.ui.dialogs.base import Dialog
from app.ui.plain import label
from app.ui.rows import Line, RowsTable
from app.ui.theme import Theme
from app.words.answers import gain_text
from app.words.dates import between, counted, short_day

MOST = 200
"""How many suggestions a list shows."""


class SuggestDialog(Dialog):
    """A ranked list; what the marked choice would do stands below in words."""

    def __init__(
        self,
        parent: QWidget,
        heading: str,
        week: WeekView,
        suggestions: Sequence[Suggestion],
        theme: Theme,
        chosen: Callable[[Suggestion], None],
        *,
        of_visitors: bool,
    ) -> None:
        super().__init__(parent, translate("Suggest places"), heading, width=1000)
        self._week = week
        self._chosen = chosen
        self._of_visitors = of_visitors
        shown = suggestions[:MOST]
        self._by_key = {_key(one): one for one in shown}
        names = (
            (translate("Visitor"), translate("Role"))
            if of_visitors
            else (translate("Place"), translate("When"))
        )  # fmt: skip
        heads = (translate("Rank"), *names, translate("Wishes"), translate("Travel"), translate("To tell"))
        self.table = RowsTable(heading, (*heads, translate("What it would do")), theme)
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.widths(6, 30, 27, 13, 15, 10)
        self.table.setMinimumHeight(280)
        self.reasons = label(wrap=True)
        self.reasons.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.reasons)
        self.go: QPushButton = self.button(translate("&Put it there"), self._choose, main=True)
        if of_visitors:
            self.go.setText(translate("&Place the visitor"))
        self.cancel_button(translate("Cancel"))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._explain())
        self.table.entered_row.connect(lambda _: self.go.click())
        self.table.show_lines(self._line(rank, one) for rank, one in enumerate(shown, start=1))
        if shown:
            self.table.select_keys([_key(shown[0])])
        self.table.setFocus()
        self._explain()

    def _line(self, rank: int, one: Suggestion) -> Line:
        visitor, slot = self._week.visitors[one.person_id], self._week.slots[one.slot_id]
        if self._of_visitors:
            standby = translate("standby; {role}").format(role=visitor.person.role).rstrip("; ")
            names = (visitor.name, standby if visitor.standby else visitor.person.role)
        else:
            names = (slot.team.name, f"{short_day(slot.day)}, {between(slot.start, slot.end)}")
        tell = counted(one.tell, translate("person"), translate("people")) if one.tell else translate("nobody")
        gain = gain_text(one.by_priority)
        return Line(
            key=_key(one), cells=(str(rank), *names, _wishes(one.points), _travel(one.travel), tell, gain)
        )  # fmt: skip

    def _explain(self) -> None:
        one = self._by_key.get(self.table.current_key())
        self.go.setEnabled(one is not None)
        if one is None:
            return
        slot = self._week.slots[one.slot_id]
        facts = {
            "who": self._week.visitors[one.person_id].name, "team": slot.team.name,
            "what": gain_text(one.by_priority), "activity": " ".join(slot.slot.activity.split()),
        }  # fmt: skip
        if facts["activity"]:
            self.reasons.setText(translate("{who} at {team} ({activity}): {what}.").format(**facts))
        else:
            self.reasons.setText(translate("{who} at {team}: {what}.").format(**facts))

    def _choose(self) -> None:
        one = self._by_key.get(self.table.current_key())
        if one is not None:
            self._chosen(one)


def _key(one: Suggestion) -> str:
    return f"{one.person_id}:{one.slot_id}"


def _wishes(points: int) -> str:
    if points == 0:
        return translate("none")
    shown = f"+{points}" if points > 0 else f"−{-points}"
    return translate("{points} points").format(points=shown)


def _travel(minutes: int) -> str:
    if minutes == 0:
        return translate("no more")
    shown = f"+{minutes}" if minutes > 0 else f"−{-minutes}"
    return translate("{minutes} minutes").format(minutes=shown)
