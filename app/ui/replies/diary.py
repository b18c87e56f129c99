"""A visitor's diary, previewed before its busy times are taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox

from app.document.diaries import diary_edit, from_diary
from app.errors import Refused
from app.models.diary import Diary
from app.text import translate
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.plain import naming
from app.ui.rows import Line, RowsTable
from app.ui.strip import Strip
from app.words.diaries import diary_lines, span_words
from app.words.refusals import sentence


class DiaryDialog(Dialog):
    """Whose diary it is, the busy times found, and what could not be read."""

    def __init__(self, desk: Desk, path: Path, diary: Diary, person_id: str | None) -> None:
        super().__init__(
            desk.window,
            translate("Read a diary"),
            translate("Busy times in “{name}”").format(name=path.name),
            width=640,
        )
        self._desk, self._diary = desk, diary
        self.strip = Strip(desk.look.theme)
        self.body.addWidget(self.strip)
        self.visitor = QComboBox()
        self.visitor.setAccessibleName(translate("Whose diary it is"))
        self.visitor.addItem(translate("Choose a visitor…"), "")
        week = desk.now.view
        if week is not None:
            for one in week.visitors.values():
                self.visitor.addItem(one.name, one.id)
            self.say_all(tuple(diary_lines(diary, week.week.first_day, week.week.last_day)))
        self.visitor.setCurrentIndex(max(0, self.visitor.findData(person_id or "")))
        self.body.insertWidget(1, naming(translate("&Whose diary is it?"), self.visitor))
        self.body.insertWidget(2, self.visitor)
        self.spans = RowsTable(translate("Times"), (translate("Times that will be taken"),), desk.look.theme)
        self.spans.show_lines(
            Line(key=str(number), cells=(span_words(span),)) for number, span in enumerate(diary.spans)
        )
        self.spans.setMinimumHeight(200)
        self.body.addWidget(self.spans, 1)
        self.say(
            translate("Only these times are kept: no titles, people or texts. They replace an earlier diary of "
                      "the same visitor; what was painted by hand stays.")
        )  # fmt: skip
        self.button(translate("&Take these times"), self.take, main=True, closes=False)
        self.cancel_button(translate("Cancel"))
        self.visitor.setFocus()

    def take(self) -> None:
        """Take the times in, as one undo."""
        week, person_id = self._desk.now.view, str(self.visitor.currentData() or "")
        if week is None or person_id not in week.visitors:
            self.strip.tell(translate("Choose first whose diary it is."))
            return
        edit = diary_edit(week.plan, week.week.id, person_id, self._diary)
        replaced = bool(from_diary(week.plan, week.week.id, person_id))
        try:
            self._desk.bridge.do(edit)
        except Refused as refused:
            self.strip.tell(sentence(refused))
            return
        who = week.visitors[person_id].name
        said = translate("Diary of {who} replaced") if replaced else translate("Diary of {who} read")
        self._desk.say(said.format(who=who))
        self.accept()
