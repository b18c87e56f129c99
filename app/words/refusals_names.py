"""A name that nobody of the week has, with the nearest that somebody has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import LiteralString

from app.text import translate
from app.words.dates import listed

Facts = Mapping[str, object]


def _says(literal: LiteralString) -> Callable[[Facts], str]:
    def says(facts: Facts) -> str:
        near = facts.get("near")
        names = [str(one) for one in near] if isinstance(near, tuple) else []
        said = translate(literal).format(name=facts.get("name", ""))
        if not names:
            return said
        return translate("{said} Did you mean {names}?").format(said=said, names=listed(names, translate("or")))

    return says


SAYS: dict[str, Callable[[Facts], str]] = {
    "unknown-visitor": _says("There is no visitor called {name} in this week."),
    "unknown-place": _says("There is no team or slot called {name} in this week."),
    "unknown-slot": _says("There is no slot called {name} in this week."),
}
