"""Databases by strangers: traps in the schema, bad pages, and what else is called .pweek."""

from __future__ import annotations

import sqlite3
import struct
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.exchange.hostile import packed, plain_parts
from tests.faults.corpus.spoiling import Maker, noise, spoilt
from tests.store.make_version import make


def database(*statements: str, before: tuple[str, ...] = ()) -> bytes:
    """A database of ours with these statements run on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.pweek"
        make(path)
        _run(path, [*before, *statements])
        return path.read_bytes()


def _run(path: Path, statements: list[str]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            connection.execute(statement)


def _foreign(*statements: str, ours: bool = True) -> bytes:
    """A database of somebody else's, perhaps with our mark in its header."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.db"
        marks = ["PRAGMA application_id=1347906353", "PRAGMA user_version=1"] if ours else []
        _run(path, [*statements[:1], *marks, *statements[1:]])
        return path.read_bytes()


def _patched(at: int, data: bytes) -> bytes:
    held = bytearray(database())
    held[at : at + len(data)] = data
    return bytes(held)


def _free_pages(first: int) -> bytes:
    """A list of free pages that leads somewhere else, or round and round."""
    held = bytearray(database("DELETE FROM journal WHERE of IS NOT NULL", "DELETE FROM calls"))
    held[32:40] = struct.pack(">II", first, 5)
    if first * 4096 <= len(held) and first:
        held[(first - 1) * 4096 : (first - 1) * 4096 + 12] = struct.pack(">III", first, 1022, first)
    return bytes(held)


def _spoilt_database(seed: int) -> bytes:
    return spoilt(database(), seed)


