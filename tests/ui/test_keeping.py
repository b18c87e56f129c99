"""Recovery, backups, shared files and data protection, with real clicks in a real window."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.document import visits
from app.document.document import Document
from app.errors import Refused
from app.models.change import Verb
from app.models.plan import Plan
from app.store import backups
from app.store.verify import verify
from app.ui.app import catch_errors
from app.ui.commands import files, keeping, protecting
from app.ui.dialogs.backups import BackupsDialog
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.protection import EraseDialog, ProtectionDialog
from app.ui.dialogs.recovery import Recovery
from app.ui.dialogs.report import ReportDialog
from app.ui.settings import TOLD_BY
from app.ui.window import Window
from tests.builders import visit_id
from tests.ui.conftest import Open
from tests.ui.week import a_board_week, type_over

ANN = visit_id("Ann Lee", "f1")


@pytest.fixture(autouse=True)
def _own_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test sets as the hook for errors ends with it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with the small week of the board, and one backup of it."""
    path = tmp_path / "week.pweek"
    document = Document.open(path, create=True)
    document.do(Plan().edit(Verb.IMPORT, put=a_board_week().entities.values()))
    document.backup()
    document.close()
    return path


def press(dialog: QWidget, words: str) -> None:
    """Click the button whose words begin so."""
    for button in dialog.findChildren(QPushButton):
        if button.text().replace("&", "").startswith(words):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            return
    raise AssertionError(f"no button {words}")


