"""The left side of the print dialog: which state of the week, which pages, whose, which day, on which paper."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QScrollArea, QVBoxLayout, QWidget

from app.exchange.pages import Kind, kind_name
from app.models.names import fold
from app.models.view import WeekView
from app.text import translate
from app.ui.plain import label, menu_text
from app.ui.printing.choice import Choice, Whose, whose_words
from app.ui.printing.editions import Edition, changed_words
from app.ui.printing.paper import Sizing, sizing_words
from app.ui.settings import Settings
from app.ui.theme import GRID
from app.ui.unwheeled import unwheeled
from app.words.dates import day

_KEPT_KINDS, _KEPT_PAPER = "print/kinds", "print/paper"


class Asking(QScrollArea):
    """Everything that can be asked for; each change is told."""

    changed = Signal()
    """Other pages are asked for."""
    grey_asked = Signal(bool)

    def __init__(self, week: WeekView, editions: tuple[Edition, ...], settings: Settings) -> None:
        super().__init__()
        self._week, self._editions, self._settings = week, editions, settings
        self.setAccessibleName(translate("What to print"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 2 * GRID, 0)
        self._rows.setSpacing(GRID)
        self.state = self._combo(translate("&State of the week"), translate("State of the week"))
        for edition in editions:
            self.state.addItem(edition.words)
        self._heading(translate("Pages"))
        kept = set(settings.text(_KEPT_KINDS, Kind.OVERVIEW.value).split())
        self.kinds: dict[Kind, QCheckBox] = {}
        for kind in Kind:
            box = self._box(kind_name(kind))
            box.setChecked(kind.value in kept)
            self.kinds[kind] = box
        self.whose = self._combo(translate("&Whose"), translate("Whose pages"))
        for whose in Whose:
            self.whose.addItem(whose_words(whose))
        self.name = self._combo(translate("W&hich one"), translate("Which service, team or visitor"))
        self.day = self._combo(translate("Da&y"), translate("Day"))
        self.day.addItem(translate("All days"))
        self._days = sorted({slot.day for slot in week.slots.values()})
        for on in self._days:
            self.day.addItem(day(on))
        self.changed_only = self._box("")
        self.paper = self._combo(translate("Pape&r"), translate("Paper to print on"))
        for sizing in Sizing:
            self.paper.addItem(sizing_words(sizing))
        papers = [sizing.value for sizing in Sizing]
        paper = settings.text(_KEPT_PAPER)
        self.paper.setCurrentIndex(papers.index(paper) if paper in papers else 0)
        self.in_grey = self._box(translate("See it in &grey"))
        self._rows.addStretch(1)
        self.setWidget(inside)
        self._tell_changed_only()
        self._names()
        self._wire()
        self.setMinimumWidth(inside.sizeHint().width() + self.verticalScrollBar().sizeHint().width() + GRID)

    def edition(self) -> Edition:
        """The state of the week that is asked for."""
        return self._editions[max(0, self.state.currentIndex())]

    def sizing(self) -> Sizing:
        """The paper that is asked for."""
        return list(Sizing)[max(0, self.paper.currentIndex())]

    def choice(self) -> Choice:
        """What is asked for."""
        return Choice(
            kinds=frozenset(kind for kind, box in self.kinds.items() if box.isChecked()),
            whose=list(Whose)[max(0, self.whose.currentIndex())],
            name=str(self.name.currentData() or ""),
            day=self._days[self.day.currentIndex() - 1] if self.day.currentIndex() > 0 else None,
            changed_only=self.changed_only.isChecked() and self.changed_only.isEnabled(),
        )

    def keep(self) -> None:
        """Remember kinds and paper for the next time."""
        kinds = " ".join(kind.value for kind, box in self.kinds.items() if box.isChecked())
        self._settings.keep(_KEPT_KINDS, kinds)
        self._settings.keep(_KEPT_PAPER, self.sizing().value)

    # Building

    def _heading(self, words: str) -> None:
        made = label(words)
        font = made.font()
        font.setBold(True)
        made.setFont(font)
        self._rows.addSpacing(GRID)
        self._rows.addWidget(made)

    def _combo(self, words: str, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(30)
        unwheeled(made)
        above = label(words)
        above.setBuddy(made)
        self._rows.addSpacing(GRID)
        self._rows.addWidget(above)
        self._rows.addWidget(made)
        return made

    def _box(self, words: str) -> QCheckBox:
        made = QCheckBox(words)
        self._rows.addWidget(made)
        return made

    def _wire(self) -> None:
        self.state.currentIndexChanged.connect(self._other_state)
        self.whose.currentIndexChanged.connect(self._other_whose)
        for combo in (self.name, self.day):
            combo.currentIndexChanged.connect(lambda _: self._told())
        for box in (*self.kinds.values(), self.changed_only):
            box.toggled.connect(lambda _: self._told())
        self.in_grey.toggled.connect(self.grey_asked)
        self._enable()

    # What follows from what

    def _told(self) -> None:
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        open_kinds = self.choice().open_kinds()
        for kind, box in self.kinds.items():
            box.setEnabled(kind in open_kinds)

    def _other_state(self) -> None:
        self._tell_changed_only()
        self._told()

    def _other_whose(self) -> None:
        self._names()
        kinds = self.choice().open_kinds()
        if not any(self.kinds[kind].isChecked() for kind in kinds):  # else nothing would be left to see
            first = next(kind for kind in Kind if kind in kinds)
            self.kinds[first].blockSignals(True)
            self.kinds[first].setChecked(True)
            self.kinds[first].blockSignals(False)
        self._told()

    def _tell_changed_only(self) -> None:
        since = changed_words(self._week, self.edition())
        self.changed_only.setEnabled(bool(since))
        if since:
            self.changed_only.setText(
                translate("&Changed since {version} only").format(version=menu_text(since[:1].lower() + since[1:]))
            )
        else:
            self.changed_only.setChecked(False)
            self.changed_only.setText(translate("&Changed pages only"))

    def _names(self) -> None:
        whose = list(Whose)[max(0, self.whose.currentIndex())]
        items: list[tuple[str, Any]] = []
        teams = self._week.teams.values()
        if whose is Whose.SERVICE:
            items = list({fold(team.service): (team.service, fold(team.service)) for team in teams}.values())
        elif whose is Whose.TEAM:
            items = [(team.name, team.id) for team in teams]
        elif whose is Whose.VISITOR:
            items = [(one.name, one.id) for one in self._week.visitors.values()]
        self.name.blockSignals(True)
        self.name.clear()
        for words, key in sorted(items, key=lambda item: fold(item[0])):
            self.name.addItem(words, key)
        self.name.blockSignals(False)
        self.name.setEnabled(bool(items))
