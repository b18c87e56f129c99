"""A page on the screen: its picture fitted or enlarged, in colour or in grey, with its words for screen readers."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.text import translate
from app.ui.printing.paper import grey
from app.ui.theme import GRID, Theme

WHOLE_PAGE, PAGE_WIDTH = 0, -1
ZOOMS = (WHOLE_PAGE, PAGE_WIDTH, 75, 100, 150, 200)
"""Ways to look at a page: fitted, or in per cent of its true size."""
_SCREEN = 96
_FITTED = 120
_LONGEST = 4_000
"""Letters of a page that a screen reader is given."""


def zoom_words(zoom: int) -> str:
    """The words for it."""
    if zoom == WHOLE_PAGE:
        return translate("Whole page")
    if zoom == PAGE_WIDTH:
        return translate("Page width")
    return translate("{percent} %").format(percent=zoom)


def dots_for(zoom: int, ratio: float) -> int:
    """Dots per inch of the picture for that zoom on a screen with that pixel ratio."""
    return round((_FITTED if zoom <= 0 else _SCREEN * zoom / 100) * max(1.0, ratio))


class _Picture(QWidget):
    """The picture itself."""

    def __init__(self, area: PagePreview) -> None:
        super().__init__(area)
        self._area = area
        self.image: QImage | None = None
        self.words = ""
        self._scaled: tuple[QImage, QImage] | None = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._area.theme
        if self.image is None:
            painter.setPen(theme.color("text"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(6 * GRID, GRID, -6 * GRID, -GRID), flags, self.words)
        else:
            size = self._area.shown_size()
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(self.rect().center())
            painter.drawImage(place, self._drawn(size * self.devicePixelRatioF()))
            painter.setPen(theme.color("border"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()

    def _drawn(self, size: QSize) -> QImage:
        """The picture at that many pixels, made small so that thin lines and small letters stay."""
        image = self.image or QImage()
        if self._scaled is None or self._scaled[0] is not image or self._scaled[1].size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = (image, image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
        return self._scaled[1]


class PagePreview(QScrollArea):
    """Shows one page. Page Up and Page Down ask for the pages before and after; the arrows scroll."""

    turned = Signal(int)
    """Another page is asked for: -1 the one before, 1 the one after."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._zoom = WHOLE_PAGE
        self._dots = _FITTED
        self._colour: QImage | None = None
        self._in_grey = False
        self._inside = _Picture(self)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setAccessibleName(translate("Preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setLineWidth(3)
        self.setMinimumSize(240, 200)
        self._frame("line")

    @property
    def image(self) -> QImage | None:
        """The picture as it is shown."""
        return self._inside.image

    def show_page(self, picture: bytes, dots: int, name: str, words: str) -> None:
        """Show that page; `words` are everything it says."""
        self._colour = QImage.fromData(picture)
        self._dots = dots
        self._dress()
        self.setAccessibleName(translate("Preview, {name}").format(name=name))
        self.setAccessibleDescription(words[:_LONGEST])
        self._inside.setAccessibleName(name)

    def say(self, words: str) -> None:
        """Show a sentence in place of a page."""
        self._colour = None
        self._inside.words = words
        self.setAccessibleName(translate("Preview"))
        self.setAccessibleDescription(words)
        self._dress()

    def show_grey(self, *, on: bool) -> None:
        """In grey or in colour."""
        self._in_grey = on
        self._dress()

    def zoom(self, zoom: int) -> None:
        """Look at pages that way from now on."""
        self._zoom = zoom
        self._fit()

    def shown_size(self) -> QSize:
        """How large the picture is drawn, in the screen's logical pixels."""
        image = self._inside.image
        if image is None:
            return QSize()
        room = self.maximumViewportSize() - QSize(2 * GRID, 2 * GRID)
        if self._zoom == WHOLE_PAGE:
            return image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if self._zoom == PAGE_WIDTH:
            wide = room.width() - self.verticalScrollBar().sizeHint().width()
            return QSize(wide, round(wide * image.height() / image.width()))
        return image.size() * (_SCREEN * self._zoom / 100 / self._dots)

    def _dress(self) -> None:
        colour = self._colour
        self._inside.image = grey(colour) if colour is not None and self._in_grey else colour
        self._fit()

    def _fit(self) -> None:
        size = self.shown_size()
        fitted = self._zoom == WHOLE_PAGE or self._inside.image is None
        self._inside.setMinimumSize(QSize(0, 0) if fitted else size)
        self._inside.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._frame("primary")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._frame("line")

    def _frame(self, token: str) -> None:
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, self.theme.color(token))
        self.setPalette(colours)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_PageUp:
                self.turned.emit(-1)
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                self.turned.emit(1)
            case _:
                super().keyPressEvent(event)
