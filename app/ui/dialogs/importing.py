"""What a planning workbook would change, or what is wrong with it, before anything happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.exchange.planning import Reading
from app.models.faults import Fault
from app.models.imports import ImportSummary
from app.text import translate
from app.ui.dialogs.base import Dialog
from app.ui.plain import tip
from app.ui.rows import Line, RowsTable
from app.ui.theme import Theme
from app.words.dates import counted
from app.words.faults import place, sentence
from app.words.imports import altered_text

_MOST_SHOWN = 500
"""How many faults or notices are listed: nobody mends more at a time, and the window would stand still over them."""


def show_faults(parent: QWidget, reading: Reading, theme: Theme) -> Dialog:
    """Every fault of the file; nothing was changed."""
    count = counted(len(reading.faults), translate("fault"), translate("faults"))
    heading = translate("“{name}” has {count}, so nothing was imported. Mend them in Excel and import it again.")
    dialog = Dialog(
        parent, translate("The workbook has faults"),
        heading.format(name=Path(reading.file).name, count=count), width=820,
    )  # fmt: skip
    dialog.heading.setToolTip(tip(reading.file))
    table = _found(translate("Faults"), translate("What is wrong, and how to mend it"), reading.faults, theme, "broken")
    table.setMinimumHeight(240)
    dialog.body.addWidget(table, 1)
    _say_rest(dialog, len(reading.faults))
    dialog.cancel_button(translate("&Close")).setDefault(True)
    dialog.open()
    return dialog


def _found(name: str, what: str, faults: Sequence[Fault], theme: Theme, tone: str = "") -> RowsTable:
    """Faults or notices: where in the workbook, and what it is; which workbook it is, the heading says."""
    table = RowsTable(name, (translate("Where"), what), theme)
    table.widths(24)
    table.let_sentences_wrap()
    said = [(place(fault), sentence(fault)) for fault in faults[:_MOST_SHOWN]]
    table.show_lines(
        Line(key=str(number), cells=(where, f"{words[:1].upper()}{words[1:]}"), tone=tone)
        for number, (where, words) in enumerate(said)
    )
    return table


def _say_rest(dialog: Dialog, count: int) -> None:
    """That more were found than are listed, where that is so."""
    if count > _MOST_SHOWN:
        rest = translate("The first {count} are listed. The others will be, as these are mended.")
        dialog.say(rest.format(count=f"{_MOST_SHOWN:,}"))


class Preview(Dialog):
    """What the import would bring, sheet by sheet; taking it in is one undo."""

    def __init__(
        self, parent: QWidget, reading: Reading, summary: ImportSummary, theme: Theme, take: Callable[[], None]
    ) -> None:
        name = Path(reading.file).name
        super().__init__(
            parent, translate("Import planning workbook"),
            translate("“{name}” would bring this:").format(name=name), width=720,
        )  # fmt: skip
        self.heading.setToolTip(tip(reading.file))
        sheets = RowsTable(
            translate("What the workbook brings"),
            (translate("Sheet"), translate("New"), translate("Changed"), translate("As before")), theme,
        )  # fmt: skip
        sheets.show_lines(
            Line(key=one.sheet, cells=(one.sheet, str(one.new), str(one.changed), str(one.same)))
            for one in summary.counts
        )
        sheets.widths(24, 12, 12, 12)
        sheets.setMinimumHeight(220)
        self.body.addWidget(sheets, 1)
        if summary.altered:
            self.say(translate("What changes here, from old to new:"))
            altered = RowsTable(translate("Changes"), (translate("Change"),), theme)
            altered.show_lines(
                Line(key=str(number), cells=(altered_text(one),))
                for number, one in enumerate(summary.altered[:_MOST_SHOWN])
            )
            altered.setMinimumHeight(altered.fontMetrics().lineSpacing() * 5)
            altered.let_sentences_wrap()
            self.body.addWidget(altered, 1)
            _say_rest(self, len(summary.altered))
        if reading.notices:
            count = counted(len(reading.notices), translate("notice"), translate("notices"))
            self.say(translate("{count}; none of them stops the import:").format(count=count))
            notes = _found(translate("Notices"), translate("What is worth a look"), reading.notices, theme)
            notes.setMinimumHeight(notes.fontMetrics().lineSpacing() * 7)
            self.body.addWidget(notes, 1)
            _say_rest(self, len(reading.notices))
        go = self.button(translate("&Import"), take, main=True)
        self.cancel_button(translate("Cancel"))
        go.setFocus()  # a list would keep Enter to itself