_RECURSIVE = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def _with_side(*statements: str) -> bytes:
    """A database whose last change lies in a write-ahead log that was left behind: the file says so, the log is gone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.pweek"
        make(path)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        for statement in statements:
            connection.execute(statement)
        data = path.read_bytes()  # before the log goes into the file
        connection.close()
        return data


DATABASES: dict[str, Maker] = {
    "a trigger": lambda: database("CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM people; END"),
    "a trigger that never ends": lambda: database(f"CREATE TRIGGER t BEFORE UPDATE ON meta BEGIN {_RECURSIVE}; END"),
    "a view for a table": lambda: database("DROP TABLE wishes", f"CREATE VIEW wishes AS {_RECURSIVE}"),
    "a view for the notes": lambda: database("DROP TABLE meta", f"CREATE VIEW meta AS SELECT 'digest' name, x value FROM ({_RECURSIVE.replace('count(*)', 'x')})"),
    "an index on a formula": lambda: database("CREATE INDEX i ON people (hex(zeroblob(3000000)))"),
    "a made-up column": lambda: database("ALTER TABLE people ADD COLUMN x AS (hex(zeroblob(100000000)))"),
    "a default that is heavy": lambda: database("ALTER TABLE people ADD COLUMN y DEFAULT 'x'"),
    "a virtual table": lambda: _foreign("CREATE VIRTUAL TABLE people USING fts5(name)"),
    "a table of SQLite's own": lambda: database("ANALYZE"),
    "a schema of another's": lambda: _foreign("CREATE TABLE people (id)"),
    "a schema that SQLite cannot read": lambda: database("UPDATE sqlite_master SET sql = 'CREATE TABLE people (' WHERE name = 'people'"),
    "a schema with a huge name": lambda: _foreign(f"CREATE TABLE t (\"{'x' * 900_000}\")"),
    "a thousand tables": lambda: _foreign("CREATE TABLE t (x)", *(f"CREATE TABLE t{n} (x)" for n in range(1000))),
    "two thousand columns": lambda: _foreign(f"CREATE TABLE people ({', '.join(f'c{n}' for n in range(1999))})"),
    "a root page that is another's": lambda: database("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'people'"),
    "a root page far away": lambda: database("UPDATE sqlite_master SET rootpage = 99999999 WHERE name = 'people'"),
    "write-ahead log": lambda: database("PRAGMA journal_mode=WAL"),
    "huge pages": lambda: database(before=("PRAGMA page_size=65536", "VACUUM")),
    "tiny pages": lambda: database(before=("PRAGMA page_size=512", "VACUUM")),
    "UTF-16 texts": lambda: _foreign("PRAGMA encoding='UTF-16'", "CREATE TABLE people (id)"),
    "pages of no size": lambda: _patched(16, b"\0\0"),
    "pages of a wrong size": lambda: _patched(16, b"\x10\x01"),
    "more pages than there are": lambda: _patched(28, b"\x7f\xff\xff\xff"),
    "format of the future": lambda: _patched(44, b"\0\0\0\x63"),
    "reserved bytes": lambda: _patched(20, b"\xff"),
    "free pages that lead round": lambda: _free_pages(2),
    "free pages far away": lambda: _free_pages(2_000_000),
    "a version far ahead": lambda: database("PRAGMA user_version=999"),
    "a version below nothing": lambda: database("PRAGMA user_version=-5"),
    "another's mark": lambda: _foreign("CREATE TABLE t (x)", ours=False),
    "a journal of gigabytes": lambda: database("UPDATE journal SET changes = hex(zeroblob(8000000))"),
    "brackets": lambda: database("UPDATE journal SET changes = replace(hex(zeroblob(2000000)), '0', '[')"),
    "a thousand years": lambda: database("UPDATE weeks SET first_day='0001-01-01', last_day='9999-12-31'"),
    "names of bytes": lambda: database("UPDATE people SET name = x'80ff00'"),
    "only a header": lambda: database()[:100],
    "half": lambda: database()[:50_000],
    "a page too few": lambda: database()[:-4096],
    "a page too many": lambda: database() + bytes(4096),
    "a log left behind": lambda: _with_side("UPDATE people SET name = 'Somebody'"),
    "encrypted": lambda: noise(4096 * 40, 11),
    "encrypted but for its mark": lambda: database()[:16] + noise(4096 * 40, 12),
    "a view that asks itself": lambda: database("DROP TABLE calls", "CREATE VIEW calls AS SELECT * FROM calls"),
    "a view over another file": lambda: database("CREATE VIEW v AS SELECT * FROM pragma_database_list"),
    "a view that loads": lambda: database("CREATE VIEW v AS SELECT load_extension('/tmp/x.so')"),
    "a view that writes a file": lambda: database("CREATE VIEW v AS SELECT writefile('/tmp/x', 'y')"),
    "a trigger on every table": lambda: database(*(
        f"CREATE TRIGGER t{one} AFTER INSERT ON {one} BEGIN SELECT randomblob(900000000); END" for one in ("people", "teams", "meta")
    )),
    "a column that is worked out": lambda: _foreign("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT AS (hex(zeroblob(400000000))))"),
    "a collation of nobody's": lambda: database("UPDATE sqlite_master SET sql = replace(sql, 'name TEXT', 'name TEXT COLLATE nobody') WHERE name = 'people'"),
    "a check that is heavy": lambda: database("UPDATE sqlite_master SET sql = replace(sql, 'name TEXT NOT NULL', 'name TEXT NOT NULL CHECK (length(hex(zeroblob(100000000))) > 1)') WHERE name = 'people'"),
    "a table without numbers of rows": lambda: _foreign("CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID", "INSERT INTO people VALUES ('a', 'Ann')"),
    "a strict table": lambda: _foreign("CREATE TABLE people (id TEXT, name ANY) STRICT", "INSERT INTO people VALUES ('a', x'00')"),
    "a name of a megabyte": lambda: database(f"UPDATE people SET name = '{'x' * 1_000_000}'"),
    "texts of numbers": lambda: database("UPDATE slots SET day = 20270322", "UPDATE weeks SET first_day = 1.5"),
    "numbers of texts": lambda: database("UPDATE roads SET minutes = 'soon'", "UPDATE slots SET places = 1e300"),
    "texts that are no UTF-8": lambda: database("UPDATE people SET role = CAST(x'eda080ff' AS TEXT)", "UPDATE meta SET value = CAST(x'c3' AS TEXT)"),
    "names that come twice": lambda: database("UPDATE meta SET name = upper(name)"),
    "a row number at the end": lambda: database("UPDATE people SET rowid = 9223372036854775807 WHERE rowid = (SELECT max(rowid) FROM people)"),
    "a million rows": lambda: database(
        "INSERT INTO calls SELECT 'zz' || x, publication_id, visit_id, recipient, name, contact, old, new, told_at, told_by, answer "
        "FROM calls, (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 200000) SELECT x FROM n)"
    ),
    "incremental vacuum": lambda: database(before=("PRAGMA auto_vacuum=INCREMENTAL", "VACUUM")),
    "pages kept back": lambda: _foreign("PRAGMA page_size=65536", "CREATE TABLE people (id)", "INSERT INTO people VALUES (zeroblob(3000000))"),
    "a backup of a phone": lambda: _foreign("CREATE TABLE android_metadata (locale TEXT)", "INSERT INTO android_metadata VALUES ('en_GB')", ours=False),
    "a browser's places": lambda: _foreign("CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url)", "CREATE INDEX i ON moz_places (url)", ours=False),
    "SQL as a text": lambda: b"BEGIN;\nCREATE TABLE people (id);\nDROP TABLE people;\n",
    "an Access database": lambda: b"\0\1\0\0Standard Jet DB\0" + noise(50_000, 13),
    "a zip": lambda: packed({"week.pweek": database()}),
    "nothing": lambda: b"",
    "one byte": lambda: b"S",
    "zeros": lambda: bytes(100_000),
    "noise": lambda: noise(300_000, 9),
    "noise after a header": lambda: database()[:100] + noise(300_000, 10),
    "a workbook": lambda: packed(plain_parts()),
    "a text": lambda: b"hello\n",
    **{f"spoilt {n}": partial(_spoilt_database, n) for n in range(16)},
}  # fmt: skip
