"""A pasted list of who comes and who does not."""

from __future__ import annotations

import re

from app.models.names import fold
from app.models.publication import Answer

_YES = frozenset({
    "yes", "y", "accepted", "accept", "accepts", "ok", "okay", "confirmed", "confirm", "confirms", "fine", "coming",
    "attending", "will attend", "can come", "happy to attend", "✓", "✔",
})  # fmt: skip
_NO = frozenset({
    "no", "n", "declined", "decline", "declines", "cannot", "can't", "cant", "not coming", "unable", "cannot come",
    "cannot attend", "can't come", "can't attend", "unable to attend", "sends apologies", "apologies", "✗", "✕", "✘",
})  # fmt: skip
_APART = re.compile(r"\t|\s[-–—:]\s|[,;:]\s+|,|;|\s{2,}|\s=\s")


def read_list(text: str) -> tuple[list[tuple[int, str, Answer]], list[tuple[int, str]]]:
    """A pasted list, a line each: `Ann Lee – yes`, `a.lee@council.example declined`.

    Gives (line, who, answer) of each line that was understood, and (line, text) of the others.
    """
    understood: list[tuple[int, str, Answer]] = []
    others: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _of_line(line.strip())
        if found is None:
            others.append((number, line.strip()[:120]))
        else:
            understood.append((number, *found))
    return understood, others


def _of_line(line: str) -> tuple[str, Answer] | None:
    """Who and what: told apart by a mark, or the last words being an answer."""
    parts = [part.strip() for part in _APART.split(line) if part.strip()]
    candidates = [(" ".join(parts[:-1]), parts[-1])] if len(parts) > 1 else []
    words = line.split()
    candidates += [(" ".join(words[:-n]), " ".join(words[-n:])) for n in (3, 2, 1) if len(words) > n]
    for who, said in candidates:
        plain = fold(said).replace("’", "'").rstrip(".!")
        if plain in _YES:
            return who, Answer.CONFIRMED
        if plain in _NO:
            return who, Answer.DECLINED
    return None
