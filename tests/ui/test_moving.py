"""Moving visits by mouse, by keyboard, by cut and paste; what a rule forbids is asked first."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.change import Verb
from app.models.visits import Visit
from app.ui.deck.targets import Way
from app.ui.deck.verdicts import Mark
from app.ui.dialogs.allow import Allow
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.choose import Choose
from app.ui.window import Window
from tests.builders import person_id, visit_id
from tests.ui.week import board, cell, click, drag, press, slots_of

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def dialog_of(window: Window, kind: type[Dialog]) -> Dialog:
    """The open dialog of that kind."""
    shown = [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]
    assert len(shown) == 1
    return shown[0]


def ann(window: Window) -> Visit:
    """Ann Lee's first visit, wherever it is."""
    return window.desk.now.plan.visits[visit_id("Ann Lee", "f1")]


def test_dragging_a_visit_to_a_free_place_moves_it_and_names_the_edit(window: Window) -> None:
    view = board(window)
    drag(view, cell(view, person="Ann Lee"), cell(view, slot="p1", free=True))
    assert slots_of(window, "Ann Lee") == {"p1"}
    assert window.desk.now.edit is not None
    assert window.desk.now.edit.verb is Verb.MOVE
    assert "Ann Lee" in window.status.message.text()
    assert window.desk.now.picked.visits == (visit_id("Ann Lee", "f1"),)


def test_while_dragging_cells_judge_and_the_ghost_gives_the_reason(window: Window) -> None:
    view = board(window)
    start, busy = cell(view, person="Ann Lee"), cell(view, slot="s2", free=True)
    port = view.viewport()
    here, there = view.visualRect(start).center(), view.visualRect(busy).center()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, here)
    QTest.mouseMove(port, here + (there - here) / 2)
    QTest.mouseMove(port, there)
    QApplication.processEvents()
    ghost = window.desk.mover.ghost
    assert ghost.isVisible()
    assert "busy" in ghost.text
    assert view.grid_model.verdict(busy).mark is Mark.BROKEN
    assert view.grid_model.verdict(cell(view, slot="n2", free=True)).mark is Mark.FINE
    assert view.grid_model.verdict(cell(view, slot="h1", free=True)).mark is Mark.TIGHT
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, there)
    assert not ghost.isVisible()
    assert slots_of(window, "Ann Lee") == {"f1"}


