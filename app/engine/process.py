"""The processes that solve: some may be kept warm, ready before they are needed; each does one job."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection

from app.engine.worker import serve

_NAME = "practice-week-matching"


class Child:
    """A process that waits for one job on its wire, and what it tells comes back there."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        wire, theirs = context.Pipe()
        self.wire: Connection = wire
        self._process = context.Process(target=serve, args=(theirs,), daemon=True, name=_NAME)
        with _deaf():
            self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    @property
    def exit_code(self) -> int | None:
        """With which code it ended."""
        return self._process.exitcode

    def end(self, *, at_once: bool) -> None:
        """Wait until it has ended, or end it."""
        if at_once and self._process.is_alive():
            self._process.kill()
        self._process.join(timeout=5)
        self.wire.close()


class _Spares:
    """The processes that wait, and how many are to wait at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._always = 0
        self._waiting: list[Child] = []

    def keep(self, always: int) -> None:
        with self._lock:
            self._always = always
        self.settle()

    def fill(self, count: int) -> None:
        with self._lock:
            while len(self._waiting) < count:
                self._waiting.append(Child())

    def settle(self) -> None:
        self.fill(self._always)
        with self._lock:
            idle, self._waiting = self._waiting[self._always :], self._waiting[: self._always]
        for child in idle:
            child.end(at_once=True)

    def taken(self) -> Child:
        while True:
            with self._lock:
                child = self._waiting.pop(0) if self._waiting else None
            if child is None:
                return Child()
            if child.alive:
                return child
            child.end(at_once=True)


_spares = _Spares()


def keep_warm(count: int) -> None:
    """Have so many processes ready from now on."""
    _spares.keep(count)


def make_ready(count: int) -> None:
    """Have so many processes wake now, while their jobs are still being made up."""
    _spares.fill(count)


def started() -> Child:
    """A process for one job: one that waits, where there is any."""
    return _spares.taken()


def settle() -> None:
    """After a job: put others in the place of those that were taken, end those that nobody needed."""
    _spares.settle()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """A child started inside never hears Ctrl+C, not even while it wakes: a terminal sends it to both.

    What comes meanwhile for this process is heard at the end.
    """
    if sys.platform == "win32":  # the child itself ignores it, from when it serves
        yield
        return
    resource_tracker.ensure_running()  # which, when it starts, lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
