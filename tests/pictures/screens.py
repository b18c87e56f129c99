"""Every screen, view, tab, panel and menu: with a week, without one, and with a week that holds nothing yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.document.visits import pin
from app.document.weeks import new_week
from app.models.names import identity
from app.models.plan import Plan
from app.models.week import Week
from app.ui.deck.targets import Way
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
