"""One table of everything that can be done: id, words, keys, icon, function, when it can be done, where it stands.

To add an action, add a line here and a function in `app/ui/commands`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget

from app.text import translate
from app.ui.commands import (
    files,
    finding,
    help,
    history,
    keeping,
    look,
    match,
    printing,
    protecting,
    repair,
    replies,
    sharing,
    suggest,
    visits,
    weeks,
    why,
)
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.plain import tip
from app.ui.publish import commands as publishing


class Menu(StrEnum):
    """The menus, in order."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    PLAN = "plan"
    PUBLISH = "publish"
    HELP = "help"


class Place(StrEnum):
    """Where a key acts."""

    WINDOW = "window"
    BOARD = "board"
    """Only while the board has the focus, as single letters must."""


def always(_desk: Desk) -> bool:
    """It can always be done."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One thing that can be done. `words` may change with what is shown; `group` makes one of several a choice."""

    id: str
    words: Callable[[Desk], str]
    run: Callable[[Desk], object]
    menu: Menu
    keys: tuple[str, ...] = ()
    icon: str = ""
    place: Place = Place.WINDOW
    enabled: Callable[[Desk], bool] = always
    checked: Callable[[Desk], bool] | None = None
    group: str = ""
    bar: bool = False
    """Whether it stands in the toolbar too."""
    line: bool = False
    """Whether a separator stands before it."""
    short: Callable[[Desk], str] | None = None
    """Fewer words, for the toolbar."""
    inner: Callable[[], str] | None = None
    """The title of the menu within the menu, where it stands in one."""


def menu_words(menu: Menu) -> str:
    """The title of a menu."""
    return {
        Menu.FILE: translate("&File"),
        Menu.EDIT: translate("&Edit"),
        Menu.VIEW: translate("&View"),
        Menu.PLAN: translate("&Plan"),
        Menu.PUBLISH: translate("P&ublish"),
        Menu.HELP: translate("&Help"),
    }[menu]


def table() -> tuple[Spec, ...]:
    """Everything that can be done, menu by menu."""
    return (*_file(), *_edit(), *_view(), *_plan(), *_publish(), *_help())


def _file() -> tuple[Spec, ...]:
    menu = Menu.FILE
    return (
        Spec(id="sample", menu=menu, icon="sample", words=lambda _: translate("Open the &sample week"),
             run=files.open_sample),
        Spec(id="new-week", menu=menu, icon="day", words=lambda _: translate("New &week…"), keys=("Ctrl+Shift+N",),
             run=weeks.begin, enabled=files.can_import),
        Spec(id="new", menu=menu, icon="database", words=lambda _: translate("&New database…"), keys=("Ctrl+N",),
             run=files.new_database),
        Spec(id="open", menu=menu, icon="open", words=lambda _: translate("&Open database…"), keys=("Ctrl+O",),
             run=files.open_database),
        Spec(id="import", menu=menu, icon="import", words=lambda _: translate("&Import planning workbook…"),
             keys=("Ctrl+I",), run=files.import_workbook, enabled=files.can_import, line=True),
        Spec(id="export", menu=menu, icon="export", words=lambda _: translate("&Export everything…"),
             keys=("Ctrl+E",), run=files.export_everything, enabled=files.has_week),
        Spec(id="print", menu=menu, icon="print", words=lambda _: translate("&Print…"), keys=("Ctrl+P",),
             run=printing.print_pages, enabled=files.has_week),
        Spec(id="forms", menu=menu, icon="list", words=lambda _: translate("&Make forms to send…"),
             run=replies.send_forms, enabled=files.has_week, line=True),
        Spec(id="take-in", menu=menu, icon="import", words=lambda _: translate("Take in &forms…"),
             keys=("Ctrl+Shift+I",), run=replies.take_in_forms, enabled=replies.can_take_in),
        Spec(id="diary", menu=menu, icon="day", words=lambda _: translate("&Read a diary…"), run=replies.read_diary,
             enabled=replies.can_take_in),
        *_keeping(),
        Spec(id="quit", menu=menu, words=lambda _: translate("&Quit"), keys=("Ctrl+Q",), run=files.leave, line=True),
    )  # fmt: skip


