"""Choosing a file, a folder or a name: it begins where the last one ended, and fits the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.ui.choosing import choose_file, choose_folder, choose_name
from app.ui.window import Window


def taking(dialog: QFileDialog, path: Path) -> None:
    """Choose that one, as with Enter."""
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(str(path))
    dialog.accept()
    QApplication.processEvents()


def test_the_next_one_begins_in_the_folder_chosen_last(window: Window, tmp_path: Path) -> None:
    sent, kept = tmp_path / "sent to me", tmp_path / "kept"
    sent.mkdir()
    kept.mkdir()
    workbook = sent / "week.xlsx"
    workbook.touch()
    found: list[Path] = []
    taking(choose_file(window, "Import", "Excel workbooks (*.xlsx)", found.append), workbook)
    taking(choose_folder(window, "Folder to write into", found.append), kept)
    assert found == [workbook, kept]
    again = choose_file(window, "Import", "Excel workbooks (*.xlsx)", found.append)
    assert Path(again.directory().path()) == sent
    saving = choose_name(window, "Save a copy", "Practice Week databases (*.pweek)", "Autumn.pweek", found.append)
    assert Path(saving.directory().path()) == kept
    again.reject()
    taking(saving, kept / "Spring")
    assert found[-1] == kept / "Spring.pweek"


def test_a_folder_that_is_gone_is_no_hindrance(window: Window, tmp_path: Path) -> None:
    dialog = choose_folder(window, "Folder to write into", print, start=tmp_path / "gone" / "long ago")
    assert Path(dialog.directory().path()) == tmp_path
    dialog.reject()


@pytest.mark.parametrize("percent", [100, 200])
def test_it_fits_the_screen_and_no_button_is_cut(window: Window, qtbot: QtBot, percent: int) -> None:
    window.desk.look.resize(percent)
    try:
        dialog = choose_file(window, "Open", "Practice Week databases (*.pweek);;All files (*)", print)
        qtbot.waitExposed(dialog)
        room = dialog.screen().availableGeometry()
        assert (dialog.width() < room.width(), dialog.height() < room.height()) == (True, True)
        buttons = [one for one in dialog.findChildren(QAbstractButton) if one.isVisible()]
        assert buttons
        assert all(one.width() >= min(one.sizeHint().width(), one.minimumSizeHint().width()) for one in buttons)
        assert all(min(one.width(), one.height()) >= 24 for one in buttons)
        assert all(one.toolTip() or one.text() for one in buttons)
        dialog.reject()
    finally:
        window.desk.look.resize(100)
