"""The person export as files: one for programs, one for reading."""

from __future__ import annotations

import json

from app.document.privacy import as_data, held_of, parts_of
from app.exchange.filenames import safe_name
from app.models.plan import Plan
from app.text import translate


def person_files(plan: Plan, name: str) -> dict[str, bytes]:
    """Everything held of the person of that name. Raises Refused("unknown-person")."""
    held = held_of(plan, name)
    lines = [translate("Everything that is held of {name}").format(name=held.name), ""]
    for table, fields in parts_of(plan, held):
        lines.append(table.replace("_", " ").capitalize())
        lines += [f"  {key.replace('_', ' ')}: {value}" for key, value in fields]
        lines.append("")
    stem = safe_name(held.name, set())
    return {
        "plan.json": _json({"format": 1, "week": "", "person": held.name}),
        f"{stem}.json": _json(as_data(plan, held)),
        f"{stem}.txt": "\r\n".join(lines).encode("utf-8", "replace"),
    }


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
