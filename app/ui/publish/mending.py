"""After a decline: ranked mends of the week, each priced in people to tell; one of them adopted, with one undo."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from app.document.repairing import repair_edit
from app.engine.repair import repair
from app.errors import Refused
from app.models.publication import Recipient
from app.models.repairs import Lost, Option, SlotClosed, Upset
from app.models.view import WeekView
from app.models.visits import Visit
from app.text import translate
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.jobs import Job
from app.ui.plain import label
from app.ui.rows import Line, RowsTable
from app.words.labels import slot_label
from app.words.refusals import sentence
from app.words.repairs import nothing_text, option_text, option_title, upset_text


def upset_by(week: WeekView, visit: Visit, recipient: Recipient) -> Upset:
    """What a decline means for the week: the visitor cannot come at that time, or the host cannot have anybody."""
    slot = week.slots[visit.slot_id]
    if recipient is Recipient.HOST:
        return SlotClosed(slot_id=slot.id)
    return Lost(person_id=visit.person_id, day=slot.day, start=slot.start, end=slot.end)


class Mends(Dialog):
    """Looks for mends aside, lists them best first, and adopts the one that is chosen."""

    def __init__(self, desk: Desk, before: WeekView, upset: Upset) -> None:
        super().__init__(desk.window, translate("Mend the week"), upset_text(before, upset), width=860)
        self._desk, self._before, self._upset = desk, before, upset
        self._options: tuple[Option, ...] = ()
        self._over = False
        self.state = label(translate("Looking for the mends that upset the fewest people…"), wrap=True)
        self.table = RowsTable(
            translate("Mends, best first"),
            (translate("Rank"), translate("What it does"), translate("New visits"), translate("People to tell")),
            desk.look.theme,
        )
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.setWordWrap(False)
        self.table.widths(8, 44, 62)
        self.table.say_where_empty(translate("Mends stand here, the best first, once they are found."))
        self.table.setMinimumHeight(160)
        self.table.picked_rows.connect(lambda _: self._explain())
        self.table.entered_row.connect(self._go)
        self.words = label(wrap=True)
        self.words.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        self.body.addWidget(self.state)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.words)
        self.go: QPushButton = self.button(translate("&Adopt this mend"), self._adopt, main=True)
        self.go.setEnabled(False)
        self.cancel_button(translate("&Later"))

        def work(job: Job, _tell: object) -> tuple[Option, ...]:
            return repair(before, (upset,), cancelled=job.cancelled)

        self._job = desk.jobs.start(work, done=self._found, failed=self._failed)

    def _found(self, options: tuple[Option, ...]) -> None:
        if self._over:
            return
        self._options = options
        self.table.show_lines(
            Line(
                key=str(number),
                cells=(
                    str(number + 1),
                    option_title(self._before, one),
                    self._new(one) or "–",
                    str(len(one.told)),
                ),
            )
            for number, one in enumerate(options)
        )
        self.state.setText(
            translate("The best mend stands first. Adopting one is one Undo; nobody is told before you publish.")
            if options
            else nothing_text()
        )
        if options:
            self.table.selectRow(0)
            self.table.setFocus()
        self._explain()

    def _new(self, option: Option) -> str:
        """Who goes where now; of many, how many."""
        if len(option.new) > 2:
            return translate("{count} visits").format(count=len(option.new))
        return "; ".join(
            translate("{who} at {slot}").format(
                who=self._before.visitors[person_id].name, slot=slot_label(self._before.slots[slot_id])
            )
            for person_id, slot_id in option.new
        )

    def _failed(self, error: BaseException) -> None:
        if self._over:
            return
        if not isinstance(error, Refused):
            self.state.setText(translate("Something went wrong. Nothing was changed."))
            raise error
        self.state.setText(sentence(error))

    def _go(self, _key: object) -> None:
        self.go.click()

    @property
    def chosen(self) -> Option | None:
        """The selected mend."""
        return next((self._options[int(key)] for key in (*self.table.keys(),)), None)

    def _explain(self) -> None:
        option = self.chosen
        self.words.setText("" if option is None else option_text(self._before, option))
        self.go.setEnabled(option is not None)

    def _adopt(self) -> None:
        option = self.chosen
        if option is not None:
            plan = self._desk.now.plan
            self._desk.bridge.do(repair_edit(plan, self._before.week.id, (self._upset,), option))

    def done(self, result: int) -> None:
        """Close; what is still looked for is dropped."""
        self._over = True
        self._job.cancel()
        super().done(result)
