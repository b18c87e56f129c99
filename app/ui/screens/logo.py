"""The council's logo among the week settings: seen, chosen from a file, made small enough to keep, removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.exchange.logos import MOST_BYTES, as_picture, as_text
from app.text import translate
from app.ui.choosing import choose_file
from app.ui.plain import label
from app.ui.theme import GRID, TARGET

_WIDE, _TALL = 480, 160
"""Pixels: more than a page shows at 300 dots per inch in the room that it gives a logo."""
_SEEN = 48


class LogoPicker(QWidget):
    """Shows the logo; `chosen` tells the text of another, `refused` why a file would not do."""

    chosen = Signal(str)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.seen = label(translate("No logo"))
        self.seen.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.choose = QPushButton(translate("Choose picture…"))
        self.remove = QPushButton(translate("Remove logo"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        for button in (self.choose, self.remove):
            button.setAutoDefault(False)
            button.setMinimumHeight(TARGET)
            row.addWidget(button)
        row.insertWidget(0, self.seen)
        row.addStretch(1)
        self.setFocusProxy(self.choose)
        self.choose.clicked.connect(self._ask)
        self.remove.clicked.connect(lambda: self.chosen.emit(""))

    def show_text(self, text: str) -> None:
        """Show the logo that this text of the week holds."""
        held = as_picture(text)
        self.remove.setVisible(bool(text))
        if held is None:
            # A name of a file, from a planning workbook: it is never followed, so the picture is asked for.
            words = translate("“{text}” is a name, not a picture: choose the picture").format(text=text)
            self.seen.setText(words if text else translate("No logo"))
            self.seen.setAccessibleName(self.seen.text())
            return
        picture = QPixmap.fromImage(QImage.fromData(held))
        self.seen.setPixmap(picture.scaledToHeight(_SEEN, Qt.TransformationMode.SmoothTransformation))
        self.seen.setAccessibleName(translate("The logo"))

    def take(self, path: Path) -> None:
        """Take the picture of a file."""
        text = as_text(_small(QImage(str(path))))
        if text:
            self.chosen.emit(text)
        else:
            self.refused.emit(translate("“{file}” is no picture that can be read. Choose a PNG or JPEG file.")
                              .format(file=path.name))  # fmt: skip

    def _ask(self) -> None:
        choose_file(self, translate("Picture of the logo"), translate("Pictures (*.png *.jpg *.jpeg)"), self.take)


def _small(image: QImage) -> bytes:
    """The picture as PNG, made smaller until it can be kept; nothing where there is no picture."""
    wide, tall = _WIDE, _TALL
    while not image.isNull() and wide >= 1:
        fitted = image
        if image.width() > wide or image.height() > tall:
            fitted = image.scaled(
                wide, tall, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        fitted.save(held, "PNG")  # type: ignore[call-overload]  # the format is text, whatever the stubs say
        data = bytes(held.data().data())
        if len(data) <= MOST_BYTES:
            return data
        wide, tall = wide * 3 // 4, tall * 3 // 4
    return b""
