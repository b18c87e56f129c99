"""One row as a form, for adding and changing it whole; several rows at once, for what they shall have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from app.models.change import Edit
from app.models.names import fold
from app.models.view import WeekView
from app.text import translate
from app.ui.dialogs.base import Dialog
from app.ui.lists import words
from app.ui.lists.column import Column, Editor, Listing, Row
from app.ui.lists.editors import editor_for, set_text, text_of
from app.ui.lists.edits import NotThatError, Typed, add_row, change_cells
from app.ui.plain import label
from app.ui.strip import Strip
from app.ui.theme import GRID, Theme
from app.words.dates import counted
from app.words.edits import kind_words

Save: TypeAlias = Callable[[Edit, QWidget, Callable[[], None]], None]
"""Makes an edit, asking over that window where something must be asked; what is to follow is called once it is made."""


class RowForm(Dialog):
    """A form of a listing's columns. `rows` are those to change; none adds a new one.

    `view` gives the week as it is now; `save` makes the edit; `added` hears the key of each new row. What was typed
    stays in the form until it is saved: a question about it may be answered by leaving all as it was.
    """

    def __init__(
        self,
        parent: QWidget,
        listing: Listing,
        view: Callable[[], WeekView | None],
        theme: Theme,
        save: Save,
        *,
        rows: list[Row] | None = None,
        added: Callable[[str], None] | None = None,
        start: dict[str, str] | None = None,
    ) -> None:
        self._rows = rows or []
        super().__init__(parent, _title(listing, len(self._rows)), width=640)
        self._listing, self._now, self._save, self._added = listing, view, save, added
        self._theme = theme
        self._given = start or {}
        self._editors: dict[str, QWidget] = {}
        self._before: dict[str, str] = {}
        self._begun: dict[str, str] = {}
        """What the editors held when this row was begun."""
        self._warned: dict[str, str] = {}
        """What they held when it was told that it would be lost."""
        self._strip = Strip(theme, self)
        self._build()
        self.body.addWidget(self._strip)
        if self._rows:
            self._main = self.button(translate("&Save"), self._save_and_close, main=True, closes=False)
        else:
            self._main = self.button(translate("&Add and close"), self._save_and_close, main=True, closes=False)
            self.button(translate("Add and &next"), self._save_and_next, closes=False)
        self.cancel_button(translate("Cancel"))

    @property
    def fault(self) -> str:
        """What is wrong, where something is."""
        return self._strip.text

    def editor(self, name: str) -> QWidget:
        """The editor of the column of that name."""
        return self._editors[name]

    def _build(self) -> None:
        view = self._now()
        if view is None:
            return
        inner = QWidget()
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, 2 * GRID, 0)
        form.setSpacing(2 * GRID)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for column in self._listing.columns(view):
            if not column.editable:
                continue
            if len(self._rows) > 1 and column is self._listing.columns(view)[0] and self._listing.fresh is not None:
                continue  # a name is nobody else's
            editor = editor_for(column, view, self._theme, inner)
            self._editors[column.name] = editor
            if isinstance(editor, QPlainTextEdit):
                editor.setFixedHeight(editor.fontMetrics().lineSpacing() * 3 + 4 * GRID)
            name = label(f"{column.heading} *" if column.required else column.heading)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setBuddy(editor)
            form.addRow(name, editor)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        area.setAccessibleName(self.windowTitle())
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        wanted = inner.sizeHint().height() + 2 * GRID
        screen = self.screen()
        area.setMinimumHeight(min(wanted, screen.availableGeometry().height() - 260) if screen else wanted)
        self.body.addWidget(area, 1)
        self._fill(view)
        for one in self._editors.values():
            one.installEventFilter(self)
        first = next(iter(self._editors.values()), None)
        if first is not None:
            first.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field with a list to choose from saves, as in every other field."""
        if (
            isinstance(watched, QComboBox)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._main.click()
            return True
        return super().eventFilter(watched, event)

    def _fill(self, view: WeekView) -> None:
        """Put what is known into the editors."""
        for column in self._listing.columns(view):
            editor = self._editors.get(column.name)
            if editor is None:
                continue
            text = self._start_text(view, column)
            several = len(self._rows) > 1 and len({column.text(view, row) for row in self._rows}) > 1
            hint = translate("(several; type to change all)") if several else self._hint(view, column)
            if isinstance(editor, QComboBox) and not editor.isEditable() and several:
                editor.insertItem(0, "")
                editor.setItemText(0, "")
            _place_hint(editor, hint)
            set_text(editor, "" if several else text)
            if isinstance(editor, QComboBox) and editor.isEditable() and not text:
                editor.setEditText("")
            self._before[column.name] = text_of(editor)
        self._begin()

    def _begin(self) -> None:
        self._begun = self._texts()
        self._warned = {}

    def _texts(self) -> dict[str, str]:
        return {name: text_of(editor) for name, editor in self._editors.items()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc drops what was typed only when it comes twice; Cancel says what it means."""
        if event.key() == Qt.Key.Key_Escape and (texts := self._texts()) not in (self._begun, self._warned):
            self._warned = texts
            self._strip.tell(translate("What you typed is not saved yet. Press Esc again to drop it."))
            return
        super().keyPressEvent(event)

    def _start_text(self, view: WeekView, column: Column) -> str:
        if self._rows:
            return column.text(view, self._rows[0])
        if column.name in self._given:
            return self._given[column.name]
        fresh = self._listing.fresh(view) if self._listing.fresh else None
        return column.text(view, fresh) if fresh is not None else ""

    def _hint(self, view: WeekView, column: Column) -> str:
        if self._rows:
            return column.hint(view, self._rows[0])
        fresh = self._listing.fresh(view) if self._listing.fresh else None
        return column.hint(view, fresh) if fresh is not None else ""

    def _save_and_close(self) -> None:
        self._saving(self.accept)

    def _save_and_next(self) -> None:
        """Add, and begin the next row: what often repeats stays, the name is blank again."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()  # a list of names still open would take the next letter
        self._saving(self._next)

    def _next(self) -> None:
        view = self._now()
        if view is None:
            return
        repeats = {
            one.name for one in self._listing.columns(view) if one.name in _REPEATS and one.editor is not Editor.LINE
        }
        kept = {name: text_of(editor) for name, editor in self._editors.items() if name in repeats}
        for column in self._listing.columns(view):
            editor = self._editors.get(column.name)
            if editor is not None:
                set_text(editor, kept.get(column.name) or self._start_text(view, column))
                if isinstance(editor, QComboBox) and editor.isEditable() and not text_of(editor):
                    editor.setEditText("")
        self._begin()
        first = next(iter(self._editors.values()))
        first.setFocus()

    def _saving(self, then: Callable[[], None]) -> None:
        """Save what was typed; `then` follows once it is saved."""
        view = self._now()
        if view is None:
            return
        try:
            if self._rows:
                edit = change_cells(view, self._listing, self._typed(view))
                key = ""
            else:
                edit, key = add_row(view, self._listing, self._touched(view, self._texts()))
        except NotThatError as no:
            self._tell(str(no))
            return
        self._strip.tell("")

        def saved() -> None:
            if key and self._added is not None:
                self._added(key)
            then()

        if edit.changes:
            self._save(edit, self, saved)
        else:
            saved()

    def _typed(self, view: WeekView) -> list[Typed]:
        """The cells that were changed in the form, for every row."""
        now = {row.key: row for row in self._listing.rows(view)}
        rows = [now[row.key] for row in self._rows if row.key in now]
        return [
            Typed(row=row, column=column, text=text_of(self._editors[column.name]))
            for row in rows
            for column in self._listing.columns(view)
            if column.name in self._editors and text_of(self._editors[column.name]) != self._before[column.name]
        ]

    def _touched(self, view: WeekView, texts: dict[str, str]) -> dict[str, str]:
        """The texts that say something: somebody whom another week knows keeps what is left blank here."""
        required = {column.name for column in self._listing.columns(view) if column.required}
        return {
            name: text
            for name, text in texts.items()
            if name in required or (fold(text) and text != self._before[name]) or name in self._given
        }

    def _tell(self, text: str) -> None:
        self._strip.tell(text)
        view = self._now()
        for column in self._listing.columns(view) if view is not None else ():
            if text.startswith(f"{column.heading}:") and column.name in self._editors:
                self._editors[column.name].setFocus()
                return


_REPEATS = frozenset(
    {"Visitor", "Team", "Date", "Start", "End", "Service", "Site", "Kind", "From", "Status", "Activity"}
)
"""What the next new row most likely has too."""


def _place_hint(editor: QWidget, hint: str) -> None:
    if isinstance(editor, QLineEdit | QPlainTextEdit):
        editor.setPlaceholderText(hint)
    elif isinstance(editor, QComboBox) and editor.isEditable() and (line := editor.lineEdit()) is not None:
        line.setPlaceholderText(hint)


def _title(listing: Listing, count: int) -> str:
    if count == 0:
        return words.add_words(listing.id).replace("&", "").rstrip("…")
    if count == 1:
        return translate("Change {what}").format(what=kind_words(listing.table))
    rows = counted(count, kind_words(listing.table), kind_words(listing.table, 2))
    return translate("Change {rows} at once").format(rows=rows)
