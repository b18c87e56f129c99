"""Tables as text by strangers."""

from __future__ import annotations

from tests.exchange.hostile import packed, plain_parts
from tests.faults.corpus.databases import database
from tests.faults.corpus.spoiling import Maker, noise


def _wide_csv() -> bytes:
    return b",".join(b"a" for _ in range(1_000_000)) + b"\n" + b",".join(b"1" for _ in range(1_000_000))


def _long_csv() -> bytes:
    return b"Visitor,Team,Wish\n" + b"Ann Lee,Red,like\n" * 250_000


TABLES: dict[str, Maker] = {
    "a million columns": _wide_csv,
    "many rows": _long_csv,
    "NULs": lambda: b"Visitor\0,Team\0\n" + b"\0" * 100_000,
    "a quote that never ends": lambda: b'Visitor,Team\n"' + b"a,b\n" * 200_000,
    "only quotes": lambda: b'"' * 1_000_000,
    "a cell of four megabytes": lambda: b"Visitor,Notes\nAnn," + b"x" * 4_000_000,
    "six megabytes": lambda: b"a,b\n" * 1_600_000,
    "UTF-16 cut in half": lambda: "Visitor;Team\nAnn Lee;Red\n".encode("utf-16")[:-1],
    "UTF-32": lambda: "Visitor;Team\nAnn Lee;Red\n".encode("utf-32"),
    "wrong UTF-8": lambda: b"\xef\xbb\xbfVisitor,Team\n\xff\xfe\x80\xc3(,x\n",
    "every byte": lambda: bytes(range(256)) * 400,
    "carriage returns": lambda: b"Visitor,Team\r\rAnn,Red\r" * 50_000,
    "line ends of Unicode": lambda: "Visitor,Team\u2028Ann\u2029Red\x85\x0b\x0c,x\n".encode() * 1000,
    "formulas": lambda: b"Visitor,Team\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-1\n",
    "separators": lambda: b";,|\t" * 300_000,
    "nothing": lambda: b"",
    "noise": lambda: noise(300_000, 5),
    "a workbook": lambda: packed(plain_parts()),
    "a database": database,
}  # fmt: skip
