"""Moving by mouse, keyboard, or cut and paste: one controller for all, from picking up to the door."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QMainWindow, QVBoxLayout, QWidget

from app.models.change import Edit
from app.text import translate
from app.ui.bridge import Bridge, Now, Picked
from app.ui.deck.targets import NOWHERE, Target
from app.ui.deck.verdicts import Mark, Moving, edit_for, names
from app.ui.plain import label
from app.ui.theme import GRID

_GHOST_WIDTH, _GHOST_LETTERS = 300, 42


class Surface(Protocol):
    """A board that things can be dropped on."""

    def isVisible(self) -> bool: ...

    def target_at(self, at: QPoint) -> Target | None:
        """The target under that point of the screen; None off the board."""

    def scroll_near(self, at: QPoint) -> None:
        """Scroll where that point of the screen is near an edge."""


class Asks(Protocol):
    """The questions that a drop may lead to, and the one way to tell what came of it."""

    def allow(self, target: Target, moving: Moving) -> None:
        """Name the rules in the way, and ask for a reason, or offer a swap."""

    def choose(self, target: Target, moving: Moving) -> None:
        """Ask which of several slots is meant."""

    def say(self, text: str) -> None:
        """Say it in the status bar and to the screen reader."""


class Ghost(QFrame):
    """What follows the mouse or the focus while moving: who, and what the place says."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self._who = label(wrap=True)
        self._says = label(wrap=True)
        font = self._who.font()
        font.setBold(True)
        self._who.setFont(font)
        self._inside = inside = QVBoxLayout(self)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.setSpacing(GRID)
        inside.addWidget(self._who)
        inside.addWidget(self._says)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._says.text()

    def tell(self, who: str, says: str) -> None:
        """Say this."""
        self._who.setText(who)
        self._says.setText(says)
        self._says.setVisible(bool(says))
        width = max(_GHOST_WIDTH, self.fontMetrics().averageCharWidth() * _GHOST_LETTERS)
        self.setFixedSize(width, self._inside.totalHeightForWidth(width) + 2 * self.frameWidth())

    def stand_by(self, around: QRect) -> None:
        """Stand beside that rectangle of the screen, inside the window and above its foot, which says the same."""
        parent = self.parentWidget()
        if parent is None:
            return
        spot = parent.mapFromGlobal(around.bottomRight()) + QPoint(3 * GRID, 3 * GRID)
        if spot.x() + self.width() > parent.width():
            spot.setX(parent.mapFromGlobal(around.topLeft()).x() - self.width() - 3 * GRID)
        floor = parent.height() - (parent.statusBar().height() if isinstance(parent, QMainWindow) else 0)
        if spot.y() + self.height() > floor:
            spot.setY(parent.mapFromGlobal(around.topLeft()).y() - self.height() - 3 * GRID)
        self.move(max(0, spot.x()), max(0, spot.y()))
        self.show()
        self.raise_()


class Mover(QObject):
    """Holds what is being moved and where it points; every way of moving ends in `drop` or `cancel`."""

    def __init__(self, bridge: Bridge, ghost: Ghost, asks: Asks) -> None:
        super().__init__()
        self.bridge = bridge
        self.ghost = ghost
        self._asks = asks
        self._surfaces: list[Surface] = []
        self._target = NOWHERE
        self._said = ""
        bridge.shown.connect(self._follow)

    def add(self, surface: Surface) -> None:
        """Let things be dropped on that board."""
        self._surfaces.append(surface)

    @property
    def target(self) -> Target:
        """Where a drop would go now."""
        return self._target

    def start(self, moving: Moving, *, by_keyboard: bool) -> None:
        """Pick up."""
        if self.bridge.document is None or self.bridge.now.view is None:
            return
        self._target = NOWHERE
        self._said = ""
        self.bridge.move(moving)
        if by_keyboard:
            who = names(self.bridge.now.view, moving)
            self._asks.say(
                translate("Moving {who}. Go to a place with the arrow keys; Enter puts it there, Esc stops.").format(
                    who=who
                )
            )

    def point(self, target: Target, around: QRect, *, aloud: bool) -> None:
        """Point at a target: the ghost says what it would mean, aloud when led by the keyboard."""
        now = self.bridge.now
        if now.moving is None or now.view is None:
            return
        self._target = target
        verdict = target.verdict
        text = verdict.text or translate("Nothing can be put here.")
        self.ghost.tell(names(now.view, now.moving), text)
        self.ghost.stand_by(around)
        if aloud and text != self._said:
            self._said = text
            self._asks.say(text)

    def point_at(self, at: QPoint) -> None:
        """Point with the mouse, at a point of the screen."""
        around = QRect(at, at)
        for surface in self._surfaces:
            if surface.isVisible() and (target := surface.target_at(at)) is not None:
                surface.scroll_near(at)
                self.point(target, around, aloud=False)
                return
        self.point(NOWHERE, around, aloud=False)

    def drop(self) -> None:
        """Let go where the last pointing was."""
        moving, target = self.bridge.now.moving, self._target
        if moving is None:
            return
        self.bridge.move(None)
        mark = target.verdict.mark
        if mark is Mark.BROKEN:
            self._asks.allow(target, moving)
        elif mark is Mark.HERE or mark is Mark.NOTHING:
            self._asks.say(translate("Nothing was moved."))
        elif len(target.slots) > 1:
            self._asks.choose(target, moving)
        elif target.slots:
            self.carry_out(moving, edit_for(self.bridge.now.plan, moving, target.slots[0]))
        else:
            self._asks.allow(target, moving)

    def cancel(self) -> None:
        """Stop moving; nothing has changed."""
        if self.bridge.now.moving is not None:
            self.bridge.move(None)
            self._asks.say(translate("Stopped moving; everything is where it was."))

    def carry_out(self, moving: Moving, edit: Edit) -> None:
        """Do the edit, and select what was moved in its new place."""
        self.bridge.do(edit)
        moved = moving.visit_ids or tuple(change.id for change in edit.changes if change.table == "visits")
        self.bridge.pick(Picked(visits=moved))

    def _follow(self, now: Now) -> None:
        if now.moving is None:
            self.ghost.hide()
