"""Words fit where there is little room: columns share it, names grow shorter, dialogs take the height they need."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.board.mover import Ghost
from app.ui.bridge import Picked
from app.ui.deck.verdicts import Moving
from app.ui.dialogs.allow import Allow
from app.ui.flow import Flow
from app.ui.letters import initials, wrapped
from app.ui.plain import OneLine
from app.ui.room import Room, breakable, shared_out
from app.ui.rows import Line, RowsTable
from app.ui.theme import load
from app.ui.window import Window
from tests.builders import slot_id, visit_id


def test_columns_take_what_their_words_need_until_somebody_sizes_them(qtbot: QtBot) -> None:
    table = RowsTable("Visits", ("Who", "Where", "When"), load("light"))
    qtbot.addWidget(table)
    table.resize(700, 200)
    table.show()
    table.show_lines([Line(key="1", cells=("Councillor Lorraine Lindsay-Gale", "Home A", "Tue 9 Jul, 09:30–11:00"))])
    who = table.fontMetrics().horizontalAdvance("Councillor Lorraine Lindsay-Gale")
    assert who < table.columnWidth(0) < 2 * who
    assert table.columnWidth(1) < who
    table.setColumnWidth(0, 60)
    table.resize(800, 200)
    assert table.columnWidth(0) == 60


def test_columns_whose_words_wrap_share_a_narrow_width_and_show_every_word(qtbot: QtBot) -> None:
    table = RowsTable("Problems", ("Problem", "What is wrong", "How to mend it"), load("light"))
    qtbot.addWidget(table)
    table.widths(30, 90)
    table.let_sentences_wrap()
    table.resize(400, 300)
    table.show()
    long = "Ask whether the visit may look like canvassing; else place somebody else. " * 2
    table.show_lines([Line(key="1", cells=("Own division", long, long))])
    own = table.columnWidth(0) + table.columnWidth(1)
    assert own < table.viewport().width() - table.horizontalHeader().fontMetrics().horizontalAdvance("How to")
    assert table.rowHeight(0) > 4 * table.fontMetrics().lineSpacing()
    table.show_lines([Line(key=str(number), cells=("Own division", long, long)) for number in range(200)])
    assert table.rowHeight(199) > 4 * table.fontMetrics().lineSpacing()  # however many they are


def test_lists_break_words_over_lines_rather_than_end_in_dots(qtbot: QtBot) -> None:
    table = RowsTable("Suggestions", ("Place", "When", "What it would do"), load("light"))
    qtbot.addWidget(table)
    table.resize(60 * table.fontMetrics().averageCharWidth(), 300)
    table.show()
    gain = "would cost three points for wishes, but bring two points for fresh eyes"
    short = Line(key="2", cells=("Front door", "Tue 9 Jul", ""))
    table.show_lines([Line(key="1", cells=("North care leavers", "Mon 26 Oct, 13:30–15:00", gain)), short])
    QApplication.processEvents()
    line = table.fontMetrics().lineSpacing()
    assert table.rowHeight(0) > 2 * line > table.rowHeight(1)
    assert table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("wants", "least", "room", "widths"),
    [
        ([100, 50, 200], [40, 40, 40], 400, [100, 50, 200]),
        ([100, 50, 200], [100, 50, 50], 250, [100, 50, 100]),
        ([300, 40, 200], [50, 40, 50], 340, [175, 40, 125]),
        ([300, 300], [200, 200], 100, [200, 200]),
    ],
)
def test_who_wants_more_gets_more_and_nobody_less_than_the_least(
    wants: list[int], least: list[int], room: int, widths: list[int]
) -> None:
    assert shared_out(wants, least, room) == widths


def test_a_word_that_cannot_be_broken_gets_its_room_from_columns_that_can_spare_it(qtbot: QtBot) -> None:
    table = RowsTable("Still open", ("By", "About", "Reach"), load("light"))
    qtbot.addWidget(table)
    table.widths(20, 60)
    table.let_sentences_wrap()
    table.resize(420, 200)
    table.show()
    mail = "registered.manager@council.example"
    table.show_lines([Line(key="1", cells=("Mon 26 October", "Two or three words at a time " * 4, mail))])
    assert table.columnWidth(2) > table.fontMetrics().horizontalAdvance(mail)
    assert table.horizontalScrollBar().maximum() == 0


def test_an_address_goes_on_in_another_line_after_its_at_sign(qapp: QApplication) -> None:
    room = Room(qapp.font())
    mail = "registered.manager@oxfordshire.example"
    assert room.longest(breakable(mail)) < room.longest(mail)
    assert room.height(breakable(mail), room.longest(breakable(mail))) == 2 * room.line


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Councillor Lorraine Lindsay-Gale", "Cllr L Lindsay-Gale"),
        ("Cllr Steve Harrod", "Cllr S Harrod"),
        ("Tim de Meyer", "T de Meyer"),
        ("Sir Bartholomew Featherington-Specimen of Upper Exampleton KCB", "Sir B Featherington-Specimen"),
        ("Professor Ann LEE, OBE", "Prof A LEE"),
        ("Madonna", "Madonna"),
        ("", ""),
    ],
)
def test_forenames_become_initials_where_a_card_is_narrow(name: str, short: str) -> None:
    assert initials(name) == short


def test_a_name_is_broken_between_words_and_only_the_last_line_ends_in_dots(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    room = metrics.horizontalAdvance("Didcot Children") + 4
    assert wrapped(metrics, "Didcot Children and Family", room, 2) == ["Didcot Children", "and Family"]
    assert wrapped(metrics, "Didcot Children and Family Centre", room, 2)[1].endswith("…")


def too_low(inside: QWidget) -> list[str]:
    """The labels whose wrapped words do not fit their height."""
    return [
        one.text()
        for one in inside.findChildren(QLabel)
        if one.isVisible() and one.wordWrap() and one.text() and one.height() < one.heightForWidth(one.width())
    ]


def test_the_window_fits_a_small_screen_at_twice_the_text_size(window: Window) -> None:
    window.desk.look.resize(200)
    try:
        window.desk.bridge.pick(Picked(visits=(visit_id("Ann Lee", "f1"),)))
        for screen in ("start", "board", "visitors", "teams", "problems", "publish", "chase", "settings"):
            window.enter(screen)
            QApplication.processEvents()
            least = window.minimumSizeHint()
            assert (least.width() <= 1366, least.height() <= 720) == (True, True), (screen, least)
        window.enter("board")
        window.resize(1366, 720)
        QApplication.processEvents()
        assert window.width() <= 1366
        parts = window.board.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert all(one.geometry().right() < window.board.width() for one in parts if one.isVisible())
    finally:
        window.desk.look.resize(100)


def test_a_row_of_buttons_goes_on_below_where_it_is_too_wide(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = Flow()
    buttons = [QPushButton(text) for text in ("Add visitor…", "Change…", "Delete…")]
    for one in buttons:
        row.addWidget(one)
    holder.setLayout(row)
    holder.resize(row.sizeHint())
    holder.show()
    assert len({one.y() for one in buttons}) == 1
    holder.resize(row.sizeHint().width() // 2, 300)
    QApplication.processEvents()
    assert len({one.y() for one in buttons}) > 1
    assert all(one.geometry().right() < holder.width() for one in buttons)
    assert row.heightForWidth(holder.width()) >= max(one.geometry().bottom() for one in buttons)


def test_no_reason_is_cut_at_twice_the_text_size(window: Window) -> None:
    window.desk.look.resize(200)
    try:
        window.desk.questions.put(Moving(visit_ids=(visit_id("Ann Lee", "f1"),)), slot_id("s2"))
        dialog = next(one for one in window.findChildren(Allow) if one.isVisible())
        QApplication.processEvents()
        assert too_low(dialog) == []
        assert all(button.height() >= button.sizeHint().height() for button in dialog.ready)
    finally:
        window.desk.look.resize(100)


def test_what_moves_along_with_the_mouse_shows_all_its_words(qtbot: QtBot) -> None:
    under = QWidget()
    qtbot.addWidget(under)
    under.resize(900, 700)
    under.show()
    ghost = Ghost(under)
    ghost.tell("Councillor Lorraine Lindsay-Gale", "✕ " + "a long reason that has to be broken over lines " * 8)
    ghost.show()
    assert too_low(ghost) == []


def test_what_was_done_last_ends_in_dots_and_is_whole_in_the_tooltip(qtbot: QtBot) -> None:
    line = OneLine()
    qtbot.addWidget(line)
    line.resize(80, 24)
    text = "Moved Councillor Lorraine Lindsay-Gale to Tue 9 July"
    line.say(text)
    assert (line.text(), line.toolTip()) == (text, text)
    assert line.textFormat() == Qt.TextFormat.PlainText
    assert not line.grab().isNull()


def test_a_line_that_comes_in_between_gets_its_height_and_the_others_keep_theirs(qtbot: QtBot) -> None:
    table = RowsTable("Problems", ("Problem", "What is wrong"), load("light"))
    qtbot.addWidget(table)
    table.resize(300, 400)
    table.show()
    long, short = "a sentence that needs more lines than one, and then some more " * 3, "short"
    first, last = Line(key="1", cells=("Clash", long)), Line(key="3", cells=("Clash", short))
    table.show_lines([first, last])
    QApplication.processEvents()
    high, low = table.rowHeight(0), table.rowHeight(1)
    assert high > 2 * low
    table.show_lines([first, Line(key="2", cells=("Clash", long)), last])
    assert [table.rowHeight(row) for row in range(3)] == [high, high, low]
    table.show_lines([Line(key="2", cells=("Clash", short)), last])
    assert [table.rowHeight(row) for row in range(2)] == [low, low]
