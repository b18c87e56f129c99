"""Small pictures: how much each visitor or team has, how far services and places are covered. A table with bars."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.models.names import fold
from app.models.view import WeekView
from app.text import translate
from app.ui.bridge import Now
from app.ui.desk import Desk
from app.ui.noweek import NoWeek
from app.ui.plain import label
from app.ui.rows import Line, RowsTable
from app.ui.seen import WhileSeen
from app.ui.theme import GRID, Theme
from app.ui.vacant import Vacant
from app.words.dates import counted

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a picture: how much of how much there is, what is least wanted, and the same in words."""

    name: str
    value: int
    whole: int
    least: int = 0
    words: str


def visitor_load(view: WeekView) -> list[Bar]:
    """Visits of each visitor against what they want."""
    count: dict[str, int] = {}
    for visit in view.counted:
        count[visit.person_id] = count.get(visit.person_id, 0) + 1
    return [
        _load(one.name, count.get(one.id, 0), one.min_visits, one.max_visits)
        for one in view.visitors.values()
        if not one.standby
    ]


def team_load(view: WeekView) -> list[Bar]:
    """Visits of each team against what it takes."""
    count: dict[str, int] = {}
    for visit in view.counted:
        team_id = view.slots[visit.slot_id].team.id
        count[team_id] = count.get(team_id, 0) + 1
    return [_load(one.name, count.get(one.id, 0), one.min_visits, one.max_visits) for one in view.teams.values()]


def _load(name: str, value: int, least: int, most: int | None) -> Bar:
    visits = counted(value, translate("visit"), translate("visits"))
    if most is None:
        wanted = translate("at least {least}").format(least=least) if least else translate("no limit")
    else:
        wanted = translate("wants {least} to {most}").format(least=least, most=most)
    short = translate(", {count} too few").format(count=least - value) if value < least else ""
    return Bar(
        name=name, value=value, whole=max(value, most or 0, least, 1), least=least, words=f"{visits}, {wanted}{short}"
    )


def coverage(view: WeekView, *, by_place: bool) -> list[Bar]:
    """Places taken of those offered: by service, or by the division of the site."""
    taken: dict[str, int] = {}
    for visit in view.counted:
        taken[visit.slot_id] = taken.get(visit.slot_id, 0) + 1
    names: dict[str, str] = {}
    sums: dict[str, tuple[int, int]] = {}
    for slot in view.slots.values():
        name = (slot.site.division or slot.site.shown_as) if by_place else slot.team.service
        key = fold(name)
        names.setdefault(key, name)
        used, all_of = sums.get(key, (0, 0))
        sums[key] = (used + taken.get(slot.id, 0), all_of + slot.places)
    return [
        Bar(
            name=names[key], value=used, whole=max(all_of, 1),
            words=translate("{used} of {all} places taken").format(used=used, all=all_of),
        )
        for key, (used, all_of) in sorted(sums.items())
    ]  # fmt: skip


class _BarDelegate(QStyledItemDelegate):
    """Paints the bar of a line beside its words."""

    def __init__(self, table: BarTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        rect: QRect = option.rect
        bar, theme = self._table.bars[index.row()], self._table.theme
        room = rect.adjusted(2 * GRID, GRID + 2, -2 * GRID, -GRID - 2)
        painter.save()
        painter.setPen(theme.color("border"))
        painter.drawRect(room)
        filled = QRect(room)
        filled.setWidth(round(room.width() * min(1.0, bar.value / bar.whole)))
        painter.fillRect(filled.adjusted(1, 1, 0, 0), theme.color("tight" if bar.value < bar.least else "primary"))
        if bar.least and bar.least < bar.whole:
            at = room.left() + round(room.width() * bar.least / bar.whole)
            painter.setPen(theme.color("text"))
            painter.drawLine(at, room.top() - 2, at, room.bottom() + 2)
        painter.restore()


class BarTable(RowsTable):
    """A picture as a table: names, bars, and the same in words."""

    def __init__(self, name: str, first: str, theme: Theme) -> None:
        super().__init__(name, (first, translate("Picture"), translate("In words")), theme)
        self.theme = theme
        self.bars: list[Bar] = []
        self.setItemDelegateForColumn(1, _BarDelegate(self))
        self.widths(28, 30, 30)

    def show_bars(self, bars: Iterable[Bar]) -> None:
        """Show these."""
        self.bars = list(bars)
        self.show_lines(
            Line(
                key=str(at), cells=(bar.name, "", bar.words), picture=bar.words,
                tone="tight" if bar.value < bar.least else "",
            )
            for at, bar in enumerate(self.bars)
        )  # fmt: skip
        self.viewport().update()

    def wear(self, theme: Theme) -> None:
        """Colour with that theme."""
        self.theme = theme
        self.rows_model.wear(theme)
        self.refit()


class Pictures(QWidget):
    """One or two pictures, brought up to date while they are seen."""

    def __init__(self, desk: Desk, *, of_visitors: bool, add: Callable[[], object]) -> None:
        """`add` begins what is drawn, while there is nothing to draw."""
        super().__init__()
        self._desk, self._of_visitors = desk, of_visitors
        theme = desk.look.theme
        self._made: list[tuple[BarTable, Any]] = []
        inside = QVBoxLayout(self)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        pictures: list[tuple[str, str, Any]]
        if of_visitors:
            pictures = [(translate("Visits of each visitor; the line marks the fewest wanted"), translate("Visitor"),
                         visitor_load)]  # fmt: skip
        else:
            pictures = [
                (translate("Visits to each team; the line marks the fewest wanted"), translate("Team"), team_load),
                (translate("Places taken, by service"), translate("Service"),
                 lambda view: coverage(view, by_place=False)),
                (translate("Places taken, by locality"), translate("Locality"),
                 lambda view: coverage(view, by_place=True)),
            ]  # fmt: skip
        self._none = NoWeek(desk)
        self._nobody = Vacant()
        self._nobody.offer(translate("Add visitor…") if of_visitors else translate("Add team…"), add)
        if of_visitors:
            self._nobody.words.setText(translate("How many visits each visitor has is drawn here. Add visitors first."))
        else:
            self._nobody.words.setText(
                translate("How far teams, services and localities are covered is drawn here. Add teams first.")
            )
        self._titles: list[QWidget] = []
        for at, (title, first, of) in enumerate(pictures):
            self._titles.append(label(title, wrap=True))
            inside.addWidget(self._titles[-1])
            table = BarTable(title, first, theme)
            self._made.append((table, of))
            inside.addWidget(table, 3 if at == 0 else 2)
        inside.addWidget(self._none, 1)
        inside.addWidget(self._nobody, 1)
        WhileSeen(self, desk.bridge, self._show)
        desk.look.changed.connect(self._wear)

    def focus_list(self) -> None:
        """Give the first picture the focus."""
        for instead in (self._none, self._nobody):
            if not instead.isHidden():
                instead.focus_inside()
                return
        self._made[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _wear(self, theme: Theme) -> None:
        for table, _ in self._made:
            table.wear(theme)

    def _show(self, now: Now) -> None:
        some = now.view is not None and bool(now.view.visitors if self._of_visitors else now.view.teams)
        self._none.setVisible(now.view is None)
        self._nobody.setVisible(now.view is not None and not some)
        for one in (*self._titles, *(table for table, _ in self._made)):
            one.setVisible(some)
        for table, of in self._made:
            table.show_bars(of(now.view) if now.view is not None else [])
