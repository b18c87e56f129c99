"""Backups: when and why each was made, what it holds, how it differs from now; restore, make one, save a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QWidget

from app.document.comparing import Seen
from app.document.kept_words import differences_words, moment_words, occasion_words
from app.store.backups import Backup
from app.text import translate
from app.ui.dialogs.base import Dialog
from app.ui.plain import label
from app.ui.rows import Line, RowsTable
from app.ui.theme import Theme
from app.words.refusals import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What the buttons do."""

    restore: Callable[[Backup], None]
    make: Callable[[], None]
    save_copy: Callable[[], None]


class BackupsDialog(Dialog):
    """The newest is chosen already, so that Restore is one click."""

    def __init__(self, parent: QWidget, name: str, theme: Theme, deeds: Deeds, *, can_restore: bool) -> None:
        super().__init__(
            parent, translate("Backups"), translate("Backups of “{name}”").format(name=name), width=960
        )  # fmt: skip
        self._backups: dict[str, Backup] = {}
        self._seen: dict[str, Seen] = {}
        self._deeds = deeds
        self._can_restore = can_restore
        self.gone = False
        self.finished.connect(self._end)
        self.table = RowsTable(
            translate("Backups"),
            (translate("Made"), translate("Why"), translate("Weeks"), translate("Visits"),
             translate("Compared with now it has")), theme,
        )  # fmt: skip
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.widths(38, 30, 9, 9)
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * 7)
        self.table.entered_row.connect(lambda _: self.restore.click())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._explain())
        self.body.addWidget(self.table, 1)
        self.words = label(wrap=True)
        self.words.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self.body.addWidget(self.words)
        self.restore: QPushButton = self.button(translate("&Restore"), self._restore, main=True, closes=False)
        self.button(translate("&Make one now"), deeds.make, closes=False)
        self.button(translate("&Save a copy…"), deeds.save_copy, closes=False)
        self.cancel_button(translate("&Close"))
        self._explain()

    def _end(self) -> None:
        self.gone = True

    def show_backups(self, backups: Iterable[Backup]) -> None:
        """List these, the newest first; what they hold follows with `show_seen`."""
        self._backups = {str(backup.path): backup for backup in backups}
        self._show()
        if self._backups and not self.table.keys():
            self.table.select_keys([next(iter(self._backups))])
        self.table.setFocus()
        self._explain()

    def show_seen(self, seen: Seen) -> None:
        """Tell what one of them holds."""
        if self.gone:
            return
        self._seen[str(seen.backup.path)] = seen
        self._show()
        self._explain()

    def _show(self) -> None:
        self.table.show_lines(self._line(key, backup) for key, backup in self._backups.items())

    def _line(self, key: str, backup: Backup) -> Line:
        seen = self._seen.get(key)
        cells = (moment_words(backup), occasion_words(backup.occasion))
        if seen is None:
            return Line(key=key, cells=(*cells, "", "", translate("is being checked…")))
        if seen.refused is not None or seen.differences is None:
            return Line(key=key, cells=(*cells, "", "", translate("✕ it is damaged")), tone="broken")
        return Line(
            key=key, cells=(*cells, f"{seen.weeks:,}", f"{seen.visits:,}", differences_words(seen.differences))
        )  # fmt: skip

    def _chosen(self) -> Seen | None:
        return self._seen.get(self.table.current_key())

    def _explain(self) -> None:
        seen = self._chosen()
        whole = seen is not None and seen.refused is None
        self.restore.setEnabled(self._can_restore and whole)
        if not self._backups:
            text = translate(
                "There is no backup yet. One is made by itself half an hour after a change, and before every import, "
                "match, restore and erasure."
            )
        elif seen is not None and seen.refused is not None:
            text = sentence(seen.refused)
        elif not self._can_restore:
            text = translate("This file is open for reading only, so nothing can be restored into it.")
        else:
            text = translate(
                "Restoring puts the chosen backup in the file's place. The file as it is now becomes a backup first, "
                "so that you can come back to it."
            )
        self.words.setText(text)

    def _restore(self) -> None:
        seen = self._chosen()
        if seen is not None and seen.refused is None:
            self.accept()
            self._deeds.restore(seen.backup)
