"""What the commands of the window may reach. The window makes one; commands are functions of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from app.ui.bridge import Bridge, Now
from app.ui.settings import Settings
from app.ui.theme import Look

if TYPE_CHECKING:
    from app.ui.board.mover import Mover
    from app.ui.board.panel import BoardPanel
    from app.ui.dialogs.questions import Questions
    from app.ui.jobs import Jobs


@dataclass(kw_only=True)
class Desk:
    """The parts of the window by name, and how to speak to the person at it."""

    window: QMainWindow
    bridge: Bridge
    settings: Settings
    look: Look
    jobs: Jobs
    board: BoardPanel
    mover: Mover
    questions: Questions
    say: Callable[[str], None]
    """Tell in the status bar and to the screen reader."""
    go: Callable[[str], None]
    """Show the screen of that id."""
    show_panel: Callable[[str], None]
    """Show the panel of that id and give it the focus."""
    action: Callable[[str], QAction]
    """The action of that id."""
    lead: Callable[[object], None]
    """Lead to visits on the board; takes their ids."""
    open_path: Callable[[object], None]
    """Open the database at that path."""
    reset_layout: Callable[[], None]
    """Put panels and columns back as at first."""
    next_pane: Callable[[], None]
    """Give the next part of the window the focus."""

    @property
    def now(self) -> Now:
        """What the window shows."""
        return self.bridge.now
