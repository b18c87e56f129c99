"""What a backup holds, and how that differs from now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Refused
from app.models.change import TABLES
from app.models.plan import Plan
from app.store.backups import Backup
from app.store.verify import checked

_SHOWN_AS = {"offers": "teams", "attendances": "people"}
"""Rows that a person takes for part of another: a team's limits in a week, a visitor's."""
_LEDGER = frozenset({"issued", "calls"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A backup looked into. `refused` is why it cannot be restored, None for a whole one."""

    backup: Backup
    weeks: int = 0
    visits: int = 0
    differences: Mapping[str, tuple[int, int, int]] | None = None
    refused: Refused | None = None


def look_into(backup: Backup, now: Plan) -> Seen:
    """Check a backup, count what it holds, and compare it to a Plan."""
    try:
        then = checked(backup.path).plan
    except Refused as refused:
        return Seen(backup=backup, refused=refused)
    visits = sum(visit.counts for visit in then.visits.values())
    return Seen(backup=backup, weeks=len(then.weeks), visits=visits, differences=differences(now, then))


def differences(now: Plan, then: Plan) -> dict[str, tuple[int, int, int]]:
    """Table → how many entries `then` has that `now` lacks, lacks that `now` has, and has otherwise."""
    found: dict[str, tuple[int, int, int]] = {}
    for table in TABLES:
        mine, theirs = now.table(table), then.table(table)
        if mine is theirs or table in _LEDGER:
            continue
        more, less = len(theirs.keys() - mine.keys()), len(mine.keys() - theirs.keys())
        other = sum(mine[key] != theirs[key] for key in mine.keys() & theirs.keys())
        shown = _SHOWN_AS.get(table, table)
        if shown != table:  # only limits: the team or visitor itself is counted in its own table
            more, less, other = 0, 0, max(more, less, other) if shown not in found else 0
        if more or less or other:
            before = found.get(shown, (0, 0, 0))
            found[shown] = (before[0] + more, before[1] + less, before[2] + other)
    return found