def _keeping() -> tuple[Spec, ...]:
    menu = Menu.FILE
    return (
        Spec(id="backups", menu=menu, icon="history", words=lambda _: translate("&Backups…"),
             run=keeping.show_backups, enabled=keeping.has_file, line=True),
        Spec(id="save-copy", menu=menu, words=lambda _: translate("Save a &copy…"), run=keeping.save_copy,
             enabled=keeping.has_file),
        Spec(id="hand-over", menu=menu, words=lambda _: translate("&Hand over"), run=sharing.hand_over_now,
             enabled=sharing.is_borrowed),
        Spec(id="take-over", menu=menu, words=lambda _: translate("&Take over"), run=sharing.take_over_now,
             enabled=sharing.is_borrowed),
        Spec(id="protect", menu=menu, words=lambda _: translate("&Data protection…"), run=protecting.protect,
             enabled=protecting.is_open),
    )  # fmt: skip


def _edit() -> tuple[Spec, ...]:
    menu, board = Menu.EDIT, Place.BOARD
    return (
        Spec(id="undo", menu=menu, icon="undo", words=history.undo_words, short=lambda _: translate("Undo"),
             keys=("Ctrl+Z",), run=history.undo, enabled=history.can_undo, bar=True),
        Spec(id="redo", menu=menu, icon="redo", words=history.redo_words, short=lambda _: translate("Redo"),
             keys=("Ctrl+Y", "Ctrl+Shift+Z"), run=history.redo, enabled=history.can_redo, bar=True),
        Spec(id="move", menu=menu, icon="move", words=lambda _: translate("&Move with the arrow keys"), keys=("M",),
             place=board, run=visits.move, enabled=visits.some_chosen, line=True),
        Spec(id="move-to", menu=menu, icon="list", words=lambda _: translate("Move &to…"), keys=("Ctrl+M",),
             run=visits.move_to, enabled=visits.some_chosen),
        Spec(id="cut", menu=menu, icon="cut", words=lambda _: translate("&Cut: pick up to move"), keys=("Ctrl+X",),
             place=board, run=visits.move, enabled=visits.some_chosen),
        Spec(id="paste", menu=menu, icon="paste", words=lambda _: translate("P&aste: put it here"), keys=("Ctrl+V",),
             place=board, run=visits.drop, enabled=visits.is_moving),
        Spec(id="place", menu=menu, icon="visitor", words=lambda _: translate("Place a &visitor here…"), keys=("P",),
             place=board, run=visits.place, enabled=visits.slot_chosen, line=True),
        Spec(id="swap", menu=menu, icon="swap", words=lambda _: translate("&Swap…"), keys=("X",), place=board,
             run=visits.swap, enabled=visits.one_chosen),
        Spec(id="pin", menu=menu, icon="pin", words=visits.pin_words, keys=("L",), place=board, run=visits.pin,
             enabled=visits.some_chosen),
        Spec(id="permit", menu=menu, icon="permitted", words=lambda _: translate("A&llow with a reason…"),
             run=visits.permit, enabled=visits.broken_chosen),
        Spec(id="tray", menu=menu, icon="tray", words=lambda _: translate("Take &off, back to the tray"),
             keys=("Del",), place=board, run=visits.to_tray, enabled=visits.some_chosen),
        Spec(id="find-anything", menu=menu, icon="search", words=lambda _: translate("Find a&nything…"),
             keys=("Ctrl+Shift+F",), run=finding.find_anything, line=True),
        Spec(id="commands", menu=menu, icon="search", words=lambda _: translate("Find a comman&d…"), keys=("Ctrl+K",),
             run=finding.find_command),
        Spec(id="find", menu=menu, icon="filter", words=lambda _: translate("&Filter, or find"),
             keys=("Ctrl+F",), run=finding.find),
    )  # fmt: skip


def _card_size() -> str:
    return translate("Si&ze of cards")


def _text_size() -> str:
    return translate("&Size of text")


def _colours() -> str:
    return translate("Colou&rs")


