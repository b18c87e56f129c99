"""A list with what can be done with it: buttons, a filter, what is wrong, and what to do while it is empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.document import lists
from app.errors import Refused
from app.models.change import Edit, Verb
from app.models.view import WeekView
from app.text import translate
from app.ui.bridge import Now
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog, message
from app.ui.flow import Flow
from app.ui.icons import icon
from app.ui.lists import words
from app.ui.lists.column import Listing
from app.ui.lists.edits import delete_rows, what_hangs
from app.ui.lists.form import RowForm
from app.ui.lists.paste import block_of
from app.ui.lists.paste_dialog import PasteDialog
from app.ui.lists.view import ListView
from app.ui.noweek import NoWeek
from app.ui.plain import clearable, label
from app.ui.seen import WhileSeen
from app.ui.strip import Strip
from app.ui.theme import GRID, Theme
from app.ui.vacant import Vacant
from app.words.dates import counted, day
from app.words.edits import kind_words
from app.words.refusals import sentence


class ListPanel(QWidget):
    """One list, whole. It brings itself up to date while it is seen, and waits while it is not."""

    def __init__(self, desk: Desk, listing: Listing, *, start: dict[str, str] | None = None) -> None:
        super().__init__()
        self._desk, self.listing = desk, listing
        self._start = start or {}
        theme = desk.look.theme
        self.view = ListView(listing, theme, desk.settings, self._save)
        self.strip = Strip(theme)
        self.filter = QLineEdit()
        self._count = label()
        self._buttons: dict[str, QPushButton] = {}
        self._stack = QStackedWidget()
        self._shown: Now | None = None
        self._build()
        self.view.list_model.refused.connect(self.strip.tell)
        self.view.list_model.reordered.connect(self._told)
        self.view.list_model.rowsInserted.connect(self._told)
        self.view.list_model.rowsRemoved.connect(self._told)
        self.view.picked_rows.connect(lambda _: self._told())
        self.view.entered_row.connect(lambda _: self.change())
        self.view.paste_wanted.connect(self.paste)
        self.view.delete_wanted.connect(self.delete)
        self.view.duplicate_wanted.connect(self.duplicate)
        self.view.add_wanted.connect(self.add)
        WhileSeen(self, desk.bridge, self.show_now)
        desk.look.changed.connect(self._wear)

    # Building

    def _build(self) -> None:
        top = Flow()
        top.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        if self.listing.fresh is not None:
            self._button(top, "add", words.add_words(self.listing.id), "new", self.add)
        if self.listing.id != "travel":
            self._button(top, "change", translate("&Change…"), "details", self.change)
        if self.listing.id == "slots":
            self._button(top, "duplicate", translate("To &other days…"), "day", self.duplicate)
        if self.listing.fresh is not None:
            self._button(top, "delete", translate("De&lete…"), "close", self.delete)
        self._button(top, "copy", translate("Cop&y"), "list", self.view.copy)
        self._button(top, "paste", translate("Paste…"), "paste", self.paste)
        if self.listing.id != "travel":
            columns = QPushButton(translate("Columns"))
            columns.setAutoDefault(False)
            columns.setToolTip(translate("Choose which columns are shown"))
            columns.clicked.connect(lambda: self._choose_columns(columns))
            self._buttons["columns"] = columns
            top.addWidget(columns)
        right = QHBoxLayout()
        right.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        right.setSpacing(2 * GRID)
        self.filter.setPlaceholderText(translate("Filter"))
        self.filter.setAccessibleName(translate("Filter {list}").format(list=words.title(self.listing.id)))
        clearable(self.filter)
        self.filter.textChanged.connect(self._filtered)
        right.addWidget(self.filter, 1)
        right.addWidget(self._count)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(0)
        self._head.addLayout(top)
        self._head.addLayout(right)
        self._stack.addWidget(self.view)
        self.empty = self._empty()
        self._stack.addWidget(self.empty)
        self._none = NoWeek(self._desk)
        self._stack.addWidget(self._none)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID)
        inside.addLayout(self._head)
        if hint := words.hint_words(self.listing.id):
            told = label(hint, wrap=True)
            told.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
            inside.addWidget(told)
        inside.addWidget(self.strip)
        inside.addWidget(self._stack, 1)
        self._context_menu()
        self._wear(self._desk.look.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line_up()

    def _line_up(self) -> None:
        """Where buttons and filter do not fit beside each other, the filter goes below."""
        buttons = sum(one.sizeHint().width() + GRID for one in self._buttons.values() if not one.isHidden())
        filter_room = self.filter.fontMetrics().averageCharWidth() * 24 + self._count.sizeHint().width()
        fits = buttons + filter_room + 10 * GRID <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._head.direction() != wanted:
            self._head.setDirection(wanted)

    def _button(self, row: Flow, name: str, text: str, drawing: str, does: object) -> None:
        beside = self.listing.id == "wishes-of"  # it stands beside another list, whose letters they would be
        made = QPushButton(text.replace("&", "") if beside else text)
        made.setAutoDefault(False)
        made.setProperty("drawing", drawing)
        made.clicked.connect(lambda *_: does())  # type: ignore[operator]  # a method of this panel
        self._buttons[name] = made
        row.addWidget(made)

    def _choose_columns(self, beside: QPushButton) -> None:
        self.view.columns_menu().popup(beside.mapToGlobal(beside.rect().bottomLeft()))

    def _empty(self) -> Vacant:
        empty = Vacant()
        self.empty_buttons: list[QPushButton] = []
        if self.listing.fresh is not None:
            add = words.add_words(self.listing.id).replace("&", "")
            for text, does in ((add, self.add), (translate("Paste rows from Excel…"), self.paste)):
                self.empty_buttons.append(empty.offer(text, does))
        self._unfilter = empty.offer(translate("Show all"), self._show_all)
        return empty

    def offer_where_empty(self, text: str, does: Callable[[], object]) -> None:
        """Offer one thing more while the list holds nothing."""
        self.empty_buttons.append(self.empty.offer(text, does))

    def _filtered(self, text: str) -> None:
        if not self.view.list_model.filter_by(text):
            self._told()  # what is typed shows in the words, though the same rows stay

    def _show_all(self) -> None:
        self.filter.clear()
        self.focus_list()

    def _context_menu(self) -> None:
        for name, text, keys in (
            ("change", translate("Change the whole row…"), translate("Enter")),
            ("copy", translate("Copy"), "Ctrl+C"),
            ("paste", translate("Paste…"), "Ctrl+V"),
            ("duplicate", translate("To other days…"), "Ctrl+D"),
            ("delete", translate("Delete…"), ""),
        ):
            if name not in self._buttons:
                continue
            action = QAction(f"{text}\t{keys}" if keys else text, self.view)
            action.triggered.connect(self._buttons[name].click)
            self.view.addAction(action)

    def _wear(self, theme: Theme) -> None:
        self.view.wear(theme)
        self.strip.wear(theme)
        for button in self._buttons.values():
            if drawing := button.property("drawing"):
                button.setIcon(icon(str(drawing), theme.color("text"), theme.color("disabled")))

    # Following

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list's own keys act where it is empty too: Insert adds a row, and a block is pasted."""
        if event.key() == Qt.Key.Key_Insert:
            self.add()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        self.view.keep_columns()
        super().hideEvent(event)  # type: ignore[arg-type]  # Qt's event

    def show_now(self, now: Now) -> None:
        """Show this."""
        if self._shown is not None and self._shown.view is now.view and self._shown.plan is now.plan:
            return
        first = self._shown is None or not self.view.list_model.columnCount()
        week = (now.view.week.id if now.view else "", tuple(now.plan.sites) if self.listing.id == "travel" else ())
        self._shown = now
        document = self._desk.bridge.document
        self.view.list_model.read_only = document is None or document.read_only
        self.view.list_model.show(now.view)
        if first or week != getattr(self, "_week", None):
            self._week = week
            self.view.recall_columns()
        self._told()

    def _told(self) -> None:
        model = self.view.list_model
        shown, total = model.rowCount(), model.total
        noun = counted(total, kind_words(self.listing.table), kind_words(self.listing.table, 2))
        if self.listing.id == "travel":
            noun = counted(total, kind_words("sites"), kind_words("sites", 2))
        words_of = translate("{shown} of {all}").format(shown=f"{shown:,}", all=noun) if shown != total else noun
        self._count.setText("" if self.listing.id == "wishes-of" else words_of)
        self._line_up()
        chosen = bool(shown) and self.view.any_chosen()
        for name in ("change", "duplicate", "delete", "copy"):
            if name in self._buttons:
                free = not model.read_only or name == "copy"
                self._buttons[name].setEnabled(chosen and free)
        for name in ("add", "paste"):
            if name in self._buttons:
                self._buttons[name].setEnabled(not model.read_only and model.view is not None)
        empty = total == 0 or (self.listing.id == "travel" and total < 2)
        self._tell_empty(filtered=not empty and shown == 0)
        none = model.view is None
        for one in (*self._buttons.values(), self.filter, self._count):
            one.setVisible(not none)
        self._stack.setCurrentWidget(self._none if none else self.empty if empty or shown == 0 else self.view)

    def _tell_empty(self, *, filtered: bool) -> None:
        """What to do where no row is shown: for want of rows, or because the filter leaves none."""
        self._unfilter.setVisible(filtered)
        for button in self.empty_buttons:
            button.setVisible(not filtered)
        text = words.empty_words(self.listing.id)
        if filtered:
            text = translate("No row holds “{text}”.").format(text=self.filter.text().strip())
        self.empty.words.setText(text)

    def focus_list(self) -> None:
        """Give the list the focus, with a cell to stand on."""
        instead = self._stack.currentWidget()
        if isinstance(instead, Vacant):
            instead.focus_inside()
            return
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.keys() and self.view.list_model.rowCount():
            current = self.view.currentIndex()
            self.view.stand_on(current if current.isValid() else self.view.list_model.index(0, 0))

    # Doing

    def _week_now(self) -> WeekView | None:
        return self._desk.now.view

    def _save(self, edit: Edit) -> None:
        """Through the door; what it refuses is told beside the list."""
        try:
            self._door(edit)
        except Refused as refused:
            self.strip.tell(sentence(refused))
            return
        self.strip.tell("")

    def add(self) -> RowForm | None:
        """Open the form of a new row."""
        if self.view.list_model.read_only or self._week_now() is None or self.listing.fresh is None:
            return None
        form = RowForm(
            self.window(), self.listing, self._week_now, self._desk.look.theme, self._door, added=self._added,
            start=dict(self._start),
        )  # fmt: skip
        form.open()
        return form

    def start_with(self, start: dict[str, str]) -> None:
        """What the form of a new row begins with."""
        self._start = start

    def _door(self, edit: Edit, over: QWidget | None = None, then: Callable[[], None] | None = None) -> None:
        """A place for a visit that breaks a rule is asked about as on the board; `then` follows once it is done."""
        if self.listing.table == "visits":
            self._desk.questions.carry_out(edit, over=over, then=then)
            return
        self._desk.bridge.do(edit)
        if then is not None:
            then()

    def _added(self, key: str) -> None:
        QTimer.singleShot(0, lambda: self._stand_on(key))

    def _stand_on(self, key: str) -> None:
        self.view.select_row(key)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self) -> RowForm | None:
        """Open the form of the selected rows."""
        rows = self.view.rows()
        if self.view.list_model.read_only or not rows or self.listing.id == "travel":
            return None
        form = RowForm(self.window(), self.listing, self._week_now, self._desk.look.theme, self._door, rows=rows)
        form.open()
        return form

    def delete(self) -> Dialog | None:
        """Delete the selected rows, after naming what hangs on them."""
        rows, view = self.view.rows(), self._week_now()
        if self.view.list_model.read_only or not rows or view is None or self.listing.fresh is None:
            return None
        hanging = what_hangs(view, self.listing, rows)
        if not hanging and len(rows) == 1:
            self._delete()
            return None
        about = self.listing.columns(view)[0]
        name = about.text(view, rows[0])
        what = name if len(rows) == 1 else counted(
            len(rows), kind_words(self.listing.table), kind_words(self.listing.table, 2)
        )  # fmt: skip
        dialog = Dialog(self.window(), translate("Delete"), translate("Delete {what}?").format(what=what))
        if hanging:
            dialog.say(translate("With it would go: {things}.").format(things=hanging))
        dialog.say(translate("Undo brings everything back."))
        dialog.button(translate("&Delete"), self._delete)
        dialog.cancel_button(translate("&Keep")).setDefault(True)
        dialog.open()
        return dialog

    def _delete(self) -> None:
        view = self._week_now()
        if view is not None:
            self._save(delete_rows(view, self.listing, self.view.rows()))

    def duplicate(self) -> Dialog | None:
        """Offer the selected slots on other days too."""
        rows, view = self.view.rows(), self._week_now()
        if self.view.list_model.read_only or not rows or view is None or self.listing.id != "slots":
            return None
        names = ", ".join(view.slots[row.key].name for row in rows[:3]) + ("…" if len(rows) > 3 else "")
        heading = translate("Offer {slots} on which other days?").format(slots=names)
        dialog = Dialog(self.window(), translate("To other days"), heading)
        own = {view.slots[row.key].day for row in rows}
        boxes: list[tuple[dt.date, QCheckBox]] = []
        for one in view.week.days:
            box = QCheckBox(day(one))
            box.setEnabled(len(rows) > 1 or one not in own)
            boxes.append((one, box))
            dialog.body.addWidget(box)

        def copy() -> None:
            days = [one for one, box in boxes if box.isChecked()]
            now = self._week_now()
            if days and now is not None:
                self._save(_duplicated(now, [row.key for row in rows], days))

        dialog.button(translate("&Offer on these days"), copy, main=True)
        dialog.cancel_button(translate("Cancel"))
        dialog.open()
        return dialog

    def paste(self) -> PasteDialog | None:
        """Look at what is on the clipboard, and take it in."""
        view = self._week_now()
        if self.view.list_model.read_only or view is None:
            return None
        text = QGuiApplication.clipboard().text()
        block = block_of(text)
        if not block or not text.strip():
            message(
                self.window(), translate("Nothing to paste"),
                translate("There is nothing to paste. Copy cells in Excel first, then paste them here."),
            )  # fmt: skip
            return None
        model = self.view.list_model
        cells = self.view.selectionModel().selectedIndexes()
        current = self.view.currentIndex()
        if len(block) == 1 and len(block[0]) == 1 and (cells or current.isValid()):
            model.type_into(cells or [current], block[0][0])
            return None
        shown = self.view.shown_columns()
        columns = [model.columns[number] for number in shown]
        first, onto = 0, []
        if current.isValid() and self.view.hasFocus():
            top = min((one.row() for one in cells), default=current.row())
            left = min((shown.index(one.column()) for one in cells if one.column() in shown), default=0)
            first, onto = left, list(model.rows[top:])
        dialog = PasteDialog(
            self.window(), self.listing, self._week_now, self._desk.look.theme, self._door, block, columns=columns,
            first=first, onto=onto,
        )  # fmt: skip
        dialog.open()
        return dialog


def _duplicated(view: WeekView, slots: list[str], days: list[dt.date]) -> Edit:
    """One edit of all the copies, a slot's own day left out."""
    plan = view.plan
    edits: list[Edit] = []
    for slot_id in slots:
        wanted = [one for one in days if one != view.slots[slot_id].day]
        if wanted:
            edits.append(lists.duplicate_slot(plan, slot_id, wanted))
            plan = plan.apply(edits[-1])
    changes = tuple(change for edit in edits for change in edit.changes)
    facts = edits[-1].facts if edits else ()
    return Edit(verb=Verb.DUPLICATE, facts=facts, changes=changes, week_id=view.week.id)
