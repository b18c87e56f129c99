"""The list of scenes: a function for each, which yields its pictures; `scene` tells the entries that lead to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.pictures.stage import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A scene, its name, and the ids of the entries of the menus that lead to it."""

    name: str
    play: Scene
    entries: tuple[str, ...]


ACTS: list[Act] = []
"""Every scene, in the order in which they are played."""

OPENS_NOTHING = frozenset({
    "undo", "redo", "move", "cut", "paste", "pin", "tray", "find", "by-team", "by-visitor", "by-day", "as-list",
    "details", "show-tray", "show-history", "fit", "zoom-in", "zoom-out", "zoom-normal", "text-larger", "text-smaller",
    "text-normal", "theme-system", "theme-light", "theme-dark", "theme-contrast", "next-pane", "reset-layout", "calls",
    "sample", "quit",
})  # fmt: skip
"""Entries that act at once, or lead to a screen that has its own picture."""


def scene(*entries: str) -> Callable[[Scene], Scene]:
    """Put a function on the list; its name, with spaces, is the scene's."""

    def listed(play: Scene) -> Scene:
        ACTS.append(Act(name=play.__name__.replace("_", " "), play=play, entries=entries))
        return play

    return listed
