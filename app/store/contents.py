"""Read everything out of a file and judge whether it is whole, ours, and what we last wrote."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.models.change import TABLES, Entity, Verb
from app.models.journal import Doing, JournalLine
from app.models.places import ONLINE, ONLINE_ID
from app.models.plan import Plan
from app.models.schema import JOURNAL, META, METADATA
from app.store import digest
from app.store.codec import UnreadableError, facts_from_json, fields_of, from_rows, to_row

DIGEST = "digest"
SCHEMA_DIGEST = "schema"
FILE_ID = "file"

JOURNAL_FIELDS = tuple(sorted(JOURNAL.c.keys()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a file holds. `digest` is over what was read, `stored_digest` what the file says it should be."""

    plan: Plan
    lines: tuple[JournalLine, ...]
    meta: dict[str, str]
    digest: int
    stored_digest: str

    @property
    def is_as_written(self) -> bool:
        """Whether every value is the one that was last stored."""
        return digest.written(self.digest) == self.stored_digest


def read(connection: sa.Connection) -> Contents:
    """Everything in the file. Raises UnreadableError where a value cannot be one of ours."""
    meta = {str(row.name): str(row.value) for row in connection.execute(sa.select(META))}
    sum_ = 0
    entities: list[Entity] = []
    try:
        for table, kind in TABLES.items():
            rows = _rows(connection, table)
            sum_ = digest.total(((table, row) for row in rows), sum_)
            entities += (entity for entity in from_rows(kind, rows) if entity.id != ONLINE_ID)
        lines = []
        for row in connection.execute(sa.select(*(JOURNAL.c[name] for name in JOURNAL_FIELDS)).order_by("sequence")):
            sum_ = digest.total([("journal", tuple(row))], sum_)
            lines.append(line_of(row))
    except (LookupError, TypeError, ValueError) as error:  # a word, a date or a number that is none
        raise UnreadableError(str(error)) from error
    stored = meta.pop(DIGEST, "")
    sum_ = digest.total((("meta", pair) for pair in meta.items()), sum_)
    return Contents(plan=Plan.of(entities), lines=tuple(lines), meta=meta, digest=sum_, stored_digest=stored)


def _rows(connection: sa.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = METADATA.tables[table].c
    wanted = [columns[field.name] for field in fields_of(TABLES[table])]
    # In the order of storing, which is the order in memory: what is made from an opened file stays repeatable.
    return [tuple(row) for row in connection.execute(sa.select(*wanted).order_by(sa.literal_column("rowid")))]


def line_of(row: Any) -> JournalLine:
    return JournalLine(
        sequence=row.sequence,
        at=row.at,
        kind=Doing(row.kind),
        verb=Verb(row.verb),
        facts=facts_from_json(row.facts),
        week_id=row.week_id,
        of=row.of,
        size=row.size,
    )


def values_of(entity: Entity) -> tuple[Any, ...]:
    """The entity's values as a row gives them back, for its digest."""
    return tuple(to_row(entity).values())


def built_in() -> dict[str, Any]:
    """The row of the site `online`, which others point at and no Plan holds."""
    return to_row(ONLINE)


def raw_digest(connection: sa.Connection) -> int:
    """The digest over a file of whatever version: every table's values in the order of their columns' names."""
    seen = sa.inspect(connection)
    sum_ = 0
    for name in sorted(seen.get_table_names()):
        columns = sorted(seen.get_columns(name), key=lambda column: column["name"])
        table = sa.table(name, *(sa.column(column["name"], column["type"]) for column in columns))
        asked = sa.select(*table.c)
        rows = (tuple(row) for row in connection.execute(asked))
        sum_ = digest.total(((name, row) for row in rows if (name, row[0]) != ("meta", DIGEST)), sum_)
    return sum_


def misfits(connection: sa.Connection) -> Iterator[str]:
    """Codes of what SQLite itself finds: `integrity`, `foreign-keys`."""
    checked = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalars().all()
    if checked != ["ok"]:
        yield "integrity"
    elif connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        yield "foreign-keys"


def findings(connection: sa.Connection) -> Iterator[str]:
    """Codes of what is wrong with a file of this version: those of `misfits`, `schema`, `schema-text`."""
    for finding in misfits(connection):
        yield finding
        return
    if shape(connection) != own_shape():
        yield "schema"
        return
    stored = connection.execute(sa.select(META.c.value).where(META.c.name == SCHEMA_DIGEST)).scalar()
    if stored != schema_digest(connection):
        yield "schema-text"


Shape = tuple[Any, ...]


def shape(connection: sa.Connection) -> Shape:
    """Tables, columns, indexes and foreign keys, whatever the wording that made them; a trigger or view shows too.

    The order of columns and indexes does not count: migrations and SQLAlchemy may vary it.
    """
    rows = (tuple(row) for asked in _PARTS for row in connection.exec_driver_sql(asked))
    return tuple(sorted(rows, key=repr))


_PARTS = (
    "SELECT type, name FROM sqlite_master",
    *(
        f"SELECT '{pragma}', m.name, {parts} FROM sqlite_master m, pragma_{pragma}(m.name) p WHERE m.type = 'table'"  # noqa: S608 - ours
        for pragma, parts in (
            ("table_xinfo", 'p.name, p.type, p."notnull", p.dflt_value, p.pk, p.hidden'),
            ("foreign_key_list", 'p."table", p."from", p."to", p.on_update, p.on_delete, p.match'),
            ("index_list", 'p.name, p."unique", p.origin, p.partial'),
        )
    ),
    "SELECT 'index_xinfo', l.name, p.seqno, p.name, p.desc, p.coll, p.key"
    " FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_xinfo(l.name) p WHERE m.type = 'table'",
)
"""What of a table counts, each with the table or index that it belongs to."""


@lru_cache(maxsize=1)
def own_shape() -> Shape:
    """The shape that a file of this version has."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        METADATA.create_all(connection)
        found = shape(connection)
    engine.dispose()
    return found


def schema_digest(connection: sa.Connection) -> str:
    """The SHA-256 of the schema's text as it stands in this file, so that no bit of it flips unseen."""
    texts = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").all()
    whole = "\n".join(f"{kind} {name} {re.sub(r'[ ]+', ' ', sql or '')}" for kind, name, sql in texts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
