"""File and folder names that are safe on every system (INTERFACES.md, "File and folder names")."""

from __future__ import annotations

import hashlib
import re

from app.exchange.letters import ascii_form

LONGEST = 80
"""Characters of a name, its suffix included."""

_FORBIDDEN = re.compile(r"[^A-Za-z0-9 ._-]+")
_APOSTROPHES = re.compile(r"['\"]+")
_RUNS = re.compile(r"[ ]{2,}")
_DEVICES = frozenset({"con", "prn", "aux", "nul", "conin", "conout", "clock"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
_EDGES = " .-_"


def safe_name(text: str, used: set[str] | None = None, *, suffix: str = "", spaces: str = " ") -> str:
    """A file or folder name for this text: `[A-Za-z0-9 ._-]`, at most 80 characters, no Windows device.

    `used` holds the names of the same folder so far (case folded) and is added to: where the name is taken, a
    number follows it. `suffix` (such as `.ics`) always ends the name. `spaces` stands for each space.
    """
    stem = _stem(text, spaces)
    name = _fitted(stem, suffix)
    if used is None:
        return name
    number = 2
    while name.casefold() in used:
        name = _fitted(stem, f"-{number}{suffix}")
        number += 1
    used.add(name.casefold())
    return name


def _stem(text: str, spaces: str) -> str:
    latin = _APOSTROPHES.sub("", ascii_form(text))
    words = _RUNS.sub(" ", _FORBIDDEN.sub(" ", latin)).strip(_EDGES)
    if not words:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return digest[:8]
    # Windows reads everything before the first dot as the device's name, whatever follows.
    if words.split(".", 1)[0].rstrip().casefold() in _DEVICES:
        words = f"x {words}"
    return words.replace(" ", spaces)


def _fitted(stem: str, suffix: str) -> str:
    return stem[: LONGEST - len(suffix)].rstrip(_EDGES) + suffix


def is_safe(name: str) -> bool:
    """Whether a name keeps all the rules of `safe_name` (uniqueness aside)."""
    return (
        0 < len(name) <= LONGEST
        and _FORBIDDEN.search(name) is None
        and not name.endswith((".", " "))
        and name not in {".", ".."}
        and not name.startswith(" ")
        and name.split(".", 1)[0].rstrip().casefold() not in _DEVICES
    )
