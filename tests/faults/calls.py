"""System calls as `strace -y` writes them, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_LINE = re.compile(r"(?:\[pid\s+\d+\] |\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HANDLE = re.compile(r"(\d+)<")
_BESIDE = re.compile(r'(?:AT_FDCWD|\d+)(?:<([^>]*)>)?, "((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: its name, what stands between its brackets, and what came of it."""

    name: str
    inside: str
    result: int

    @property
    def handle(self) -> int:
        """The open file that it is about; -1 where it names none first."""
        match = _HANDLE.match(self.inside)
        return int(match[1]) if match else -1

    @property
    def data(self) -> bytes:
        """The bytes that it writes, or its first text."""
        return unescaped(_TEXT.findall(self.inside)[0])

    def paths(self, place: str = "") -> list[str]:
        """The whole paths that it names: beside a folder's handle where it gives one, else in `place`."""
        beside = [(unescaped(folder), unescaped(text)) for folder, text in _BESIDE.findall(self.inside)]
        named = beside or [(b"", unescaped(text)) for text in _TEXT.findall(self.inside)[:2]]
        found = []
        for folder, text in named:
            path = text.decode("utf-8", "replace")
            found.append(path if path.startswith("/") else f"{folder.decode('utf-8', 'replace') or place}/{path}")
        return found


def read(lines: Iterable[str]) -> Iterator[Call]:
    """Every finished call of a trace."""
    for line in lines:
        match = _LINE.match(line)
        if match is not None:
            yield Call(name=match[1], inside=match[2], result=int(match[3]))


def unescaped(text: str) -> bytes:
    """The bytes of a text as the trace spells it."""
    return text.encode("latin-1", "replace").decode("unicode_escape", "replace").encode("latin-1", "replace")
