"""The council's logo among the week settings: chosen from a file, kept in the week, removed, and on the pages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.exchange.logos import MOST_BYTES, as_picture
from app.exchange.pages import Kind, Wanted, as_pdf, pages
from app.exchange.version import Version
from app.ui.screens.logo import LogoPicker
from app.ui.screens.settings import WeekSettings
from app.ui.window import Window
from tests.ui.conftest import Open
from tests.ui.lists.test_columns import full_week
from tests.ui.screens.test_screens import settings_of, week_of

VERSION = Version(number=1, at=dt.datetime(2027, 3, 1, 13, 5, tzinfo=dt.UTC))


def a_picture(path: Path, width: int = 300, height: int = 100) -> Path:
    """A picture in which no two dots are alike, so that it takes as much room as one can."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        for y in range(height):
            image.setPixelColor(x, y, QColor((x * 7919 + y * 104729) % 256, (x * y) % 256, (x * 31 ^ y * 17) % 256))
    assert image.save(str(path))
    return path


def picker_of(page: WeekSettings) -> LogoPicker:
    editor = page.editor("Logo")
    assert isinstance(editor, LogoPicker)
    return editor


@pytest.fixture
def window(open_window: Open) -> Window:
    return open_window(full_week().plan())


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg"])
def test_a_picture_chosen_from_a_file_is_kept_in_the_week_and_stands_on_its_pages(
    window: Window, tmp_path: Path, name: str
) -> None:
    picker = picker_of(settings_of(window))
    picker.take(a_picture(tmp_path / name, 1600, 900))
    held = as_picture(week_of(window).logo)
    assert held is not None
    assert len(held) <= MOST_BYTES
    assert not picker.seen.pixmap().isNull()
    view = window.desk.now.view
    assert view is not None
    found = pages(view, version=VERSION, wanted=Wanted(kinds=frozenset({Kind.DIRECTOR})))
    assert b"/Alt(Logo of" in as_pdf(found.all[0].sheet)


def test_a_logo_is_removed_and_comes_back_by_undo(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    picker = picker_of(settings_of(window))
    picker.take(a_picture(tmp_path / "logo.png"))
    kept = week_of(window).logo
    qtbot.mouseClick(picker.remove, Qt.MouseButton.LeftButton)
    assert week_of(window).logo == ""
    assert picker.seen.text() == "No logo"
    window.desk.bridge.undo()
    assert week_of(window).logo == kept


def test_a_file_that_is_no_picture_is_refused_by_name(window: Window, tmp_path: Path) -> None:
    page = settings_of(window)
    (tmp_path / "logo.png").write_text("not a picture")
    picker_of(page).take(tmp_path / "logo.png")
    assert week_of(window).logo == ""
    assert "“logo.png” is no picture" in page.strip.text
