"""The right editor for every column, in a list and in a form: words to choose, names to find, text of several lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.models.names import fold
from app.models.view import WeekView, minute
from app.ui.lined import Lined
from app.ui.lists.column import Column, Editor
from app.ui.lists.model import ListModel
from app.ui.moments import DayField
from app.ui.theme import Theme
from app.words.dates import clock_at

Index = QModelIndex | QPersistentModelIndex
_QUARTER = 15
_CLOSED = "closed"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEW_LINE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def editor_for(column: Column, view: WeekView, theme: Theme, parent: QWidget | None = None) -> QWidget:
    """An editor for a value of that column. `text_of` and `set_text` read and fill any of them."""
    made: QWidget
    offered = column.choices(view)
    match column.editor:
        case Editor.TEXT:
            made = _Text(parent)
        case Editor.WORD | Editor.YES_NO:
            made = _chooser(column, offered, parent)
        case Editor.TIME:
            made = _finder(_times(view), parent)
        case Editor.DATE if offered:
            made = _finder(offered, parent)
        case Editor.DATE:
            made = DayField(view.week.days, theme, parent)
        case Editor.NAME:
            made = _finder(offered, parent, closed=column.closed, inline=column.completes)
        case _:
            made = QLineEdit(parent)
    made.setAccessibleName(column.heading)
    if isinstance(made, QComboBox) and (line := made.lineEdit()) is not None:
        line.setAccessibleName(column.heading)
    return made


def text_of(editor: QWidget) -> str:
    """What an editor holds."""
    match editor:
        case QComboBox() if editor.property(_CLOSED):
            return only_choice([editor.itemText(at) for at in range(editor.count())], editor.currentText())
        case QComboBox():
            return editor.currentText()
        case QPlainTextEdit():
            return editor.toPlainText()
        case QLineEdit():
            return editor.text()
        case _:
            raise TypeError(type(editor))


def only_choice(offered: Sequence[str], text: str) -> str:
    """The one choice that holds what was typed; the text as it is where none does, or several."""
    folded = fold(text)
    if not folded or any(fold(one) == folded for one in offered):
        return text
    begin = [one for one in offered if fold(one).startswith(folded)]
    hold = [one for one in offered if folded in fold(one)]
    return next((found[0] for found in (begin, hold) if len(found) == 1), text)


def set_text(editor: QWidget, text: str) -> None:
    """Fill an editor."""
    match editor:
        case QComboBox() if editor.isEditable():
            editor.setEditText(text)
        case QComboBox():
            editor.setCurrentIndex(max(0, editor.findText(text)))
        case QPlainTextEdit():
            editor.setPlainText(text)
        case QLineEdit():
            editor.setText(text)
        case _:
            raise TypeError(type(editor))


def select_all(editor: QWidget) -> None:
    """Select what an editor holds, so that typing replaces it."""
    line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    if isinstance(line, QLineEdit | QPlainTextEdit):
        line.selectAll()


def _chooser(column: Column, offered: tuple[str, ...], parent: QWidget | None) -> QComboBox:
    """Words to choose one of; a blank first where blank may stand."""
    made = QComboBox(parent)
    if column.default is None and not column.required:
        made.addItem("")
    made.addItems(list(offered))
    return made


def _finder(
    offered: tuple[str, ...], parent: QWidget | None, *, closed: bool = False, inline: bool = False
) -> QComboBox:
    """Names to type or choose; typing finds them by any part. `inline` completes a word while it is typed."""
    made = QComboBox(parent)
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItems(list(offered))
    completer = QCompleter(QStringListModel(list(offered), made), made)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    if inline:  # as Excel does: the rest of the word is put behind what is typed, selected, so that Del refuses it
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
    else:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
    made.setCompleter(completer)
    made.setCurrentIndex(-1)
    made.setProperty(_CLOSED, closed)
    line = made.lineEdit()
    if closed and line is not None:
        line.editingFinished.connect(lambda: made.setEditText(text_of(made)))
    return made


def _times(view: WeekView) -> tuple[str, ...]:
    start = view.week.day_starts.hour * 60
    return tuple(clock_at(at) for at in range(start, minute(view.week.day_ends) + 1, _QUARTER))


class _Text(QPlainTextEdit):
    """Text of several lines: Enter is done, Alt or Shift with Enter is a new line, as in Excel."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 3 + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier):
            self.insertPlainText("\n")
            return
        if enter:
            event.ignore()
            return
        super().keyPressEvent(event)


class CellDelegate(Lined):
    """Opens the right editor in a cell, and hands what was typed to the model."""

    fill = Signal(object)
    """Ctrl+Enter: the text is meant for every selected cell; carries it."""
    below = Signal()
    """Enter: what was typed is taken, and the cell below is next."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = cast(ListModel, index.model())
        view = model.view
        assert view is not None  # noqa: S101 - a cell is shown, so a week is
        made = editor_for(model.columns[index.column()], view, self.theme, parent)
        made.setAutoFillBackground(True)
        if isinstance(made, QComboBox) and not made.isEditable():
            made.activated.connect(lambda _: self._done(made))
            QTimer.singleShot(0, made, made.showPopup)
        return made

    def _done(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        set_text(editor, str(index.data(Qt.ItemDataRole.EditRole) or ""))
        select_all(editor)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        text = text_of(editor)
        if text != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect = cast(Any, option).rect
        rect.setHeight(max(rect.height(), editor.minimumHeight()))
        rect.setWidth(max(rect.width(), editor.fontMetrics().averageCharWidth() * 16))
        holder = editor.parentWidget()
        area = holder.rect() if holder is not None else rect
        if rect.bottom() > area.bottom():
            rect.moveBottom(area.bottom())
        if rect.right() > area.right():
            rect.moveRight(max(rect.width() - 1, area.right()))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter is done, and goes down as in Excel; Ctrl+Enter fills all selected cells."""
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            key = cast(QKeyEvent, event)
            if key.key() in _ENTER and key.modifiers() & Qt.KeyboardModifier.ControlModifier:
                text = text_of(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
                self.fill.emit(text)
                return True
            if key.key() in _ENTER and not (isinstance(editor, QPlainTextEdit) and key.modifiers() & _NEW_LINE):
                self._done(editor)
                self.below.emit()
                return True
        return super().eventFilter(editor, event)
