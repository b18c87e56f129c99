"""Work that may take so long and no longer, on every system."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class TooLongError(Exception):
    """The work took too long."""


@contextmanager
def against_the_clock(seconds: float) -> Iterator[None]:
    """End the work inside with TooLongError where it takes longer. It must be Python's own: C code is not stopped."""
    thread, lock = threading.get_ident(), threading.Lock()
    state = {"over": False, "rung": False}

    def ring() -> None:
        with lock:
            if not state["over"]:
                state["rung"] = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLongError))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    heard = False
    try:
        yield
    except TooLongError:
        heard = True
        raise
    finally:
        with lock:
            state["over"] = True
        timer.cancel()
        while state["rung"] and not heard:
            time.sleep(0.001)  # it rang as the work ended: what it raises must be raised here