def shown(window: Window, kind: type[Dialog] = Dialog) -> Dialog:
    """The dialog of that kind that is open."""
    (found,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return found


def words(dialog: QWidget) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def damage(path: Path) -> bytes:
    content = path.read_bytes().replace(b"Ann Lee", b"Ann Loo")
    path.write_bytes(content)
    return content


def test_a_damaged_file_is_restored_by_one_click(open_window: Open, path: Path) -> None:
    window = open_window()
    content = damage(path)
    assert not files.open_path(window.desk, path)
    dialog = shown(window, Recovery)
    assert "week.pweek is damaged" in words(dialog)
    assert path.read_bytes() == content
    press(dialog, "Restore the newest backup")
    assert window.desk.bridge.document is not None
    assert ANN in window.desk.now.plan.visits
    (kept,) = backups.folder_of(path).glob("damaged-*")
    assert kept.read_bytes() == content


def test_a_damaged_file_can_be_looked_at_and_rescued(
    open_window: Open, path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = open_window()
    content = damage(path)
    files.open_path(window.desk, path)
    press(shown(window, Recovery), "Look at what can be read")
    qtbot.waitUntil(lambda: window.desk.bridge.document is not None, timeout=30_000)
    document = window.desk.bridge.document
    assert document is not None
    assert document.read_only
    assert ANN in document.plan.visits
    assert path.read_bytes() == content
    new = path.with_name("rescued.pweek")
    monkeypatch.setattr(keeping, "_ask_file", lambda _desk, _title, _proposed, then: then(new))
    files.open_path(window.desk, path.with_name("gone.pweek"))
    files.open_path(window.desk, path.with_name("other.pweek"))
    keeping._salvage(window.desk, path)
    qtbot.waitUntil(lambda: window.desk.bridge.document is not document, timeout=30_000)
    assert verify(new) == []
    assert window.desk.bridge.document is not None
    assert window.desk.bridge.document.path == new


@pytest.mark.parametrize(
    ("content", "ways"),
    [
        (b"", ["Open another file…"]),
        (b"a text", ["Open another file…"]),
        (b"SQLite format 3\x00" + bytes(200), ["Open another file…"]),
        (None, ["Make a new file of that name", "Open another file…"]),
    ],
)
def test_every_other_file_gets_its_own_answer(
    open_window: Open, tmp_path: Path, content: bytes | None, ways: list[str]
) -> None:
    window = open_window()
    path = tmp_path / "odd.pweek"
    if content is not None:
        path.write_bytes(content)
    files.open_path(window.desk, path)
    dialog = shown(window, Recovery)
    assert [button.text().replace("&", "") for button in dialog.ways] == ways  # type: ignore[attr-defined]
    assert "odd.pweek" in words(dialog)
    assert (path.read_bytes() if path.exists() else None) == content


def test_a_backup_is_restored_in_three_clicks_and_the_way_back_is_kept(
    open_window: Open, path: Path, qtbot: QtBot
) -> None:
    document = Document.open(path)
    window = open_window(document)
    window.desk.bridge.do(visits.to_tray(document.plan, ANN))
    assert ANN not in document.plan.visits
    window.desk.action("backups").trigger()  # File, then Backups…: two clicks
    dialog = shown(window, BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    qtbot.waitUntil(dialog.restore.isEnabled)
    (line,) = dialog.table.rows_model.lines
    assert line.cells[1:4] == ("Made by hand", "1", "3")
    assert "visit" in line.cells[4]
    QTest.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert window.desk.now.plan.visits[ANN].counts
    assert [one.occasion for one in backups.listed(path)] == [backups.Occasion.RESTORE, backups.Occasion.HAND]
    window.desk.bridge.do(visits.pin(window.desk.now.plan, ANN))


def test_a_damaged_backup_is_shown_as_such_and_not_restored(open_window: Open, path: Path, qtbot: QtBot) -> None:
    window = open_window(Document.open(path))
    damage(backups.listed(path)[0].path)
    dialog = keeping.show_backups(window.desk)
    assert dialog is not None
    qtbot.waitUntil(lambda: "is damaged" in dialog.words.text())
    assert not dialog.restore.isEnabled()
    press(dialog, "Make one now")
    qtbot.waitUntil(lambda: len(dialog.table.rows_model.lines) == 2)


def test_the_clock_makes_backups_and_finds_a_file_that_is_gone(open_window: Open, path: Path) -> None:
    document = Document.open(path)
    window = open_window(document)
    shutil.rmtree(backups.folder_of(path))
    window.keeper.look()
    assert [one.occasion for one in backups.listed(path)] == [backups.Occasion.TIME]
    window.keeper.look()
    assert len(backups.listed(path)) == 1
    path.unlink()
    window.keeper.look()
    window.keeper.look()
    dialog = shown(window, Recovery)
    assert "moved or deleted" in words(dialog)


@pytest.mark.parametrize("fault", ["gone", "replaced", "disk full"])
def test_a_change_that_cannot_be_saved_is_told_and_the_work_goes_into_a_copy(
    open_window: Open, path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    document = Document.open(path)
    window = open_window(document)
    catch_errors(window)
    window.desk.bridge.do(visits.pin(document.plan, ANN))
    plan = document.plan
    if fault == "gone":
        path.unlink()
    elif fault == "replaced":
        shutil.copyfile(path, path.with_name("copy.pweek"))
        path.with_name("copy.pweek").replace(path)
    else:

        def full(*_: object) -> None:
            raise Refused("disk-full", path=str(path))

        monkeypatch.setattr(document._store, "write", full)
    with pytest.raises(Refused) as refused:
        window.desk.bridge.do(visits.to_tray(plan, ANN))
    sys.excepthook(Refused, refused.value, None)
    assert document.plan is plan
    dialog = shown(window, Recovery)
    assert "Nothing that was saved before is lost" in words(dialog)
    elsewhere = path.with_name("elsewhere.pweek")
    monkeypatch.setattr(keeping, "_ask_file", lambda _desk, _title, _proposed, then: then(elsewhere))
    press(dialog, "Save a copy")
    assert window.desk.now.plan == plan
    assert window.desk.bridge.document is not None
    assert window.desk.bridge.document.path == elsewhere
    assert verify(elsewhere) == []
    window.desk.bridge.undo()


def test_a_shared_file_is_told_handed_over_and_taken_over(
    open_window: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.document.handover.own_folder", lambda: path.parent / "own")
    shared = path.parent / "OneDrive" / "week.pweek"
    shared.parent.mkdir()
    shutil.copyfile(path, shared)
    before = shared.read_bytes()
    window = open_window()
    assert not window.desk.action("hand-over").isEnabled()
    files.open_path(window.desk, shared)
    dialog = shown(window)
    assert "in a folder that OneDrive keeps in step" in words(dialog)
    dialog.accept()
    window.desk.bridge.do(visits.pin(window.desk.now.plan, ANN))
    assert shared.read_bytes() == before
    assert window.desk.action("hand-over").isEnabled()
    window.desk.action("hand-over").trigger()
    assert shared.read_bytes() != before
    assert verify(shared) == []
    listed = keeping.show_backups(window.desk)
    assert listed is not None
    assert "Backups of “week.pweek”" in words(listed)
    listed.reject()
    shutil.copyfile(path, shared)  # somebody else's
    window.desk.bridge.do(visits.to_tray(window.desk.now.plan, ANN))
    window.desk.action("hand-over").trigger()
    press(shown(window, Recovery), "Take theirs over")
    assert window.desk.now.plan.visits[ANN].counts
    assert not window.desk.now.plan.visits[ANN].pinned


def test_people_are_erased_only_after_a_tick(open_window: Open, path: Path, qtbot: QtBot) -> None:
    window = open_window(Document.open(path))
    window.desk.settings.keep(TOLD_BY, "Ann Lee")
    theirs = path.with_name("Diary of ann-lee.pweek")
    theirs.write_bytes(b"")
    for opened in (path, theirs):
        window.desk.settings.opened(opened)
    dialog = protecting.protect(window.desk)
    assert isinstance(dialog, ProtectionDialog)
    dialog.people.select_keys(["Ann Lee"])
    dialog._people_chosen()
    press(dialog, "Erase for good")
    (asked,) = dialog.findChildren(EraseDialog)
    assert "Erase Ann Lee for good?" in words(asked)
    assert not asked.go.isEnabled()
    asked.sure.setChecked(True)
    press(asked, "Erase for good")
    qtbot.waitUntil(lambda: "Erased for good: 1 person." in window.status.message.text())
    assert b"Ann Lee" not in path.read_bytes()
    assert window.desk.settings.text(TOLD_BY) == ""
    assert window.desk.settings.recent == (path,)
    assert "Erased person 1" in [line.cells[0] for line in dialog.people.rows_model.lines]


def test_a_database_without_weeks_and_people_says_so_and_asks_for_no_day(open_window: Open) -> None:
    window = open_window(Document.memory(Plan()))
    dialog = protecting.protect(window.desk)
    assert isinstance(dialog, ProtectionDialog)
    assert "no week" in dialog.weeks.accessibleDescription()
    assert "Nobody" in dialog.people.accessibleDescription()
    assert not dialog.day.isVisible()
    assert not dialog.set_day.isVisible()


def test_a_person_gets_what_is_held_of_them(open_window: Open, path: Path) -> None:
    window = open_window(Document.open(path))
    out = path.parent / "out"
    protecting.export_person(window.desk, "Ann Lee", out)
    assert sorted(place.name for place in out.iterdir()) == ["Ann Lee.json", "Ann Lee.txt", "plan.json"]


def test_a_week_kept_long_enough_asks_and_is_kept_longer(open_window: Open, path: Path, qtbot: QtBot) -> None:
    document = Document.open(path)
    week = next(iter(document.plan.weeks.values()))
    window = open_window(document)
    monday = week.last_day + dt.timedelta(days=400)
    window.desk.bridge._today = lambda: monday
    dialog = protecting.ask_of_overdue(window.desk)
    assert dialog is not None
    assert "was to be kept until" in words(dialog)
    press(dialog, "Keep it until")
    assert window.desk.now.plan.weeks[week.id].keep_until == monday + dt.timedelta(days=90)
    assert protecting.ask_of_overdue(window.desk) is None
    protection = protecting.protect(window.desk)
    assert protection is not None
    type_over(protection.day, "31/02/2028")
    assert not protection.set_day.isEnabled()
    assert "“31/02/2028” is not a date" in protection.wrong.text()
    type_over(protection.day, "29/02/2028")
    QTest.keyClick(protection.day, Qt.Key.Key_Return)
    assert window.desk.now.plan.weeks[week.id].keep_until == dt.date(2028, 2, 29)
    assert protection.isVisible()
    type_over(protection.day, "31 January 2028")
    press(protection, "Set this day")
    assert window.desk.now.plan.weeks[week.id].keep_until == dt.date(2028, 1, 31)


def test_an_unexpected_error_has_a_report_that_is_read_before_it_is_saved(window: Window, tmp_path: Path) -> None:
    catch_errors(window)
    with pytest.raises(KeyError) as error:
        dict[str, int]()["Ann Lee"]
    sys.excepthook(KeyError, error.value, error.value.__traceback__)
    press(shown(window), "Read the report")
    (dialog,) = window.findChildren(ReportDialog)
    text = dialog.text.toPlainText()
    assert "KeyError at test_keeping.py" in text
    assert "Ann Lee" not in text
    dialog.save_to(tmp_path / "no folder" / "report.txt")
    assert dialog.isVisible()
    dialog.save_to(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text("utf-8") == text
