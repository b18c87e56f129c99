"""For the whole suite: nothing may open a socket to anywhere. What runs in tests is what runs at work."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import pytest

_NET = frozenset({
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.gethostbyaddr", "urllib.Request", "ftplib.connect", "smtplib.connect", "http.client.connect",
})  # fmt: skip
_reached: list[str] = []


def _local(arguments: tuple[object, ...]) -> bool:
    """A socket within this computer's own file system, as displays and worker processes use."""
    one = arguments[0] if arguments else None
    family = getattr(socket, "AF_UNIX", None)
    return isinstance(one, socket.socket) and family is not None and one.family == family


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    if event in _NET and not (event.startswith("socket.") and _local(arguments)):
        _reached.append(f"{event} {arguments[1:]!r}")
        raise OSError("nothing may leave this computer")


sys.addaudithook(_heard)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Whatever reaches for the network fails, and so does the test in which it did."""
    _reached.clear()
    yield
    found, _reached[:] = list(_reached), []
    assert found == []
