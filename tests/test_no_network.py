"""The guard over the suite works, and no module of the app so much as names the network."""

from __future__ import annotations

import ast
import socket
import sys
from pathlib import Path

import pytest

import app
from tests import conftest

_NETWORK = frozenset({"socketserver", "ssl", "http", "ftplib", "smtplib", "imaplib", "asyncio", "requests"})
_QT = frozenset({"QtNetwork", "QtWebEngineCore", "QtWebSockets"})


def test_a_connection_is_stopped_and_noticed() -> None:
    for reach in (
        lambda: socket.getaddrinfo("council.example", 9),
        lambda: sys.audit("socket.connect", None, ("127.0.0.1", 9)),  # told before a connection, which is none here
    ):
        with pytest.raises(OSError, match="nothing may leave"):
            reach()
        assert conftest._reached
        conftest._reached.clear()


def test_no_module_of_the_app_imports_the_network() -> None:
    found = []
    for path in Path(str(app.__file__)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names += [node.module]
            parts = {part for name in names for part in name.split(".")}
            if parts & (_NETWORK | _QT) or "urllib.request" in names:
                found.append(f"{path.name}: {names}")
    assert found == []
