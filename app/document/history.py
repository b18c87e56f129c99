"""The order of what was done: which edit the next undo takes back, which the next redo brings again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.models.change import Edit, Verb
from app.models.journal import Doing, JournalLine


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One line of the history as people see it.

    `stands` says whether the line's edit is part of the Plan now. `edit` is read from the file when first asked
    for: a long history opens quickly, and names need `verb` and `facts` alone.
    """

    sequence: int
    at: dt.datetime
    kind: Doing
    verb: Verb
    facts: tuple[tuple[str, str], ...]
    week_id: str | None
    stands: bool
    _read: Callable[[], Edit] = field(repr=False, compare=False)

    @property
    def edit(self) -> Edit:
        """The edit that went through the door in this line."""
        return self._read()

    def fact(self, key: str) -> str:
        """The fact of that name; blank where the line has none."""
        return dict(self.facts).get(key, "")


_TURNS = frozenset({Doing.UNDONE, Doing.REDONE})


class History:
    """Every journal line in order, and the two stacks that follow from them. Made anew from the journal at start."""

    def __init__(self, lines: Iterable[JournalLine] = ()) -> None:
        self.lines: list[JournalLine] = []
        self._undo: list[int] = []
        self._redo: list[int] = []
        for line in lines:
            self.add(line)

    def add(self, line: JournalLine) -> None:
        """Remember a line that the file has taken. Raises ValueError where it takes back what was not done last."""
        if line.kind in _TURNS and line.of != (self.to_undo if line.kind is Doing.UNDONE else self.to_redo):
            raise ValueError(f"line {line.sequence} cannot follow")
        self.lines.append(line)
        if line.kind is Doing.DONE:
            self._undo.append(line.sequence)
            self._redo.clear()
        elif line.kind is Doing.UNDONE and line.of is not None:
            self._undo.pop()
            self._redo.append(line.of)
        elif line.kind is Doing.REDONE and line.of is not None:
            self._redo.pop()
            self._undo.append(line.of)

    @property
    def next_sequence(self) -> int:
        """The number of the line to come."""
        return self.lines[-1].sequence + 1 if self.lines else 1

    @property
    def to_undo(self) -> int | None:
        """The line that undo takes back next."""
        return self._undo[-1] if self._undo else None

    @property
    def to_redo(self) -> int | None:
        """The line that redo brings again next."""
        return self._redo[-1] if self._redo else None

    @property
    def last(self) -> JournalLine | None:
        """The newest line."""
        return self.lines[-1] if self.lines else None

    def standing(self) -> list[tuple[JournalLine, bool]]:
        """Every line with whether what it did is part of the Plan now."""
        done = frozenset(self._undo)
        return [(line, _stands(line, done)) for line in self.lines]

    def way_to(self, sequence: int) -> tuple[list[int], list[int]] | None:
        """The lines to undo, or else to redo, in order, until that line is the last that stands; 0 is the beginning.

        None where undo and redo do not lead there.
        """
        if sequence == 0:
            return list(reversed(self._undo)), []
        if sequence in self._undo:
            return list(reversed(self._undo[self._undo.index(sequence) + 1 :])), []
        if sequence in self._redo:
            return [], list(reversed(self._redo[self._redo.index(sequence) :]))
        return None


def _stands(line: JournalLine, done: frozenset[int]) -> bool:
    if line.kind is Doing.RECORDED:
        return True
    if line.kind is Doing.UNDONE:
        return line.of not in done
    return (line.of or line.sequence) in done
