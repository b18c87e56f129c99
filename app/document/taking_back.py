"""Take back, or bring again, what was published since: nobody can un-send, but the plan goes back and is told anew.

A publication marks the visits that it tells of. An edit made before it no longer finds them as it left them; here it
is fitted to them, so that undo leads on past a publication, and the next publication tells people of what it did.
"""

from __future__ import annotations

from dataclasses import replace

from app.models.change import Change, Edit, Entity
from app.models.plan import Plan
from app.models.references import dangling
from app.models.visits import GONE, Visit, VisitStatus

_MARKED = frozenset({VisitStatus.PROPOSED, VisitStatus.CONFIRMED})
"""What a publication turns into *published*."""


def fitted(plan: Plan, edit: Edit) -> Edit | None:
    """The edit as it leads on from this Plan, though its visits were published since; None where it cannot.

    A visit that people were told of is cancelled where it would vanish, so that they are told of that too; it vanishes
    only together with its visitor or slot.
    """
    changes: list[Change] = []
    stands: dict[tuple[str, str], Entity | None] = {}  # an edit may change one thing several times
    for change in edit.changes:
        key = (change.table, change.id)
        now = stands[key] if key in stands else plan.table(change.table).get(change.id)
        after = change.after
        if now != change.before:
            after = _led_on(change, now) if isinstance(now, Visit) else None
            if after is None:
                return None
        stands[key] = after
        changes.append(Change(table=change.table, id=change.id, before=now, after=after))
    led = replace(edit, changes=tuple(change for change in changes if change.before != change.after))
    return _without_what_hangs(plan, led)


def _led_on(change: Change, now: Visit) -> Visit | None:
    """The visit after the change, from how a publication left it; None where something else befell it."""
    before, after = change.before, change.after
    if before is None:  # it comes again, having merely been cancelled
        return after if isinstance(after, Visit) and now.status in GONE else None
    if not isinstance(before, Visit) or before.status not in _MARKED or now.status is not VisitStatus.PUBLISHED:
        return None
    if replace(now, status=before.status) != before:
        return None
    if not isinstance(after, Visit):
        return replace(now, status=VisitStatus.CANCELLED, pinned=False)
    return replace(after, status=VisitStatus.PUBLISHED) if after.status in _MARKED else after


def _without_what_hangs(plan: Plan, edit: Edit) -> Edit:
    """The edit, and with what it takes away the cancelled visits that hang on it."""
    after = plan.apply(edit)
    hanging = {one.id: one for one, _ in dangling(after, edit) if isinstance(one, Visit) and one.status in GONE}
    touched = {change.id for change in edit.changes if change.table == "visits"}
    drop = [
        Change(table="visits", id=one.id, before=one, after=None) for one in hanging.values() if one.id not in touched
    ]
    return replace(edit, changes=(*drop, *edit.changes))
