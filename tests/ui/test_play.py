"""Random keys and mouse on the window with undo and redo: after each step it equals one rebuilt from the file.

`PRACTICE_WEEK_STEPS=1000 PRACTICE_WEEK_SEEDS=4,5,6 python -m pytest tests/ui/test_play.py` plays longer, and otherwise.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.document.document import Document
from app.engine import check
from app.models.change import TABLES, Verb
from app.models.plan import Plan
from app.models.view import view
from app.ui.deck.boards import by_team
from app.ui.deck.cards import Board, Shelf
from app.ui.deck.deal import deck
from app.ui.deck.targets import Way
from app.ui.dialogs.allow import Allow
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.choose import Choose
from app.ui.window import Window
from tests.ui.conftest import Open
from tests.ui.week import TODAY, a_board_week

STEPS = int(os.environ.get("PRACTICE_WEEK_STEPS", "120"))
SEEDS = [int(seed) for seed in os.environ.get("PRACTICE_WEEK_SEEDS", "1,2,3").split(",")]
KEYS = (
    Qt.Key.Key_M, Qt.Key.Key_L, Qt.Key.Key_X, Qt.Key.Key_Delete, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down,
    Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_P, Qt.Key.Key_W,
)  # fmt: skip


def filled(path: Path) -> Document:
    """The small week in a file."""
    document = Document.open(path, create=True)
    plan = a_board_week().plan()
    entities = [one for name in TABLES for one in plan.table(name).values()]
    document.do(document.plan.edit(Verb.IMPORT, put=entities))
    return document


class Player:
    """Presses, drags, answers dialogs, and compares."""

    def __init__(self, window: Window, seed: int) -> None:
        self.window = window
        self.dice = random.Random(seed)

    def step(self) -> str:
        """Do one thing; what it was."""
        if self.window.desk.now.view is None:
            return self.redo()  # the import itself was undone
        if QApplication.activeWindow() is None:
            self.window.activateWindow()  # without a screen nobody gives the focus back after a dialog
            QApplication.processEvents()
        dialogs = [one for one in self.window.findChildren(Dialog) if one.isVisible()]
        if dialogs:
            return self.answer(dialogs[-1])
        deed = self.dice.choice((self.key, self.key, self.key, self.drag, self.drag, self.click, self.click,
                                 self.undo, self.redo, self.turn, self.sift))  # fmt: skip
        return deed()

    def surface(self) -> object:
        return self.window.board.surface

    def key(self) -> str:
        self.window.board.focus_board()
        if self.dice.random() < 0.5 and self.window.desk.now.moving is None:
            self.press_card()
        key = self.dice.choice(KEYS)
        QTest.keyClick(self.window.board.surface, key)
        return f"key {key.name}"

    def press_card(self) -> None:
        """Click some visit."""
        board, cards = self.window.board.view, self.cards()
        if board is not None and cards:
            index = self.dice.choice(cards)
            board.scrollTo(index)
            spot = board.visualRect(index).center()
            QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)

    def cards(self) -> list[QModelIndex]:
        """The cells with visits."""
        board = self.window.board.view
        if board is None:
            return []
        return [
            board.grid_model.index(r, c)
            for r, row in enumerate(board.grid_model.board.rows)
            for c, card in enumerate(row.cells)
            if card is not None and card.visit is not None
        ]

    def undo(self) -> str:
        QTest.keyClick(self.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        return "undo"

    def redo(self) -> str:
        QTest.keyClick(self.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        return "redo"

    def turn(self) -> str:
        way = self.dice.choice(tuple(Way))
        self.window.board.turn_to(way)
        self.window.board.focus_board()
        return f"turn {way}"

    def sift(self) -> str:
        text = self.dice.choice(("", "", "", "", "", "ann", "home", "nobody"))
        self.window.board.filter.setText(text)
        return f"filter {text}"

    def spot(self) -> tuple[QModelIndex, QPoint] | None:
        board = self.window.board.view
        if board is None or not board.grid_model.rowCount():
            return None
        index = board.grid_model.index(
            self.dice.randrange(board.grid_model.rowCount()), self.dice.randrange(board.grid_model.columnCount())
        )
        slots = [(r, c) for r, row in enumerate(board.grid_model.board.rows) for c, card in enumerate(row.cells)
                 if card is not None and card.slot is not None]  # fmt: skip
        if slots and self.dice.random() < 0.7:
            index = board.grid_model.index(*self.dice.choice(slots))
        board.scrollTo(index)
        return index, board.visualRect(index).center()

    def click(self) -> str:
        board, found = self.window.board.view, self.spot()
        if board is None or found is None:
            return "no board to click"
        held = self.dice.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier))
        QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, held, found[1])
        return "click"

    def drag(self) -> str:
        board, start = self.window.board.view, self.spot()
        if board is None or start is None:
            return "no board to drag on"
        cards = self.cards()
        if not cards:
            return "no card to drag"
        index = self.dice.choice(cards)
        here, port, none = board.visualRect(index).center(), board.viewport(), Qt.KeyboardModifier.NoModifier
        QTest.mousePress(port, Qt.MouseButton.LeftButton, none, here)
        QTest.mouseMove(port, here + QPoint(14, 8))
        QTest.mouseMove(port, start[1])
        if self.dice.random() < 0.1:
            QTest.keyClick(board, Qt.Key.Key_Escape)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, none, start[1])
        return "drag"

    def answer(self, dialog: Dialog) -> str:
        if isinstance(dialog, Allow) and hasattr(dialog, "go") and self.dice.random() < 0.6:
            dialog.reason.setText("because")
            dialog.go.click()
            return "allow"
        if isinstance(dialog, Choose) and dialog.go.isEnabled() and self.dice.random() < 0.7:
            lines = dialog.table.rows_model.lines
            dialog.table.select_keys([self.dice.choice(lines).key])
            if dialog.go.isEnabled():
                dialog.go.click()
                return "choose"
        dialog.reject()
        return "reject"

    def compare(self, plan: Plan) -> None:
        """The window equals one made from that plan, and its findings those of the whole referee."""
        now = self.window.desk.now
        assert all(now.plan.table(name) == plan.table(name) for name in TABLES)
        if now.view is None:
            assert not plan.weeks
            return
        fresh = view(plan, now.view.week.id)
        problems = check.problems(fresh, today=TODAY)
        assert now.problems == problems
        cards = deck(fresh, problems, now.services, Shelf())
        assert told(by_team(cards, now.filter, Shelf())) == told(by_team(now.deck, now.filter, Shelf()))  # type: ignore[arg-type]
        board = self.window.board.views[Way.TEAM]
        if self.window.board.way is Way.TEAM:
            assert told(board.grid_model.board) == told(by_team(cards, now.filter, Shelf()))
        free = {card.key for hand in cards.by_slot.values() for card in hand if card.visit is None}
        assert {f"free:{key.removeprefix('slot:')}" for key in tray_keys(self.window, "slot:")} == free


def read_again(data: bytes, copy: Path) -> Plan:
    """What a file of these bytes holds, read anew."""
    copy.write_bytes(data)
    again = Document.open(copy)
    try:
        return again.plan
    finally:
        again.close()


def tray_keys(window: Window, head: str) -> set[str]:
    """The keys of the tray's lines that begin so."""
    return {line.key for line in window.tray.table.rows_model.lines if line.key.startswith(head)}


