"""Why, or why not: choose any visitor and any slot; every rule is ticked or crossed in one sentence."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from app.engine.reserve import places_for
from app.models.view import WeekSlot, WeekView
from app.text import translate
from app.ui.deck.verdicts import SYMBOLS
from app.ui.deck.why import why
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.price import PriceAsked
from app.ui.jobs import Jobs
from app.ui.plain import label
from app.ui.rows import Line, RowsTable
from app.ui.theme import Theme
from app.words.answers import gain_text
from app.words.labels import slot_label


class WhyDialog(Dialog):
    """Answers anew whenever another visitor or slot is chosen."""

    def __init__(
        self,
        parent: QWidget,
        week: WeekView,
        today: dt.date,
        theme: Theme,
        *,
        person_id: str | None,
        slot_id: str | None,
        jobs: Jobs | None = None,
    ) -> None:
        super().__init__(parent, translate("Why, or why not?"), width=720)
        self._week = week
        self._today = today
        self.visitor = QComboBox()
        self.slot = QComboBox()
        choose = QFormLayout()
        for words, box in ((translate("&Visitor:"), self.visitor), (translate("&Slot:"), self.slot)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(30)
            box.setMaxVisibleItems(20)
            name = label(words)
            name.setBuddy(box)
            choose.addRow(name, box)
        self.visitor.setAccessibleName(translate("Visitor"))
        self.slot.setAccessibleName(translate("Slot"))
        with QSignalBlocker(self.visitor), QSignalBlocker(self.slot):
            for visitor in week.visitors.values():
                self.visitor.addItem(visitor.name, visitor.id)
            for slot in week.slots.values():
                self.slot.addItem(slot_label(slot), slot.id)
            self.visitor.setCurrentIndex(max(0, self.visitor.findData(person_id)))
            self.slot.setCurrentIndex(max(0, self.slot.findData(slot_id)))
        self.answer = label(wrap=True)
        font = self.answer.font()
        font.setBold(True)
        self.answer.setFont(font)
        self.answer.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        self.table = RowsTable(translate("Rules"), (translate("Rule"), translate("What it says here")), theme)
        self.table.widths(30)
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setMinimumHeight(max(6 * row, min(12 * row, self.maximumHeight() // 3)))
        self.table.let_sentences_wrap()
        self.body.addLayout(choose)
        self.body.addWidget(self.answer)
        self.body.addWidget(self.table, 1)
        self.notes = label(wrap=True)
        self.body.addWidget(self.notes)
        self.price = PriceAsked(week, jobs)
        self.body.addWidget(self.price)
        self.finished.connect(lambda _: self.price.stop())
        self.cancel_button(translate("&Close")).setDefault(True)
        self.visitor.currentIndexChanged.connect(lambda _: self._answer())
        self.slot.currentIndexChanged.connect(lambda _: self._answer())
        self._answer()

    def _answer(self) -> None:
        person_id, slot_id = self.visitor.currentData(), self.slot.currentData()
        if person_id is None or slot_id is None:
            return
        found = why(self._week, person_id, slot_id, today=self._today)
        self.answer.setText(f"{SYMBOLS[found.verdict.mark]} {found.text}")
        lines = sorted(found.lines, key=lambda one: one.holds)
        self.table.show_lines(
            Line(
                key=one.rule.value, cells=(f"{'✓' if one.holds else '✕'} {one.name}", one.text),
                tone="fine" if one.holds else "broken",
            )
            for one in lines
        )  # fmt: skip
        thoughts = () if found.verdict.broken else found.verdict.reasons
        nearest = self._nearest(person_id, slot_id) if found.verdict.broken and not found.placed else ""
        gain = "" if found.verdict.broken or found.placed else self._as_it_stands(person_id, slot_id)
        self.notes.setText("\n".join([*(f"! {reason}" for reason in thoughts), *filter(None, (nearest, gain))]))
        self.notes.setVisible(bool(self.notes.text()))
        self.price.ask_about(person_id, slot_id)

    def _as_it_stands(self, person_id: str, slot_id: str) -> str:
        """What the visit would do at once, nothing else moved; what it costs where others may move is asked for."""
        one = next((one for one in places_for(self._week, person_id) if one.slot_id == slot_id), None)
        if one is None:
            return ""
        return translate("As the week stands, with nothing else moved, it {gain}.").format(
            gain=gain_text(one.by_priority)
        )

    def _nearest(self, person_id: str, slot_id: str) -> str:
        """The slot nearest in time that suits the visitor as the week stands, one of the same team first."""
        here = self._week.slots[slot_id]

        def apart(slot: WeekSlot) -> tuple[bool, int, int]:
            return slot.team.id != here.team.id, abs((slot.day - here.day).days), abs(slot.span.start - here.span.start)

        suits = [self._week.slots[one.slot_id] for one in places_for(self._week, person_id)]
        if not suits:
            return ""
        return translate("✓ The nearest that works: {slot}.").format(slot=slot_label(min(suits, key=apart)))
