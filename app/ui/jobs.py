"""Work that lasts: run aside in a thread, its results handed over in the window's own thread, or waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn, TypeVar

from PySide6.QtCore import QEventLoop, QMetaObject, QObject, Qt, Signal
from shiboken6 import isValid

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    call: Callable[[Any], None]
    value: Any


class Job:
    """One piece of work under way."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self.thread: threading.Thread | None = None

    def cancel(self) -> None:
        """Ask the work to stop; it ends at its next chance, and may still hand over what it has."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()


class Jobs(QObject):
    """Starts work aside. Everything handed over arrives in the window's thread, in order."""

    _news = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._news.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._running: list[Job] = []

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    def start(
        self,
        work: Callable[[Job, Callable[[Any], None]], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        progress: Callable[[Any], None] | None = None,
    ) -> Job:
        """Run `work(job, tell)` aside. `tell` hands over progress; the result goes to `done`, an error to `failed`."""
        job = Job()

        def tell(value: Any) -> None:
            if progress is not None:
                self._news.emit(_News(call=progress, value=value))

        def run() -> None:
            try:
                result = work(job, tell)
            except BaseException as error:  # noqa: BLE001 - handed to the window, which tells or raises it
                self._news.emit(_News(call=self._ended(job, failed), value=error))
            else:
                self._news.emit(_News(call=self._ended(job, done), value=result))

        job.thread = threading.Thread(target=run, daemon=True)
        self._running.append(job)
        job.thread.start()
        return job

    def stop_all(self, seconds: float = 2.0) -> None:
        """Stop everything, and wait a moment for it to end."""
        for job in list(self._running):
            job.cancel()
        for job in list(self._running):
            if job.thread is not None:
                job.thread.join(seconds)

    def _ended(self, job: Job, call: Callable[[Any], None]) -> Callable[[Any], None]:
        def ended(value: Any) -> None:
            if job in self._running:
                self._running.remove(job)
            _tell(call, value)

        return ended

    def _hand_over(self, news: _News) -> None:
        _tell(news.call, news.value)


def _tell(call: Callable[[Any], None], value: Any) -> None:
    """Hand it over, unless the part of the window that wanted it was closed meanwhile."""
    wants = getattr(call, "__self__", None)
    if not isinstance(wants, QObject) or isValid(wants):
        call(value)


def meanwhile(work: Callable[[], T]) -> T:
    """What `work` gives, or raises: done in a thread, while the window repaints and takes no keys or clicks."""
    loop = QEventLoop()
    found: list[Callable[[], T]] = []

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            found.append(partial(_raise, error))
        else:
            found.append(lambda: result)
        QMetaObject.invokeMethod(loop, "quit", Qt.ConnectionType.QueuedConnection)

    threading.Thread(target=run, daemon=True).start()
    while not found:
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return found[0]()


def _raise(error: BaseException) -> NoReturn:
    raise error
