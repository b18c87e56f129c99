"""“Ofsted has called”: put the whole week off, or cancel it, in one step, with what that will send named first."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QRadioButton

from app.document.publishing import cancel_week, postpone_week, publication_diff
from app.engine import check
from app.errors import Refused
from app.exchange.ledger import Diff, News
from app.models.change import Edit
from app.models.plan import Plan
from app.models.view import view
from app.text import translate
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.moments import DayField
from app.ui.plain import label
from app.words.dates import counted, day_year
from app.words.refusals import sentence


class OfstedDialog(Dialog):
    """Chooses between the two, and says what each would send. One undo takes it back in the plan."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk.window, translate("Ofsted has called"), translate("What should become of the whole week?"), width=640
        )
        week = desk.now.view
        if week is None:
            raise RuntimeError("no week is shown")
        self._desk, self._week = desk, week.week
        self._edit: Edit | None = None
        self.postpone = QRadioButton(translate("&Postpone it, so that it begins on"))
        week_later = self._week.first_day + dt.timedelta(days=7)
        self.day = DayField([week_later], desk.look.theme)
        self.day.show_day(week_later)
        self.day.setAccessibleName(translate("New first day"))
        self.cancel = QRadioButton(translate("C&ancel it: no visit takes place"))
        row = QHBoxLayout()
        row.addWidget(self.postpone)
        row.addWidget(self.day)
        row.addStretch(1)
        self.effect = label(wrap=True)
        self.effect.setMinimumHeight(self.fontMetrics().lineSpacing() * 6)
        self.body.addLayout(row)
        self.body.addWidget(self.cancel)
        self.body.addWidget(self.effect, 1)
        self.go = self.button("", self._do, main=True)
        self.cancel_button(translate("&Leave the week as it is"))
        self.postpone.setChecked(True)
        self.postpone.toggled.connect(lambda _: self._judge())
        self.day.textChanged.connect(lambda _: self._judge())
        self.postpone.setFocus()
        self._judge()

    def _judge(self) -> None:
        putting_off = self.postpone.isChecked()
        self.day.setEnabled(putting_off)
        self.go.setText(translate("P&ostpone the week") if putting_off else translate("&Cancel the whole week"))
        plan = self._desk.now.plan
        self._edit, wrong = self._made(plan)
        if self._edit is None:
            self.effect.setText(f"✕ {wrong}")
        else:
            self.effect.setText("\n\n".join(effects(plan, self._edit, self._week.id, self._desk.bridge.today)))
        self.go.setEnabled(self._edit is not None)

    def _made(self, plan: Plan) -> tuple[Edit | None, str]:
        """The step that is chosen; else why it cannot be taken."""
        day = self.day.day()
        try:
            if self.cancel.isChecked():
                return cancel_week(plan, self._week.id), ""
            if day is None:
                return None, self.day.wrong()
            return postpone_week(plan, self._week.id, day), ""
        except Refused as refused:
            return None, sentence(refused)

    def _do(self) -> None:
        if self._edit is not None:
            self._desk.bridge.do(self._edit)
            self._desk.go("publish")


def effects(plan: Plan, edit: Edit, week_id: str, today: dt.date) -> list[str]:
    """What the step does to the week, what the next publication will send because of it, and how it is taken back."""
    after = plan.apply(edit)
    before_week, week = view(plan, week_id), view(after, week_id)
    told: list[str] = []
    if week.week.first_day != before_week.week.first_day:
        told.append(
            translate("{visits} move: the week runs from {first} to {last}.").format(
                visits=counted(len(week.counted), translate("visit"), translate("visits")),
                first=day_year(week.week.first_day), last=day_year(week.week.last_day),
            )
        )  # fmt: skip
        if week.week.first_day.weekday() != before_week.week.first_day.weekday():
            told.append(translate("! It begins on another day of the week than now, and so does every slot."))
        broken = len(check.problems(week, today=today).blocking) - len(
            check.problems(before_week, today=today).blocking
        )
        if broken > 0:
            told.append(
                translate("! {count} more on the new days, as diaries stand; see Problems afterwards.").format(
                    count=counted(broken, translate("rule is broken"), translate("rules are broken"))
                )
            )
    else:
        gone = len(before_week.counted) - len(week.counted)
        told.append(
            translate("{visits} will not take place.").format(
                visits=counted(gone, translate("visit"), translate("visits"))
            )
        )
    told.append(_sends(publication_diff(after, week_id)))
    told.append(translate("One Undo brings the whole plan back. Nothing is sent until you publish."))
    return told


def _sends(diff: Diff) -> str:
    if diff.empty or (diff.number == 1 and not diff.sendings):
        return translate("Nobody needs to be told.")
    kinds = [
        counted(sum(1 for one in diff.files if one.news is news), one_word, many)
        for news, one_word, many in (
            (News.CANCELLED, translate("cancellation"), translate("cancellations")),
            (News.CHANGED, translate("update"), translate("updates")),
            (News.NEW, translate("invitation"), translate("invitations")),
        )
        if any(one.news is news for one in diff.files)
    ]
    by_hand = sum(1 for one in diff.sendings if not one.address and not one.silent)
    if by_hand:
        kinds.append(
            translate("{calls} by telephone alone").format(
                calls=counted(by_hand, translate("call"), translate("calls"))
            )
        )
    return translate("The next publication then sends {what}; {people} will be on the call list.").format(
        what=", ".join(kinds), people=counted(len(diff.people), translate("person"), translate("people"))
    )