def test_the_keyboard_moves_with_m_arrows_and_enter(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    press(view, Qt.Key.Key_M)
    assert window.desk.now.moving is not None
    target = cell(view, slot="f2", free=True)
    press(view, *[Qt.Key.Key_Right] * (target.column() - view.currentIndex().column()))
    assert view.currentIndex() == target
    assert "✓" in window.status.message.text()
    press(view, Qt.Key.Key_Return)
    assert slots_of(window, "Ann Lee") == {"f2"}
    assert window.desk.now.moving is None


def test_escape_leaves_everything_where_it_was(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    press(view, Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Escape)
    assert window.desk.now.moving is None
    assert window.desk.bridge.document is not None
    assert window.desk.bridge.document.can_undo is None


def test_cut_and_paste_move_too(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    press(view, Qt.Key.Key_X, held=CONTROL)
    target = cell(view, slot="f2", free=True)
    press(view, *[Qt.Key.Key_Right] * (target.column() - view.currentIndex().column()))
    press(view, Qt.Key.Key_V, held=CONTROL)
    assert slots_of(window, "Ann Lee") == {"f2"}


def test_a_drop_on_a_cross_names_the_rule_and_asks_for_a_reason(window: Window, qtbot: QtBot) -> None:
    view = board(window)
    drag(view, cell(view, person="Ann Lee"), cell(view, slot="s2", free=True))
    dialog = dialog_of(window, Allow)
    assert isinstance(dialog, Allow)
    assert slots_of(window, "Ann Lee") == {"f1"}
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.reason, "She asked for it")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert slots_of(window, "Ann Lee") == {"s2"}
    assert ann(window).permitted == "She asked for it"
    assert window.desk.now.problems.blocking == ()
    press(window, Qt.Key.Key_Z, held=CONTROL)
    assert ann(window).permitted == ""
    assert slots_of(window, "Ann Lee") == {"f1"}


def test_a_reason_can_be_picked_with_the_mouse_alone(window: Window, qtbot: QtBot) -> None:
    view = board(window)
    drag(view, cell(view, person="Ann Lee"), cell(view, slot="s2", free=True))
    dialog = dialog_of(window, Allow)
    assert isinstance(dialog, Allow)
    picked = dialog.ready[0]
    qtbot.mouseClick(picked, Qt.MouseButton.LeftButton)
    assert dialog.reason.text() == picked.text() == "The diary has been cleared"
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert slots_of(window, "Ann Lee") == {"s2"}
    assert ann(window).permitted == picked.text()


def test_leaving_the_reason_out_changes_nothing(window: Window) -> None:
    view = board(window)
    drag(view, cell(view, person="Ann Lee"), cell(view, slot="s2", free=True))
    press(dialog_of(window, Allow), Qt.Key.Key_Escape)
    assert slots_of(window, "Ann Lee") == {"f1"}


def test_a_drop_on_another_visit_offers_the_swap(window: Window, qtbot: QtBot) -> None:
    view = board(window)
    drag(view, cell(view, person="Ann Lee"), cell(view, person="Bo Khan"))
    dialog = dialog_of(window, Allow)
    swap = next(button for button in dialog.buttons.buttons() if "Bo Khan" in button.text())
    qtbot.mouseClick(swap, Qt.MouseButton.LeftButton)
    assert slots_of(window, "Ann Lee") == {"s1"}
    assert slots_of(window, "Bo Khan") == {"f1"}


def test_two_selected_visits_swap_with_one_key_and_one_undo(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    click(view, cell(view, person="Bo Khan"), CONTROL)
    press(view, Qt.Key.Key_X)
    assert (slots_of(window, "Ann Lee"), slots_of(window, "Bo Khan")) == ({"s1"}, {"f1"})
    press(window, Qt.Key.Key_Z, held=CONTROL)
    assert (slots_of(window, "Ann Lee"), slots_of(window, "Bo Khan")) == ({"f1"}, {"s1"})


def test_a_pinned_visit_does_not_move_and_says_so(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    press(view, Qt.Key.Key_L)
    assert ann(window).pinned
    drag(view, cell(view, person="Ann Lee"), cell(view, slot="p1", free=True))
    dialog = dialog_of(window, Allow)
    assert not hasattr(dialog, "go")
    press(dialog, Qt.Key.Key_Escape)
    assert slots_of(window, "Ann Lee") == {"f1"}
    press(view, Qt.Key.Key_L)
    assert not ann(window).pinned


def test_delete_takes_off_to_the_tray_and_undo_brings_back(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    click(view, cell(view, person="Bo Khan"), CONTROL)
    press(view, Qt.Key.Key_Delete)
    assert slots_of(window, "Ann Lee") == slots_of(window, "Bo Khan") == set()
    assert any("Ann Lee" in line.cells for line in window.tray.table.rows_model.lines)
    press(window, Qt.Key.Key_Z, held=CONTROL)
    assert (slots_of(window, "Ann Lee"), slots_of(window, "Bo Khan")) == ({"f1"}, {"s1"})


def test_several_visits_move_into_one_slot_together(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    click(view, cell(view, person="Bo Khan"), CONTROL)
    drag(view, cell(view, person="Ann Lee"), cell(view, slot="p1", free=True))
    assert slots_of(window, "Ann Lee") == slots_of(window, "Bo Khan") == {"p1"}
    press(window, Qt.Key.Key_Z, held=CONTROL)
    assert (slots_of(window, "Ann Lee"), slots_of(window, "Bo Khan")) == ({"f1"}, {"s1"})


def test_the_list_moves_without_dragging(window: Window, qtbot: QtBot) -> None:
    window.board.turn_to(Way.LIST)
    listing = window.board.listing
    listing.setFocus()
    number = next(n for n, line in enumerate(listing.rows_model.lines) if line.key == visit_id("Ann Lee", "f1"))
    listing.selectRow(number)
    press(listing, Qt.Key.Key_M)
    dialog = dialog_of(window, Choose)
    assert isinstance(dialog, Choose)
    qtbot.keyClicks(dialog.filter, "Play")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert slots_of(window, "Ann Lee") == {"p1"}


def test_a_visitor_from_the_tray_is_placed_with_the_keyboard(window: Window) -> None:
    view = board(window)
    table = window.tray.table
    table.setFocus()
    table.select_keys([f"person:{person_id('Ann Lee')}"])
    press(table, Qt.Key.Key_Return)
    assert window.desk.now.moving is not None
    view.setCurrentIndex(cell(view, slot="p1", free=True))
    press(view, Qt.Key.Key_Return)
    assert slots_of(window, "Ann Lee") == {"f1", "p1"}


def test_a_visitor_is_dragged_from_the_tray_onto_the_board(window: Window) -> None:
    view, table = board(window), window.tray.table
    number = next(n for n, line in enumerate(table.rows_model.lines) if "Ann Lee" in line.cells)
    here = table.visualRect(table.rows_model.index(number, 1)).center()
    goal = view.viewport().mapToGlobal(view.visualRect(cell(view, slot="n2", free=True)).center())
    there = table.viewport().mapFromGlobal(goal)
    QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, here)
    QTest.mouseMove(table.viewport(), (here + there) / 2)
    QTest.mouseMove(table.viewport(), there)
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, there)
    assert slots_of(window, "Ann Lee") == {"f1", "n2"}


def test_by_visitor_a_half_day_offers_its_best_slot(window: Window) -> None:
    window.board.turn_to(Way.VISITOR)
    window.board.focus_board()
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    press(view, Qt.Key.Key_M)
    row = view.currentIndex().row()
    tuesday_afternoon = view.grid_model.index(row, 3)
    assert view.grid_model.verdict(tuesday_afternoon).mark is Mark.FINE
    view.setCurrentIndex(tuesday_afternoon)
    press(view, Qt.Key.Key_Return)
    assert slots_of(window, "Ann Lee") == {"f2"}


def test_by_visitor_a_drop_on_another_visitor_s_visit_swaps(window: Window) -> None:
    window.board.turn_to(Way.VISITOR)
    window.board.focus_board()
    view = board(window)
    drag(view, cell(view, person="Ann Lee"), cell(view, person="Bo Khan"))
    assert (slots_of(window, "Ann Lee"), slots_of(window, "Bo Khan")) == ({"s1"}, {"f1"})


def test_by_day_a_visit_moves_along_the_hours(window: Window) -> None:
    window.board.turn_to(Way.DAY)
    window.board.focus_board()
    view = board(window)
    assert view.columnSpan(*_row_column(view)) == 6
    drag(view, cell(view, person="Ann Lee"), cell(view, slot="n1", free=True))
    assert slots_of(window, "Ann Lee") == {"n1"}


def test_the_board_scrolls_while_a_visit_is_held_near_its_edge(window: Window, qtbot: QtBot) -> None:
    window.resize(1000, 500)
    view = board(window)
    port, down = view.viewport(), view.verticalScrollBar()
    here = view.visualRect(cell(view, person="Ann Lee")).center()
    foot = QPoint(here.x(), port.height() - 3)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, here)
    QTest.mouseMove(port, here + QPoint(20, 20))
    before = down.value()
    QTest.mouseMove(port, foot)
    qtbot.waitUntil(lambda: down.value() == down.maximum() > before)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, here)
    assert slots_of(window, "Ann Lee") == {"f1"}


def test_by_day_the_board_goes_to_the_day_of_what_is_selected(window: Window) -> None:
    click(board(window), cell(board(window), person="Bo Khan"))
    window.board.turn_to(Way.DAY)
    assert window.board.day.currentText().startswith("Tue")
    assert board(window).currentIndex() == cell(board(window), person="Bo Khan")
    window.lead((visit_id("Ann Lee", "f1"),))
    assert window.board.day.currentText().startswith("Mon")
    assert board(window).currentIndex() == cell(board(window), person="Ann Lee")


def _row_column(view: object) -> tuple[int, int]:
    from app.ui.board.view import BoardView

    assert isinstance(view, BoardView)
    index = cell(view, person="Ann Lee")
    return index.row(), index.column()
