"""What a person caused: a refusal with a code and facts, turned into words by `app.words`."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 -- the word that the architecture gives it
    """Something a person asked for cannot be done, and nothing was changed.

    `code` names the reason; `facts` are the values that its sentence needs. The sentence itself is made by
    `app.words.refusals`, so that the core never speaks.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.facts.items())
        return f"{self.code}({shown})"
