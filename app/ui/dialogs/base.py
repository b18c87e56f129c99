"""What all dialogs share: plain text, a heading, buttons with names, a size that fits the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.text import translate
from app.ui.plain import label
from app.ui.theme import GRID
from app.ui.unwheeled import unwheeled_all


class Dialog(QDialog):
    """A dialog with a heading, a body and a row of buttons. Opened with `open()`, it never blocks the rest."""

    def __init__(self, parent: QWidget, title: str, heading: str = "", *, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        self._scrolls = False
        self.outside = QVBoxLayout(self)
        self.outside.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        self.outside.setSpacing(3 * GRID)
        if heading:
            self.heading = label(heading, wrap=True)
            font = self.heading.font()
            font.setBold(True)
            self.heading.setFont(font)
            self.outside.addWidget(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(2 * GRID)
        self.outside.addLayout(self.body, 1)
        self.buttons = QDialogButtonBox()
        self.outside.addWidget(self.buttons)
        scale = max(1.0, self.fontMetrics().averageCharWidth() / 7)
        screen = self.screen().availableGeometry() if self.screen() else None
        wide = round(width * scale)
        self.setMinimumWidth(min(wide, screen.width() - 80) if screen else wide)
        if screen:
            self.setMaximumSize(screen.width() - 20, screen.height() - 60)

    def event(self, event: QEvent) -> bool:
        """Where words need more lines than there are, the dialog grows; what no screen has room for scrolls."""
        done = super().event(event)
        if event.type() == QEvent.Type.Show:
            unwheeled_all(self)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._make_room()
        return done

    def _make_room(self) -> None:
        width = max(self.width(), min(self.outside.totalMinimumSize().width(), self.maximumWidth()))
        needed = self.outside.totalMinimumHeightForWidth(width) if self.outside.hasHeightForWidth() else 0
        needed = max(needed, self.outside.totalMinimumSize().height())
        if needed > self.maximumHeight() and not self._scrolls:
            self._scrolls = True
            self._scroll()
        height = min(max(self.height(), needed), self.maximumHeight())
        if (width, height) != (self.width(), self.height()):
            self.resize(width, height)

    def _scroll(self) -> None:
        """Put the body into a part that scrolls; the heading and the buttons stay in sight."""
        focus = self.focusWidget()
        area, inner = QScrollArea(), QWidget()
        self.outside.removeItem(self.body)
        self.body.setParent(None)
        inner.setLayout(self.body)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(self.windowTitle())
        area.setWidget(inner)
        self.outside.insertWidget(self.outside.count() - 1, area, 1)
        stops = (one for one in inner.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        first = focus or next((one for one in stops if one.isEnabled() and not one.isHidden()), None)
        if first is not None:
            QTimer.singleShot(0, first, first.setFocus)

    def say(self, text: str) -> None:
        """Add a paragraph."""
        self.body.addWidget(label(text, wrap=True))

    def say_all(self, texts: tuple[str, ...]) -> None:
        """Add paragraphs, scrolling where they are many."""
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        for text in texts:
            lines.addWidget(label(text, wrap=True))
        lines.addStretch(1)
        if len(texts) <= 6:
            self.body.addWidget(inner)
            return
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(translate("Details"))
        area.setWidget(inner)
        area.setMinimumHeight(200)
        self.body.addWidget(area, 1)

    def button(self, words: str, does: Callable[[], None], *, main: bool = False, closes: bool = True) -> QPushButton:
        """Add a button that does something, and then closes the dialog."""
        role = QDialogButtonBox.ButtonRole.AcceptRole if main else QDialogButtonBox.ButtonRole.ActionRole
        made = QPushButton(words)
        self.buttons.addButton(made, role)
        made.setDefault(main)
        made.setAutoDefault(main)

        def clicked() -> None:
            if closes:
                self.accept()
            does()

        made.clicked.connect(clicked)
        return made

    def cancel_button(self, words: str) -> QPushButton:
        """Add the button that closes without doing anything; Esc does the same."""
        made = QPushButton(words)
        self.buttons.addButton(made, QDialogButtonBox.ButtonRole.RejectRole)
        made.setAutoDefault(False)
        made.clicked.connect(self.reject)
        return made


def message(parent: QWidget, title: str, heading: str, texts: tuple[str, ...] = ()) -> Dialog:
    """Tell something that stays until it is dismissed."""
    dialog = Dialog(parent, title, heading)
    dialog.say_all(texts)
    close = dialog.cancel_button(translate("&Close"))
    close.setDefault(True)
    dialog.open()
    return dialog
