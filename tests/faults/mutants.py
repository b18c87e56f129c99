"""Damaged databases of every sort: `python -m tests.faults.mutants --times 300`.

Each mutant must be refused with its bytes untouched, or open to provably the same rows; a salvage of it must end in a
whole file or in a plain refusal; nothing may crash.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from app.document.document import Document
from app.document.opening import salvage
from app.errors import Refused
from app.store.verify import verify
from app.words.refusals import known_codes
from tests.store.make_version import make

PAGE = 4096


def _zero_page(content: bytearray, chance: random.Random) -> None:
    page = chance.randrange(len(content) // PAGE)
    content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)


def _swap_pages(content: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(len(content) // PAGE) * PAGE for _ in range(2))
    held = content[one : one + PAGE]
    content[one : one + PAGE] = content[other : other + PAGE]
    content[other : other + PAGE] = held


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(1, len(content)) :]


def _noise(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 6)):
        start, length = chance.randrange(len(content)), chance.randrange(1, 600)
        content[start : start + length] = chance.randbytes(len(content[start : start + length]))


def _grow(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    content[start:start] = chance.randbytes(chance.randrange(1, 5000))


def _header(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(100)] = chance.randrange(256)


BYTES: tuple[Callable[[bytearray, random.Random], None], ...] = (_zero_page, _swap_pages, _cut, _noise, _grow, _header)

SQL = (
    "DELETE FROM visits", "DELETE FROM weeks", "UPDATE slots SET places = -1", "UPDATE visits SET status = 'x'",
    "UPDATE people SET name = x'ff00fe'", "UPDATE people SET name = NULL", "UPDATE slots SET day = 'yesterday'",
    "UPDATE journal SET changes = '[['", "UPDATE journal SET changes = replace(changes, 'Ann', 'Bob')",
    "UPDATE journal SET sequence = sequence + 1", "DELETE FROM journal", "DROP TABLE wishes", "DELETE FROM meta",
    "CREATE TRIGGER t AFTER UPDATE ON visits BEGIN DELETE FROM people; END", "CREATE VIEW v AS SELECT * FROM people",
    "CREATE TABLE sqlitex (a)", "ALTER TABLE people ADD COLUMN more", "PRAGMA journal_mode=WAL",
    "PRAGMA user_version=9",
    "UPDATE journal SET changes = printf('%.*c', 5000000, '[')", "UPDATE teams SET id = ''", "PRAGMA user_version=0",
    "UPDATE weeks SET priorities = '{}'", "UPDATE weeks SET first_day = '9999-12-31', last_day = '0001-01-01'",
    "UPDATE meta SET value = zeroblob(3000000)", "PRAGMA encoding='UTF-16'", "REINDEX",
)  # fmt: skip


def mutate(times: int, seed: int = 0, *, statements: Sequence[str] = SQL) -> Counter[str]:
    """What became of that many mutants and of the changes by SQL: refused, same; rescued, nothing; or what must not."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.pweek"
        plan = make(path)
        whole = path.read_bytes()
        for number in range(times + len(statements)):
            if number < times:
                content = bytearray(whole)
                BYTES[number % len(BYTES)](content, chance)
                path.write_bytes(content)
            else:
                _by_sql(path, whole, statements[number - times])
            before = path.read_bytes()
            try:
                document = Document.open(path)
            except Refused as refused:
                found["refused" if refused.code in known_codes() else "no words"] += 1
                found["touched"] += path.read_bytes() != before
            else:
                found["same" if document.plan == plan else "different"] += 1
                document.close()
            found[_rescue(path)] += 1
    return +found


def _by_sql(path: Path, whole: bytes, statement: str) -> None:
    path.write_bytes(whole)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        try:
            connection.execute(statement)
        except sqlite3.IntegrityError:
            return
        connection.commit()


def _rescue(path: Path) -> str:
    new = path.with_name("new.pweek")
    try:
        salvage(path, new)
    except Refused:
        return "nothing to rescue"
    word = "unsound rescue" if verify(new) else "rescued"
    new.unlink()
    return word


BAD = ("different", "touched", "no words", "unsound rescue")


def main() -> int:
    """Mutate, print a line, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    found = mutate(args.times, args.seed)
    sys.stdout.write(f"mutants  {dict(found)}\n")
    return int(any(found[word] for word in BAD))


if __name__ == "__main__":
    raise SystemExit(main())
