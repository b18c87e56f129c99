"""Results as JSON (INTERFACES.md, "Results"): one shape from every command, absent parts left out.

Every text but a visitor's name passes the protection of sites: a result leaves the app.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.exchange.safe import Safe
from app.models.findings import Answer, Broken, Problems, Reached, Unmet, Warned
from app.models.view import WeekView
from app.models.visits import Visit
from app.words import problems as words
from app.words.answers import answer_text, rule_text
from app.words.dates import clock

Json = dict[str, Any]
"""One JSON object."""

_PARTS = ("status", "seconds", "visits", "priorities", "unmet", "broken", "warnings", "options", "answer")


def visit_rows(view: WeekView, files: Mapping[str, Sequence[str]] | None = None) -> list[Json]:
    """The visits that count, by date, start, visitor, and with them any other that a file is about: a cancellation.

    `files` are each visit's files under the output folder, by visit id.
    """
    counted = {visit.id for visit in view.counted}
    return [
        _visit(view, visit, files) for visit in view.visits if visit.id in counted or (files and files.get(visit.id))
    ]


def _visit(view: WeekView, visit: Visit, files: Mapping[str, Sequence[str]] | None) -> Json:
    slot, safe = view.slots[visit.slot_id], Safe.of(view)
    row: Json = {
        "visitor": view.visitors[visit.person_id].name,
        "slot": safe.line(slot.name),
        "team": safe.team_name(slot.team),
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
    safe = Safe.of(view)
    return [
        {
            "who": one.who.value,
            "name": view.visitors[one.id].name if one.id in view.visitors else safe.team_name(view.teams[one.id]),
            "wanted": one.wanted,
            "got": one.got,
            "reason": safe.text(words.unmet_text(view, one)),
        }
        for one in unmet
    ]


def broken_rows(view: WeekView, broken: Sequence[Broken]) -> list[Json]:
    """Broken rules, one row a fact."""
    return [_broken(view, one) for one in broken]


def _broken(view: WeekView, one: Broken) -> Json:
    safe = Safe.of(view)
    return {
        "rule": one.rule.value,
        "visitor": view.visitors[one.person_id].name if one.person_id else None,
        "slot": safe.line(view.slots[one.slot_id].name) if one.slot_id else None,
        "other": safe.line(view.slots[one.other_slot_id].name) if one.other_slot_id else None,
        "pinned": one.pinned,
        "permitted": one.permitted,
        "text": safe.text(words.broken_text(view, one)),
    }


def warning_rows(view: WeekView, warnings: Sequence[Warned]) -> list[Json]:
    """Warnings, by date, start, visitor."""
    safe = Safe.of(view)
    order = {visit.id: place for place, visit in enumerate(view.visits)}
    return [
        {
            "kind": one.kind.value,
            "visitor": view.visitors[one.person_id].name,
            "slot": safe.line(view.slots[one.slot_id].name),
            "text": safe.text(words.warning_text(view, one)),
        }
        for one in sorted(warnings, key=lambda one: order[one.visit_id])
    ]


def answer_row(view: WeekView, answer: Answer) -> Json:
    """The answer of `why`: the rules one by one, and what the visit costs in each priority that counts."""
    safe = Safe.of(view)
    price = answer.price
    return {
        "visitor": view.visitors[answer.person_id].name,
        "slot": safe.line(view.slots[answer.slot_id].name),
        "placed": answer.placed,
        "allowed": answer.allowed,
        "rules": [
            {"rule": one.rule.value, "holds": one.holds, "text": safe.text(rule_text(view, answer, one))}
            for one in answer.rules
        ],
        "cost": None if price is None else {priority.value: change for priority, change in price.by_priority},
        "text": safe.text(answer_text(view, answer)),
    }


def problem_rows(view: WeekView, problems: Problems) -> Json:
    """The parts `broken` and `warnings` of a result."""
    return {"broken": broken_rows(view, problems.broken), "warnings": warning_rows(view, problems.warnings)}


def result(view: WeekView, **parts: object) -> Json:
    """A whole result for this week. A part that is None is left out; the rest follow INTERFACES.md's order."""
    unknown = set(parts) - set(_PARTS)
    if unknown:
        raise ValueError(f"no such part of a result: {sorted(unknown)}")
    found: Json = {"format": 1, "week": Safe.of(view).line(view.week.name)}
    found.update({name: parts[name] for name in _PARTS if parts.get(name) is not None})
    return found


def encoded(found: Json) -> bytes:
    """The result as UTF-8 JSON, indented, ending in a new line."""
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
