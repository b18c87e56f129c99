"""The window: it places panels, nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QWidget,
)

from app.text import translate
from app.ui.actions import Actions, Menu
from app.ui.board.mover import Ghost, Mover
from app.ui.board.panel import BoardPanel
from app.ui.bridge import Bridge, Now, Picked
from app.ui.commands import files, replies
from app.ui.desk import Desk
from app.ui.dialogs.questions import Questions
from app.ui.drops import Drops
from app.ui.focus import FocusRing
from app.ui.jobs import Jobs
from app.ui.keeper import Keeper
from app.ui.navigation import Navigation, screens
from app.ui.panels.details import Details
from app.ui.panels.history import HistoryPanel
from app.ui.panels.problems import ProblemsPanel
from app.ui.panels.status import Status
from app.ui.panels.tray import Tray
from app.ui.settings import Settings
from app.ui.tabs import TabPages
from app.ui.theme import Look, Theme
from app.ui.unwheeled import unwheeled_all

_ROOMY = 1921
"""On a screen narrower than this many pixels the first start takes the whole of it."""
_STATE = 1
"""The version of the remembered layout; a change in the docks raises it."""


class _Pages(QStackedWidget):
    """The screens. Only the one in front asks for room, and never for more than a small screen can spare."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        wanted = page.minimumSizeHint() if page is not None else QSize(0, 0)
        unit = self.fontMetrics()
        return QSize(min(wanted.width(), unit.averageCharWidth() * 40), min(wanted.height(), unit.lineSpacing() * 20))


