"""Finding: commands by name, anything by name, every key, and what is not yet open to everybody."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from app.text import translate
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog, message
from app.ui.rows import Line, RowsTable


def _actions(desk: Desk) -> list[QAction]:
    return [one for menu in desk.window.menuBar().actions() if menu.menu() for one in _inside(menu)]


def _inside(menu: QAction) -> list[QAction]:
    held = menu.menu()
    return [one for one in held.actions() if not one.isSeparator()] if held is not None else []  # type: ignore[attr-defined]  # a QMenu


def find_command(desk: Desk) -> None:
    """Do anything by its name; people, teams and slots are found too."""
    from app.ui.screens.finder import Finder, commands, things

    Finder(
        desk, translate("Find a command"), translate("Type what you want to do, or a name"),
        [*commands(_actions(desk)), *things(desk)],
    ).open()  # fmt: skip


def find_anything(desk: Desk, text: str = "") -> None:
    """Find a visitor, team, slot, site or setting by its name; `text` is what is looked for already."""
    from app.ui.screens.finder import Finder, commands, things

    Finder(
        desk, translate("Find anything"), translate("Type a visitor, team, slot, site or setting"),
        [*things(desk), *commands(_actions(desk))], text=text,
    ).open()  # fmt: skip


def find(desk: Desk) -> None:
    """Go to the filter of what is open; asked again there, or where nothing can be filtered, find anything."""
    line = _filter_near(desk.window.focusWidget()) or _filter_on(desk.window.centralWidget())
    if line is None or line.hasFocus():
        find_anything(desk, line.text() if line is not None else "")
        return
    line.setFocus(Qt.FocusReason.ShortcutFocusReason)
    line.selectAll()


def _filter_near(focus: QWidget | None) -> QLineEdit | None:
    """The filter of the list, or the board, that has the focus."""
    while focus is not None:
        if (line := _filter_of(focus)) is not None:
            return line
        focus = focus.parentWidget()
    return None


def _filter_on(screen: QWidget | None) -> QLineEdit | None:
    """The first filter of the screen that is open."""
    inside = screen.findChildren(QWidget) if screen is not None else []
    return next((line for one in inside if (line := _filter_of(one)) is not None), None)


def _filter_of(one: QWidget) -> QLineEdit | None:
    line = getattr(one, "filter", None)
    return line if isinstance(line, QLineEdit) and line.isVisible() and line.isEnabled() else None


def keyboard(desk: Desk) -> None:
    """Tell every key."""
    dialog = Dialog(
        desk.window, translate("Keyboard"), translate("Everything can be done with the keyboard"), width=640
    )
    rows = [
        (one.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…"), keys)
        for one in _actions(desk)
        if (keys := ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in one.shortcuts()))
    ]
    rows += _list_keys()
    table = RowsTable(translate("Keys"), (translate("What it does"), translate("Keys")), desk.look.theme)
    table.show_lines(Line(key=str(at), cells=row) for at, row in enumerate(rows))
    table.widths(58, 24)
    table.setMinimumHeight(420)
    dialog.body.addWidget(table, 1)
    dialog.cancel_button(translate("&Close")).setDefault(True)
    dialog.open()
    table.setFocus()


def _list_keys() -> list[tuple[str, str]]:
    """Keys that act inside lists and the grid of times."""
    return [
        (translate("In the filter, or where nothing can be filtered: find anything"), "Ctrl+F"),
        (translate("In a list: edit the cell"), "F2"),
        (translate("In a list: change the whole row"), translate("Enter")),
        (translate("In a list: put what is typed into every selected cell"), translate("Ctrl+Enter")),
        (translate("In a list: add a row"), translate("Insert")),
        (translate("In a list: make cells blank, or delete whole selected rows"), translate("Del")),
        (translate("In a list: turn yes to no and back"), translate("Space")),
        (translate("In a list: copy, paste"), "Ctrl+C, Ctrl+V"),
        (translate("In a list of slots: offer on other days"), "Ctrl+D"),
        (translate("In a cell with a calendar: open it"), "Alt+Down"),
        (translate("In a cell with several lines: a new line"), translate("Alt+Enter")),
        (translate("In free and busy times: busy, free, rather not, blank"), translate("B, F, R, Del")),
        (translate("In free and busy times: select"), translate("Shift with arrow keys")),
    ]


def accessibility(desk: Desk) -> None:
    """Tell how far the window is open to everybody, and what is not met."""
    message(
        desk.window, translate("Accessibility statement"),
        translate("We want everybody to be able to use this program."),
        (
            translate("The aim is WCAG 2.2, level AA, as WCAG2ICT reads it for desktop programs."),
            translate("Everything can be done with the keyboard alone: Help, Keyboard lists every key. Nothing needs "
                      "dragging: the List tab of the week board and the lists do it all."),
            translate("Colours follow the system: light, dark or high contrast. No meaning hangs on colour alone: a "
                      "sign and a word stand beside it. Text can be made 90 to 200 % of its size under View."),
            translate("Cards, cells and controls have names that screen readers speak; results are announced."),
            translate("Not yet met: the window was tested with the accessibility interface of Linux and by keyboard, "
                      "but not yet by people who use NVDA, JAWS, Narrator or VoiceOver every day."),
            translate("Not yet met: at 200 % text on a screen of 1366 by 768 some wide lists and the week board scroll "
                      "in two directions, as tables of this kind must."),
            translate("Not yet met: files for Excel and calendars are as accessible as Excel and Outlook show them; "
                      "pages as PDF are tagged where the page maker can."),
            translate("Tell the organiser of your Practice Week what stops you, so that it can be mended."),
        ),
    )  # fmt: skip
