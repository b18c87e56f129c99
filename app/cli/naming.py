"""Visitors and slots as people type them: matched as names are, else refused with the nearest names."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from app.errors import Refused
from app.exchange.safe import Safe
from app.models.names import fold
from app.models.view import WeekView

_NEAR = 3
"""How many near names a refusal tells."""


def visitor_named(view: WeekView, name: str) -> str:
    """The id of the visitor of that name. Raises Refused("unknown-visitor")."""
    known = {fold(visitor.name): visitor.id for visitor in view.visitors.values()}
    if (found := known.get(fold(name))) is not None:
        return found
    shown = {visitor.id: visitor.name for visitor in view.visitors.values()}
    raise Refused("unknown-visitor", name=name, near=_near(name, known, shown))


def slot_named(view: WeekView, name: str) -> str:
    """The id of the slot of that name, as it stands in the week or as it is shown to others.

    Raises Refused("unknown-slot").
    """
    safe = Safe.of(view)
    shown = {slot.id: safe.line(slot.name) for slot in view.slots.values()}
    as_shown: dict[str, list[str]] = {}
    for slot_id, text in shown.items():
        as_shown.setdefault(fold(text), []).append(slot_id)
    known = {text: ids[0] for text, ids in as_shown.items() if len(ids) == 1}
    known |= {fold(slot.name): slot.id for slot in view.slots.values()}
    if (found := known.get(fold(name))) is not None:
        return found
    raise Refused("unknown-slot", name=name, near=_near(name, known, shown))


def place_named(view: WeekView, name: str) -> tuple[str | None, str | None]:
    """The id of the team of that name, or of the slot: one of the two. Raises Refused("unknown-place")."""
    safe = Safe.of(view)
    teams = {fold(text): team.id for team in view.teams.values() for text in (safe.team_name(team), team.name)}
    if (found := teams.get(fold(name))) is not None:
        return found, None
    slots = {fold(text): slot.id for slot in view.slots.values() for text in (safe.line(slot.name), slot.name)}
    if (found := slots.get(fold(name))) is not None:
        return None, found
    shown = {team.id: safe.team_name(team) for team in view.teams.values()}
    shown |= {slot.id: safe.line(slot.name) for slot in view.slots.values()}
    raise Refused("unknown-place", name=name, near=_near(name, {**slots, **teams}, shown))


def _near(name: str, known: Mapping[str, str], shown: Mapping[str, str]) -> tuple[str, ...]:
    """The names most like this one, and those that it is a part of."""
    wanted = fold(name)
    inside = [text for text in known if wanted and wanted in text]
    close = [*inside, *get_close_matches(wanted, list(known), n=_NEAR, cutoff=0.5)]
    return tuple(dict.fromkeys(shown[known[text]] for text in close))[:_NEAR]