class Window(QMainWindow):
    """Everything in its place."""

    def __init__(self, bridge: Bridge, settings: Settings, look: Look, first: str = "start") -> None:
        """`first` is the screen that is shown at once; others are built when they are."""
        super().__init__()
        self.setObjectName("window")
        self._bridge, self._settings, self._look = bridge, settings, look
        self.settings = settings  # dialogs look here for what to remember
        theme = look.theme
        ghost = Ghost(self)
        questions = Questions(self, bridge, look, self.say)
        mover = Mover(bridge, ghost, questions)
        self.board = BoardPanel(bridge, mover, theme, settings)
        self.desk = Desk(
            window=self, bridge=bridge, settings=settings, look=look, jobs=Jobs(), board=self.board, mover=mover,
            questions=questions, say=self.say, go=self.go, show_panel=self.show_panel, action=self._action,
            lead=self.lead, open_path=self._open_path, reset_layout=self.reset_layout, next_pane=self.next_pane,
        )  # fmt: skip
        self.keeper = Keeper(self.desk)
        self.actions_table = Actions(self.desk)
        self.status = Status(bridge, theme, self._action("undo"))
        self._screens = {screen.id: screen for screen in screens()}
        self._built: dict[str, QWidget] = {}
        self.navigation = Navigation(tuple(self._screens.values()))
        self.stack = _Pages()
        self.setCentralWidget(self.stack)
        self._bars()
        self._docks(mover, theme)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self.status, 1)
        self.ring = FocusRing(self, look)
        self.drops = Drops(
            self,
            {
                ".xlsx": lambda path: replies.drop_workbook(self.desk, path),
                ".csv": lambda path: replies.take_in_forms(self.desk, (path,)),
                ".ics": lambda path: replies.drop_calendar(self.desk, path),
                ".eml": lambda path: replies.take_in_answers(self.desk, (path,)),
                files.ENDING: lambda path: files.open_path(self.desk, path),
            },
            several=lambda paths: replies.drop_several(self.desk, paths),
        )
        bridge.shown.connect(self._follow)
        look.changed.connect(self._wear)
        self.navigation.chosen.connect(self.go)
        self._wear(theme)
        self.resize(1280, 720)
        self._first_layout = self.saveState(_STATE)
        self._restore()
        self.go(first)
        self._follow(bridge.now)

    # Building

    def _action(self, name: str) -> QAction:
        return self.actions_table.by_id[name]

    def _bars(self) -> None:
        tools = QToolBar(translate("Tools"))
        tools.setObjectName("tools")
        tools.setMovable(False)
        tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tools.setIconSize(QSize(20, 20))
        tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        menus = self.actions_table.fill(self.menuBar(), tools, self.board)
        self.addToolBar(tools)
        view = menus[Menu.VIEW]
        first = view.actions()[0]
        for screen in self._screens.values():
            action = QAction(screen.words(), self)
            action.setShortcut(QKeySequence(screen.key))
            action.triggered.connect(lambda *_, one=screen.id: self.enter(one))
            view.insertAction(first, action)
        view.insertSeparator(first)
        self.board.empty.lead_on(
            [self._action(name) for name in ("new-week", "sample", "import")], lambda: files.add_slots(self.desk)
        )  # fmt: skip
        for view_of_board in self.board.views.values():
            view_of_board.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.board.listing.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for name in ("details", "why", "suggest", "move", "move-to", "swap", "place", "pin", "permit", "tray"):
            for surface in (*self.board.views.values(), self.board.listing):
                surface.addAction(self._action(name))

    def _docks(self, mover: Mover, theme: Theme) -> None:
        left = self._dock("screens", translate("Screens"), self.navigation, Qt.DockWidgetArea.LeftDockWidgetArea)
        left.setTitleBarWidget(QWidget())
        left.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.details = Details(self._bridge, theme)
        rows = ("why", "suggest"), ("pin", "swap"), ("permit",), ("tray",)
        self.details.offer(*([self._action(name) for name in row] for row in rows))
        self._side = self._dock("details", translate("Details"), self.details, Qt.DockWidgetArea.RightDockWidgetArea)
        self.tray = Tray(self._bridge, mover, theme)
        self.problems = ProblemsPanel(self._bridge, theme)
        self.history = HistoryPanel(self._bridge, theme)
        self.foot = TabPages()
        self.foot.setAccessibleName(translate("To place, problems and history"))
        self.foot.setDocumentMode(True)
        for panel, words in (
            (self.tray, translate("To pl&ace")),
            (self.problems, translate("Pro&blems")),
            (self.history, translate("Histor&y")),
        ):
            self.foot.addTab(panel, words)
        self.foot.setCornerWidget(self.history.back)
        self.foot.currentChanged.connect(lambda _: self._beside_tabs())
        self._beside_tabs()
        self._below = self._dock("foot", translate("To place, problems, history"), self.foot,
                                 Qt.DockWidgetArea.BottomDockWidgetArea)  # fmt: skip
        self._below.setTitleBarWidget(QWidget())
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.problems.led.connect(self.lead)
        self.tray.place_person.connect(self._place_person)
        self.tray.fill_slot.connect(self.desk.questions.choose_visitor)
        self.tray.show_team.connect(self._show_team)
        self.tray.counted.connect(lambda count: self._tab_words(self.tray, translate("To pl&ace"), count))

    def _beside_tabs(self) -> None:
        self.history.back.setVisible(self.foot.currentWidget() is self.history)

    def _dock(self, name: str, title: str, inside: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(inside)
        dock.setAccessibleName(title)
        self.addDockWidget(area, dock)
        return dock

    # Following

    def _follow(self, now: Now) -> None:
        self.actions_table.refresh()
        self.navigation.count_up(self.desk)
        self._tab_words(self.problems, translate("Pro&blems"), len(now.problems.blocking))
        self.setWindowTitle(_title(now, self._bridge))

    def _tab_words(self, panel: QWidget, words: str, count: int) -> None:
        self.foot.setTabText(self.foot.indexOf(panel), f"{words} {count}" if count else words)

    def _wear(self, theme: Theme) -> None:
        self.actions_table.wear()
        self.navigation.wear(theme)
        self.board.wear(theme)
        self.details.wear(theme)
        self.status.wear(theme)
        for table in (self.tray.table, self.problems.table, self.history.table):
            table.rows_model.wear(theme)
            table.refit()
        self.ring.update() if hasattr(self, "ring") else None

    # What the desk offers

    def say(self, text: str) -> None:
        """Tell in the status bar and to the screen reader."""
        self.status.say(text)

    def go(self, screen_id: object) -> None:
        """Show the screen of that id."""
        name = str(screen_id)
        screen = self._screens[name]
        if name not in self._built:
            self._built[name] = screen.build(self.desk)
            unwheeled_all(self._built[name])
            self.stack.addWidget(self._built[name])
        if not screen.with_panels:  # before the page comes, so that the window never needs room for both
            self._side.hide()
            self._below.hide()
        self.stack.setCurrentWidget(self._built[name])
        if screen.with_panels:
            self._side.show()
            self._below.show()
        self.navigation.mark(name)
        page = self._built[name]
        if not self.navigation.hasFocus() and (focus := getattr(page, "focus_inside", None)) is not None:
            focus()

    def enter(self, screen_id: str) -> None:
        """Show the screen of that id and give it the focus."""
        self.stack.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.go(screen_id)
        if self.stack.hasFocus():  # there is nothing in it to stand on
            self.navigation.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._settings.shape("docks") is None:
            QTimer.singleShot(0, self._size_docks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as it does in a dialog."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton | QToolButton):
            focus.click()
            return
        super().keyPressEvent(event)

    def show_panel(self, name: str) -> None:
        """Show that panel and give it the focus."""
        self.go("board")
        if name == "details":
            self._side.show()
            self.details.area.setFocus()
            return
        panel, table = {
            "tray": (self.tray, self.tray.table),
            "problems": (self.problems, self.problems.table),
            "history": (self.history, self.history.table),
        }[name]
        self._below.show()
        self.foot.setCurrentWidget(panel)
        table.setFocus()

    def lead(self, visits: object) -> None:
        """Lead to these visits on the board."""
        ids = tuple(str(one) for one in visits) if isinstance(visits, tuple) else ()
        self.go("board")
        self._bridge.pick(Picked())
        self._bridge.pick(Picked(visits=ids))
        self.board.surface.setFocus()

    def next_pane(self) -> None:
        """Give the next part of the window the focus: screens, board or what is in its place, details, foot."""
        page = self.stack.currentWidget()
        middle = self.board.surface if page is self.board else page
        panes = [self.navigation, middle, self.details.area, self.foot.currentWidget()]
        shown = [pane for pane in panes if pane is not None and pane.isVisible()]
        focus = self.focusWidget()
        at = next((n for n, pane in enumerate(shown) if focus and (pane is focus or pane.isAncestorOf(focus))), -1)
        following = shown[(at + 1) % len(shown)] if shown else None
        if following is not None and (inside := getattr(following, "focus_inside", None)) is not None:
            inside()
        elif following is not None:
            target = following.findChild(QWidget, "", Qt.FindChildOption.FindDirectChildrenOnly)
            following.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if target is not None and not following.hasFocus():
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _place_person(self, person_id: object) -> None:
        self.go("board")
        view = self.board.view
        if view is not None:
            view.start_placing(str(person_id))

    def _show_team(self, team_id: object) -> None:
        now = self._bridge.now
        if now.view is not None and (team := now.view.teams.get(str(team_id))) is not None:
            self.go("board")
            self.board.filter.setText(team.name)
            self.board.focus_board()

    def _open_path(self, path: object) -> None:
        if isinstance(path, Path):
            files.open_path(self.desk, path)

    # Layout

    def _restore(self) -> None:
        if (geometry := self._settings.shape("window")) is not None:
            self.restoreGeometry(geometry)
        elif (screen := self.screen()) is not None and screen.availableGeometry().width() < _ROOMY:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        if (state := self._settings.shape("docks")) is not None:
            self.restoreState(state, _STATE)
        else:
            self._size_docks()

    def _size_docks(self) -> None:
        unit = self.fontMetrics().averageCharWidth()
        wide, high = min(unit * 42, self.width() // 5), min(self.fontMetrics().lineSpacing() * 9, self.height() // 5)
        self.resizeDocks([self._side], [wide], Qt.Orientation.Horizontal)
        self.resizeDocks([self._below], [high], Qt.Orientation.Vertical)

    def reset_layout(self) -> None:
        """Put panels and columns back as at first."""
        self._settings.forget_shapes()
        self.restoreState(self._first_layout, _STATE)
        QTimer.singleShot(0, self._size_docks)
        self.go("board" if self._bridge.now.view is not None else "start")

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.keep_shape("window", self.saveGeometry())
        self.go("board")
        self._settings.keep_shape("docks", self.saveState(_STATE))
        self._settings.flush()
        self.desk.jobs.stop_all()
        self._bridge.open(None)
        super().closeEvent(event)


def _title(now: Now, bridge: Bridge) -> str:
    """`Practice Week, Oct 2026 · saved 14:05`."""
    parts = [now.view.week.name if now.view is not None else "", ""]
    document = bridge.document
    if document is not None and document.read_only:
        parts[1] = translate("reading only")
    elif document is not None and document.saved_at is not None:
        parts[1] = translate("saved {time}").format(time=_clock(document.saved_at))
    return " · ".join(part for part in (*parts, translate("Practice Week")) if part)


def _clock(moment: dt.datetime) -> str:
    return f"{moment.astimezone():%H:%M}"
