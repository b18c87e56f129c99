"""To place: visitors below their minimum, teams not yet seen, free slots. Drag a visitor onto the board, or press M."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.engine import goals
from app.models.findings import Who
from app.models.names import fold
from app.models.view import WeekView
from app.text import translate
from app.ui.board.mover import Mover
from app.ui.bridge import Bridge, Now, Picked
from app.ui.deck.cards import Card, Sort
from app.ui.deck.deal import Deck
from app.ui.deck.verdicts import Moving
from app.ui.rows import Line, RowsTable
from app.ui.theme import Theme
from app.ui.words import free_words
from app.words.dates import between, counted, short_day

PERSON, TEAM, SLOT = "person:", "team:", "slot:"


class TrayTable(RowsTable):
    """The tray's lines; visitors can be dragged off it."""

    def __init__(self, mover: Mover, theme: Theme) -> None:
        super().__init__(
            translate("To place"), (translate("What"), translate("Who or where"), translate("How it stands")), theme
        )
        self.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.widths(20, 44)
        self._mover = mover
        self._held = QModelIndex()
        self._pressed = QPoint()
        self._dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        self._held = self.indexAt(self._pressed)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        key = self.current_key()
        if self._dragging:
            self._mover.point_at(event.globalPosition().toPoint())
        elif self._held.isValid() and key.startswith(PERSON):
            far = (event.position().toPoint() - self._pressed).manhattanLength()
            if far >= QApplication.startDragDistance():
                self._dragging = True
                self._mover.start(Moving(person_id=key.removeprefix(PERSON)), by_keyboard=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = QModelIndex()
        if self._dragging:
            self._dragging = False
            self._mover.point_at(event.globalPosition().toPoint())
            self._mover.drop()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._dragging and event.key() == Qt.Key.Key_Escape:
            self._dragging = False
            self._mover.cancel()
            return
        super().keyPressEvent(event)


class Tray(QWidget):
    """What is still to be placed."""

    place_person = Signal(object)
    """A visitor is to be placed with the keyboard; carries the id."""
    fill_slot = Signal(object)
    """A slot is to be filled; carries the id."""
    show_team = Signal(object)
    """A team is to be shown on the board; carries the id."""
    counted = Signal(object)
    """How many visitors and teams are still to be placed."""

    def __init__(self, bridge: Bridge, mover: Mover, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._seen: Deck | None = None
        self._wanting: list[Line] = []
        self._kept: dict[Card, Line] = {}
        self.table = TrayTable(mover, theme)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table)
        self.table.entered_row.connect(self._entered)
        self.table.picked_rows.connect(self._picked)
        bridge.shown.connect(self.show_now)

    def show_now(self, now: Now) -> None:
        """Show this."""
        if now.deck is self._seen and now.deck is not None:
            return
        self._seen = now.deck
        if now.view is None or now.deck is None:
            self.table.show_lines([])
            self.table.say_where_empty(_where_empty(now.view))
            self.counted.emit(0)
            return
        self._wanting = _wanting(now.view)
        self.table.say_where_empty(_where_empty(now.view))
        self.counted.emit(len(self._wanting))
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        if self._seen is not None:
            self.table.show_lines([*self._wanting, *self._free(self._seen)])

    def _free(self, dealt: Deck) -> list[Line]:
        """A line for each free place, by time; one that stands as it was keeps its line."""
        lines: list[Line] = []
        kept: dict[Card, Line] = {}
        for slot_id in dealt.view.slots:
            hand = dealt.by_slot.get(slot_id, ())
            if hand and hand[-1].sort is Sort.FREE:
                kept[hand[-1]] = self._kept.get(hand[-1]) or _free_line(hand[-1])
                lines.append(kept[hand[-1]])
        self._kept = kept
        return lines

    def _entered(self, key: object) -> None:
        text = str(key)
        if text.startswith(PERSON):
            self.place_person.emit(text.removeprefix(PERSON))
        elif text.startswith(SLOT):
            self.fill_slot.emit(text.removeprefix(SLOT))
        elif text.startswith(TEAM):
            self.show_team.emit(text.removeprefix(TEAM))

    def _picked(self, keys: object) -> None:
        key = keys[0] if isinstance(keys, tuple) and keys else ""
        if key.startswith(PERSON):
            self._bridge.pick(Picked(person_id=key.removeprefix(PERSON)))
        elif key.startswith(SLOT):
            self._bridge.pick(Picked(slot_id=key.removeprefix(SLOT)))
        elif key.startswith(TEAM):
            self._bridge.pick(Picked(team_id=key.removeprefix(TEAM)))


def _where_empty(week: WeekView | None) -> str:
    if week is None or not (week.visitors or week.slots):
        return translate("Visitors and teams that still need visits stand here, and every slot that is free.")
    return translate("✓ Every visitor and team has its visits, and no slot is free.")


def _wanting(week: WeekView) -> list[Line]:
    """Visitors below their minimum, then teams that nobody sees yet or fewer than they asked for."""
    lines = []
    seen = goals.team_counts(week)
    short = {(who, id_): (wanted, got) for who, id_, wanted, got, _ in goals.shortfalls(week)}
    for visitor in week.visitors.values():
        if (Who.VISITOR, visitor.id) in short:
            wanted, got = short[Who.VISITOR, visitor.id]
            text = translate("has {got} of at least {wanted}").format(
                got=got, wanted=counted(wanted, translate("visit"), translate("visits"))
            )
            lines.append(
                Line(key=PERSON + visitor.id, cells=(translate("Visitor to place"), visitor.name, text), tone="broken")
            )
    for team in week.teams.values():
        if (Who.TEAM, team.id) in short:
            wanted, got = short[Who.TEAM, team.id]
            text = translate("has {got} of at least {wanted}").format(
                got=got, wanted=counted(wanted, translate("visit"), translate("visits"))
            )
            lines.append(Line(key=TEAM + team.id, cells=(translate("Team to be seen"), team.name, text), tone="broken"))
        elif not seen[team.id]:
            lines.append(
                Line(
                    key=TEAM + team.id, cells=(translate("Team not seen"), team.name, translate("asks for no minimum")),
                    tone="tight",
                )
            )  # fmt: skip
    return sorted(lines, key=lambda line: (not line.key.startswith(PERSON), line.tone != "broken", fold(line.cells[1])))


def _free_line(free: Card) -> Line:
    slot = free.slot
    if slot is None:
        raise ValueError("a free place has a slot")
    where = f"{short_day(slot.day)}, {between(slot.start, slot.end)}, {slot.team.name}"
    activity = " ".join(slot.slot.activity.split())
    state = f"{free_words(free)}, {activity}" if activity else free_words(free)
    return Line(key=SLOT + slot.id, cells=(translate("Free slot"), where, state))
