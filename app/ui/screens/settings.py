"""Week settings: every setting of the week in groups, each saved when it is left, priorities in their order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.engine.bankholidays import bank_holiday
from app.errors import Refused
from app.models.change import Edit
from app.models.view import WeekView
from app.models.week import DEFAULT_PRIORITIES, Priority, Week
from app.text import translate
from app.ui.bridge import Now
from app.ui.desk import Desk
from app.ui.dialogs.match import priority_name
from app.ui.lists.column import Column, Row
from app.ui.lists.columns_week import WEEK_LIST, groups, meaning
from app.ui.lists.editors import editor_for, set_text, text_of
from app.ui.lists.edits import NotThatError, Typed, change_cells
from app.ui.noweek import NoWeek
from app.ui.plain import label, naming
from app.ui.screens.logo import LogoPicker
from app.ui.seen import WhileSeen
from app.ui.strip import Strip
from app.ui.theme import GRID, Theme
from app.ui.unwheeled import unwheeled
from app.words.dates import day as day_words
from app.words.dates import listed
from app.words.priorities import meaning as priority_meaning
from app.words.refusals import sentence

_LOGO = "Logo"


class PriorityList(QWidget):
    """The priorities in their order; each says what it means. Moved by buttons, by Alt+Up and Alt+Down, or dragged."""

    def __init__(self, changed: Callable[[tuple[Priority, ...]], None]) -> None:
        super().__init__()
        self._changed = changed
        self.list = QListWidget()
        self.list.setAccessibleName(translate("Priorities, the most important first"))
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        up, down = QPushButton(translate("Move up")), QPushButton(translate("Move down"))
        usual = QPushButton(translate("Usual order"))
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        usual.clicked.connect(lambda: self._changed(DEFAULT_PRIORITIES))
        buttons = QVBoxLayout()
        for one in (up, down, usual):
            one.setAutoDefault(False)
            buttons.addWidget(one)
        buttons.addStretch(1)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.list, 1)
        inside.addLayout(buttons)
        self.list.installEventFilter(self)
        self.list.itemChanged.connect(lambda _: self._tell())
        self.list.model().rowsMoved.connect(lambda *_: self._tell())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow key moves the priority."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move(by)
                return True
        return super().eventFilter(watched, event)

    def show_order(self, order: tuple[Priority, ...]) -> None:
        """Show these in their order, and those left out after them."""
        if self._order() == order and self.list.count() == len(DEFAULT_PRIORITIES):
            return
        row = max(0, self.list.currentRow())
        current = self.list.currentItem()
        name = current.data(Qt.ItemDataRole.UserRole) if current else None
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in (*order, *(other for other in DEFAULT_PRIORITIES if other not in order)):
                item = QListWidgetItem(
                    translate("{name}: {meaning}").format(name=priority_name(one), meaning=priority_meaning(one))
                )
                item.setData(Qt.ItemDataRole.UserRole, one.value)
                item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
                item.setCheckState(Qt.CheckState.Checked if one in order else Qt.CheckState.Unchecked)
                self.list.addItem(item)
                if one.value == name:
                    row = self.list.count() - 1
            self.list.setCurrentRow(row)
        line = self.list.fontMetrics().lineSpacing() + 2 * GRID
        self.list.setMinimumHeight(line * (len(DEFAULT_PRIORITIES) + 1))

    def _order(self) -> tuple[Priority, ...]:
        items = [self.list.item(at) for at in range(self.list.count())]
        return tuple(
            Priority(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if not (0 <= at < self.list.count() and 0 <= at + by < self.list.count()):
            return
        with QSignalBlocker(self.list), QSignalBlocker(self.list.model()):
            item = self.list.takeItem(at)
            self.list.insertItem(at + by, item)
            self.list.setCurrentRow(at + by)
        self._tell()

    def _tell(self) -> None:
        self._changed(self._order() or DEFAULT_PRIORITIES)


class WeekSettings(QWidget):
    """The screen. Each setting is one undo; what cannot stand is told and the old value comes back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._editors: dict[str, QWidget] = {}
        self._week: Week | None = None
        self._priorities = PriorityList(self._order)
        self.strip = Strip(desk.look.theme)
        self._holidays = label(wrap=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(translate("Week settings"))
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._empty = NoWeek(desk)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.strip)
        inside.addWidget(self._empty, 1)
        inside.addWidget(self._area, 1)
        WhileSeen(self, desk.bridge, self.show_now)
        desk.look.changed.connect(self._wear)

    def editor(self, setting: str) -> QWidget:
        """The editor of a setting."""
        return self._editors[setting]

    def _wear(self, theme: Theme) -> None:
        self.strip.wear(theme)

    def show_now(self, now: Now) -> None:
        """Show this."""
        view = now.view
        self._empty.setVisible(view is None)
        self._area.setVisible(view is not None)
        if view is None or view.week is self._week:
            return
        if self._week is None:
            self._build(view)
        self._week = view.week
        row = Row(view.week.id, (view.week,))
        for column in WEEK_LIST.columns(view):
            if column.name in self._editors:
                self._fill(self._editors[column.name], column.text(view, row))
        self._priorities.show_order(view.week.priorities)
        self._holidays.setText(_holiday_words(view.week))

    def _fill(self, editor: QWidget, text: str) -> None:
        if isinstance(editor, LogoPicker):
            editor.show_text(text)
        elif text_of(editor) != text:
            with QSignalBlocker(editor):
                set_text(editor, text)

    def _build(self, view: WeekView) -> None:
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 4 * GRID)
        lines.setSpacing(3 * GRID)
        columns = {column.name: column for column in WEEK_LIST.columns(view)}
        for title, names in groups():
            heading = label(title)
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)
            lines.addWidget(heading)
            if names == ("Priorities",):
                lines.addWidget(
                    label(translate("Each is made as good as can be without giving up any above it. Once the week is "
                                    "published, fewest people to tell again comes straight after demand."), wrap=True)
                )  # fmt: skip
                lines.addWidget(self._priorities)
                continue
            form = QFormLayout()
            form.setSpacing(2 * GRID)
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            for name in names:
                self._add(form, columns[name], view)
            if "Pre-election from" in names:
                form.addRow(label(translate("Bank holidays")), self._holidays)
            lines.addLayout(form)
        lines.addStretch(1)
        inner.setMaximumWidth(max(900, self.fontMetrics().averageCharWidth() * 110))
        self._area.setWidget(inner)

    def _add(self, form: QFormLayout, column: Column, view: WeekView) -> None:
        editor = LogoPicker() if column.name == _LOGO else editor_for(column, view, self._desk.look.theme, self)
        if isinstance(editor, QPlainTextEdit):
            editor.setMaximumHeight(editor.fontMetrics().lineSpacing() * 4 + 12)
        if isinstance(editor, QComboBox):
            unwheeled(editor)
        self._editors[column.name] = editor
        name = naming(f"{column.heading} *" if column.required else column.heading, editor)
        holder: QWidget = editor
        if said := meaning(column.name):
            holder = QWidget()
            both = QVBoxLayout(holder)
            both.setContentsMargins(0, 0, 0, 0)
            both.setSpacing(0)
            both.addWidget(editor)
            both.addWidget(label(said, wrap=True))
            editor.setAccessibleDescription(said)
        form.addRow(name, holder)
        match editor:
            case QComboBox() if editor.isEditable():
                editor.activated.connect(lambda _: self._typed(column.name))
                if (line := editor.lineEdit()) is not None:
                    line.editingFinished.connect(lambda: self._typed(column.name))
            case QComboBox():
                editor.activated.connect(lambda _: self._typed(column.name))
            case QLineEdit():
                editor.editingFinished.connect(lambda: self._typed(column.name))
            case LogoPicker():
                editor.chosen.connect(lambda text: self._take(_LOGO, text))
                editor.refused.connect(self.strip.tell)
            case QPlainTextEdit():
                editor.focusOutEvent = self._leaving(editor, column.name)  # type: ignore[method-assign]  # no signal for it

    def _leaving(self, editor: QPlainTextEdit, name: str) -> Callable[[object], None]:
        def left(event: object) -> None:
            QPlainTextEdit.focusOutEvent(editor, event)  # type: ignore[arg-type]  # Qt's event
            self._typed(name)

        return left

    def _typed(self, setting: str) -> None:
        self._take(setting, text_of(self._editors[setting]))

    def _take(self, setting: str, text: str) -> None:
        """Take what was typed into a setting through the door."""
        view = self._desk.now.view
        document = self._desk.bridge.document
        if view is None or document is None or document.read_only:
            return
        editor = self._editors[setting]
        row, column = Row(view.week.id, (view.week,)), WEEK_LIST.column(view, setting)
        if text == column.text(view, row):
            return
        try:
            edit = change_cells(view, WEEK_LIST, [Typed(row=row, column=column, text=text)])
        except NotThatError as no:
            self.strip.tell(str(no))
            self._fill(editor, column.text(view, row))
            return
        self._save(edit)
        if not edit.changes:
            self._fill(editor, column.text(view, row))

    def _order(self, order: tuple[Priority, ...]) -> None:
        view = self._desk.now.view
        if view is None or order == view.week.priorities:
            return
        row, column = Row(view.week.id, (view.week,)), WEEK_LIST.column(view, "Priorities")
        text = ", ".join(one.value for one in order)
        self._save(change_cells(view, WEEK_LIST, [Typed(row=row, column=column, text=text)]))
        self._priorities.show_order(self._desk.now.view.week.priorities if self._desk.now.view else order)

    def _save(self, edit: Edit) -> None:
        try:
            self._desk.bridge.do(edit)
        except Refused as refused:
            self.strip.tell(sentence(refused))
            return
        self.strip.tell("")

    def lead(self, setting: str) -> None:
        """Stand on that setting."""
        self.show_now(self._desk.now)
        target = self._priorities.list if setting == "Priorities" else self._editors.get(setting)
        if target is not None:
            self._area.ensureWidgetVisible(target)
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_inside(self) -> None:
        """Give the first setting the focus."""
        if not self._empty.isHidden():
            self._empty.focus_inside()
            return
        first = next(iter(self._editors.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def _holiday_words(week: Week) -> str:
    """The bank holidays of the week's days, each named."""
    found = [f"{day_words(day)}, {bank_holiday(day)}" for day in week.days if bank_holiday(day)]
    if not found:
        return translate("None on the days of this week.")
    return translate("{days}. Visits of these days get a warning.").format(days=listed(found))
