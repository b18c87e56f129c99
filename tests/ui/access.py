"""What a screen reader and a keyboard meet: names in the accessible tree, shared letters, caught focus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDateTimeEdit, QLabel, QTabBar, QWidget

_ROLE = QAccessible.Role
_CONTROLS = frozenset({
    _ROLE.Button, _ROLE.CheckBox, _ROLE.RadioButton, _ROLE.ComboBox, _ROLE.EditableText, _ROLE.Table, _ROLE.List,
    _ROLE.Tree, _ROLE.PageTab, _ROLE.PageTabList, _ROLE.SpinBox, _ROLE.ListItem, _ROLE.ColumnHeader, _ROLE.RowHeader,
    _ROLE.MenuItem, _ROLE.Cell, _ROLE.ProgressBar, _ROLE.Slider, _ROLE.ButtonMenu, _ROLE.ButtonDropDown, _ROLE.Dialog,
})  # fmt: skip
_MOST_CHILDREN = 40
"""Of long lists the first rows speak for all."""


def _tree(one: QAccessibleInterface, parent: str = "") -> Iterator[tuple[QAccessibleInterface, str]]:
    yield one, parent
    name = one.text(QAccessible.Text.Name) or parent
    for number in range(min(one.childCount(), _MOST_CHILDREN)):
        child = one.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from _tree(child, name)


def unnamed(top: QWidget) -> list[str]:
    """The controls in sight that have no name in the accessible tree."""
    root = QAccessible.queryAccessibleInterface(top)
    assert root is not None
    return [
        f"{one.role()} in {parent}" for one, parent in _tree(root)
        if one.role() in _CONTROLS and not one.text(QAccessible.Text.Name).strip()
    ]  # fmt: skip


def shared_letters(top: QWidget, *more: str) -> list[str]:
    """The mnemonics that two things in sight share; `more` are texts that stand beside them, as menus do."""
    texts = list(more)
    for one in top.findChildren(QWidget):
        if not one.isVisible() or not one.isEnabled():
            continue
        if isinstance(one, QAbstractButton) or (isinstance(one, QLabel) and one.buddy() is not None):
            texts.append(one.text())
        elif isinstance(one, QTabBar):
            texts += [one.tabText(number) for number in range(one.count())]
    letters = Counter(
        found.group(1).casefold() for text in texts if (found := re.search(r"(?<!&)&([^&\s])", text)) is not None
    )
    return [letter for letter, count in letters.items() if count > 1]


def caught(top: QWidget) -> str:
    """Where Tab does not lead on, or does not come back to where it began; blank where all is well."""
    top.window().activateWindow()
    for _ in range(20):
        QApplication.processEvents()
        if QApplication.activeWindow() is top.window():
            break
    start = QApplication.focusWidget()
    if start is None:
        return "nothing has the focus"
    now, still = start, 0
    for _ in range(150):
        QTest.keyClick(now, Qt.Key.Key_Tab)
        following = QApplication.focusWidget()
        if following is None or (following.window() is not top.window()):
            return f"the focus is lost after {now.accessibleName()}"
        if following is start and now is not start:
            return ""
        still = still + 1 if following is now else 0
        if still > (
            5 if isinstance(now, QDateTimeEdit) else 0
        ):  # the parts of a date and a time are stops of their own
            return "" if now is start and _alone(top) else f"caught in {now.accessibleName() or type(now).__name__}"
        now = following
    return f"no way back to {start.accessibleName() or type(start).__name__}"


def _alone(top: QWidget) -> bool:
    """Whether there is just one control to stand on."""
    stops = [
        one for one in top.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.focusProxy()
    ]  # fmt: skip
    return len(stops) <= 1
