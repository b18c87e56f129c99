"""Icons from `resources/icons`, drawn in the colour that is asked for and kept."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resources import resource


@lru_cache(maxsize=128)
def _drawing(name: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(resource("icons", f"{name}.svg").read_bytes()))


@lru_cache(maxsize=512)
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _drawing(name).render(painter, QRectF(made.rect()))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(made.rect(), QColor(color))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a square pixmap of that many logical pixels."""
    return _pixmap(name, color.name(), size, ratio)


def icon(name: str, color: QColor, disabled: QColor, selected: QColor | None = None) -> QIcon:
    """The icon for actions and buttons, sharp at one and two device pixels a pixel; `selected` is for lists."""
    made = QIcon()
    for size in (16, 20, 32, 40):  # of menus and of bars
        made.addPixmap(pixmap(name, color, size), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
        if selected is not None:
            made.addPixmap(pixmap(name, selected, size), QIcon.Mode.Selected)
    return made
