"""The grid of free and busy times with its brushes, for one visitor or all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.document.diaries import forget_diary, from_diary
from app.errors import Refused
from app.models.change import Edit
from app.models.people import Presence
from app.text import translate
from app.ui.availability.grid import SIGNS, TimesTable
from app.ui.availability.painting import paint
from app.ui.bridge import Now, Picked
from app.ui.desk import Desk
from app.ui.lists.headings import word
from app.ui.noweek import NoWeek
from app.ui.plain import label
from app.ui.seen import WhileSeen
from app.ui.strip import Strip
from app.ui.theme import GRID, Theme
from app.ui.vacant import Vacant
from app.words.refusals import sentence

_STEPS = (0, 60, 30, 15)


class TimesPanel(QWidget):
    """Choose a brush, then drag over the times; or select with the keyboard and press a letter."""

    def __init__(self, desk: Desk, *, choose: bool = True) -> None:
        super().__init__()
        self._desk, self._choose = desk, choose
        self._person: str | None = None
        self.table = TimesTable(desk.look.theme)
        self.strip = Strip(desk.look.theme)
        self.visitor = QComboBox()
        self.steps = QComboBox()
        self.brushes = QButtonGroup(self)
        self.diary = QPushButton(translate("Read a &diary…"))
        self.forget = QPushButton(translate("For&get the diary"))
        self._empty = Vacant()
        self._none = NoWeek(desk)
        self._none.hide()
        self._build()
        self.table.painted.connect(self._paint)
        WhileSeen(self, desk.bridge, self._follow)
        desk.look.changed.connect(self._wear)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        top.setSpacing(2 * GRID)
        if self._choose:
            named = label(translate("Visito&r"))
            named.setBuddy(self.visitor)
            top.addWidget(named)
            self.visitor.setAccessibleName(translate("Visitor shown"))
            top.addWidget(self.visitor)
        stepped = label(translate("&Steps"))
        stepped.setBuddy(self.steps)
        self.steps.setAccessibleName(translate("Steps"))
        for step in _STEPS:
            self.steps.addItem(_step_words(step), step)
        self.steps.setCurrentIndex(0 if self._choose else 2)
        top.addWidget(stepped)
        top.addWidget(self.steps)
        top.addStretch(1)
        self._offer_diary(top)
        second = self._brushes()
        hint = label(
            translate("Drag over times to paint them; click again to make them blank. Keys: arrows, Shift to select, "
                      "then B busy, F free, R rather not, Del blank. Where somebody has free times, they count as free "
                      "only then. ᴰ: from the diary."),
            wrap=True,
        )  # fmt: skip
        hint.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self._tools = QWidget()
        above = QVBoxLayout(self._tools)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(GRID)
        above.addLayout(top)
        above.addLayout(second)
        above.addWidget(hint)
        if not self._choose:  # beside the list of visitors the times themselves need the room
            hint.hide()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID)
        inside.addWidget(self._tools)
        inside.addWidget(self.strip)
        inside.addWidget(self._empty, 1)
        inside.addWidget(self._none, 1)
        inside.addWidget(self.table, 1)
        self.visitor.currentIndexChanged.connect(lambda _: self._chosen())
        self.steps.currentIndexChanged.connect(lambda _: self._show())

    def _brushes(self) -> QHBoxLayout:
        second = QHBoxLayout()
        second.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        second.setSpacing(2 * GRID)
        second.addWidget(label(translate("Paint with")))
        for presence, text, key in (
            (Presence.BUSY, translate("Busy"), "B"), (Presence.FREE, translate("Free"), "F"),
            (Presence.RATHER_NOT, translate("Rather not"), "R"), (None, translate("Blank"), "Del"),
        ):  # fmt: skip
            sign = SIGNS[presence] + " " if presence is not None else ""
            made = QRadioButton(f"{sign}{text}")
            made.setToolTip(translate("With the keyboard: select times with Shift and the arrow keys, then press {key}")
                            .format(key=key))  # fmt: skip
            made.setProperty("presence", presence)
            self.brushes.addButton(made)
            second.addWidget(made)
            made.toggled.connect(lambda on, one=presence: self._take(one) if on else None)
        self.brushes.buttons()[0].setChecked(True)
        apply = QPushButton(translate("Paint what is selected"))
        apply.setAutoDefault(False)
        apply.clicked.connect(lambda: self.table.paint(self.table.brush))
        second.addWidget(apply)
        second.addStretch(1)
        return second

    def _read_diary(self) -> None:
        if self._person is not None:
            self._desk.bridge.pick(Picked(person_id=self._person))
        self._desk.action("diary").trigger()

    def _forget_diary(self) -> None:
        view = self._desk.now.view
        if view is not None and self._person is not None:
            self._do(forget_diary(view.plan, view.week.id, self._person))

    def _do(self, edit: Edit) -> bool:
        try:
            self._desk.bridge.do(edit)
        except Refused as refused:
            self.strip.tell(sentence(refused))
            return False
        self.strip.tell("")
        return True

    def _offer_diary(self, top: QHBoxLayout) -> None:
        for made, does in ((self.diary, self._read_diary), (self.forget, self._forget_diary)):
            made.setAutoDefault(False)
            made.clicked.connect(does)
            top.addWidget(made)

    def _take(self, presence: Presence | None) -> None:
        self.table.brush = presence

    def _wear(self, theme: Theme) -> None:
        self.table.times.wear(theme)
        self.table.lines.theme = theme
        self.table.refit()
        self.strip.wear(theme)

    def show_person(self, person_id: str | None) -> None:
        """Show the times of that visitor alone; None shows all."""
        self._person = person_id
        if self.isVisible():
            self._show()

    def _chosen(self) -> None:
        found = self.visitor.currentData()
        self._person = found if isinstance(found, str) and found else None
        with QSignalBlocker(self.steps):
            self.steps.setCurrentIndex(2 if self._person else 0)
        self._show()

    def _follow(self, _now: Now) -> None:
        self._offer()
        self._show()

    def _offer(self) -> None:
        """The visitors to choose from."""
        view = self._desk.now.view
        names = [(one.name, one.id) for one in view.visitors.values()] if view else []
        held = [(self.visitor.itemText(at), self.visitor.itemData(at)) for at in range(1, self.visitor.count())]
        if not self._choose or (names == held and self.visitor.count()):
            return
        with QSignalBlocker(self.visitor):
            self.visitor.clear()
            self.visitor.addItem(translate("All visitors"), "")
            for name, found in names:
                self.visitor.addItem(name, found)
            self.visitor.setCurrentIndex(max(0, self.visitor.findData(self._person or "")))

    def _show(self) -> None:
        view = self._desk.now.view
        document = self._desk.bridge.document
        self.table.read_only = document is None or document.read_only
        held = from_diary(view.plan, view.week.id, self._person) if view is not None and self._person else []
        self.diary.setEnabled(view is not None and not self.table.read_only)
        self.forget.setEnabled(bool(held) and not self.table.read_only)
        step = self.steps.currentData()
        person = self._person
        if not self._choose and person is None:
            self.table.times.show(None, None, 0)
        else:
            self.table.times.show(view, person, step if isinstance(step, int) else 0)
        some = self.table.times.rowCount() > 0
        self.table.setVisible(some)
        self._tools.setVisible(some)
        none = view is None and self._choose
        self._none.setVisible(none)
        self._empty.setVisible(not some and not none)
        nobody = translate("Nobody visits this week yet. Add visitors first; then paint when they are free or busy.")
        first = translate("Choose a visitor in the list; their free and busy times appear here.")
        self._empty.words.setText(first if view is None or view.visitors else nobody)
        self.table.refit()

    def offer_visitors(self, does: Callable[[], object]) -> None:
        """Offer to add visitors while there is none."""
        self._empty.offer(translate("Add visitor…"), does)

    def focus_grid(self) -> None:
        """Give the grid the focus, with a cell to stand on."""
        for instead in (self._none, self._empty):
            if not instead.isHidden():
                instead.focus_inside()
                return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and self.table.times.rowCount():
            self.table.setCurrentIndex(self.table.times.index(0, 0))

    def _paint(self, cells: object, presence: object) -> None:
        view = self._desk.now.view
        if view is None or not isinstance(cells, list):
            return
        chosen = presence if isinstance(presence, Presence) else None
        done = self._do(paint(view.plan, view.week.id, self.table.times.strokes(cells, chosen)))
        if done and cells:
            said = word(chosen) if chosen is not None else translate("nothing noted")
            self._desk.say(translate("Painted: {state}").format(state=said))


def _step_words(step: int) -> str:
    return {
        0: translate("half days"), 60: translate("hours"), 30: translate("half hours"), 15: translate("quarter hours"),
    }[step]  # fmt: skip
