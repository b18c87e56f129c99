"""The grid is painted by a drag of the mouse and by keys; each is one undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.models.people import Presence
from app.ui.availability.panel import TimesPanel
from app.ui.theme import load
from tests.builders import a_week
from tests.ui.lists.conftest import FakeDesk


@pytest.fixture
def panel(qtbot: QtBot, fake_desk: FakeDesk) -> TimesPanel:
    fake_desk.open(a_week().visitor("Ann").visitor("Bo").plan())
    made = TimesPanel(fake_desk.desk)
    QAbstractItemModelTester(made.table.times, QAbstractItemModelTester.FailureReportingMode.Fatal, made.table.times)
    fake_desk.window.setCentralWidget(made)
    fake_desk.window.resize(1300, 600)
    fake_desk.window.show()
    fake_desk.window.activateWindow()
    qtbot.waitUntil(made.isVisible)
    qtbot.waitUntil(fake_desk.window.isActiveWindow)
    made.focus_grid()
    return made


def middle(panel: TimesPanel, row: int, column: int) -> QPoint:
    return panel.table.visualRect(panel.table.times.index(row, column)).center()


def drag(qtbot: QtBot, panel: TimesPanel, start: tuple[int, int], end: tuple[int, int]) -> None:
    port = panel.table.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=middle(panel, *start))
    qtbot.mouseMove(port, middle(panel, *end))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=middle(panel, *end))


def rows(desk: FakeDesk) -> set[tuple[str, int, str, str]]:
    return {
        (desk.plan.people[one.person_id].name, one.day.weekday(), str(one.start or "")[:5], one.presence.value)
        for one in desk.plan.availability.values()
    }


def test_a_drag_paints_what_it_passes_over(qtbot: QtBot, fake_desk: FakeDesk, panel: TimesPanel) -> None:
    drag(qtbot, panel, (0, 0), (1, 1))
    assert rows(fake_desk) == {("Ann", 0, "", "busy"), ("Bo", 0, "", "busy")}
    fake_desk.bridge.undo()
    assert not fake_desk.plan.availability


def test_letters_paint_what_is_selected(qtbot: QtBot, fake_desk: FakeDesk, panel: TimesPanel) -> None:
    qtbot.keyClick(panel.table, Qt.Key.Key_Right)
    qtbot.keyClick(panel.table, Qt.Key.Key_F)
    qtbot.keyClick(panel.table, Qt.Key.Key_Down)
    qtbot.keyClick(panel.table, Qt.Key.Key_R)
    assert rows(fake_desk) == {("Ann", 0, "12:00", "free"), ("Bo", 0, "12:00", "rather not")}
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert rows(fake_desk) == {("Ann", 0, "12:00", "free")}


def test_a_click_on_what_is_painted_so_already_makes_it_blank(
    qtbot: QtBot, fake_desk: FakeDesk, panel: TimesPanel
) -> None:
    for _ in range(2):
        qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=middle(panel, 0, 2))
    assert not fake_desk.plan.availability


def test_one_visitor_is_shown_day_by_day(qtbot: QtBot, fake_desk: FakeDesk, panel: TimesPanel) -> None:
    panel.visitor.setCurrentIndex(2)
    assert panel.table.times.rowCount() == 5
    drag(qtbot, panel, (1, 2), (1, 3))
    only = next(iter(fake_desk.plan.availability.values()))
    assert (str(only.start), str(only.end), only.presence) == ("09:00:00", "10:00:00", Presence.BUSY)
    spoken = panel.table.times.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Tue 23 March, 09:00 to 09:30: busy"


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_cells_are_parted_by_lines_in_every_theme(panel: TimesPanel, name: str) -> None:
    panel._wear(load(name))
    cell = panel.table.visualRect(panel.table.times.index(1, 3))
    seen = panel.table.viewport().grab().toImage()
    assert seen.pixelColor(cell.center().x(), cell.bottom()) == load(name).color("line")
    assert seen.pixelColor(cell.right(), cell.center().y()) == load(name).color("line")


def test_a_long_name_leaves_the_times_their_room(qtbot: QtBot, fake_desk: FakeDesk, panel: TimesPanel) -> None:
    name = "Sir Bartholomew Featherington-Specimen of Upper Exampleton KCB " * 2
    fake_desk.open(a_week().visitor(name.strip()).visitor("Bo").plan())
    side = panel.table.verticalHeader()
    assert side.width() <= panel.table.width() * 2 // 5 + 1
    told = panel.table.times.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert "Exampleton KCB" in str(told) or "Bo" in str(told)
