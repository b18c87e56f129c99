"""Every screen, form and dialog of this part of the window as a screen reader and a keyboard meet it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.bridge import Picked
from app.ui.commands import files, finding
from app.ui.lists.panel import ListPanel
from app.ui.screens.lists import Tabs, VisitorsPanel
from app.ui.screens.start import StartScreen, lead_to
from app.ui.window import Window
from tests.builders import a_week, visit_id
from tests.ui.access import caught, shared_letters, unnamed
from tests.ui.conftest import Open, awake
from tests.ui.lists.test_columns import full_week


@pytest.fixture
def window(qtbot: QtBot, open_window: Open) -> Window:
    return awake(qtbot, open_window(full_week().plan()))


def pages(window: Window) -> list[tuple[str, str]]:
    """Every screen, and every tab of those that have tabs."""
    found: list[tuple[str, str]] = [("start", ""), ("board", ""), ("problems", ""), ("chase", ""), ("settings", "")]
    for screen in ("visitors", "teams"):
        window.enter(screen)
        tabs = window.stack.currentWidget()
        assert isinstance(tabs, Tabs)
        found += [(screen, tab) for tab in tabs.ids]
    return found


def open_page(window: Window, screen: str, tab: str) -> QWidget:
    window.enter(screen)
    page = lead_to(window.desk, screen, tab)
    if isinstance(page, VisitorsPanel):
        page.list.focus_list()
    QApplication.processEvents()
    assert page is not None
    return page


def dialog() -> QDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def hold(top: QWidget, name: object, *more: str) -> None:
    assert unnamed(top) == [], name
    assert shared_letters(top, *more) == [], name
    assert caught(top) == "", name


def test_every_screen_and_tab(window: Window) -> None:
    menus = [action.text() for action in window.menuBar().actions()]
    for screen, tab in pages(window):
        open_page(window, screen, tab)
        hold(window, (screen, tab), *menus)


def test_every_screen_while_there_is_nothing(qtbot: QtBot, open_window: Open) -> None:
    window = awake(qtbot, open_window(a_week().plan()))
    for screen, tab in pages(window):
        open_page(window, screen, tab)
        hold(window, (screen, tab))


def test_every_form_of_every_list(window: Window) -> None:
    for screen, tab in pages(window):
        page = open_page(window, screen, tab)
        panel = page.list if isinstance(page, VisitorsPanel) else page
        for opens in (ListPanel.add, ListPanel.change, ListPanel.duplicate, ListPanel.delete):
            if isinstance(panel, ListPanel) and (form := opens(panel)) is not None:
                hold(form, (tab, opens.__name__))
                form.reject()


@pytest.mark.parametrize(
    "opens",
    [
        lambda window: finding.find_command(window.desk),
        lambda window: finding.find_anything(window.desk),
        lambda window: finding.keyboard(window.desk),
        lambda window: finding.accessibility(window.desk),
        lambda window: window.desk.action("about").trigger(),
        lambda window: files.export_everything(window.desk),
        lambda window: start(window).begin_week(),
        lambda window: start(window).copy_week(),
        lambda window: paste(window),  # noqa: PLW0108 - it stands below
        lambda window: window.desk.questions.permit(visit_id("Ann Lee", "S2")),
        lambda window: window.desk.action("move-to").trigger(),
        lambda window: window.desk.action("protect").trigger(),
    ],
    ids=[
        "commands", "anything", "keyboard", "accessibility", "about", "export", "new week", "copy week", "paste",
        "permit", "move to", "protect",
    ],
)  # fmt: skip
def test_every_dialog(window: Window, opens: Callable[[Window], object]) -> None:
    window.desk.bridge.pick(Picked(visits=(visit_id("Ann Lee", "S2"),)))
    opens(window)
    hold(dialog(), dialog().windowTitle())


def start(window: Window) -> StartScreen:
    window.enter("start")
    page = window.stack.currentWidget()
    assert isinstance(page, StartScreen)
    return page


def paste(window: Window) -> object:
    page = open_page(window, "teams", "teams")
    assert isinstance(page, ListPanel)
    QGuiApplication.clipboard().setText("Team\tService\tSite\nNew\tEducation\tNowhere\n")
    return page.paste()
