"""Export: where everything of the week is written to, and what that will be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.errors import Refused
from app.exchange.filenames import safe_name
from app.exchange.folder import check_folder
from app.models.findings import Problems
from app.models.view import WeekView
from app.text import translate
from app.ui.choosing import choose_folder
from app.ui.dialogs.base import Dialog
from app.ui.plain import naming
from app.ui.strip import Strip
from app.ui.theme import GRID, Theme
from app.words.dates import counted
from app.words.refusals import sentence


class ExportDialog(Dialog):
    """Ask for a folder; say what will be in it, and what is not in order yet."""

    def __init__(
        self, parent: QWidget, view: WeekView, problems: Problems, theme: Theme, write: Callable[[Path], None]
    ) -> None:
        super().__init__(
            parent, translate("Export everything"),
            translate("Write invitations, rotas and papers of “{week}”").format(week=view.week.name), width=640,
        )  # fmt: skip
        self._write = write
        visits = counted(len(view.counted), translate("visit"), translate("visits"))
        self.say(translate("{visits}: calendar invitations, the rota, and READ ME.txt that says what each file is.")
                 .format(visits=visits))  # fmt: skip
        if problems.blocking:
            broken = counted(len(problems.blocking), translate("rule is broken"), translate("rules are broken"))
            self.say(translate("! {broken}. See Problems before you send anything.").format(broken=broken))
        self.folder = QLineEdit(str(Path.home() / "Documents" / safe_name(view.week.name)))
        named = naming(translate("&Folder (new, empty, or written by an earlier export)"), self.folder)
        self.folder.setAccessibleName(translate("Folder"))
        browse = QPushButton(translate("&Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        self.body.addWidget(named)
        self.body.addLayout(row)
        self._strip = Strip(theme, self)
        self.body.addWidget(self._strip)
        self.button(translate("&Export"), self._go, main=True, closes=False)
        self.cancel_button(translate("Cancel"))
        self.folder.setFocus()
        self.folder.selectAll()

    @property
    def fault(self) -> str:
        """What is wrong with the folder, where something is."""
        return self._strip.text

    def _browse(self) -> None:
        choose_folder(
            self, translate("Folder to write everything into"), lambda folder: self.folder.setText(str(folder)),
            start=Path(self.folder.text()) if self.folder.text() else None,
        )  # fmt: skip

    def _go(self) -> None:
        text = self.folder.text().strip()
        if not text:
            self._strip.tell(translate("Choose a folder to write into."))
            return
        out = Path(text).expanduser()
        try:
            check_folder(out)
        except Refused as refused:
            self._strip.tell(sentence(refused))
            return
        self.accept()
        self._write(out)
