"""Between the door and the widgets: one signal that carries one frozen value, everything the window shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from app.document.document import Announcement, Document
from app.engine import check
from app.engine.touched import problems_after
from app.models.change import Edit
from app.models.findings import Broken, Problems, Warned
from app.models.journal import Doing
from app.models.plan import Plan
from app.models.view import WeekView, view
from app.models.visits import Visit
from app.ui.deck.cards import Filter, Shelf
from app.ui.deck.deal import Deck, dealt_again, deck
from app.ui.deck.verdicts import Moving
from app.ui.theme import service_places
from app.words.problems import broken_text, warning_text

NO_PROBLEMS = Problems(broken=(), warnings=())
EVERYTHING = Filter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What is selected: visits, and the slot, visitor or team of the place that has the focus."""

    visits: tuple[str, ...] = ()
    slot_id: str | None = None
    person_id: str | None = None
    team_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """Everything the window shows. Two of them that share a part share the very object."""

    plan: Plan = field(default_factory=Plan)
    view: WeekView | None = None
    problems: Problems = NO_PROBLEMS
    deck: Deck | None = None
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The sentences of unpermitted broken rules and of warnings, by visit id."""
    services: Mapping[str, int] = field(default_factory=dict)
    filter: Filter = EVERYTHING
    picked: Picked = Picked()
    moving: Moving | None = None
    edit: Edit | None = None
    """The edit that led here, while its words stand in the status bar."""
    kind: Doing | None = None

    def visit(self, visit_id: str) -> Visit | None:
        """A visit of that id, where it is still there."""
        return self.plan.visits.get(visit_id)


class Bridge(QObject):
    """Holds the open Document and tells the window of everything new. Used from the window's thread alone."""

    shown = Signal(object)

    def __init__(self, today: Callable[[], dt.date] = dt.date.today) -> None:
        super().__init__()
        self._today = today
        self._shelf = Shelf()
        self._unsubscribe: Callable[[], None] | None = None
        self.document: Document | None = None
        self.now = Now()

    @property
    def today(self) -> dt.date:
        """The day that decides which consents are late."""
        return self._today()

    def open(self, document: Document | None, week_id: str | None = None) -> None:
        """Show that Document, its newest week first; None shows nothing. The one before is closed."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        old, self.document = self.document, document
        if old is not None and old is not document:
            old.close()
        self._shelf = Shelf()
        if document is None:
            self._unsubscribe = None
            self._show(Now())
            return
        self._unsubscribe = document.subscribe(self._heard)
        plan = document.plan
        chosen = week_id or (plan.week_named(None).id if plan.weeks else None)
        self._show(self._of_plan(Now(), plan, chosen))

    def choose_week(self, week_id: str) -> None:
        """Show another week of the Document."""
        self._show(self._of_plan(Now(filter=self.now.filter), self.now.plan, week_id))

    def do(self, edit: Edit) -> None:
        """Make the edit through the door. Raises Refused as the door does."""
        self._door().do(edit)

    def undo(self) -> None:
        """Take back the newest edit."""
        self._door().undo()

    def redo(self) -> None:
        """Bring back what was undone last."""
        self._door().redo()

    def pick(self, picked: Picked) -> None:
        """Select something."""
        if picked != self.now.picked:
            self._show(replace(self.now, picked=picked))

    def want(self, wanted: Filter) -> None:
        """Filter what is shown."""
        if wanted != self.now.filter:
            self._show(replace(self.now, filter=wanted))

    def move(self, moving: Moving | None) -> None:
        """Begin to move something, or end it with None."""
        if moving != self.now.moving:
            self._show(replace(self.now, moving=moving))

    def _door(self) -> Document:
        if self.document is None:
            raise RuntimeError("no document is open")
        return self.document

    def _heard(self, told: Announcement) -> None:
        week_id = self.now.view.week.id if self.now.view else None
        if told.kind in (Doing.UNDONE, Doing.REDONE) and told.edit.week_id in told.after.weeks:
            week_id = told.edit.week_id  # what is undone in another week is shown there
        if week_id not in told.after.weeks:
            week_id = told.after.week_named(None).id if told.after.weeks else None
        kept = replace(self.now, edit=told.edit, kind=told.kind, moving=None)
        self._show(self._of_plan(kept, told.after, week_id, told.edit))

    def _of_plan(self, before: Now, plan: Plan, week_id: str | None, edit: Edit | None = None) -> Now:
        if week_id is None:
            return Now(plan=plan, filter=before.filter, edit=before.edit, kind=before.kind)
        week = view(plan, week_id)
        changed = _only_visits(before, week, edit)
        if changed is not None and before.view is not None and before.deck is not None:
            problems = problems_after(before.view, before.problems, week, changed, today=self.today)
            services = before.services
            cards = dealt_again(before.deck, before.problems, week, problems, changed, self._shelf)
        else:
            problems = check.problems(week, today=self.today)
            services = service_places(week)
            if services == before.services:
                services = before.services
            cards = deck(week, problems, services, self._shelf)
        return Now(
            plan=plan,
            view=week,
            problems=problems,
            deck=cards,
            reasons=Reasons(week, problems),
            services=services,
            filter=before.filter,
            picked=_still_there(before.picked, week),
            edit=before.edit,
            kind=before.kind,
        )

    def _show(self, now: Now) -> None:
        self.now = now
        self.shown.emit(now)


def _only_visits(before: Now, week: WeekView, edit: Edit | None) -> frozenset[str] | None:
    """The visits that the edit changed; None where more than visits of the week shown may have changed."""
    if edit is None or before.view is None or before.view.week is not week.week:
        return None
    if before.view.is_published != week.is_published or any(change.table != "visits" for change in edit.changes):
        return None
    return frozenset(change.id for change in edit.changes)


class Reasons(Mapping[str, tuple[str, ...]]):
    """The sentences of unpermitted broken rules and of warnings by visit id, made when they are asked for."""

    def __init__(self, week: WeekView, problems: Problems) -> None:
        self._week = week
        self._problems = problems

    @cached_property
    def _facts(self) -> dict[str, list[Broken | Warned]]:
        found: dict[str, list[Broken | Warned]] = {}
        for fact in self._problems.broken:
            if not fact.permitted:
                for visit_id in fact.visits:
                    found.setdefault(visit_id, []).append(fact)
        for warning in self._problems.warnings:
            found.setdefault(warning.visit_id, []).append(warning)
        return found

    def __getitem__(self, visit_id: str) -> tuple[str, ...]:
        return tuple(
            broken_text(self._week, one) if isinstance(one, Broken) else warning_text(self._week, one)
            for one in self._facts[visit_id]
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def _still_there(picked: Picked, week: WeekView) -> Picked:
    """The selection without what the edit took away."""
    return Picked(
        visits=tuple(one for one in picked.visits if one in week.plan.visits),
        slot_id=picked.slot_id if picked.slot_id in week.slots else None,
        person_id=picked.person_id if picked.person_id in week.visitors else None,
        team_id=picked.team_id if picked.team_id in week.teams else None,
    )
