"""What a picture shows of words that are cut, controls that overlap or stand outside, dialogs larger than the screen.

A finding is `lost` where somebody could not read or reach it at all, and `short` where words end in … and the whole
stands in a tooltip, or in what the row opens: room for every word of every cell there is on no screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from app.ui.board.mover import Ghost
from app.ui.board.view import BoardView
from app.ui.focus import FocusRing
from app.ui.plain import OneLine
from app.ui.rows import RowsTable
from app.ui.tabs import Tabs
from app.ui.theme import TARGET
from app.ui.unwheeled import takes_wheel

_PRESSED = QPushButton | QToolButton | QCheckBox | QRadioButton
_FRAME = 32
"""Pixels that a desktop's frame and title add to a dialog."""
_ROWS = 40
"""Of long tables the first rows speak for all."""
_SLACK = 2
_BREAKS = re.compile(r"\s+|(?<=[/-])")
"""Where lines may break."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a picture."""

    what: str
    where: str
    lost: bool = True


def look_over(top: QWidget, screen: QSize) -> list[Finding]:
    """Everything that is cut in the window or dialog, each once."""
    return list(dict.fromkeys(_found(top, screen)))


def _found(top: QWidget, screen: QSize) -> Iterator[Finding]:
    yield from _too_large(top, screen)
    if isinstance(top, QFileDialog):  # Qt's own, or the system's
        return
    for one in top.findChildren(QWidget):
        if not one.isVisible() or one.window() is not top:
            continue
        if isinstance(one, QLabel):
            yield from _label(one)
        elif isinstance(one, _PRESSED):
            yield from _button(one)
        elif isinstance(one, QTabBar):
            yield from _tabs(one)
        elif isinstance(one, QComboBox):
            if _wide(one.fontMetrics(), one.currentText()) + 20 > one.width():
                yield Finding("choice cut", one.currentText(), lost=not one.toolTip())
        elif isinstance(one, QLineEdit):
            yield from _line(one)
        elif isinstance(one, QTableView) and not isinstance(one, BoardView):
            yield from _table(one)
        elif isinstance(one, QScrollArea) and one.horizontalScrollBar().maximum() > 0:
            yield Finding("scrolls sideways", one.accessibleName() or type(one).__name__)
        if takes_wheel(one) and one.parentWidget() is not None and not _of_calendar(one):
            yield Finding("takes the wheel", _said(one))
        yield from _outside(one)
        yield from _overlaps(one)


def _too_large(top: QWidget, screen: QSize) -> Iterator[Finding]:
    if isinstance(top, QMenu):
        if top.width() > screen.width() or top.height() > screen.height():
            yield Finding("menu larger than the screen", f"{top.width()} x {top.height()}")
    elif isinstance(top, QDialog):
        if top.width() > screen.width() or top.height() + _FRAME > screen.height():
            yield Finding("dialog larger than the screen", f"{top.width()} x {top.height()}")
        layout = top.layout()
        least = layout.totalMinimumSize() if layout is not None else QSize()
        if least.width() > top.width() + _SLACK or least.height() > top.height() + _SLACK:
            yield Finding(
                "dialog squeezed", f"{top.width()} x {top.height()}, wants {least.width()} x {least.height()}"
            )


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _wide(metrics: QFontMetrics, text: str) -> int:
    return max((metrics.horizontalAdvance(line) for line in text.split("\n")), default=0)


def _label(one: QLabel) -> Iterator[Finding]:
    text = _plain(one.text()) if one.buddy() is not None else one.text()
    if not text:
        return
    if isinstance(one, OneLine):
        if one.is_cut:
            yield Finding("line shortened", text, lost=text not in one.toolTip() and "<" not in text)
    elif one.wordWrap():
        if one.height() + 1 < one.heightForWidth(one.width()):
            yield Finding("label too low", text)
        widest = max(_wide(one.fontMetrics(), word) for word in _BREAKS.split(text))
        if widest > one.width() + 1:
            yield Finding("word wider than its label", text)
    elif one.width() + 1 < _wide(one.fontMetrics(), text) or one.height() + 1 < one.fontMetrics().height():
        yield Finding("label cut", text)


def _button(one: QAbstractButton) -> Iterator[Finding]:
    if one.objectName() == "qt_toolbar_ext_button":
        yield Finding("tools out of sight", "the toolbar ends in »")
        return
    if isinstance(one.parentWidget(), QTabBar | QLineEdit | QHeaderView | QAbstractSpinBox | QComboBox):
        return  # a part of that
    need = one.sizeHint()
    if one.text() and (one.width() + _SLACK < need.width() or one.height() + _SLACK < need.height()):
        yield Finding("button cut", _plain(one.text()), lost=_plain(one.text()) not in one.toolTip())
    if one.isEnabled() and min(one.width(), one.height()) < TARGET:
        yield Finding("target too small", f"{_plain(one.text())} {one.width()} x {one.height()}")


