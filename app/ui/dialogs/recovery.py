"""A file that cannot be opened, or can no longer be saved to: what is the matter, and the ways on as buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.document.kept_words import holds_words, moment_words
from app.document.opening import Way, WaysOn
from app.text import translate
from app.ui.dialogs.base import Dialog
from app.ui.plain import label
from app.ui.theme import GRID


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A way on: what its button says, what it means, and what it does."""

    words: str
    means: str
    does: Callable[[], None]


class Recovery(Dialog):
    """Says what is the matter and offers the ways on; closing changes nothing."""

    def __init__(self, parent: QWidget, title: str, heading: str, offers: Sequence[Offer], *, note: str = "") -> None:
        super().__init__(parent, title, heading, width=600)
        if note:
            self.say(note)
        self.ways: list[QPushButton] = []
        for number, offer in enumerate(offers):
            button = QPushButton(offer.words)
            button.setAutoDefault(True)
            button.setDefault(number == 0)
            button.setMinimumHeight(8 * GRID)
            button.setAccessibleDescription(offer.means)
            button.clicked.connect(lambda *_, one=offer: self._take(one))
            self.ways.append(button)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            means = label(offer.means, wrap=True)
            means.setIndent(3 * GRID)
            self.body.addWidget(means)
        self.body.addStretch(1)
        close = self.cancel_button(translate("&Close"))
        if self.ways:
            self.ways[0].setFocus()
        else:
            close.setDefault(True)

    def _take(self, offer: Offer) -> None:
        self.accept()
        offer.does()


def words_of(way: Way, path: Path, found: WaysOn) -> tuple[str, str]:
    """What the button of a way says, and what it means."""
    if way is Way.RESTORE and found.backup is not None and found.holds is not None:
        return translate("&Restore the newest backup"), translate(
            "Of {moment}: {holds}. It was checked and is whole. The file as it is now is kept beside it."
        ).format(moment=moment_words(found.backup), holds=holds_words(found.holds))
    return {
        Way.RESTORE: (translate("&Restore the newest backup"), ""),
        Way.SALVAGE: (
            translate("Re&scue what can be read…"),
            translate("Writes a new file, and lists by name what had to be left out. The damaged file stays as it is."),
        ),
        Way.LOOK: (
            translate("&Look at what can be read"),
            translate("Opens it for reading only. Nothing in the file changes."),
        ),
        Way.COPY: (
            translate("Open a cop&y…"),
            translate("Copies the file to a folder of yours and opens the copy. The file itself stays as it is."),
        ),
        Way.IMPORT: (
            translate("&Import it as a planning workbook"),
            translate("“{name}” is an Excel workbook: shows what it would bring before anything changes.").format(
                name=path.name
            ),
        ),
        Way.ANEW: (
            translate("&Make a new file of that name"),
            translate("Begins with an empty file in the same place."),
        ),
        Way.AGAIN: (translate("&Try again"), translate("Opens it once more, when the cause is gone.")),
        Way.ANOTHER: (translate("Open an&other file…"), translate("Leaves this one alone.")),
    }[way]
