"""The bar at the foot: what the services look like, what was done last, and Undo."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from app.models.journal import PAST_PUBLICATION, Doing
from app.models.names import fold
from app.text import translate
from app.ui.bridge import Bridge, Now
from app.ui.plain import OneLine, label
from app.ui.theme import GRID, Theme, service_look
from app.words.edits import edit_label, history_label

_LETTERS = 90
"""So many letters of what was done last want room in a line beside the services."""


class Status(QWidget):
    """Nothing here vanishes by itself."""

    def __init__(self, bridge: Bridge, theme: Theme, undo: QAction) -> None:
        super().__init__()
        self._theme = theme
        self._now = Now()
        self._bridge, self._document = bridge, bridge.document
        self.legend = QGridLayout()
        self.legend.setHorizontalSpacing(2 * GRID)
        self.legend.setVerticalSpacing(0)
        self._rows = 1
        self.message = OneLine(2)
        self.message.setAccessibleName(translate("What was done last"))
        self.undo = QToolButton()
        self.undo.setDefaultAction(undo)
        self.undo.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        inside.setSpacing(4 * GRID)
        inside.addLayout(self.legend)
        inside.addWidget(self.message, 1)
        inside.addWidget(self.undo)
        bridge.shown.connect(self.show_now)

    def wear(self, theme: Theme) -> None:
        """Colour with that theme."""
        self._theme = theme
        self._legend(self._now)
        self._line_up()

    def say(self, text: str) -> None:
        """Write it, and have the screen reader read it."""
        self.message.say(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def show_now(self, now: Now) -> None:
        """Show this; an edit is told by name."""
        old, self._now = self._now, now
        if self._bridge.document is not self._document:  # what was said was of another database
            self._document = self._bridge.document
            self.message.say("")
        if now.services is not old.services or _teams(now) is not _teams(old):
            self._legend(now)
            self._line_up()
        if now.edit is not None and now.edit is not old.edit:
            self.say(_told(now))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line_up()

    def _line_up(self) -> None:
        """Put the services over two lines where what was done last would have too little room beside them."""
        items = (self.legend.itemAt(at) for at in range(self.legend.count()))
        labels = (one.widget() for one in items if one is not None)
        wide = sum(one.sizeHint().width() + 2 * GRID for one in labels if one is not None)
        rest = self.width() - wide - self.undo.sizeHint().width() - 12 * GRID
        rows = 2 if rest < self.fontMetrics().averageCharWidth() * _LETTERS else 1
        if rows != self._rows:
            self._rows = rows
            self._legend(self._now)

    def _legend(self, now: Now) -> None:
        while (item := self.legend.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        if now.view is None:
            return
        names = {fold(team.service): team.service for team in now.view.teams.values()}
        shown = sorted((pair for pair in now.services.items() if pair[0] in names), key=lambda pair: pair[1])
        beside = -(-len(shown) // self._rows)
        for at, (key, place) in enumerate(shown):
            look = service_look(self._theme, place)
            shape, name = label(look.shape), label(" ".join(names[key].split()))
            colors = shape.palette()
            colors.setColor(shape.foregroundRole(), look.color)
            shape.setPalette(colors)
            row, column = divmod(at, max(1, beside))
            self.legend.addWidget(shape, row, 2 * column)
            self.legend.addWidget(name, row, 2 * column + 1)


def _teams(now: Now) -> object:
    """The teams of the week shown: the same object while nothing of them changes."""
    return now.view.teams if now.view is not None else None


def _told(now: Now) -> str:
    if now.edit is None:
        return ""
    if now.kind is Doing.UNDONE:
        text = translate("Undone: {edit}").format(edit=edit_label(now.edit))
    elif now.kind is Doing.REDONE:
        text = translate("Done again: {edit}").format(edit=edit_label(now.edit))
    else:
        return history_label(now.edit)
    if not now.edit.fact(PAST_PUBLICATION):
        return text
    return translate("{done}. It was published in between: see Publish and changes.").format(done=text)