def _tabs(one: QTabBar) -> Iterator[Finding]:
    if not isinstance(one, Tabs):
        yield Finding("its open tab cannot be told in dark colours", one.accessibleName() or one.tabText(0))
    for number in range(one.count()):
        if one.isTabVisible(number):
            if one.tabRect(number).right() > one.width() + 1:
                yield Finding("tab out of sight", _plain(one.tabText(number)))
            elif one.tabRect(number).width() < _wide(one.fontMetrics(), _plain(one.tabText(number))):
                yield Finding("tab cut", _plain(one.tabText(number)))


def _line(one: QLineEdit) -> Iterator[Finding]:
    if isinstance(one.parentWidget(), QAbstractSpinBox | QComboBox):
        if _wide(one.fontMetrics(), one.text()) > one.width():
            yield Finding("value cut", one.text())
    elif not one.text() and _wide(one.fontMetrics(), one.placeholderText()) + 8 > one.width():
        yield Finding("hint cut", one.placeholderText())
    if one.height() < one.fontMetrics().height():
        yield Finding("line too low", one.accessibleName())


def _table(one: QTableView) -> Iterator[Finding]:
    model, heads = one.model(), one.horizontalHeader()
    name = one.accessibleName()
    if one.verticalHeader().isVisible() and one.verticalHeader().width() > one.width() // 2:
        yield Finding("names of rows leave no room", name)
    if isinstance(one, RowsTable) and one.horizontalScrollBar().maximum() > 0 and one.rows_model.lines:
        yield Finding("table scrolls sideways", name, lost=False)
    if heads.isVisible():
        for column in range(model.columnCount()):
            words = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            room = one.columnWidth(column)
            if not one.isColumnHidden(column) and "\n" not in words and _wide(heads.fontMetrics(), words) + 4 > room:
                whole = str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or "")
                yield Finding("heading cut", f"{name}: {words}", lost=words not in whole)
    if model.rowCount() and one.viewport().height() < one.verticalHeader().defaultSectionSize():
        yield Finding("table too low for a row", name)
    yield from _cells(one)


def _cells(one: QTableView) -> Iterator[Finding]:
    model = one.model()
    for row in range(min(model.rowCount(), _ROWS)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            text = index.data(Qt.ItemDataRole.DisplayRole)
            box = one.visualRect(index)
            if not isinstance(text, str) or not text or one.isColumnHidden(column):
                continue
            need = one.fontMetrics().boundingRect(
                QRect(0, 0, box.width() - 6, 10_000), int(Qt.TextFlag.TextWordWrap), text
            ).height()  # fmt: skip
            wrapped = one.wordWrap() and need <= box.height() + _SLACK
            if not wrapped and _wide(one.fontMetrics(), text) > box.width():
                whole = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
                kept = "<" in text or " ".join(text.split()) in " ".join(whole.split())
                yield Finding("cell shortened", f"{one.accessibleName()}: {text}", lost=not kept)


def _of_calendar(one: QWidget) -> bool:
    parent = one.parentWidget()
    return parent is not None and (isinstance(parent, QCalendarWidget) or _of_calendar(parent))


def _scrolled(one: QWidget) -> bool:
    parent = one.parentWidget()
    above = parent.parentWidget() if parent is not None else None
    return isinstance(parent, QAbstractScrollArea) or isinstance(above, QAbstractScrollArea)


def _outside(one: QWidget) -> Iterator[Finding]:
    parent = one.parentWidget()
    if parent is None or one.isWindow() or _scrolled(one) or isinstance(one, FocusRing | Ghost):
        return
    if isinstance(one, QPushButton | QToolButton | QLabel | QLineEdit | QComboBox | QTableView | QAbstractSpinBox):
        box = one.geometry()
        if box.right() > parent.width() + 1 or box.bottom() > parent.height() + 1 or box.left() < -1 or box.top() < -1:
            yield Finding("outside its place", _said(one))


def _overlaps(one: QWidget) -> Iterator[Finding]:
    if one.layout() is None or isinstance(one, QAbstractScrollArea | QStackedWidget | QMainWindow):
        return
    inside = [
        child for child in one.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
        and not isinstance(child, FocusRing | Ghost)
    ]  # fmt: skip
    for number, first in enumerate(inside):
        for second in inside[number + 1 :]:
            both = first.geometry().intersected(second.geometry())
            if both.width() > _SLACK and both.height() > _SLACK:
                yield Finding("one over the other", f"{_said(first)} / {_said(second)}")


def _said(one: QWidget) -> str:
    text = getattr(one, "text", None)
    words = text() if callable(text) else ""
    return f"{type(one).__name__} {one.accessibleName() or words}".strip()
