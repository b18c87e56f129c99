"""A week from nothing by keyboard alone, and by mouse alone, as somebody would who has read nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.document.matching import adopt_match
from app.engine.check import problems
from app.engine.goals import valued
from app.engine.match import match
from app.engine.unmet import unmet
from app.exchange.outputs import Outcome, everything
from app.exchange.planning.reader import read_bytes
from app.exchange.planning.writer import write_planning
from app.models.plan import Plan
from app.models.view import WeekView, view
from app.ui.lists.panel import ListPanel
from app.ui.screens.lists import Tabs, VisitorsPanel
from app.ui.window import Window
from tests.ui.conftest import Open

SITES = ({"Site": "North Hub", "Address": "1 North Street"}, {"Site": "South Hub"},
         {"Site": "Rose House", "Protected": "yes", "Shown as": "Home A"})  # fmt: skip
TEAMS = (
    {"Team": "MASH", "Service": "Social care", "Site": "North Hub", "Host": "Kit Hall", "Host email": "k@c.example"},
    {"Team": "Tutors", "Service": "Education", "Site": "South Hub", "Host": "Lou Park", "Host email": "l@c.example"},
    {"Team": "Rose", "Service": "Children's homes", "Site": "Rose House", "Host email": "r@c.example"},
    {"Team": "Family Link", "Service": "Early help", "Site": "South Hub", "Host email": "f@c.example"},
)
SLOTS = tuple(
    {"Slot": f"S0{number + 1}", "Team": TEAMS[number % 4]["Team"], "Date": day, "Start": start, "End": end}
    for number, (day, start, end) in enumerate(
        [("Mon", "09:30", "11:00"), ("Mon", "13:30", "15:00"), ("Tue", "09:30", "11:00"), ("Tue", "14:00", "16:00"),
         ("Wed", "10:00", "11:30"), ("Wed", "14:00", "15:00"), ("Thu", "9.30", "11am"), ("Fri", "10:00", "12:00")]
    )
)  # fmt: skip
VISITORS = tuple(
    {"Visitor": name, "Email": f"{name[:2].casefold()}@c.example", "Min visits": "1", "Max visits": "2",
     "Clearance": "confirmed", "Base": "North Hub"}
    for name in ("Ann Lee", "Bo Day", "Cy Fox", "Di Gray", "Ed Hill")
)  # fmt: skip
WISHES = ({"Visitor": "Ann Lee", "Team": "Rose", "Wish": "first choice"},
          {"Visitor": "Bo Day", "Service": "Education", "Wish": "never"})  # fmt: skip
TIMES = ({"Visitor": "Cy Fox", "Date": "Mon 8 March 2027", "Status": "busy"},
         {"Visitor": "Di Gray", "Date": "9 March", "From": "09:00", "To": "12:00", "Status": "busy"})  # fmt: skip


class Person:
    """Somebody at the window: with `mouse` every control is clicked, else all goes by keys."""

    def __init__(self, qtbot: QtBot, window: Window, *, mouse: bool) -> None:
        self.qtbot, self.window, self.mouse = qtbot, window, mouse

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        self.awake()
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClick(target, key, held)
        QApplication.processEvents()

    def awake(self) -> None:
        """Give the window back what a closed dialog leaves: there is no window manager to do it."""
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)

    def click(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def press(self, parent: QWidget, words: str) -> None:
        """Press a button by its words: with the mouse, or by moving the focus to it."""
        buttons = [
            one for one in parent.findChildren(QAbstractButton)
            if one.isVisible() and one.text().replace("&", "").startswith(words)
        ]  # fmt: skip
        assert buttons, words
        if self.mouse:
            self.click(buttons[0])
        else:
            buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
            self.key(Qt.Key.Key_Space)

    def dialog(self) -> QDialog:
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def fill(self, texts: Mapping[str, str]) -> None:
        """Fill in the form that is open, field by field."""
        form = self.dialog()
        for name, text in texts.items():
            editor = next(
                one for one in form.findChildren(QWidget)
                if one.accessibleName() == name and one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus
            )  # fmt: skip
            if self.mouse:
                self.qtbot.mouseClick(editor, Qt.MouseButton.LeftButton, pos=QPoint(8, editor.height() // 2))
                while (popup := QApplication.activePopupWidget()) is not None:
                    popup.close()
            editor.setFocus(Qt.FocusReason.TabFocusReason)
            target = QApplication.focusWidget() or editor
            chooser = isinstance(target, QComboBox) and not target.isEditable()
            if not chooser:
                self.qtbot.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            self.qtbot.keyClicks(target, text.split()[0] if chooser else text)
            while (popup := QApplication.activePopupWidget()) is not None:  # as Tab would
                popup.close()
        QApplication.processEvents()

    def go(self, screen: str, tab: str) -> ListPanel:
        """Open a tab of a screen."""
        self.awake()
        if self.mouse:
            numbers = {"visitors": 2, "teams": 3}
            spot = self.window.navigation.visualItemRect(self.window.navigation.item(numbers[screen])).center()
            self.qtbot.mouseClick(self.window.navigation.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        else:
            digits = {"visitors": Qt.Key.Key_3, "teams": Qt.Key.Key_4}
            self.key(digits[screen], Qt.KeyboardModifier.ControlModifier)
        tabs = self.window.stack.currentWidget()
        assert isinstance(tabs, Tabs)
        for _ in range(8):
            if tabs.ids[tabs.currentIndex()] == tab:
                break
            if self.mouse:
                bar = tabs.tabBar()
                spot = bar.tabRect(tabs.ids.index(tab)).center()
                self.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=spot)
            else:
                self.key(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        panel = tabs.currentWidget()
        found = panel.list if isinstance(panel, VisitorsPanel) else panel
        assert isinstance(found, ListPanel)
        found.focus_list()
        return found

    def add(self, panel: ListPanel, rows: tuple[Mapping[str, str], ...]) -> None:
        """Add rows by the form."""
        for texts in rows:
            if self.mouse:
                self.press(panel, "Add")
            elif panel.view.isVisible():
                panel.view.setFocus(Qt.FocusReason.TabFocusReason)
                self.key(Qt.Key.Key_Insert)
            else:
                self.key(Qt.Key.Key_Space)
            self.fill(texts)
            if self.mouse:
                self.press(self.dialog(), "Add and close")
            else:
                self.dialog().findChildren(QLineEdit)[0].setFocus(Qt.FocusReason.TabFocusReason)
                self.key(Qt.Key.Key_Return)
            assert QApplication.activeModalWidget() is None, self.dialog().fault  # type: ignore[attr-defined]  # a form
            QApplication.processEvents()


def built(person: Person) -> WeekView:
    """The week that somebody makes, from an empty database to all its visitors."""
    window = person.window
    if person.mouse:
        person.press(window.stack, "New week")
    else:
        person.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    person.fill({
        "Week name": "Spring week", "First day": "8 March 2027", "Last day": "12 March 2027", "Organisation": "Council",
        "Organiser": "Pat", "Organiser email": "pat@c.example",
    })  # fmt: skip
    person.press(person.dialog(), "Begin")
    person.add(person.go("teams", "sites"), SITES)
    grid = person.go("teams", "travel").view
    for row, column, minutes in ((0, 2, "15"), (0, 3, "20"), (1, 3, "25")):
        grid.setCurrentIndex(grid.list_model.index(row, column))
        if person.mouse:
            spot = grid.visualRect(grid.list_model.index(row, column)).center()
            person.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
            person.qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        else:
            person.key(Qt.Key.Key_F2)
        person.qtbot.keyClicks(QApplication.focusWidget() or grid, minutes)
        person.key(Qt.Key.Key_Return)
    person.add(person.go("teams", "teams"), TEAMS)
    person.add(person.go("teams", "slots"), SLOTS)
    person.add(person.go("visitors", "visitors"), VISITORS)
    person.add(person.go("visitors", "wishes"), WISHES)
    person.add(person.go("visitors", "availability"), TIMES)
    week = window.desk.now.view
    assert week is not None
    return week


def outcome_of(week: WeekView) -> Outcome:
    return Outcome(view=week, problems=problems(week), reached=valued(week), unmet=unmet(week))


@pytest.mark.parametrize("mouse", [False, True], ids=["keyboard", "mouse"])
def test_a_week_is_made_from_nothing_and_its_files_are_those_of_the_same_workbook(
    qtbot: QtBot, open_window: Open, mouse: bool, tmp_path: Path
) -> None:
    window = open_window(Document.memory(Plan()))
    window.go("start")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.navigation.setFocus()
    week = built(Person(qtbot, window, mouse=mouse))
    assert [len(one) for one in (week.plan.sites, week.teams, week.slots, week.visitors)] == [3, 4, 8, 5]
    assert sorted(road.minutes for road in week.plan.roads.values()) == [15, 20, 25]
    assert len(week.plan.wishes) == len(week.plan.availability) == 2
    document = window.desk.bridge.document
    assert document is not None
    document.do(adopt_match(week.plan, week.week.id, match(week, seconds=10, workers=1).pairs))
    matched = window.desk.now.view
    assert matched is not None
    assert len(matched.counted) >= 5
    reading = read_bytes(write_planning(matched), "week.xlsx")
    assert reading.plan is not None
    imported = view(reading.plan, reading.week_id)
    at = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    mine, theirs = (everything(outcome_of(one), at=at).files for one in (matched, imported))
    assert sorted(mine) == sorted(theirs)
    assert [path for path in mine if mine[path] != theirs[path]] == []
