"""Marks in a grid of times: `free`, `yes`, a tick; what could mean either is not clear."""

from __future__ import annotations

from app.exchange.planning import cells
from app.models.forms import RawCell
from app.models.names import fold
from app.models.people import Presence

_BUSY = frozenset({
    "busy", "no", "n", "not available", "unavailable", "cannot", "can't", "cant", "can't do", "leave", "annual leave",
    "a/l", "al", "off", "out", "not free", "away", "meeting", "booked", "✗", "✕", "✘", "not in", "holiday",
    "non-working",
})  # fmt: skip
_FREE = frozenset({
    "free", "yes", "y", "ok", "okay", "available", "can", "can do", "fine", "good", "✓", "✔", "all day", "in",
})  # fmt: skip
_MERE = frozenset({"yes", "y", "no", "n", "✓", "✔", "✗", "✕", "✘", "ok", "okay", "true", "false", "all day"})
"""Marks that agree with their heading or not, and say nothing of their own."""
_RATHER_NOT = frozenset({
    "rather not", "if need be", "maybe", "possibly", "prefer not", "tentative", "if necessary", "at a push", "?",
})  # fmt: skip


def presence(cell: RawCell, against: bool = False) -> tuple[Presence | None, bool]:
    """What a mark says, and whether that was clear: an `x` is free to some and busy to others.

    `against` is said of marks under words such as "not available": there a mere yes or tick is not clear.
    """
    text = fold(cells.shown(cell)).replace("’", "'").rstrip(".!")
    if against and text in _MERE:
        return None, False
    for words, found in ((_BUSY, Presence.BUSY), (_FREE, Presence.FREE), (_RATHER_NOT, Presence.RATHER_NOT)):
        if text in words:
            return found, True
    return None, text in {"", "-", "n/a", "–"}