def told(board: Board) -> list[object]:
    """All that a board says, as plain values."""
    return [
        (row.key, row.name, row.lane, [card and (card.key, card.visit, card.badges, card.places) for card in row.cells])
        for row in board.rows
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_random_keys_and_mouse_leave_the_window_equal_to_its_file(seed: int, open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "play.pweek"
    window = open_window(filled(path))
    player = Player(window, seed)
    document = window.desk.bridge.document
    assert document is not None
    done: list[str] = []
    bytes_before, kept = b"", Plan()
    for _ in range(STEPS):
        done.append(player.step())
        QApplication.processEvents()
        if (now := path.read_bytes()) != bytes_before:
            bytes_before, kept = now, read_again(now, tmp_path / "copy.pweek")
        try:
            player.compare(kept)
        except AssertionError as error:
            raise AssertionError(f"after {done[-8:]}") from error
    assert len(document.history) > 5


def test_undoing_all_and_redoing_all_come_back_to_the_same_weeks(open_window: Open, tmp_path: Path) -> None:
    window = open_window(filled(tmp_path / "undo.pweek"))
    document = window.desk.bridge.document
    assert document is not None
    first = document.plan
    player = Player(window, 7)
    for _ in range(60):
        player.step()
    for dialog in window.findChildren(Dialog):
        dialog.reject()
    window.board.filter.clear()
    redo_all(player, document)
    last = document.plan
    while len([line for line in document.history if line.stands and line.kind == "done"]) > 1:
        player.undo()
    assert all(document.plan.table(name) == first.table(name) for name in TABLES)
    redo_all(player, document)
    assert all(document.plan.table(name) == last.table(name) for name in TABLES)


def redo_all(player: Player, document: Document) -> None:
    """Press Redo until there is nothing more to redo."""
    while document.can_redo is not None:
        player.redo()
