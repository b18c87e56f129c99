"""The limited process of `app.exchange.guard`: reads one file from standard input, answers on standard output.

It is started without the user's site and with nothing imported yet, so that a file is read in a fraction of a second.
"""

from __future__ import annotations

import importlib
import io
import pickle
import struct
import sys

_HEADER = struct.Struct(">I")
_NOT_NEEDED = ("numpy", "lxml", "PIL", "pandas")
"""openpyxl takes these where it finds them: heavy, or (lxml) parsing what defusedxml would refuse."""

MOST_ANSWER = 64 * 1024 * 1024
"""Bytes of an answer."""

TASKS: dict[str, tuple[str, str]] = {
    "planning": ("app.exchange.planning.reader", "read_guarded"),
    "forms": ("app.exchange.forms.sheets", "read_guarded"),
    "diary": ("app.exchange.diary.busy", "read_guarded"),
    "answers": ("app.exchange.diary.answers", "read_guarded"),
    "database": ("app.exchange.inspected", "look_guarded"),
    "rescue": ("app.exchange.inspected", "rescue_guarded"),
}
"""Reader of each kind of file: module and function (bytes, file name) → value made of our own nouns."""


def main(task: str) -> None:
    """Answer ("value", …) or ("refused", (code, facts)), pickled. Anything else ends the process with an error."""
    answer = sys.stdout.buffer
    sys.stdout = io.StringIO()  # nothing that is printed may mix into the answer
    _limit()
    for name in _NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment]  # None is how Python marks a module that must not be found
    module, function = TASKS[task]
    read = getattr(importlib.import_module(module), function)  # while the bytes are perhaps still being fetched
    data = sys.stdin.buffer.read()
    (size,) = _HEADER.unpack_from(data)
    start = _HEADER.size + size
    file = data[_HEADER.size : start].decode("utf-8", "surrogateescape")
    from app.errors import Refused  # after the limits are set

    try:
        told: object = ("value", read(data[start:], file))
    except Refused as refused:
        told = ("refused", (refused.code, refused.facts))
    held = pickle.dumps(told, protocol=pickle.HIGHEST_PROTOCOL)
    if len(held) > MOST_ANSWER:
        raise MemoryError  # for the app itself, which would have to hold all of it
    answer.write(held)
    answer.flush()


def _limit() -> None:
    """Bound memory and processor time where the system can (Windows bounds the clock alone, from outside)."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    from app.exchange.guard import MEMORY, SECONDS  # kept beside the clock's limit

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
