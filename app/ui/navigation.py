"""One table of the screens, and the list at the left that leads to them.

To add a screen, add a line to `screens()`: its id, words, key, icon, and a function that builds its widget.
A screen is built when it is first shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.text import translate
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.panels.problems import ProblemsPanel
from app.ui.publish import commands as publishing
from app.ui.theme import GRID, TARGET, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen of the middle of the window. `badge` counts what waits there, 0 shows nothing."""

    id: str
    words: Callable[[], str]
    key: str
    icon: str
    build: Callable[[Desk], QWidget]
    badge: Callable[[Desk], int] | None = None
    with_panels: bool = False
    """Whether the docks (details, tray, problems, history) stand beside it."""


def screens() -> tuple[Screen, ...]:
    """Every screen, in order."""
    return (
        Screen(id="start", words=lambda: translate("Start"), key="Ctrl+1", icon="start", build=_start),
        Screen(id="board", words=lambda: translate("Week board"), key="Ctrl+2", icon="board",
               build=lambda desk: desk.board, with_panels=True),
        Screen(id="visitors", words=lambda: translate("Visitors"), key="Ctrl+3", icon="visitor", build=_visitors),
        Screen(id="teams", words=lambda: translate("Teams and slots"), key="Ctrl+4", icon="team", build=_teams),
        Screen(id="problems", words=lambda: translate("Problems"), key="Ctrl+5", icon="problems", build=_problems,
               badge=lambda desk: len(desk.now.problems.blocking)),
        Screen(id="publish", words=lambda: translate("Publish and changes"), key="Ctrl+6", icon="publish",
               build=publishing.screen, badge=publishing.open_count),
        Screen(id="chase", words=lambda: translate("Chase"), key="Ctrl+8", icon="calls", build=_chase),
        Screen(id="settings", words=lambda: translate("Week settings"), key="Ctrl+,", icon="settings",
               build=_settings),
    )  # fmt: skip


def _start(desk: Desk) -> QWidget:
    from app.ui.screens.start import StartScreen

    return StartScreen(desk)


def _visitors(desk: Desk) -> QWidget:
    from app.ui.screens.lists import visitors_screen

    return visitors_screen(desk)


def _teams(desk: Desk) -> QWidget:
    from app.ui.screens.lists import teams_screen

    return teams_screen(desk)


def _chase(desk: Desk) -> QWidget:
    from app.ui.replies.chase import ChaseScreen

    return ChaseScreen(desk)


def _settings(desk: Desk) -> QWidget:
    from app.ui.screens.settings import WeekSettings

    return WeekSettings(desk)


def _problems(desk: Desk) -> QWidget:
    panel = ProblemsPanel(desk.bridge, desk.look.theme, desk)
    panel.led.connect(desk.lead)
    panel.show_now(desk.now)
    desk.look.changed.connect(panel.table.rows_model.wear)
    return panel


class Navigation(QListWidget):
    """The list of screens."""

    chosen = Signal(object)
    """A screen was chosen; carries its id."""

    def __init__(self, table: tuple[Screen, ...]) -> None:
        super().__init__()
        self._table = table
        self.setAccessibleName(translate("Screens"))
        self.setIconSize(QSize(20, 20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        for screen in table:
            item = QListWidgetItem(screen.words())
            item.setData(Qt.ItemDataRole.UserRole, screen.id)
            item.setToolTip(f"{screen.words()} ({screen.key})")
            self.addItem(item)
        self.currentItemChanged.connect(self._chosen)
        self.refit()

    def refit(self) -> None:
        """Take the room that the words need."""
        widest = max(self.fontMetrics().horizontalAdvance(screen.words()) for screen in self._table)
        digits = self.fontMetrics().horizontalAdvance(" 999")
        self.setFixedWidth(widest + digits + 20 + 8 * GRID)
        height = max(TARGET, self.fontMetrics().lineSpacing() + 3 * GRID)
        for number in range(self.count()):
            self.item(number).setSizeHint(QSize(0, height))

    def mark(self, screen_id: str) -> None:
        """Show that this screen is open."""
        for number, screen in enumerate(self._table):
            if screen.id == screen_id:
                self.setCurrentRow(number)

    def count_up(self, desk: Desk) -> None:
        """Bring the counts behind the words up to date."""
        for number, screen in enumerate(self._table):
            if screen.badge is None:
                continue
            count = screen.badge(desk)
            words = f"{screen.words()} {count}" if count else screen.words()
            if self.item(number).text() != words:
                self.item(number).setText(words)

    def wear(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        for number, screen in enumerate(self._table):
            colors = (theme.color("text"), theme.color("disabled"), theme.color("on_primary"))
            self.item(number).setIcon(icon(screen.icon, *colors))
        self.refit()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
