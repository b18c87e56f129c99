"""Every control of publishing has a name, and no two visible ones share a mnemonic."""

from __future__ import annotations

import re
from collections import Counter

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QWidget,
)

from app.document.visits import place
from app.ui.publish.again import AgainDialog
from app.ui.publish.calling import Declined, OneCall
from app.ui.publish.ofsted import OfstedDialog
from app.ui.publish.sheltered import ReleaseDialog
from tests.builders import person_id, slot_id
from tests.ui.publish.conftest import Hand

_KINDS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTableView)


def nameless(top: QWidget) -> list[str]:
    """The visible controls without a name."""
    found = []
    for kind in _KINDS:
        for one in top.findChildren(kind):
            inner = one.objectName().startswith("qt_") or isinstance(
                one.parent(), QAbstractSpinBox | QTableView | QComboBox | QLineEdit
            )
            words = one.text() if isinstance(one, QAbstractButton) else ""
            if one.isVisible() and not inner and not (one.accessibleName() or words):
                found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def twice(top: QWidget, *more: str) -> list[str]:
    """The letters that two visible controls share."""
    texts = list(more)
    texts += [one.text() for one in top.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
    texts += [one.text() for one in top.findChildren(QLabel) if one.isVisible() and one.isEnabled()]
    for tabs in top.findChildren(QTabWidget):
        if tabs.isVisible():
            texts += [tabs.tabText(number) for number in range(tabs.count())]
    letters = Counter(
        found.group(1).casefold() for text in texts if (found := re.search(r"(?<!&)&([^&\s])", text)) is not None
    )
    return [letter for letter, count in letters.items() if count > 1]


def test_the_screen_is_named_and_its_keys_are_unique_on_every_tab(hand: Hand) -> None:
    hand.window.desk.bridge.do(place(hand.plan, person_id("Ann Lee"), slot_id("h1")))
    hand.publish("one")
    screen = hand.screen()
    menus = [action.text() for action in hand.window.menuBar().actions()]
    for number in range(screen.tabs.count()):
        screen.tabs.setCurrentIndex(number)
        screen.focus_inside()
        assert nameless(screen) == []
        assert twice(screen, *menus) == [], screen.tabs.tabText(number)


def test_every_page_of_the_publish_dialog_is_named_and_its_keys_are_unique(hand: Hand) -> None:
    dialog = hand.publishing()
    for _ in range(4):
        assert nameless(dialog) == []
        assert twice(dialog) == [], dialog.heading.text()
        if dialog.next.isVisible():
            hand.click(dialog.next)
    dialog.save.folder.setText(str(hand.folder / "one"))
    hand.click(dialog.publish)
    hand.qtbot.waitUntil(dialog.calls.isVisible, timeout=60_000)
    assert nameless(dialog) == []
    assert twice(dialog) == []
    dialog.reject()


def test_the_other_dialogs_are_named_and_their_keys_are_unique(hand: Hand) -> None:
    hand.window.desk.bridge.do(place(hand.plan, person_id("Ann Lee"), slot_id("h1")))
    hand.publish("one")
    screen = hand.screen()
    screen.show_calls()
    screen.versions.again.click()
    screen.calls.more.click()
    hand.window.desk.action("ofsted").trigger()
    screen.tabs.setCurrentWidget(screen.places)
    screen.focus_inside()
    screen.places.give.click()
    screen.tabs.setCurrentWidget(screen.calls)
    screen.calls.declined.click()
    for kind in (AgainDialog, OneCall, OfstedDialog, ReleaseDialog, Declined):
        dialog = hand.dialog(kind)
        assert nameless(dialog) == []
        assert twice(dialog) == [], kind.__name__
        dialog.reject()
