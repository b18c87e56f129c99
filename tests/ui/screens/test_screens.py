"""Start, week settings, finding by name, export, files dropped: driven in the real window."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.models.week import Priority, Week
from app.ui.commands import files, finding
from app.ui.dialogs.export import ExportDialog
from app.ui.drops import Drops
from app.ui.lists.panel import ListPanel
from app.ui.screens.finder import Finder
from app.ui.screens.lists import Tabs
from app.ui.screens.new_week import NewWeekDialog
from app.ui.screens.settings import WeekSettings
from app.ui.screens.start import StartScreen, lead_to, steps
from app.ui.window import Window
from tests.builders import a_week
from tests.ui import test_house
from tests.ui.conftest import Open
from tests.ui.lists.test_columns import full_week


def week_of(window: Window) -> Week:
    view = window.desk.now.view
    assert view is not None
    return view.week


def settings_of(window: Window) -> WeekSettings:
    window.enter("settings")
    page = window.stack.currentWidget()
    assert isinstance(page, WeekSettings)
    return page


def start_of(window: Window) -> StartScreen:
    window.enter("start")
    page = window.stack.currentWidget()
    assert isinstance(page, StartScreen)
    return page


def modal(kind: type[QDialog]) -> QDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def test_the_checklist_counts_what_there_is_and_leads_on(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(a_week().site("Hub").plan())
    start = start_of(window)
    view = window.desk.now.view
    assert view is not None
    assert [step.done for step in steps(view)] == [True, True, False, False, False, False, False]
    qtbot.mouseClick(start.step_buttons["teams"], Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget().accessibleName() == "Teams and slots"  # type: ignore[union-attr]  # a screen


def test_weeks_are_begun_from_an_earlier_one_shown_copied_and_archived(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    start = start_of(window)
    start.begin_week()
    dialog = modal(NewWeekDialog)
    assert isinstance(dialog, NewWeekDialog)
    for setting, text in (("Week name", "Autumn"), ("First day", "4/10/2027")):
        editor = dialog.editor(setting)
        assert isinstance(editor, QLineEdit)
        editor.setText(text)
        editor.editingFinished.emit()
    qtbot.keyClick(dialog.editor("Week name"), Qt.Key.Key_Return)
    assert week_of(window).name == "Autumn"
    assert week_of(window).last_day == dt.date(2027, 10, 8)
    view = window.desk.now.view
    assert view is not None
    assert [one.name for one in view.visitors.values()] == ["Ann Lee", "Bo Day"]
    other = next(one.id for one in window.desk.now.plan.weeks.values() if one.name != "Autumn")
    start.show_week(other)
    assert week_of(window).id == other
    start.weeks.select_keys([other])
    start.archive()
    assert window.desk.now.plan.weeks[other].archived
    assert start.weeks.keys() == (other,)  # a second press takes it out again, and archives no other


def test_the_name_of_the_only_week_of_another_database_has_its_room(open_window: Open) -> None:
    window = open_window(a_week(name="May").plan())
    start = start_of(window)
    long = "The week of the whole directorate and all its partners"
    window.desk.bridge.open(Document.memory(a_week(name=long).plan()))
    QApplication.processEvents()
    assert start.weeks.columnWidth(0) > start.weeks.fontMetrics().horizontalAdvance(long)


def test_a_week_without_a_name_is_not_begun_and_says_why(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    start_of(window).begin_week()
    dialog = modal(NewWeekDialog)
    assert isinstance(dialog, NewWeekDialog)
    qtbot.keyClick(dialog.editor("Week name"), Qt.Key.Key_Return)
    assert "Week name: is blank but needed" in dialog.fault
    dialog.reject()


def test_a_setting_is_saved_when_it_is_left_and_an_impossible_one_comes_back(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    page = settings_of(window)
    editor = page.editor("Buffer minutes")
    assert isinstance(editor, QLineEdit)
    for text, kept in (("45", 45), ("-3", 45)):
        editor.setFocus()
        editor.selectAll()
        qtbot.keyClicks(editor, text)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        assert week_of(window).buffer_minutes == kept
    assert "is below 0" in page.strip.text
    assert editor.text() == "45"
    window.desk.bridge.undo()
    assert editor.text() == "10"


def scroll_over(control: QWidget) -> None:
    middle = QPointF(control.rect().center())
    wheel = QWheelEvent(
        middle, control.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(control, wheel)


def test_scrolling_past_a_setting_does_not_change_it(open_window: Open) -> None:
    window = open_window(full_week().plan())
    page, before = settings_of(window), week_of(window)
    for name in ("Lunch from", "Subjects", "Photo ID", "Time zone"):
        scroll_over(page.editor(name))
    assert week_of(window) == before


def test_scrolling_past_a_field_of_a_form_does_not_change_it(open_window: Open) -> None:
    window = open_window(full_week().plan())
    page = lead_to(window.desk, "teams", "slots")
    assert isinstance(page, ListPanel)
    form = page.add()
    assert form is not None
    choices = [one for one in form.findChildren(QComboBox) if one.isVisible() and one.count() > 1]
    assert choices
    before = [one.currentText() for one in choices]
    for one in choices:
        scroll_over(one)
    assert [one.currentText() for one in choices] == before


def test_a_word_among_the_settings_is_chosen(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    editor = settings_of(window).editor("Subjects")
    assert isinstance(editor, QComboBox)
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    assert week_of(window).subjects == "team"


def test_priorities_are_moved_and_left_out(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    page = settings_of(window)
    held = page._priorities
    held.list.setCurrentRow(5)
    for _ in range(5):
        held._move(-1)
    assert week_of(window).priorities[0] is Priority.TRAVEL
    held.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert Priority.DEMAND not in week_of(window).priorities
    assert "fewest minutes on the road" in held.list.item(0).text()


def test_anything_is_found_by_a_part_of_its_name(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    finding.find_anything(window.desk)
    dialog = modal(Finder)
    assert isinstance(dialog, Finder)
    qtbot.keyClicks(dialog.line, "tut")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    tabs = window.stack.currentWidget()
    assert tabs.currentWidget().view.rows()[0].parts[0].name == "Tutors"  # type: ignore[union-attr]  # the list of teams


def test_commands_run_by_their_name(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    finding.find_command(window.desk)
    dialog = modal(Finder)
    assert isinstance(dialog, Finder)
    qtbot.keyClicks(dialog.line, "week settings")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert isinstance(window.stack.currentWidget(), WeekSettings)


def test_everything_is_exported_into_a_folder_that_is_asked_for(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    window = open_window(full_week().plan())
    files.export_everything(window.desk)
    dialog = modal(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")
    dialog.folder.setText(str(tmp_path / "taken"))
    qtbot.keyClick(dialog.folder, Qt.Key.Key_Return)
    assert dialog.fault
    dialog.folder.setText(str(tmp_path / "out"))
    qtbot.keyClick(dialog.folder, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "out" / "READ ME.txt").is_file, timeout=20_000)
    qtbot.waitUntil(lambda: not window.desk.jobs.busy)
    assert (tmp_path / "taken" / "letter.txt").read_text() == "mine"


def test_a_workbook_dropped_onto_the_window_is_taken(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window(Document.memory(full_week().plan()))
    taken: list[Path] = []
    drops = Drops(window, {".xlsx": taken.append})
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "Week.XLSX"))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), copy, data, left, none)
    assert drops.eventFilter(window, entering)
    assert drops.eventFilter(window, QDropEvent(QPointF(9, 9), copy, data, left, none))
    assert taken == [tmp_path / "Week.XLSX"]


def test_f6_goes_from_the_screens_into_the_list_and_back(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.enter("teams")
    window.navigation.setFocus()
    for inside in (True, False):
        window.desk.action("next-pane").trigger()
        focus = QApplication.focusWidget()
        assert focus is not None
        assert window.stack.isAncestorOf(focus) is inside


def test_mnemonics_are_unique_on_every_screen(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    pages: list[tuple[str, str]] = [("start", ""), ("settings", "")]
    for screen in ("visitors", "teams"):
        window.enter(screen)
        tabs = window.stack.currentWidget()
        assert isinstance(tabs, Tabs)
        pages += [(screen, tab) for tab in tabs.ids]
    menus = [action.text() for action in window.menuBar().actions()]
    for screen, tab in pages:
        page = lead_to(window.desk, screen, tab)
        assert page is not None
        QApplication.processEvents()
        words = [one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()]
        words += [one.text() for one in page.findChildren(QLabel) if one.isVisible() and one.buddy() is not None]
        words = [word for word in words if not word.startswith("Dismiss")]
        letters = Counter(letter.casefold() for word in (*menus, *words) for letter in re.findall(r"&(\w)", word))
        assert [letter for letter, count in letters.items() if count > 1] == [], (screen, tab, words)


def test_a_priority_is_moved_by_alt_and_an_arrow(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    held = settings_of(window)._priorities.list
    held.setCurrentRow(1)
    qtbot.keyClick(held, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert week_of(window).priorities[:2] == (Priority.WISHES, Priority.DEMAND)


def test_every_control_of_every_screen_and_form_has_a_name(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(full_week().plan())
    for screen in ("start", "visitors", "teams", "settings"):
        window.enter(screen)
        tabs = window.stack.currentWidget()
        for tab in tabs.ids if isinstance(tabs, Tabs) else ():
            panel = lead_to(window.desk, screen, tab)
            if isinstance(panel, ListPanel) and (form := panel.add()) is not None:
                test_house.test_every_control_has_a_name(window)
                form.reject()
    test_house.test_every_control_has_a_name(window)
