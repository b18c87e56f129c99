"""The List: every visit and every free place as sortable lines; everything can be done from here without dragging."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.models.names import fold
from app.models.view import WeekSlot
from app.text import translate
from app.ui.bridge import Bridge, Now, Picked
from app.ui.deck.cards import Filter
from app.ui.deck.deal import badges_of
from app.ui.rows import Line, RowsTable
from app.ui.theme import Theme
from app.ui.words import badge_word, free_words, status_word
from app.words.dates import between, short_day
from app.words.problems import rule_name

FREE = "free:"


class Listing(RowsTable):
    """The week as a list."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(
            translate("List of visits and free places"),
            (
                translate("Day"), translate("Time"), translate("Visitor"), translate("Team"), translate("Service"),
                translate("Activity"), translate("Site"), translate("Status"), translate("Notes"),
            ),
            theme,
        )  # fmt: skip
        self._bridge = bridge
        self._now = Now()
        self._by = (0, Qt.SortOrder.AscendingOrder)
        self._lines: list[Line] = []
        self.setSortingEnabled(False)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(*self._by)
        head.sortIndicatorChanged.connect(self._sorted_by)
        self.picked_rows.connect(self._pick)
        self.selectionModel().currentChanged.connect(lambda *_: self._pick(self.keys()))
        self.widths(12, 16, 24, 22, 16, 20, 16, 12)

    def show_now(self, now: Now) -> None:
        """Show this."""
        old, self._now = self._now, now
        if now.deck is not old.deck or now.filter != old.filter:
            self._lines = _lines(now)
            self._show_sorted()
        if now.picked.visits:
            self.select_keys(now.picked.visits)

    def _sorted_by(self, column: int, order: Qt.SortOrder) -> None:
        self._by = (column, order)
        self._show_sorted()

    def _show_sorted(self) -> None:
        column, order = self._by
        down = order == Qt.SortOrder.DescendingOrder
        lines = sorted(self._lines, key=lambda line: (line.sort[column], *line.sort[:3]), reverse=down)
        self.show_lines(lines)

    def _pick(self, keys: object) -> None:
        if self._quiet:
            return
        chosen = keys if isinstance(keys, tuple) else ()
        visits = tuple(key for key in chosen if not key.startswith(FREE))
        current = self.current_key()
        slot_id: str | None = current.removeprefix(FREE) if current.startswith(FREE) else None
        person_id = None
        if (visit := self._now.visit(current)) is not None:
            slot_id, person_id = visit.slot_id, visit.person_id
        week = self._now.view
        slot = week.slots.get(slot_id) if week is not None and slot_id is not None else None
        team_id = slot.team.id if slot is not None else None
        self._bridge.pick(Picked(visits=visits, slot_id=slot_id, person_id=person_id, team_id=team_id))


def _lines(now: Now) -> list[Line]:
    if now.view is None or now.deck is None:
        return []
    week = now.view
    badges = badges_of(week, now.problems)
    rules: dict[str, list[str]] = {}
    for fact in now.problems.broken:
        for visit_id in fact.visits:
            rules.setdefault(visit_id, []).append(rule_name(fact.rule))
    found = []
    for visit in week.visits:
        slot = week.slots[visit.slot_id]
        worn = badges(visit, slot)
        notes = [*dict.fromkeys(rules.get(visit.id, ())), *(badge_word(badge) for badge in worn if badge != "broken")]
        if visit.permitted:
            notes.append(visit.permitted)
        words = (
            week.visitors[visit.person_id].name, *_of_slot(slot), status_word(visit.status), ", ".join(notes),
        )  # fmt: skip
        found.append(_line(visit.id, slot, words, faint=not visit.counts))
    for slot_id, cards in now.deck.by_slot.items():
        free = cards[-1]
        if free.visit is None and free.slot is not None:
            words = (free_words(free), *_of_slot(free.slot), "", "")
            found.append(_line(FREE + slot_id, free.slot, words, faint=True))
    return [line for line in found if _wanted(line, now.filter)]


def _of_slot(slot: WeekSlot) -> tuple[str, ...]:
    return slot.team.name, slot.team.service, " ".join(slot.slot.activity.split()), slot.site.name


def _line(key: str, slot: WeekSlot, words: tuple[str, ...], *, faint: bool) -> Line:
    times = (slot.day.isoformat(), f"{slot.span.start:04d}{slot.span.end:04d}")
    return Line(
        key=key, cells=(short_day(slot.day), between(slot.start, slot.end), *words), faint=faint,
        sort=(*times, *(fold(word) for word in words)),
    )  # fmt: skip


def _wanted(line: Line, wanted: Filter) -> bool:
    if wanted.service and fold(line.cells[4]) != fold(wanted.service):
        return False
    text = fold(" ".join(line.cells))
    return all(word in text for word in fold(wanted.text).split())
