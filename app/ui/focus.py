"""The ring around whatever has the focus: yellow with a dark or white line inside, as the theme says."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QMainWindow, QMenu, QMenuBar, QWidget
from shiboken6 import isValid

from app.ui.theme import Look

_WIDTH = 3


class FocusRing(QWidget):
    """Lies over the window, lets the mouse through, and follows the focus."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._look = look
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for one in self._watched:
            if isValid(one):
                one.removeEventFilter(self)
        self._around, self._watched = None, []
        window = self.parentWidget()
        if new is None or window is None or new.window() is not window or isinstance(new, QMenu | QMenuBar | QDialog):
            self.hide()
            self._go_along(new)
            return
        self._around = new
        while new is not None and new is not window:  # what holds it may scroll or move too
            new.installEventFilter(self)
            self._watched.append(new)
            new = new.parentWidget()
        self._follow()

    def _go_along(self, new: QWidget | None) -> None:
        """A dialog that the focus comes to for the first time gets a ring of its own."""
        dialog = new.window() if new is not None and isinstance(self.parentWidget(), QMainWindow) else None
        if isinstance(dialog, QDialog) and not dialog.findChildren(FocusRing):
            FocusRing(dialog, self._look)._moved(None, new)

    def _follow(self) -> None:
        around, window = self._around, self.parentWidget()
        if around is None or window is None or not around.isVisible():
            self.hide()
            return
        rect = around.rect()
        rect.moveTopLeft(around.mapTo(window, rect.topLeft()))
        rect.adjust(-1, -1, 1, 1)
        above = around.parentWidget()
        while above is not None and above is not window:  # what is scrolled out of sight has no ring
            if isinstance(above.parentWidget(), QAbstractScrollArea):
                seen = above.rect()
                seen.moveTopLeft(above.mapTo(window, seen.topLeft()))
                rect = rect.intersected(seen)
            above = above.parentWidget()
        self.setGeometry(rect.intersected(window.rect()))
        self.setVisible(self.width() > 2 * _WIDTH and self.height() > 2 * _WIDTH)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._watched and event.type() in (
            QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide,
        ):  # fmt: skip
            self._follow()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.theme.color("focus"), _WIDTH))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.setPen(QPen(self._look.theme.color("focus_inner"), 1))
        painter.drawRect(self.rect().adjusted(3, 3, -4, -4))
