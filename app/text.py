"""The one hook through which every sentence passes, so that it can be translated or marked in a test.

`translate` takes literals only: values are put in afterwards with `str.format`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import LiteralString

_translator: Callable[[str], str] | None = None


def translate(literal: LiteralString) -> str:
    """The sentence in the user's language; the literal itself where no translator is set."""
    return literal if _translator is None else _translator(literal)


def set_translator(translator: Callable[[str], str] | None) -> None:
    """Install a translator for the whole process, or take it away with None."""
    global _translator  # noqa: PLW0603 -- one language for the whole process
    _translator = translator
