"""Every screen, view, tab, panel and menu: with a week, without one, and with a week that holds nothing yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.document.visits import permit, pin, swap, to_tray
from app.document.weeks import new_week
from app.models.names import identity
from app.models.plan import Plan
from app.models.week import Week
from app.ui.board.view import BoardView
from app.ui.deck.targets import Way
from app.ui.deck.verdicts import Mark
from app.ui.lists.panel import ListPanel
from app.ui.navigation import screens
from app.ui.screens.lists import Tabs, VisitorsPanel
from tests.pictures.acts import scene
from tests.pictures.stage import Sight, Stage


@scene()
def screen(stage: Stage) -> Iterator[Sight]:
    """Each screen of the navigation, and each tab and height of it; the board has scenes of its own."""
    yield from _every_screen(stage, "")


def _every_screen(stage: Stage, prefix: str) -> Iterator[Sight]:
    window = stage.window
    for one in screens():
        page = stage.enter(one.id)
        yield f"{prefix}{one.id}", window
        if isinstance(page, Tabs):
            for tab in page.ids[1:]:
                page.open(tab)
                stage.settle()
                yield f"{prefix}{one.id} {tab}", window
            page.open(page.ids[0])
        elif one.id != "board":
            yield from stage.tabs(page, f"{prefix}{one.id}", window)
            yield from stage.down(f"{prefix}{one.id}", page, window)


@scene()
def board(stage: Stage) -> Iterator[Sight]:
    """Every way of looking at the week, with a visit selected."""
    stage.pick_visit()
    for way in Way:
        stage.window.board.turn_to(way)
        stage.pick_visit()
        yield way.value, stage.window
    stage.window.board.turn_to(Way.TEAM)


@scene()
def details(stage: Stage) -> Iterator[Sight]:
    """What is told of a visit that breaks a rule, of a slot, of a visitor and of a team."""
    stage.enter("board")
    slot = stage.week.slots[stage.visit.slot_id]
    for fact in stage.bridge.now.problems.blocking:
        stage.pick(visits=fact.visits[:1])
        yield "clash", stage.window
        yield from stage.down("clash", stage.window.details, stage.window)
        break
    for name, picked in (
        ("slot", {"slot_id": slot.id}), ("visitor", {"person_id": stage.visit.person_id}),
        ("team", {"team_id": slot.team.id}),
    ):  # fmt: skip
        stage.pick(**picked)
        yield name, stage.window


@scene()
def moving(stage: Stage) -> Iterator[Sight]:
    """A visit picked up, on the board and from the tray."""
    stage.pick_visit()
    view = stage.window.board.view
    assert view is not None
    view.setFocus()
    stage.trigger("move")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(view, key)
    stage.settle()
    yield "a visit", stage.window
    stage.desk.mover.cancel()
    view.start_placing(stage.visit.person_id)
    stage.settle()
    yield "a visitor", stage.window


@scene()
def moving_every_way(stage: Stage) -> Iterator[Sight]:
    """A visit picked up with the keyboard in each board."""
    for way in (Way.VISITOR, Way.DAY):
        stage.window.board.turn_to(way)
        stage.pick_visit()
        view = stage.window.board.view
        assert view is not None
        view.setFocus()
        stage.trigger("move")
        QTest.keyClick(view, Qt.Key.Key_Right)
        QTest.keyClick(view, Qt.Key.Key_Right)
        stage.settle()
        yield way.value, stage.window
        stage.desk.mover.cancel()
    stage.window.board.turn_to(Way.TEAM)


@scene()
def dragging(stage: Stage) -> Iterator[Sight]:
    """A visit dragged with the mouse: over a place that a rule closes, and over one that is free."""
    visit = stage.pick_visit()
    view = stage.window.board.view
    assert view is not None
    held = view.grid_model.find(lambda card: card.visit is not None and card.visit.id == visit.id)
    start = view.visualRect(held).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), start + QPoint(40, 0))
    for mark in (Mark.BROKEN, Mark.FINE):
        spots = (
            view.visualRect(index).center() for index in _in_sight(view) if view.grid_model.verdict(index).mark is mark
        )
        spot = next(spots, None)
        if spot is not None:
            stage.desk.mover.point_at(view.viewport().mapToGlobal(spot))
            stage.settle()
            yield mark.name.lower(), stage.window
    stage.desk.mover.cancel()
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start)


def _in_sight(view: BoardView) -> Iterator[QModelIndex]:
    """The cells that are wholly in sight."""
    for row in range(view.grid_model.rowCount()):
        for column in range(view.grid_model.columnCount()):
            index = view.grid_model.index(row, column)
            if view.viewport().rect().contains(view.visualRect(index)):
                yield index


@scene()
def worked_on(stage: Stage) -> Iterator[Sight]:
    """Several visits selected, pinned, swapped, permitted against a rule, and a tray that has filled."""
    plan, week = stage.bridge.now.plan, stage.week
    visits = sorted(week.counted, key=lambda one: (week.slots[one.slot_id].team.name, one.id))
    stage.enter("board")
    stage.pick(visits=tuple(one.id for one in visits[:4]))
    yield "several selected", stage.window
    other = next(one for one in reversed(visits) if one.person_id != visits[0].person_id)
    stage.bridge.do(swap(plan, visits[0].id, other.id))
    stage.bridge.do(permit(stage.bridge.now.plan, visits[1].id, "Agreed with the team on the telephone"))
    stage.bridge.do(pin(stage.bridge.now.plan, visits[0].id))
    stage.pick(visits=(visits[1].id,))
    yield "pinned, permitted and swapped", stage.window
    person_id = stage.visit.person_id
    for one in [one for one in stage.week.counted if one.person_id == person_id and not one.pinned]:
        stage.bridge.do(to_tray(stage.bridge.now.plan, one.id))
    stage.window.show_panel("tray")
    stage.pick(person_id=person_id)
    yield "tray filled", stage.window
    stage.window.show_panel("history")
    yield "history", stage.window
    stage.window.show_panel("problems")
    yield "problems", stage.window


@scene("show-tray", "show-history")
def below(stage: Stage) -> Iterator[Sight]:
    """The panels below the board."""
    stage.pick_visit()
    stage.bridge.do(pin(stage.bridge.now.plan, stage.visit.id))
    for panel in ("tray", "problems", "history"):
        stage.window.show_panel(panel)
        stage.settle()
        yield panel, stage.window


@scene()
def about_a_visitor(stage: Stage) -> Iterator[Sight]:
    """Wishes and times of the visitor that is selected in the list."""
    page = stage.enter("visitors")
    assert isinstance(page, Tabs)
    page.open("visitors")
    panel = page.currentWidget()
    assert isinstance(panel, VisitorsPanel)
    panel.list.view.select_row(stage.visit.person_id)
    stage.settle()
    for tab in panel.about.ids:
        panel.about.open(tab)
        stage.settle()
        yield tab, stage.window


@scene()
def filtered_to_nothing(stage: Stage) -> Iterator[Sight]:
    """A filter that nothing passes, on the board and in a list."""
    stage.enter("board")
    stage.window.board.filter.setText("qqqq")
    stage.settle()
    yield "board", stage.window
    stage.window.board.filter.clear()
    for tab in ("teams", "slots"):
        page = stage.enter("teams")
        assert isinstance(page, Tabs)
        panel = page.open(tab)
        assert isinstance(panel, ListPanel)
        panel.filter.setText("qqqq")
        stage.settle()
        yield tab, stage.window
        panel.filter.clear()


@scene("menu")
def menus(stage: Stage) -> Iterator[Sight]:
    """Every menu, and the menus within."""
    stage.pick_visit()
    for action in stage.window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        yield from _popped(stage, action.text().replace("&", ""), menu)
        for within in menu.actions():
            inner = within.menu()
            if isinstance(inner, QMenu):
                yield from _popped(stage, within.text().replace("&", ""), inner)
    page = stage.enter("teams")
    assert isinstance(page, Tabs)
    panel = page.open("teams")
    assert isinstance(panel, ListPanel)
    yield from _popped(stage, "columns", panel.view.columns_menu())


def _popped(stage: Stage, name: str, menu: QMenu) -> Iterator[Sight]:
    menu.popup(stage.window.mapToGlobal(QPoint(80, 40)))
    stage.settle()
    yield name, menu
    menu.hide()


@scene()
def nothing_open(stage: Stage) -> Iterator[Sight]:
    """Every screen without a database."""
    stage.open(None)
    yield from _every_screen(stage, "")
    yield from _below(stage)


@scene()
def no_week(stage: Stage) -> Iterator[Sight]:
    """Every screen in a database that holds nothing."""
    stage.open(Plan())
    yield from _every_screen(stage, "")


@scene()
def fresh_week(stage: Stage) -> Iterator[Sight]:
    """Every screen of a week that has only its dates."""
    stage.open(fresh())
    yield from _every_screen(stage, "")
    yield from _below(stage)


def fresh() -> Plan:
    """A week of dates alone."""
    week = Week(id=identity("week", "Spring week"), name="Spring week", first_day=dt.date(2027, 3, 8),
                last_day=dt.date(2027, 3, 12), organisation="Midshire", organiser="Pat Lee",
                organiser_email="pat@midshire.example")  # fmt: skip
    return Plan().apply(new_week(Plan(), week))


def _below(stage: Stage) -> Iterator[Sight]:
    for panel in ("tray", "problems", "history"):
        stage.window.show_panel(panel)
        stage.settle()
        yield f"below {panel}", stage.window
