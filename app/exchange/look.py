"""How paper looks: the tokens of `resources/themes/paper.json`, and each service's shape, word and tint."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.models.names import fold, tidy
from app.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLook:
    """A service on paper: shape and word carry what the colours carry, so that greyscale loses nothing.

    `solid` and `tint` are RRGGBB; `colour` is the word for them.
    """

    name: str
    shape: str
    solid: str
    tint: str
    colour: str

    @property
    def label(self) -> str:
        """`■ Social care`."""
        return f"{self.shape} {self.name}"


@lru_cache(maxsize=1)
def _theme() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource("themes", "paper.json").read_text(encoding="utf-8"))
    return loaded


def token(name: str) -> str:
    """The colour of that name as RRGGBB."""
    return str(_theme()[name])


def service_looks(names: Iterable[str]) -> dict[str, ServiceLook]:
    """The look of each of these services by folded name: the four known ones first, others by name.

    Beyond the further shapes that there are, a shape is used again with a number beside it.
    """
    wanted = {fold(name): tidy(name) for name in sorted(names, key=lambda name: (fold(name), name), reverse=True)}
    looks: dict[str, ServiceLook] = {}
    for known in _theme()["services"]:
        if wanted.pop(fold(known["name"]), None) is not None:
            looks[fold(known["name"])] = ServiceLook(**known)
    others = _theme()["other services"]
    for place, key in enumerate(sorted(wanted)):
        again, which = divmod(place, len(others))
        other = dict(others[which])
        other["shape"] += str(again + 1) if again else ""
        looks[key] = ServiceLook(name=wanted[key], **other)
    return looks
