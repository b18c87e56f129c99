"""The one way in for files from outside: read once, then parsed in a separate, limited process.

The process is started afresh for each file, with the interpreter's own start and nothing of this app but the reader
(`app.exchange.guarded`). What goes wrong there, a crash, a hang or too much memory, is a refusal here.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from app.errors import Refused
from app.exchange.archive import MEGABYTE, MOST_FILE

SECONDS = 10
MEMORY = 512 * MEGABYTE
_HERE = Path(__file__).resolve().parents[2]
_HEADER = struct.Struct(">I")
_START = "import sys; sys.path[:] = sys.argv[2:]; from app.exchange.guarded import main; main(sys.argv[1])"
_SAFE_BUILTINS = frozenset({"frozenset", "set", "tuple", "list", "dict", "bytes", "bytearray", "complex"})
_SAFE_MODULES = ("app.models.", "app.exchange.")


def read_limited(path: str | os.PathLike[str], most: int = MOST_FILE) -> bytes:
    """The bytes of a file from outside, at most `most` of them.

    Raises Refused("input-missing" | "input-folder" | "input-unreachable" | "input-too-large", file, limit).
    """
    file, where = str(path), Path(path)
    try:
        if where.is_dir():
            raise Refused("input-folder", file=file)
        if not where.exists():
            raise Refused("input-missing", file=file)
        if not where.is_file():  # a device or a pipe might never end
            raise Refused("input-unreachable", file=file)
        with where.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError) as error:
        raise Refused("input-unreachable", file=file) from error
    if len(data) > most:
        raise Refused("input-too-large", file=file, limit=most // MEGABYTE)
    return data


def parse(task: str, path: str | os.PathLike[str], *, seconds: float = SECONDS) -> Any:
    """What the task (a key of `app.exchange.guarded.TASKS`) reads in a file, parsed in a limited process.

    Raises Refused("input-…", file, …): what the reader refused, or that it failed, hung or grew too large.
    """
    return parse_bytes(task, read_limited(path), str(path), seconds=seconds)


def parse_bytes(task: str, data: bytes, file: str, *, seconds: float = SECONDS) -> Any:
    """As `parse`, for bytes that were read already; `file` is the name for messages."""
    return finish(begin(task, file), data, seconds=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A limited process that is starting and waits for the bytes of a file, named so in messages."""

    process: subprocess.Popen[bytes]
    file: str

    def send(self, data: bytes) -> None:
        """Send the bytes now, a few of them: a pipe takes 4,096 without waiting. `finish` then only awaits the answer.

        Raises OSError where the process is gone already.
        """
        if self.process.stdin is not None:
            with self.process.stdin as pipe:
                pipe.write(_sent(self.file, data))
            self.process.stdin = None

    def give_up(self) -> None:
        """End the process where it still runs."""
        if self.process.returncode is None:
            self.process.kill()
            self.process.communicate()


def begin(task: str, file: str) -> Begun:
    """Start the process early, while this one does other things. `finish` or `give_up` has to follow.

    Raises Refused("input-failed") where no process can be started.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 -- our own interpreter and reader
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, task, str(_HERE), *_paths()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, creationflags=_flags(),
        )  # fmt: skip
    except OSError as error:
        raise Refused("input-failed", file=file, detail=str(error)) from error
    return Begun(process=process, file=file)


def finish(begun: Begun, data: bytes = b"", *, seconds: float = SECONDS) -> Any:
    """What the process read in these bytes, or in those that were sent before. Raises as `parse`."""
    file, process = begun.file, begun.process
    try:
        sent = _sent(file, data) if process.stdin is not None else None
        answer, complaint = process.communicate(sent, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        begun.give_up()
        raise Refused("input-too-slow", file=file, limit=round(seconds)) from error
    except OSError as error:
        begun.give_up()
        raise Refused("input-failed", file=file, detail=str(error)) from error
    if process.returncode != 0:
        _ended_badly(process.returncode, complaint, file)
    try:
        with _no_collecting():
            kind, value = _Unpickler(io.BytesIO(answer)).load()
    except Exception as error:  # a garbled pickle raises almost anything
        raise Refused("input-failed", file=file, detail=repr(error)) from error
    if kind == "refused":
        code, facts = value
        raise Refused(code, **facts)
    return value


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Many objects come at once and none of them goes: looking through them all, again and again as they come, would
    hold up every thread, the window's too."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _sent(file: str, data: bytes) -> bytes:
    name = file.encode("utf-8", "surrogateescape")
    return _HEADER.pack(len(name)) + name + data


def _ended_badly(code: int, stderr: bytes, file: str) -> NoReturn:
    """A process that gave no answer: stopped by the system, or out of memory, or a fault of the reader."""
    detail = stderr[-4000:].decode("utf-8", "replace")
    if code == -24:  # SIGXCPU: the processor's time was up before the clock's
        raise Refused("input-too-slow", file=file, limit=SECONDS, worked=True)
    if code < 0 or "MemoryError" in detail:
        raise Refused("input-too-heavy", file=file, detail=detail)
    raise Refused("input-failed", file=file, detail=detail)


def _paths() -> list[str]:
    return [path for path in sys.path if path]


def _flags() -> int:
    """On Windows no console window flashes up for the process."""
    return getattr(subprocess, "CREATE_NO_WINDOW", 0)


class _Unpickler(pickle.Unpickler):
    """Takes only our own values and dates: a process that read a hostile file is not trusted to name anything else."""

    def find_class(self, module: str, name: str) -> Any:
        own = module.startswith(_SAFE_MODULES) and "." not in name
        if own or module == "datetime" or (module == "builtins" and name in _SAFE_BUILTINS):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        if (module, name) == ("builtins", "getattr"):
            return _plan_of
        raise pickle.UnpicklingError(f"{module}.{name} is not expected here")


def _plan_of(owner: type, name: str) -> Any:
    """The one bound method that a pickled Plan names: `Plan.of`."""
    if (owner.__module__, owner.__name__, name) != ("app.models.plan", "Plan", "of"):
        raise pickle.UnpicklingError(f"{owner}.{name} is not expected here")
    return getattr(owner, name)
