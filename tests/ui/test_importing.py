"""A planning workbook is previewed, and taken in as one step, or its faults are told and nothing changes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.exchange.planning import write_planning
from app.resources import resource
from app.ui.commands import files
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.importing import Preview
from app.ui.rows import RowsTable
from tests.builders import Builder, day
from tests.exchange.planning.workbooks import plain, xlsx
from tests.ui.conftest import Open
from tests.ui.week import a_board_week


def test_importing_previews_and_takes_in_as_one_edit(open_window: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(Document.open(tmp_path / "new.pweek", create=True))
    files.import_path(window.desk, resource("samples", "oxfordshire-2019.xlsx"))
    qtbot.waitUntil(lambda: bool(window.findChildren(Preview)), timeout=30_000)
    preview = window.findChildren(Preview)[0]
    told = [line.cells for table in preview.findChildren(RowsTable) for line in table.rows_model.lines]
    assert told
    assert not [cells for cells in told if ".xlsx" in "".join(cells)]  # which file it is, the heading says
    assert "oxfordshire-2019.xlsx" in preview.heading.text()
    qtbot.keyClick(preview.focusWidget(), Qt.Key.Key_Return)  # Enter imports, whatever lists the dialog has
    assert window.desk.now.view is not None
    assert len(window.desk.now.view.visitors) == 11
    assert len(window.desk.bridge.document.history) == 1  # type: ignore[union-attr]  # a document is open
    assert window.board.isVisible()


def test_a_faulty_workbook_tells_its_faults_and_changes_nothing(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.save(tmp_path / "bad.xlsx")
    window = open_window(a_board_week().plan())
    files.import_path(window.desk, tmp_path / "bad.xlsx")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(Dialog)), timeout=30_000)
    assert window.desk.bridge.document is not None
    assert window.desk.bridge.document.can_undo is None


def test_a_workbook_that_leaves_no_day_for_a_slot_of_the_week_is_refused_in_words(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    other = Builder(first_day=day(7), last_day=day(9))
    (tmp_path / "later.xlsx").write_bytes(write_planning(other.view()))
    window = open_window(a_board_week().plan())
    files.import_path(window.desk, tmp_path / "later.xlsx")

    def said() -> str:
        dialogs = [one for one in window.findChildren(Dialog) if one.isVisible()]
        return " ".join(label.text() for one in dialogs for label in one.findChildren(QLabel))

    qtbot.waitUntil(lambda: "would lie outside Spring practice week" in said(), timeout=30_000)
    assert "later.xlsx" in said()
    assert window.desk.bridge.document is not None
    assert window.desk.bridge.document.can_undo is None


def test_of_very_many_faults_the_first_are_listed_and_that_is_said(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    sheets = plain()
    sheets["Slots"] += [["?"] * len(sheets["Slots"][0])] * 400
    (tmp_path / "bad.xlsx").write_bytes(xlsx(sheets))
    window = open_window(a_board_week().plan())
    files.import_path(window.desk, tmp_path / "bad.xlsx")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(Dialog)), timeout=30_000)
    (dialog,) = [one for one in window.findChildren(Dialog) if one.isVisible()]
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert re.search(r"has \d,\d{3} faults, so nothing was imported", said)
    assert "The first 500 are listed. The others will be, as these are mended." in said
    assert [len(table.rows_model.lines) for table in dialog.findChildren(RowsTable)] == [500]
