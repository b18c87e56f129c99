"""The report of an unexpected error, to be read before it is saved."""

from __future__ import annotations

import datetime as dt
import platform
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app import __version__
from app.text import translate
from app.ui.choosing import choose_name
from app.ui.dialogs.base import Dialog, message


def report_text(places: str, *, at: dt.datetime) -> str:
    """The whole report: versions, the moment, and places in the code. No names, no texts, no paths."""
    lines = (
        f"Practice Week {__version__}",
        f"{at.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        "",
        places.replace(" < ", "\n  < "),
    )
    return "\n".join(lines) + "\n"


class ReportDialog(Dialog):
    """Shows the report; nothing is written until Save."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(
            parent, translate("Report of the error"),
            translate("This is everything that the report holds. It leaves this computer only if you send it."),
            width=640,
        )  # fmt: skip
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(translate("The report"))
        self.text.setMinimumHeight(220)
        self.body.addWidget(self.text, 1)
        self.button(translate("&Save the report…"), self._save, main=True, closes=False)
        self.cancel_button(translate("&Close"))

    def _save(self) -> None:
        choose_name(
            self,
            translate("Save the report"),
            translate("Text files (*.txt)"),
            "practice-week-report.txt",
            self.save_to,
        )

    def save_to(self, path: Path) -> None:
        """Write the report there, and close; say so where that cannot be done."""
        try:
            path.write_text(self.text.toPlainText(), "utf-8")
        except OSError:
            message(
                self, translate("The report was not saved"),
                translate("“{name}” cannot be written there. Choose another folder.").format(name=path.name),
            )  # fmt: skip
            return
        self.accept()
