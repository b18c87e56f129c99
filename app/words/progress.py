"""How far a folder of files is, in words."""

from __future__ import annotations

from typing import assert_never

from app.models.progress import Part, Step
from app.text import translate


def step_text(step: Step) -> str:
    """`Making the calendar files: 340 of 2,000`."""
    doing = _doing(step.part)
    if not step.total:
        return translate("{doing}…").format(doing=doing)
    return translate("{doing}: {done} of {total}").format(doing=doing, done=f"{step.done:,}", total=f"{step.total:,}")


def _doing(part: Part) -> str:
    match part:
        case Part.INVITATIONS:
            return translate("Making the calendar files")
        case Part.ROTA:
            return translate("Making the rota and the call list")
        case Part.CHECK:
            return translate("Setting the pages, checking every file for leaks")
        case Part.WRITE:
            return translate("Writing the files")
        case _:
            assert_never(part)
