"""Why a week cannot be published, put off or called off, a call not ticked, a place not released."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.models.leaks import Leak
from app.text import translate
from app.words.leaks import leak_line

Facts = Mapping[str, object]


def _leaks(facts: Facts) -> str:
    """Every finding on a line of its own."""
    found = facts.get("leaks", ())
    leaks = [leak for leak in found if isinstance(leak, Leak)] if isinstance(found, tuple) else []
    first = translate("Nothing was written: the files would give something away.")
    return "\n".join((first, *dict.fromkeys(leak_line(leak) for leak in leaks)))


SAYS: dict[str, Callable[[Facts], str]] = {
    "leak": _leaks,
    "not-a-database": lambda facts: translate(
        "{path}: this is no database, and only a database remembers what was sent; import the workbook into one first."
    ).format(path=facts.get("path", "")),
    "answer-untold": lambda facts: translate("{who} was not told yet. Note first who told them.").format(
        who=facts.get("who", "")
    ),
    "publication-unreadable": lambda facts: translate(
        "What was published as version {number} cannot be read in this file. Restore a backup in which it can (File ▸ "
        "Backups), or publish the week as it stands now."
    ).format(number=facts.get("number", "")),
    "not-protected": lambda facts: translate("{site} is not protected; everybody may read its address.").format(
        site=facts.get("site", "")
    ),
    "reason-missing": lambda _: translate("Give the reason: it is recorded with the release."),
    "nothing-to-cancel": lambda _: translate("No visit of this week is still to come, so there is nothing to cancel."),
    "same-days": lambda _: translate("The week begins on that day already. Choose another first day."),
    "already-held": lambda _: translate(
        "Some visits of this week were held, so it cannot be put off whole. Move the others one by one."
    ),
}
"""Code → sentence from its facts."""
