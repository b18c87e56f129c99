"""What the commands of the window may reach. The window makes one; commands are functions of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.bridge import Bridge, Now
from app.ui.deck.verdicts import Moving
from app.ui.settings import Settings
from app.ui.theme import Look

if TYPE_CHECKING:
    from pathlib import Path

    from app.document.handover import Borrowed
    from app.errors import Refused
    from app.models.change import Edit
    from app.ui.board.mover import Mover
    from app.ui.board.panel import BoardPanel
    from app.ui.jobs import Jobs


class Questions(Protocol):
    """The questions that placing, moving and swapping lead to; `app.ui.dialogs.questions` asks them."""

    def carry_out(self, edit: Edit, *, over: QWidget | None = None, then: Callable[[], None] | None = None) -> None:
        """Do an edit that may place visits; where a rule forbids one, ask first, over that window.

        `then` is called once it is done, and never where the answer is to leave all as it was.
        """

    def put(self, moving: Moving, slot_id: str) -> None:
        """Put it there; where a rule forbids it, ask first."""

    def choose_slot(self, moving: Moving) -> None:
        """Ask where to."""

    def choose_visitor(self, slot_id: str) -> None:
        """Ask who should come into that slot."""

    def choose_swap(self, visit_id: str) -> None:
        """Ask whom to swap a visit with."""

    def swap(self, first_id: str, second_id: str) -> None:
        """Exchange two visits; where a rule forbids it, ask first."""

    def permit(self, visit_id: str) -> None:
        """Ask for the reason why a visit may break the rules that it breaks."""


def _nothing(*_: object) -> None:
    """What happens before `app.ui.keeper` has taken its place."""


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
    refused_open: Callable[[Refused, Path], object] = _nothing
    """Tell why the file at that path was not opened, with the ways on."""
    told_of_sharing: Callable[[Borrowed], object] = _nothing
    """Tell that the local copy of a shared file is open."""
    trouble: Callable[[Refused], object] = _nothing
    """Tell that a change could not be saved to the open file, with the ways on."""

    @property
    def now(self) -> Now:
        """What the window shows."""
        return self.bridge.now
