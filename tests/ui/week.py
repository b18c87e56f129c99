"""The small week that tests of the window play with, and how to point at its cards."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.people import Clearance, Liking, Presence
from app.models.places import Consent, Need
from app.ui.board.view import BoardView
from app.ui.deck.cards import Card
from app.ui.window import Window
from tests.builders import Builder, a_week, person_id, slot_id

TODAY = dt.date(2027, 3, 1)


def a_board_week() -> Builder:
    """Three visitors, five teams, every sort of obstacle."""
    week = a_week()
    week.site("Town Hall").site("North Hub").road("Town Hall", "North Hub", 40)
    week.team("Front door", min_visits=1, max_per_day=1)
    week.team("Families", site="North Hub", min_visits=1)
    week.team("Home A", "Children's homes", clearance_needed=Need.CONFIRMED)
    week.team("Schools", "Education")
    week.team("Play", "Early help")
    week.slot("f1", "Front door", 0, "09:30", "11:00").slot("f2", "Front door", 1, "14:00", "15:30")
    week.slot("n1", "Families", 0, "11:15", "12:15").slot("n2", "Families", 2, "09:30", "11:00", places=2)
    week.slot("h1", "Home A", 3, "16:00", "17:00", consent=Consent.TO_ASK)
    week.slot("s1", "Schools", 1, "09:30", "11:00").slot("s2", "Schools", 4, "09:30", "11:00")
    week.slot("p1", "Play", 4, "13:30", "15:00", places=3)
    week.visitor("Ann Lee", min_visits=2, max_visits=4)
    week.visitor("Bo Khan", min_visits=1, clearance=Clearance.NOT_YET)
    week.visitor("Cy <b>Bold</b>", min_visits=1)
    week.available("Ann Lee", Presence.BUSY, 4, "08:00", "12:00")
    week.available("Cy <b>Bold</b>", Presence.BUSY, 2)
    week.wish("Ann Lee", Liking.FIRST_CHOICE, team="Play")
    week.visit("Ann Lee", "f1").visit("Bo Khan", "s1").visit("Cy <b>Bold</b>", "p1")
    return week


def cell(view: BoardView, *, person: str | None = None, slot: str | None = None, free: bool = False) -> QModelIndex:
    """The cell of that visitor's card in that slot, or of its free place."""

    def wanted(card: Card) -> bool:
        right_slot = slot is None or (card.slot is not None and card.slot.id == slot_id(slot))
        if free:
            return right_slot and card.visit is None
        return right_slot and card.visit is not None and (person is None or card.visit.person_id == person_id(person))

    found = view.grid_model.find(wanted)
    assert found.isValid(), f"no card of {person} in {slot}"
    return found


def board(window: Window) -> BoardView:
    """The board that is open."""
    view = window.board.view
    assert view is not None
    return view


def middle(view: BoardView, index: QModelIndex) -> QPoint:
    """The middle of a cell, in the viewport."""
    view.scrollTo(index)
    return view.visualRect(index).center()


def click(view: BoardView, index: QModelIndex, *keys: Qt.KeyboardModifier) -> None:
    """Click a cell."""
    held = Qt.KeyboardModifier.NoModifier
    for key in keys:
        held |= key
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, middle(view, index))


def drag(view: BoardView, start: QModelIndex, end: QModelIndex) -> None:
    """Drag from one cell to another."""
    middle(view, end)
    here, there = view.visualRect(start).center(), view.visualRect(end).center()
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, here)
    for step in range(1, 6):
        QTest.mouseMove(port, here + (there - here) * step / 5)
    QApplication.processEvents()
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, there)


def type_over(field: QWidget, text: str) -> None:
    """Type in the place of what a field holds."""
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def press(widget: QWidget, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys one after another."""
    for key in keys:
        QTest.keyClick(widget, key, held)


def slots_of(window: Window, person: str) -> set[str]:
    """The names of the slots in which that visitor has a visit that counts."""
    week = window.desk.now.view
    assert week is not None
    return {week.slots[visit.slot_id].name for visit in week.counted if visit.person_id == person_id(person)}
