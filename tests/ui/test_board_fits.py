"""The board's words fit their cards and heads: on a small screen, at twice the text size, in short slots."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.board.heads import RowHead
from app.ui.board.view import BoardView
from app.ui.bridge import Picked
from app.ui.deck.targets import Way
from app.ui.dialogs.why import WhyDialog
from app.ui.letters import shorter
from app.ui.rows import Line, RowsTable
from app.ui.theme import load
from app.ui.window import Window
from tests.builders import Builder, visit_id
from tests.ui.conftest import Open, awake
from tests.ui.week import a_board_week, board

LONG = "Abingdon Children and Family Centre"


def a_narrow_week() -> Builder:
    """A team of a long name with three lanes, and slots of a quarter and of half an hour."""
    week = a_board_week()
    week.team(LONG, "Early help")
    week.slot("a1", LONG, 0, "09:00", "09:15").slot("a2", LONG, 0, "10:00", "10:30", places=2)
    week.slot("a3", LONG, 0, "09:00", "11:00")
    week.visit("Ann Lee", "a1")
    return week


@pytest.fixture(params=[100, 200])
def small(open_window: Open, request: pytest.FixtureRequest) -> Iterator[Window]:
    """A window on a small screen, at the size of text of the parameter."""
    window = open_window(a_narrow_week().plan())
    window.desk.look.resize(request.param)
    window.resize(1366, 720)
    QApplication.processEvents()
    yield window
    window.desk.look.resize(100)


def written(view: BoardView) -> set[str]:
    """The words that painting the cards wrote, as they were written."""
    view.cards._letters._lines.clear()
    view.viewport().grab()
    return {words for _, words in view.cards._letters._lines.values()}


def whole(view: BoardView) -> bool:
    """Whether the left edge stands between columns, and the columns fill the view."""
    width = view.horizontalHeader().defaultSectionSize()
    return view.horizontalScrollBar().value() % width == 0 and view.viewport().width() % width < width / 2


@pytest.mark.parametrize("way", [Way.TEAM, Way.VISITOR, Way.DAY])
def test_no_column_stands_half_in_sight_however_one_gets_there(small: Window, way: Way) -> None:
    small.board.turn_to(way)
    QApplication.processEvents()
    view = board(small)
    assert whole(view)
    view.setCurrentIndex(view.grid_model.index(0, view.grid_model.columnCount() - 1))
    assert whole(view)
    view.horizontalScrollBar().setValue(view.horizontalHeader().defaultSectionSize() // 3)
    view.horizontalScrollBar().sliderReleased.emit()
    assert whole(view)


def test_the_whole_week_fits_a_small_screen(open_window: Open) -> None:
    window = open_window(a_narrow_week().plan())
    window.resize(1366, 720)
    QApplication.processEvents()
    assert board(window).horizontalScrollBar().maximum() == 0


def test_slots_of_a_quarter_of_an_hour_show_when_they_begin(small: Window) -> None:
    small.desk.bridge.pick(Picked(visits=(visit_id("Ann Lee", "a1"),)))
    small.board.turn_to(Way.DAY)
    QApplication.processEvents()
    times = {words for words in written(board(small)) if words[:1].isdigit() and ":" in words}
    assert any(words.startswith("09:00") for words in times)
    assert not any("…" in words for words in times)


def test_names_of_teams_are_whole_on_the_cards_of_a_visitor(small: Window) -> None:
    small.desk.bridge.pick(Picked(visits=(visit_id("Ann Lee", "a1"),)))
    small.board.turn_to(Way.VISITOR)
    QApplication.processEvents()
    names = {word for words in written(board(small)) for word in words.split()}
    assert set(LONG.split()) <= names


def test_the_name_of_a_team_stays_in_sight_beside_its_last_lane(small: Window) -> None:
    view = board(small)
    last = max(n for n, row in enumerate(view.grid_model.board.rows) if row.name == LONG)
    assert view.grid_model.board.rows[last].lane > 0
    view.setFixedHeight(view.horizontalHeader().height() + 2 * view.rowHeight(0))
    QApplication.processEvents()
    view.verticalScrollBar().setValue(view.verticalHeader().sectionPosition(last))
    QApplication.processEvents()
    head = view.verticalHeader()
    assert isinstance(head, RowHead)
    top = head.sectionViewportPosition(last)
    assert top <= view.rowHeight(last) // 2
    shown = head.viewport().grab(QRect(0, max(0, top), head.width(), view.rowHeight(last))).toImage()
    text = small.desk.look.theme.color("text")
    assert any(shown.pixelColor(x, y) == text for x in range(shown.width()) for y in range(shown.height()))


def test_the_filter_says_what_it_takes_in_every_way_of_looking(small: Window) -> None:
    for way in Way:
        small.board.turn_to(way)
        QApplication.processEvents()
        field = small.board.filter
        words = QFontMetrics(field.font()).horizontalAdvance(field.placeholderText())
        assert field.width() > words
        assert field.geometry().right() < small.board.width()


def test_what_the_last_move_says_has_two_lines(small: Window) -> None:
    said = "✕ full: Families, Wed 3 March, 09:30–11:00 has 2 places and 3 visitors: Ann Lee, Bo Khan and Cy Bold. "
    small.say(said)
    QApplication.processEvents()
    message = small.status.message
    metrics = message.fontMetrics()
    assert message.height() >= 2 * metrics.lineSpacing()
    assert 2 * message.width() > metrics.horizontalAdvance(said)


def test_a_name_gives_up_forenames_then_its_title_then_initials() -> None:
    forms = ("Councillor Steve de Harrod", "Cllr S de Harrod", "S de Harrod", "de Harrod")
    assert shorter("Councillor Steve de Harrod") == forms
    assert shorter("Madonna") == ("Madonna",)


def test_escape_empties_the_filter_and_then_leads_back_to_the_board(window: Window, qtbot: QtBot) -> None:
    awake(qtbot, window)
    qtbot.keyClicks(window.board.filter, "bo khan")
    window.board.filter.setFocus()
    qtbot.keyClick(window.board.filter, Qt.Key.Key_Escape)
    assert (window.board.filter.text(), window.board.filter.hasFocus()) == ("", True)
    qtbot.keyClick(window.board.filter, Qt.Key.Key_Escape)
    assert board(window).hasFocus()
    window.board.filter.setFocus()
    qtbot.keyClicks(window.board.filter, "ann lee")
    qtbot.keyClick(window.board.filter, Qt.Key.Key_Return)
    assert (window.board.filter.text(), board(window).hasFocus()) == ("ann lee", True)
    assert board(window).currentIndex().isValid()


def test_why_on_a_place_where_a_team_offers_nothing_is_about_that_team(window: Window) -> None:
    view = board(window)
    row = next(n for n, one in enumerate(view.grid_model.board.rows) if one.name == "Families")
    empty = next(n for n, card in enumerate(view.grid_model.board.rows[row].cells) if card is None)
    view.setCurrentIndex(view.grid_model.index(row, empty))
    window.desk.action("why").trigger()
    dialog = next(one for one in window.findChildren(WhyDialog) if one.isVisible())
    assert dialog.slot.currentText().startswith("Families,")
    dialog.reject()


def test_a_problem_higher_than_its_panel_shows_its_first_words(qtbot: QtBot) -> None:
    table = RowsTable("Problems", ("Problem", "What is wrong"), load("light"))
    qtbot.addWidget(table)
    table.widths(20)
    table.let_sentences_wrap()
    table.resize(300, 110)
    table.show()
    table.show_lines([Line(key="1", cells=("Clash", "a sentence that needs many lines of a low panel " * 8))])
    QApplication.processEvents()
    assert table.rowHeight(0) > table.viewport().height()
    first = QRect(0, 0, table.columnWidth(0), 2 * table.fontMetrics().lineSpacing())
    shown = table.viewport().grab(first).toImage()
    assert any(shown.pixelColor(x, y).lightness() < 90 for x in range(shown.width()) for y in range(shown.height()))


def test_what_moves_along_never_covers_what_the_foot_says(small: Window) -> None:
    view = board(small)
    small.desk.bridge.pick(Picked(visits=(visit_id("Ann Lee", "a1"),)))
    view.start_move()
    for row in range(view.grid_model.rowCount()):
        view.setCurrentIndex(view.grid_model.index(row, 3))
        QApplication.processEvents()
        ghost = small.desk.mover.ghost
        assert ghost.isVisible()
        assert ghost.geometry().bottom() < small.statusBar().y()
    small.desk.mover.cancel()
