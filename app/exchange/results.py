"""Results as JSON (INTERFACES.md, "Results"): one shape from every command, absent parts left out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.models.findings import Broken, Reached, Unmet, Warned
from app.models.names import fold
from app.models.view import WeekView
from app.models.visits import Visit
from app.words import problems as words
from app.words.dates import clock

Json = dict[str, Any]
"""One JSON object."""


def visit_rows(view: WeekView, files: Mapping[str, Sequence[str]] | None = None) -> list[Json]:
    """The visits by date, start, visitor. `files` are each visit's files under the output folder, by visit id."""
    return [_visit(view, visit, files) for visit in view.visits]


def _visit(view: WeekView, visit: Visit, files: Mapping[str, Sequence[str]] | None) -> Json:
    slot = view.slots[visit.slot_id]
    row: Json = {
        "visitor": view.visitors[visit.person_id].name,
        "slot": slot.name,
        "team": slot.team.name,
        "date": slot.day.isoformat(),
        "start": clock(slot.start),
        "end": clock(slot.end),
        "pinned": visit.pinned,
        "status": visit.status.value,
        "uid": visit.uid,
    }
    if files is not None:
        row["files"] = sorted(files.get(visit.id, ()))
    return row


def priority_rows(reached: Sequence[Reached]) -> list[Json]:
    """What was reached in each priority, in the order of optimisation."""
    return [
        {
            "name": one.priority.value,
            "value": one.value,
            "bound": one.bound,
            "proved": one.proved,
            "asked": one.asked,
        }
        for one in reached
    ]


def unmet_rows(view: WeekView, unmet: Sequence[Unmet]) -> list[Json]:
    """Visitors and teams below their minimum, with the reason in words."""
    return [
        {
            "who": one.who.value,
            "name": view.visitors[one.id].name if one.id in view.visitors else view.teams[one.id].name,
            "wanted": one.wanted,
            "got": one.got,
            "reason": words.unmet_text(view, one),
        }
        for one in unmet
    ]


def broken_rows(view: WeekView, broken: Sequence[Broken]) -> list[Json]:
    """Broken rules, one row a fact."""
    return [_broken(view, one) for one in broken]


def _broken(view: WeekView, one: Broken) -> Json:
    other = view.slots[one.other_slot_id].name if one.other_slot_id else None
    return {
        "rule": one.rule.value,
        "visitor": view.visitors[one.person_id].name if one.person_id else None,
        "slot": view.slots[one.slot_id].name if one.slot_id else None,
        "other": other,
        "pinned": one.pinned,
        "permitted": one.permitted,
        "text": words.broken_text(view, one),
    }


def warning_rows(view: WeekView, warnings: Sequence[Warned]) -> list[Json]:
    """Warnings, by date, start, visitor."""
    order = {visit.id: place for place, visit in enumerate(view.visits)}
    return [
        {
            "kind": one.kind.value,
            "visitor": view.visitors[one.person_id].name,
            "slot": view.slots[one.slot_id].name,
            "text": words.warning_text(view, one),
        }
        for one in sorted(warnings, key=lambda one: order[one.visit_id])
    ]


def result(view: WeekView, **parts: object) -> Json:
    """A whole result for this week. A part that is None is left out; the rest follow INTERFACES.md's order."""
    order = (
        "status", "seconds", "visits", "priorities", "unmet", "broken", "warnings", "options", "answer",
    )  # fmt: skip
    unknown = set(parts) - set(order)
    if unknown:
        raise ValueError(f"no such part of a result: {sorted(unknown, key=fold)}")
    found: Json = {"format": 1, "week": view.week.name}
    found.update({name: parts[name] for name in order if parts.get(name) is not None})
    return found


def encoded(found: Json) -> bytes:
    """The result as UTF-8 JSON, indented, ending in a new line."""
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