def _view() -> tuple[Spec, ...]:
    menu = Menu.VIEW
    return (
        Spec(id="by-team", menu=menu, icon="team", words=lambda _: translate("Week by &team"), keys=("Alt+1",),
             run=look.by_team, enabled=files.has_week),
        Spec(id="by-visitor", menu=menu, icon="visitor", words=lambda _: translate("Week by &visitor"),
             keys=("Alt+2",), run=look.by_visitor, enabled=files.has_week),
        Spec(id="by-day", menu=menu, icon="day", words=lambda _: translate("Week by &day"), keys=("Alt+3",),
             run=look.by_day, enabled=files.has_week),
        Spec(id="as-list", menu=menu, icon="list", words=lambda _: translate("Week as a &list"), keys=("Alt+4",),
             run=look.as_list, enabled=files.has_week),
        Spec(id="details", menu=menu, icon="details", words=lambda _: translate("D&etails of the selection"),
             keys=("Return",), place=Place.BOARD, run=look.details, line=True),
        Spec(id="show-tray", menu=menu, icon="to-place", words=lambda _: translate("To &place"),
             keys=("Ctrl+Shift+P",), run=look.to_place),
        Spec(id="show-history", menu=menu, icon="history", words=lambda _: translate("&History"),
             keys=("Ctrl+H",), run=look.history),
        Spec(id="fit", menu=menu, icon="fit", words=lambda _: translate("&Fit week to the width"), run=look.fit_week,
             checked=look.fits, bar=True, short=lambda _: translate("Fit week"), line=True),
        Spec(id="zoom-in", menu=menu, icon="zoom-in", words=lambda _: translate("Larger &cards"),
             keys=("Ctrl++", "Ctrl+="), run=look.zoom_in, inner=_card_size),
        Spec(id="zoom-out", menu=menu, icon="zoom-out", words=lambda _: translate("&Smaller cards"),
             keys=("Ctrl+-",), run=look.zoom_out, inner=_card_size),
        Spec(id="zoom-normal", menu=menu, words=lambda _: translate("Cards at &normal size"), keys=("Ctrl+0",),
             run=look.zoom_normal, inner=_card_size),
        Spec(id="text-larger", menu=menu, words=lambda _: translate("Lar&ger text"), keys=("Ctrl+>",),
             run=look.larger_text, inner=_text_size),
        Spec(id="text-smaller", menu=menu, words=lambda _: translate("S&maller text"), keys=("Ctrl+<",),
             run=look.smaller_text, inner=_text_size),
        Spec(id="text-normal", menu=menu, words=lambda _: translate("Text at n&ormal size"), keys=("Ctrl+Shift+0",),
             run=look.normal_text, inner=_text_size),
        Spec(id="theme-system", menu=menu, words=lambda _: translate("Colours as the s&ystem"), run=look.as_system,
             checked=look.is_system, group="theme", inner=_colours),
        Spec(id="theme-light", menu=menu, words=lambda _: translate("L&ight colours"), run=look.light,
             checked=look.is_light, group="theme", inner=_colours),
        Spec(id="theme-dark", menu=menu, words=lambda _: translate("Dar&k colours"), run=look.dark,
             checked=look.is_dark, group="theme", inner=_colours),
        Spec(id="theme-contrast", menu=menu, words=lambda _: translate("High cont&rast"), run=look.contrast,
             checked=look.is_contrast, group="theme", inner=_colours),
        Spec(id="next-pane", menu=menu, words=lambda _: translate("Ne&xt part of the window"), keys=("F6",),
             run=look.next_pane, line=True),
        Spec(id="menu", menu=menu, words=lambda _: translate("Menu of &what has the focus"), keys=("Shift+F10",),
             run=look.focus_menu),
        Spec(id="reset-layout", menu=menu, icon="reset", words=lambda _: translate("Reset layo&ut"),
             run=look.reset_layout),
    )  # fmt: skip


def _plan() -> tuple[Spec, ...]:
    menu = Menu.PLAN
    return (
        Spec(id="match", menu=menu, icon="match", words=lambda _: translate("&Match the week…"),
             short=lambda _: translate("Match the week"), keys=("F9",), run=match.match_week,
             enabled=match.can_match, bar=True),
        Spec(id="suggest", menu=menu, icon="suggest", words=lambda _: translate("&Suggest places…"),
             short=lambda _: translate("Suggest"), keys=("S",), place=Place.BOARD, run=suggest.suggest,
             enabled=suggest.can_suggest, bar=True),
        Spec(id="why", menu=menu, icon="why", words=lambda _: translate("&Why, or why not?"),
             short=lambda _: translate("Why?"), keys=("W",), place=Place.BOARD, run=why.why,
             enabled=files.has_week, bar=True),
        Spec(id="dropped-out", menu=menu, icon="visitor", words=lambda _: translate("Visitor &dropped out…"),
             keys=("Ctrl+Shift+D",), run=repair.dropped_out, enabled=repair.can_repair, line=True),
        Spec(id="fell-away", menu=menu, icon="team", words=lambda _: translate("&Team or slot closed…"),
             run=repair.fell_away, enabled=repair.can_repair),
    )  # fmt: skip


