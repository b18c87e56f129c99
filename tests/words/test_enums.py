"""Every member of every enum that the program speaks of has words of its own."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from enum import Enum
from typing import Any, get_type_hints

import pytest

import app.words

ROOMS = [f"app.words.{one.name}" for one in pkgutil.iter_modules(app.words.__path__)]
WINDOW = ["app.ui.words", "app.ui.actions", "app.ui.dialogs.match"]


def speakers() -> list[Callable[[Any], str]]:
    """The public functions that turn one member of an enum into words."""
    found: list[Callable[[Any], str]] = []
    for room in (*ROOMS, *WINDOW):
        module = importlib.import_module(room)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != room or name.startswith("_"):
                continue
            needed = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
            hints = get_type_hints(function) if len(needed) == 1 else {}
            kind = hints.get(needed[0].name) if hints else None
            if inspect.isclass(kind) and issubclass(kind, Enum) and hints.get("return") is str:
                found.append(function)
    return found


@pytest.mark.parametrize("speak", speakers(), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_every_member_has_words_of_its_own(speak: Callable[[Any], str]) -> None:
    hints = get_type_hints(speak)
    kind = next(iter(hints.values()))
    said = [speak(member) for member in kind]
    assert all(words.strip() for words in said)
    if not speak.__name__.endswith("_token"):  # several may share a colour
        assert len(set(said)) == len(said)


def test_the_speakers_are_found() -> None:
    assert {"rule_name", "caution_name", "badge_word", "status_word"} <= {one.__name__ for one in speakers()}
