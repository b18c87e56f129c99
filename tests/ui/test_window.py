"""The window around the board: title, undo by name, history, match, problems, filters, layout, errors."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.document.document import Document
from app.document.visits import move, pin
from app.errors import Refused
from app.ui.app import catch_errors, places
from app.ui.deck.targets import Way
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.match import MatchDialog
from app.ui.jobs import Job, Jobs
from app.ui.plain import tip
from app.ui.screens.start import StartScreen
from app.ui.settings import Settings
from app.ui.theme import LARGEST, SMALLEST, Choice
from app.ui.window import Window
from tests.builders import a_week, slot_id, visit_id
from tests.ui.conftest import Open
from tests.ui.test_play import filled
from tests.ui.week import a_board_week, board, cell, click, drag, press, slots_of

CONTROL = Qt.KeyboardModifier.ControlModifier


def move_ann(window: Window, slot: str = "f2") -> None:
    """Move Ann Lee as any view would."""
    bridge = window.desk.bridge
    bridge.do(move(bridge.now.plan, visit_id("Ann Lee", "f1"), slot_id(slot)))


def test_the_title_names_the_week_and_when_it_was_saved(open_window: Open, tmp_path: Path) -> None:
    window = open_window(filled(tmp_path / "a.pweek"))
    assert window.windowTitle().startswith("Spring practice week · saved ")
    memory = open_window(a_board_week().plan())
    assert "saved" not in memory.windowTitle()


def test_undo_and_redo_name_the_edit_in_menu_and_status(window: Window) -> None:
    move_ann(window)
    undo, redo = (window.actions_table.by_id[name] for name in ("undo", "redo"))
    assert undo.text() == "Undo move of Ann Lee to Tue 23 March, 14:00, Front door"
    assert undo.iconText() == "Undo"
    undo.trigger()
    assert window.status.message.text().startswith("Undone: move of Ann Lee")
    assert redo.text().startswith("Redo move of Ann Lee")
    assert not undo.isEnabled()


def test_undo_selects_what_came_back_so_that_it_can_be_seen(window: Window) -> None:
    view = board(window)
    drag(view, cell(view, person="Ann Lee"), cell(view, slot="f2", free=True))
    click(view, cell(view, person="Bo Khan"))
    window.actions_table.by_id["undo"].trigger()
    assert view.currentIndex() == cell(view, person="Ann Lee", slot="f1")
    window.actions_table.by_id["redo"].trigger()
    assert view.currentIndex() == cell(view, person="Ann Lee", slot="f2")


def test_undo_survives_a_restart(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "a.pweek"
    first = open_window(filled(path))
    move_ann(first)
    first.close()
    again = open_window(Document.open(path))
    assert slots_of(again, "Ann Lee") == {"f2"}
    again.actions_table.by_id["undo"].trigger()
    assert slots_of(again, "Ann Lee") == {"f1"}


def test_the_history_goes_back_to_any_line(window: Window) -> None:
    move_ann(window, "f2")
    move_ann(window, "n1")
    window.show_panel("history")
    table = window.history.table
    assert [line.cells[1].split(",")[0] for line in table.rows_model.lines] == [
        "Move of Ann Lee to Mon 22 March", "Move of Ann Lee to Tue 23 March",
    ]  # fmt: skip
    table.selectRow(1)
    assert window.history.back.isVisible()
    window.history.back.click()
    assert slots_of(window, "Ann Lee") == {"f2"}
    assert table.rows_model.lines[-2].faint


def test_problems_follow_every_edit_and_lead_to_their_place(window: Window) -> None:
    move_ann(window, "s2")
    window.show_panel("problems")
    lines = window.problems.table.rows_model.lines
    assert any("busy" in line.cells[1] for line in lines)
    assert window.navigation.item(window.navigation.currentRow()) is not None
    window.problems.table.selectRow(0)
    press(window.problems.table, Qt.Key.Key_Return)
    assert window.desk.now.picked.visits == (visit_id("Ann Lee", "f1"),)
    assert board(window).hasFocus()
    window.actions_table.by_id["undo"].trigger()
    window.show_panel("problems")
    assert not any("busy" in line.cells[1] for line in window.problems.table.rows_model.lines)


def test_matching_shows_the_result_and_adopting_is_one_undo(window: Window, qtbot: QtBot) -> None:
    bridge = window.desk.bridge
    bridge.do(pin(bridge.now.plan, visit_id("Bo Khan", "s1")))
    window.actions_table.by_id["match"].trigger()
    dialog = window.findChild(MatchDialog)
    assert dialog is not None
    move_ann(window, "n1")  # editing goes on meanwhile
    qtbot.waitUntil(dialog.adopt.isEnabled, timeout=30_000)
    assert [line.cells[3] for line in dialog.priorities.rows_model.lines]
    dialog.adopt.click()
    assert "n1" in slots_of(window, "Ann Lee")
    assert "s1" in slots_of(window, "Bo Khan")
    assert bridge.now.edit is not None
    assert bridge.now.edit.verb == "match"
    window.actions_table.by_id["undo"].trigger()
    assert slots_of(window, "Ann Lee") == {"n1"}


def test_discarding_a_match_changes_nothing(window: Window, qtbot: QtBot) -> None:
    window.actions_table.by_id["match"].trigger()
    dialog = window.findChild(MatchDialog)
    assert dialog is not None
    dialog.stop.click()
    dialog.reject()
    qtbot.waitUntil(lambda: not window.desk.jobs.busy, timeout=30_000)
    assert slots_of(window, "Ann Lee") == {"f1"}


def test_the_filter_keeps_rows_that_have_the_words(window: Window, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F, held=CONTROL)
    qtbot.keyClicks(window.board.filter, "bo khan")
    names = {row.name for row in board(window).grid_model.board.rows}
    assert names == {"Schools"}
    window.board.filter.clear()
    window.board.service.setCurrentIndex(window.board.service.findText("Early help"))
    assert {row.name for row in board(window).grid_model.board.rows} == {"Play"}


def test_the_same_selection_is_shown_in_every_view(window: Window) -> None:
    click(board(window), cell(board(window), person="Ann Lee"))
    window.board.turn_to(Way.VISITOR)
    view = board(window)
    assert view.currentIndex() == cell(view, person="Ann Lee")
    window.board.turn_to(Way.LIST)
    assert window.board.listing.keys() == (visit_id("Ann Lee", "f1"),)


def test_what_was_selected_in_one_database_is_not_in_the_next(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    assert view.selectedIndexes()
    window.desk.bridge.open(Document.memory(a_board_week().plan()))
    assert not window.desk.now.picked.visits
    assert not view.selectedIndexes()
    click(view, cell(view, person="Bo Khan"))
    assert window.desk.now.picked.visits == (visit_id("Bo Khan", "s1"),)


def test_the_list_sorts_by_any_column(window: Window) -> None:
    window.board.turn_to(Way.LIST)
    listing = window.board.listing
    listing.horizontalHeader().setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    names = [line.cells[2].casefold() for line in listing.rows_model.lines]
    assert names == sorted(names, reverse=True)


def test_themes_and_text_size_change_at_once_and_are_remembered(window: Window, settings: Settings) -> None:
    table = window.actions_table.by_id
    for choice in (Choice.DARK, Choice.CONTRAST, Choice.LIGHT):
        table[f"theme-{choice}"].trigger()
        assert settings.text("theme") == choice.value
        assert QApplication.palette().window().color() == window.desk.look.theme.color("panel")
    before = QApplication.font().pointSizeF()
    for _ in range(20):
        table["text-larger"].trigger()
    assert window.desk.look.percent == LARGEST
    assert QApplication.font().pointSizeF() > before * 1.5
    for _ in range(20):
        table["text-smaller"].trigger()
    assert window.desk.look.percent == SMALLEST
    table["text-normal"].trigger()


def test_zoom_makes_cards_larger_and_back(window: Window) -> None:
    head = board(window).verticalHeader()
    before = head.defaultSectionSize()
    window.actions_table.by_id["zoom-in"].trigger()
    assert head.defaultSectionSize() > before
    window.actions_table.by_id["zoom-normal"].trigger()
    assert head.defaultSectionSize() == before


def test_reset_layout_forgets_what_was_moved(window: Window, settings: Settings) -> None:
    settings.keep_shape("docks", window.saveState(1))
    window.actions_table.by_id["reset-layout"].trigger()
    assert settings.shape("docks") is None


def test_an_empty_database_says_what_to_do(open_window: Open, tmp_path: Path) -> None:
    window = open_window(Document.open(tmp_path / "new.pweek", create=True))
    window.go("board")
    offered = [button.text() for button in window.board.empty.findChildren(QToolButton) if button.isVisible()]
    assert [words for words in offered if "Import" in words]
    assert not window.actions_table.by_id["match"].isEnabled()


def test_a_database_open_elsewhere_is_shown_for_reading_only(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "a.pweek"
    holder = filled(path)
    window = open_window()
    window.desk.open_path(path)
    assert "reading only" in window.windowTitle()
    assert not window.actions_table.by_id["undo"].isEnabled()
    holder.close()


def test_errors_nobody_expected_are_told_and_logged_without_names(
    window: Window, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    catch_errors(window)
    error = ValueError("Ann Lee lives here")
    assert "Ann Lee" not in places(error)
    sys.excepthook(ValueError, error, None)
    shown = [one for one in window.findChildren(Dialog) if one.isVisible()]
    assert len(shown) == 1
    assert "Ann Lee" not in caplog.text
    assert "ValueError" in caplog.text
    shown[0].reject()
    move_ann(window)
    assert slots_of(window, "Ann Lee") == {"f2"}


def test_a_refusal_is_told_in_its_own_words(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    catch_errors(window)
    refused = Refused("pinned", who="Ann Lee", slot="f1")
    sys.excepthook(Refused, refused, None)
    shown = [one for one in window.findChildren(Dialog) if one.isVisible()]
    assert "Ann Lee" in shown[0].heading.text()


def test_what_is_done_is_announced(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: heard.append(event.message()) if hasattr(event, "message") else None,
    )
    move_ann(window)
    assert any("Ann Lee" in text for text in heard)


def test_shift_f10_opens_the_menu_of_the_selection(window: Window, qtbot: QtBot) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    offered: list[QAction] = []

    def look() -> None:  # the menu runs its own loop until it is closed
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            offered.extend(menu.actions())
            menu.close()

    clock = QTimer(window)
    clock.timeout.connect(look)
    clock.start(20)
    press(view, Qt.Key.Key_F10, held=Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(offered))
    clock.stop()
    assert window.actions_table.by_id["swap"] in offered


def test_f6_goes_round_the_parts_of_the_window(window: Window) -> None:
    seen = []
    for _ in range(5):
        press(window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert len({id(one) for one in seen}) >= 3


def test_jobs_hand_over_in_the_window_s_thread(qtbot: QtBot) -> None:
    jobs = Jobs()
    told: list[object] = []

    def work(_job: Job, tell: Callable[[object], None]) -> str:
        tell("half")
        return "whole"

    def done(value: object) -> None:
        told.append((value, threading.current_thread()))

    jobs.start(work, done=done, failed=told.append, progress=told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["half", ("whole", threading.main_thread())]


def test_a_closed_dialog_is_told_nothing_more(qtbot: QtBot) -> None:
    told: list[object] = []

    class Wants(QWidget):
        def hear(self, news: object) -> None:
            told.append((news, self.width()))  # a widget that is gone would raise here

    wants, jobs, go_on = Wants(), Jobs(), threading.Event()

    def work(_job: Job, tell: Callable[[object], None]) -> str:
        go_on.wait(10)
        tell("half")
        return "whole"

    jobs.start(work, done=wants.hear, failed=wants.hear, progress=wants.hear)
    delete(wants)
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told == []


def test_tooltips_of_user_text_show_no_markup() -> None:
    assert tip("plain & simple") == "plain & simple"
    assert "<b>" not in tip("<b>x</b>")


def test_a_week_with_more_services_than_looks_still_has_looks(open_window: Open) -> None:
    week = a_week()
    for number in range(14):
        week.team(f"Team {number}", f"Service {number}").slot(f"x{number}", f"Team {number}", 1)
    window = open_window(week.plan())
    window.repaint()
    assert board(window).grid_model.rowCount() == 14


def test_the_ring_goes_with_what_is_scrolled_out_of_sight(window: Window, qtbot: QtBot) -> None:
    window.resize(900, 420)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.enter("start")
    page = window.stack.currentWidget()
    assert isinstance(page, StartScreen)
    page.step_buttons["dates"].setFocus(Qt.FocusReason.TabFocusReason)
    assert window.ring.isVisible()
    bar = page.verticalScrollBar()
    assert bar.maximum() > 200
    bar.setValue(bar.maximum())
    assert not window.ring.isVisible()
    bar.setValue(0)
    assert window.ring.isVisible()
