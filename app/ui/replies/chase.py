"""The screen Chase: everything still open around the week, by its day, with whom to ask."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.document.chase import chase
from app.errors import Refused
from app.exchange.folder import check_folder, write_folder
from app.exchange.reminders import reminders
from app.models.chase import Awaited, Chased
from app.text import translate
from app.ui.bridge import Picked
from app.ui.choosing import choose_folder
from app.ui.desk import Desk
from app.ui.noweek import NoWeek
from app.ui.plain import label, naming
from app.ui.room import breakable
from app.ui.rows import Line, RowsTable
from app.ui.seen import WhileSeen
from app.ui.strip import Strip
from app.ui.theme import GRID, Theme
from app.words.chase import awaited_word, due_words, reach_words
from app.words.dates import counted
from app.words.refusals import sentence


class ChaseScreen(QWidget):
    """A line for each thing that is open; Enter leads to its place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: dict[str, Chased] = {}
        self.strip = Strip(desk.look.theme)
        self.which = QComboBox()
        self.summary = label(wrap=True)
        self.table = RowsTable(
            translate("Still open"),
            (translate("By"), translate("What"), translate("About"), translate("Whom to ask"),
             translate("How to reach them")),
            desk.look.theme,
        )  # fmt: skip
        self.table.widths(17, 20, 46, 28)
        self.table.let_sentences_wrap()
        self._build()
        self.table.entered_row.connect(self._lead)
        self.which.currentIndexChanged.connect(lambda _: self._show())
        WhileSeen(self, desk.bridge, lambda _: self._show())
        desk.look.changed.connect(self._wear)

    def _build(self) -> None:
        self.which.setAccessibleName(translate("Show"))
        self.which.addItem(translate("Everything"), "")
        for awaited in Awaited:
            self.which.addItem(awaited_word(awaited), awaited.value)
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        show = naming(translate("Sho&w"), self.which)
        top.addWidget(show)
        self._above = (show, self.which)
        top.addWidget(self.which, 1)
        top.addStretch(2)
        self._none = NoWeek(self._desk)
        self._acts: list[QPushButton] = []
        acts = QHBoxLayout()
        acts.setSpacing(2 * GRID)
        for words, does in (
            (translate("&Go to its place"), lambda: self._lead(self.table.current_key())),
            (translate("Copy a&ddresses"), self.copy_addresses),
            (translate("Save &reminders…"), self._ask_folder),
        ):  # fmt: skip
            made = QPushButton(words)
            made.setAutoDefault(False)
            made.clicked.connect(does)
            acts.addWidget(made)
            self._acts.append(made)
        acts.addStretch(1)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self.strip)
        inside.addLayout(top)
        inside.addLayout(acts)
        inside.addWidget(self.summary)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._none, 1)
        inside.addStretch(0)

    def focus_inside(self) -> None:
        """Give the list the focus."""
        if not self._none.isHidden():
            self._none.focus_inside()
        elif self.table.isHidden():
            self.which.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wear(self, theme: Theme) -> None:
        self.table.rows_model.wear(theme)
        self.table.refit()
        self.strip.wear(theme)

    def _show(self) -> None:
        week = self._desk.now.view
        found = () if week is None else chase(week)
        wanted = str(self.which.currentData() or "")
        kept = [one for one in found if not wanted or one.awaited.value == wanted]
        self._found = {_key(one): one for one in kept}
        today = self._desk.bridge.today
        self.table.show_lines(
            Line(
                key=key,
                cells=(due_words(one.due), awaited_word(one.awaited), one.about, one.who, breakable(reach_words(one))),
                tone="broken" if one.due and one.due < today else "",
            )
            for key, one in self._found.items()
        )
        if kept:
            self.summary.setText(
                translate("{count} open. Enter leads to its place.").format(
                    count=counted(len(kept), translate("thing"), translate("things"))
                )
            )
        else:
            self.summary.setText(translate("✓ Nothing is open."))
        self._none.setVisible(week is None)
        for above in (self.summary, *self._above):
            above.setVisible(week is not None)
        for below in (self.table, *self._acts):
            below.setVisible(bool(kept))

    def chosen(self) -> list[Chased]:
        """The lines that are selected; all of them where at most one is."""
        keys = self.table.keys()
        return [self._found[key] for key in keys if key in self._found] if len(keys) > 1 else list(self._found.values())

    def copy_addresses(self) -> None:
        """Put the addresses of the chosen lines on the clipboard, each once, as Outlook takes them."""
        mails = list(dict.fromkeys(one.email for one in self.chosen() if one.email))
        QGuiApplication.clipboard().setText("; ".join(mails))
        self._desk.say(
            translate("{count} copied").format(count=counted(len(mails), translate("address"), translate("addresses")))
        )

    def _ask_folder(self) -> None:
        choose_folder(
            self, translate("Save reminders"), lambda folder: self.save_reminders(folder / translate("reminders"))
        )

    def save_reminders(self, out: Path) -> None:
        """Write a reminder as an e-mail draft for everybody who is asked in the chosen lines."""
        week = self._desk.now.view
        if week is None:
            return
        try:
            check_folder(out)
            drafts = reminders(week, self.chosen())
            write_folder(out, drafts)
        except Refused as refused:
            self.strip.tell(sentence(refused))
            return
        self._desk.say(
            translate("{count} saved in {folder}").format(
                count=counted(len(drafts), translate("reminder"), translate("reminders")), folder=str(out)
            )
        )

    def _lead(self, key: object) -> None:
        one = self._found.get(str(key))
        if one is None:
            return
        if one.visit_id is not None:
            self._desk.lead((one.visit_id,))
            return
        self._desk.go("visitors" if one.person_id is not None else "teams")
        self._desk.bridge.pick(Picked(slot_id=one.slot_id, person_id=one.person_id, team_id=one.team_id))


def _key(one: Chased) -> str:
    ids = (one.person_id, one.team_id, one.slot_id, one.visit_id)
    return "|".join([one.awaited.value, one.who, one.about, *(part or "" for part in ids)])
