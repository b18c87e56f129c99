"""The details of what is selected: a visit, a slot, a visitor, a team; or several visits at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFormLayout, QGridLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.engine import goals
from app.engine.reserve import places_for, stand_ins, visitors_for
from app.engine.room import room
from app.models.findings import Problems, Suggestion
from app.models.places import Consent
from app.models.view import Visitor, WeekSlot, WeekTeam, WeekView
from app.models.visits import Visit
from app.text import translate
from app.ui.bridge import Bridge, Now
from app.ui.plain import label, widest_word
from app.ui.theme import GRID, Theme
from app.ui.words import consent_word, status_word
from app.words.dates import between, counted, day, short_day
from app.words.problems import broken_text, warning_text

Rows = list[tuple[str, str]]
_FEW = 5
"""How many of the reserve bench are named."""


class Details(QWidget):
    """Shows facts; the buttons below are actions of the table."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._seen: tuple[object, ...] = ()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(translate("Details of the selection"))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.buttons = QGridLayout()
        self.buttons.setSpacing(GRID)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        inside.addWidget(self.area, 1)
        inside.addLayout(self.buttons)
        self._show_rows("", [(translate("Select a card to see its details here."), "")], [])
        bridge.shown.connect(self.show_now)

    def offer(self, *rows: list[QAction]) -> None:
        """Put buttons for these actions below the facts, row by row."""
        places = [(r, c, 2 // len(row), action) for r, row in enumerate(rows) for c, action in enumerate(row)]
        for row, column, wide, action in places:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
            self.buttons.addWidget(button, row, column, 1, wide)

    def wear(self, theme: Theme) -> None:
        """Colour with that theme."""
        self._theme = theme

    def show_now(self, now: Now) -> None:
        """Show this."""
        seen = (now.view, now.picked, now.problems)
        if all(a is b for a, b in zip(seen, self._seen, strict=False)) and self._seen:
            return
        self._seen = seen
        if now.view is None:
            self._show_rows("", [], [])
            return
        title, rows, alerts = facts(now.view, now.problems, now)
        self._show_rows(title, rows, alerts)

    def _show_rows(self, title: str, rows: Rows, alerts: list[tuple[str, str]]) -> None:
        inner = QWidget()
        form = QVBoxLayout(inner)
        form.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        form.setSpacing(GRID)
        if title:
            head = label(title, wrap=True)
            font = head.font()
            font.setBold(True)
            head.setFont(font)
            form.addWidget(head)
        for tone, text in alerts:
            told = label(text, wrap=True)
            colors = told.palette()
            colors.setColor(told.foregroundRole(), self._theme.color(tone))
            told.setPalette(colors)
            form.addWidget(told)
        facts_form = QFormLayout()
        facts_form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        facts_form.setHorizontalSpacing(2 * GRID)
        facts_form.setVerticalSpacing(GRID)
        for name, value in rows:
            if value:
                told = label(value, wrap=True)
                told.setMinimumWidth(min(widest_word(told), self.area.viewport().width() - 4 * GRID))
                facts_form.addRow(label(name), told)  # below its name where no word may be cut beside it
            else:
                facts_form.addRow(label(name, wrap=True))
        form.addLayout(facts_form)
        form.addStretch(1)
        self.area.setWidget(inner)


def facts(week: WeekView, problems: Problems, now: Now) -> tuple[str, Rows, list[tuple[str, str]]]:
    """The title, the rows and what is wrong, of what is selected."""
    picked = now.picked
    visits = [now.plan.visits[one] for one in picked.visits if one in now.plan.visits]
    if len(visits) > 1:
        names = sorted({week.visitors[visit.person_id].name for visit in visits}, key=str.casefold)
        title = translate("{visits} selected").format(
            visits=counted(len(visits), translate("visit"), translate("visits"))
        )
        return title, [(translate("Visitors"), ", ".join(names))], []
    if visits:
        return _visit(week, problems, visits[0])
    if picked.slot_id in week.slots and picked.slot_id is not None:
        slot = week.slots[picked.slot_id]
        return slot.team.name, [*_slot_rows(slot), *_guests(week, slot), *_team_rows(week, slot.team)], []
    if picked.person_id in week.visitors and picked.person_id is not None:
        visitor = week.visitors[picked.person_id]
        return visitor.name, [*_visitor_rows(week, visitor), *_places(week, visitor)], []
    if picked.team_id in week.teams and picked.team_id is not None:
        team = week.teams[picked.team_id]
        return team.name, _team_rows(week, team), []
    return "", [(translate("Select a card to see its details here."), "")], []


def _visit(week: WeekView, problems: Problems, visit: Visit) -> tuple[str, Rows, list[tuple[str, str]]]:
    slot, visitor = week.slots[visit.slot_id], week.visitors[visit.person_id]
    alerts = [
        ("secondary" if fact.permitted else "broken", f"✕ {broken_text(week, fact)}")
        for fact in problems.broken
        if visit.id in fact.visits
    ]
    alerts += [("tight", f"! {warning_text(week, one)}") for one in problems.warnings if one.visit_id == visit.id]
    state = status_word(visit.status)
    if visit.pinned:
        state = translate("{state}, pinned").format(state=state)
    rows = [(translate("State"), state)]
    if visit.permitted:
        rows.append((translate("Permitted"), visit.permitted))
    rows += _slot_rows(slot)
    rows += _visitor_rows(week, visitor)
    if visit.counts:
        rows.append((translate("Could stand in"), _people(week, stand_ins(week, visit.id))))
    title = translate("{who} at {team}").format(who=visitor.name, team=slot.team.name)
    return title, rows, alerts


def _slot_rows(slot: WeekSlot) -> Rows:
    rows = [
        (translate("When"), f"{day(slot.day)}, {between(slot.start, slot.end)}"),
        (translate("Activity"), " ".join(slot.slot.activity.split())),
        (translate("Where"), slot.site.name),
        (translate("Host"), slot.host),
        (translate("Slot"), slot.name),
        (translate("Places"), str(slot.places) if slot.places > 1 else ""),
    ]
    if slot.slot.consent is not Consent.NOT_NEEDED:
        rows.append((translate("Consent"), consent_word(slot.slot.consent)))
    if slot.site.protected:
        rows.append((translate("Protected"), translate("shown to others as {alias}").format(alias=slot.site.alias)))
    return [row for row in rows if row[1]]


def _guests(week: WeekView, slot: WeekSlot) -> Rows:
    """Who could come to a slot with a free place."""
    if room(week).free_places(slot.id) < 1:
        return []
    return [(translate("Could come"), _people(week, visitors_for(week, slot.id)))]


def _places(week: WeekView, visitor: Visitor) -> Rows:
    """The free slots that suit a visitor, the best first."""
    found = [week.slots[one.slot_id] for one in places_for(week, visitor.id)]
    names = [f"{slot.team.name} {short_day(slot.day)}, {between(slot.start, slot.end)}" for slot in found]
    return [(translate("Free slots that suit"), _few(names))]


def _people(week: WeekView, found: tuple[Suggestion, ...]) -> str:
    """`Sam (standby), Bo, and 2 more`, the best first."""
    return _few(
        [
            translate("{who} (standby)").format(who=week.visitors[one.person_id].name)
            if week.visitors[one.person_id].standby
            else week.visitors[one.person_id].name
            for one in found
        ]
    )


def _few(names: list[str]) -> str:
    if not names:
        return translate("none as the week stands")
    if len(names) <= _FEW:
        return translate("{names}").format(names="; ".join(names))
    return translate("{names}; and {count} more").format(names="; ".join(names[:_FEW]), count=len(names) - _FEW)


def _visitor_rows(week: WeekView, visitor: Visitor) -> Rows:
    count = goals.visitor_counts(week)[visitor.id]
    rows = [
        (translate("Role"), visitor.person.role),
        (translate("Visits"), _count(count, visitor.min_visits, visitor.max_visits)),
        (translate("Clearance"), visitor.clearance.value),
        (translate("Assistant"), visitor.person.assistant),
        (translate("Needs"), visitor.person.needs),
        (translate("Standby"), translate("yes") if visitor.standby else ""),
    ]
    return [row for row in rows if row[1]]


def _team_rows(week: WeekView, team: WeekTeam) -> Rows:
    count = goals.team_counts(week)[team.id]
    rows = [
        (translate("Service"), team.service),
        (translate("Team has"), _count(count, team.min_visits, team.max_visits)),
        (translate("Team at"), team.site.name),
        (translate("Needs clearance"), team.team.clearance_needed.value),
        (translate("Phone"), team.team.host_phone),
        (translate("Notes"), team.team.notes),
    ]
    return [row for row in rows if row[1]]


def _count(has: int, least: int, most: int | None) -> str:
    """`2, of 2 to 4`."""
    if most is None:
        return translate("{has}, wants at least {least}").format(has=has, least=least)
    if least == most:
        return translate("{has} of {most}").format(has=has, most=most)
    return translate("{has}, wants {least} to {most}").format(has=has, least=least, most=most)
