"""A repair as one Edit: the upset noted and the chosen mend adopted, with one undo for both."""

from __future__ import annotations

from collections.abc import Iterable

from app.document.lists import sound
from app.document.matching import adopt_match
from app.document.visits import named, unpin
from app.engine.upsets import rows_of
from app.models.change import Edit, Entity, Verb
from app.models.places import Slot
from app.models.plan import Plan
from app.models.repairs import Lost, Option, TeamClosed, Upset
from app.models.view import view


def upset_edit(plan: Plan, week_id: str, upsets: Iterable[Upset]) -> Edit:
    """The edit that notes the upsets and moves nobody.

    Raises Refused("outside-week" | "end-not-after-start") for a slot that is moved where none may be.
    """
    given = tuple(upsets)
    rows = rows_of(view(plan, week_id), given)
    edit = plan.edit(Verb.REPAIR, put=rows, week_id=week_id)
    after = plan.apply(edit)
    for row in rows:
        if isinstance(row, Slot):
            sound(after, row)
    return named(edit, {"week": plan.weeks[week_id].name, "who": _about(plan, given)})


def repair_edit(plan: Plan, week_id: str, upsets: Iterable[Upset], option: Option) -> Edit:
    """The edit that notes the upsets and makes the week what the option says. Raises as `upset_edit`.

    Promised visits that go are moved or cancelled, never silently removed; pins that the option drops are loosened.
    """
    first = upset_edit(plan, week_id, upsets)
    now = plan.apply(first)
    dropped = set(option.dropped_pins)
    loose = [
        visit.id
        for visit in now.visits.values()
        if visit.week_id == week_id and visit.pinned and (visit.person_id, visit.slot_id) in dropped
    ]
    if loose:
        now = now.apply(unpin(now, *loose))
    now = now.apply(adopt_match(now, week_id, option.pairs, verb=Verb.REPAIR))
    put: list[Entity] = []
    drop: list[Entity] = []
    for table in ("availability", "slots", "visits"):
        old, new = plan.table(table), now.table(table)
        put += [row for id_, row in new.items() if old.get(id_) != row]
        drop += [row for id_, row in old.items() if id_ not in new]
    return named(plan.edit(Verb.REPAIR, put=put, drop=drop, week_id=week_id), dict(first.facts))


def _about(plan: Plan, upsets: tuple[Upset, ...]) -> str:
    """Whom or what the upsets are about, each once."""
    names: dict[str, None] = {}
    for upset in upsets:
        match upset:
            case Lost():
                names[plan.people[upset.person_id].name] = None
            case TeamClosed():
                names[plan.teams[upset.team_id].name] = None
            case _:
                names[plan.slots[upset.slot_id].name] = None
    return ", ".join(names)