def _publish() -> tuple[Spec, ...]:
    menu = Menu.PUBLISH
    return (
        Spec(id="publish", menu=menu, icon="publish", words=lambda _: translate("&Publish…"), keys=("Ctrl+Shift+U",),
             run=publishing.publish, enabled=publishing.can_publish),
        Spec(id="calls", menu=menu, icon="calls", words=lambda _: translate("&Call list"),
             run=publishing.show_calls, enabled=files.has_week),
        Spec(id="answers", menu=menu, icon="import", words=lambda _: translate("Take in &answers…"),
             run=replies.take_in_answers, enabled=replies.can_take_in),
        Spec(id="ofsted", menu=menu, icon="postpone", words=lambda _: translate("&Ofsted has called…"),
             run=publishing.ofsted, enabled=publishing.can_publish, line=True),
    )  # fmt: skip


def _help() -> tuple[Spec, ...]:
    menu = Menu.HELP
    return (
        Spec(id="keyboard", menu=menu, icon="list", words=lambda _: translate("&Keyboard"), keys=("F1",),
             run=finding.keyboard),
        Spec(id="accessibility", menu=menu, icon="visitor", words=lambda _: translate("A&ccessibility statement"),
             run=finding.accessibility),
        Spec(id="about", menu=menu, icon="info", words=lambda _: translate("&About Practice Week"), run=help.about),
    )  # fmt: skip


class Actions(QObject):
    """The table as Qt actions, kept in step with what is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self.specs = {spec.id: spec for spec in table()}
        self.by_id: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for spec in self.specs.values():
            action = QAction(desk.window)
            action.setObjectName(spec.id)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setCheckable(spec.checked is not None)
            if spec.place is Place.BOARD:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if spec.group:
                groups.setdefault(spec.group, QActionGroup(self)).addAction(action)
            action.triggered.connect(lambda *_, one=spec: self._run(one))
            self.by_id[spec.id] = action

    def _run(self, spec: Spec) -> None:
        if spec.enabled(self._desk):
            spec.run(self._desk)
        self.refresh()

    def refresh(self) -> None:
        """Bring words, marks and availability up to date."""
        for spec in self.specs.values():
            action = self.by_id[spec.id]
            words = spec.words(self._desk)
            if action.text() != words:
                action.setText(words)
                action.setIconText(spec.short(self._desk) if spec.short else words.replace("&", ""))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            plain = words.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
            action.setToolTip(tip(f"{plain} ({keys})" if keys else plain))
            action.setEnabled(spec.enabled(self._desk))
            if spec.checked is not None:
                action.setChecked(spec.checked(self._desk))

    def wear(self) -> None:
        """Draw the icons in the theme's colours."""
        theme = self._desk.look.theme
        for spec in self.specs.values():
            if spec.icon:
                self.by_id[spec.id].setIcon(icon(spec.icon, theme.color("text"), theme.color("disabled")))

    def fill(self, bar: QMenuBar, tools: QToolBar, board: QWidget) -> dict[Menu, QMenu]:
        """Put the actions into the menus and the toolbar; keys of the board act in the board alone."""
        menus = {menu: bar.addMenu(menu_words(menu)) for menu in Menu}
        inner: dict[str, QMenu] = {}
        for spec in self.specs.values():
            action, into = self.by_id[spec.id], menus[spec.menu]
            if spec.line:
                into.addSeparator()
            if spec.inner is not None:
                title = spec.inner()
                into = inner[title] if title in inner else inner.setdefault(title, into.addMenu(title))
            into.addAction(action)
            if spec.bar:
                tools.addAction(action)
            (board if spec.place is Place.BOARD else self._desk.window).addAction(action)
        return menus
