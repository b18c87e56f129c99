"""Read what can be read of a damaged file, list what had to be left out, and write a Plan as a new file.

Where a row is lost, the newest image of it in the history stands in. Everything happens on a copy: the damaged file
keeps its bytes. It may be a stranger's, so `readable` is for the limited process alone
(`app.exchange.strangers.rescued`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from app.errors import Refused
from app.models.change import TABLE_OF, TABLES, Entity, Verb
from app.models.journal import Doing, JournalLine
from app.models.plan import Plan
from app.models.references import LOOSE, TAKING_PART, pointers
from app.models.salvaged import Listed, Salvaged
from app.models.schema import METADATA
from app.models.sense import makes_sense
from app.store import contents, copies, header
from app.store.codec import to_row
from app.store.connection import some_at_a_time, telling
from app.store.file import fill, open_file
from app.store.remains import Remains, read_into
from app.store.verify import inspect

_Keyed = tuple[tuple[str, str], Entity]
"""A row, and the table and number that it is known by."""


def write_anew(plan: Plan, target: Path, *, file: str) -> None:
    """A Plan as a new file whose history begins with it; `file` names its origin.

    Raises Refused("file-exists" | "folder-missing") and what the disk refuses; no new file is left then.
    """
    target = target.absolute()
    if target.exists():
        raise Refused("file-exists", path=str(target))
    if not target.parent.is_dir():
        raise Refused("folder-missing", path=str(target.parent))
    with telling(target), copies.aside(target) as new:
        fill(new)
        _write(plan, new, file)
        inspect(new)
        copies.name_it(new, target)


def _write(plan: Plan, new: Path, file: str) -> None:
    store, _ = open_file(new)
    try:
        edit = Plan().edit(Verb.SALVAGE, put=_everything(plan), file=file)
        now = dt.datetime.now(dt.UTC)
        line = JournalLine(
            sequence=1, at=now, kind=Doing.RECORDED, verb=edit.verb, facts=edit.facts, size=len(edit.changes)
        )
        if edit.changes:
            store.write(edit, line)
    finally:
        store.close()


def readable(path: Path) -> Salvaged:
    """What can be read of a file, sound in itself. Raises Refused("nothing-to-salvage"), ("file-missing" | …)."""
    path = path.absolute()
    header.check_place(path)
    with tempfile.TemporaryDirectory() as folder, telling(path):
        copy = Path(folder) / "damaged.pweek"
        shutil.copyfile(path, copy)
        if (side := copies.side_file(path)).exists():
            shutil.copyfile(side, copies.side_file(copy))
        _mend_header(copy)
        rows = Remains()
        with contextlib.suppress(SQLAlchemyError, sqlite3.Error, UnicodeDecodeError):
            read_into(rows, copy)
    found = _joined(rows)
    if not found.plan.weeks and not found.plan.people and not found.plan.teams:
        raise Refused("nothing-to-salvage", path=str(path))
    return found


def _everything(plan: Plan) -> Iterator[Entity]:
    for table in TABLES:
        yield from plan.table(table).values()


def _mend_header(copy: Path) -> None:
    """Put right the few bytes of the first page that are the same in every file of ours."""
    with copy.open("r+b") as file:
        if file.seek(0, 2) < 512:
            return
        file.seek(0)
        file.write(header.MAGIC)
        file.seek(18)
        file.write(b"\x01\x01")
        file.seek(21)
        file.write(bytes((64, 32, 32)))


def _joined(rows: Remains) -> Salvaged:
    """Rows and, for those that were lost, what the history knows of them; then what cannot stand is left out."""
    found = dict(rows.entities)
    brought = 0
    lost = dict(rows.lost)
    names = {table: list(given) for table, given in rows.names.items()}
    for key, image in rows.images.items():
        if image is not None and key not in found and key[0] in rows.partial:
            found[key] = image
            brought += 1
            if lost.get(key[0], 0):
                lost[key[0]] -= 1
                with contextlib.suppress(ValueError):
                    names.get(key[0], []).remove(str(getattr(image, "name", "")))
    doubtful: dict[str, list[str]] = {}
    for key, entity in rows.entities.items():
        if key in rows.images and rows.images[key] != entity:
            doubtful.setdefault(key[0], []).append(str(getattr(entity, "name", "")))
    kept, dropped = _sound(found)
    for entity in dropped:
        table = TABLE_OF[type(entity)]
        lost[table] = lost.get(table, 0) + 1
        if name := str(getattr(entity, "name", "")):
            names.setdefault(table, []).append(name)
    left = tuple(
        Listed(table=table, count=count, names=tuple(dict.fromkeys(names.get(table, ()))))
        for table, count in lost.items()
        if count
    )
    doubts = tuple(
        Listed(table=table, count=len(given), names=tuple(name for name in given if name))
        for table, given in doubtful.items()
    )
    return Salvaged(
        plan=Plan.of(kept), left_out=left, doubtful=doubts, from_history=brought, edits=rows.edits,
        cut_short=rows.cut_short,
    )  # fmt: skip


def _sound(found: Mapping[tuple[str, str], Entity]) -> tuple[list[Entity], list[Entity]]:
    """What can stand by itself, and what cannot: against the tables' own rules, or pointing at what is not there."""
    kept: dict[tuple[str, str], Entity] = {}
    dropped: list[Entity] = []
    order = {table: place for place, table in enumerate(TABLES)}
    with _scratch() as connection:
        for table, group in groupby(sorted(found.items(), key=lambda item: order[item[0][0]]), lambda item: item[0][0]):
            sane = []
            for key, entity in group:
                if makes_sense(entity):
                    sane.append((key, entity))
                else:
                    dropped.append(entity)
            for some in some_at_a_time(sane):
                kept.update(_taken(connection, METADATA.tables[table], some))
                dropped += (entity for key, entity in some if key not in kept)
    while True:
        pairs = {
            (needed, getattr(row, "week_id"), getattr(row, shared))  # noqa: B009 - the kind of row is not known here
            for needed, shared in TAKING_PART.values()
            for (table, _), row in kept.items()
            if table == needed
        }
        gone = [key for key, entity in kept.items() if not _stands(kept, key, entity, pairs)]
        if not gone:
            return list(kept.values()), dropped
        dropped += [kept.pop(key) for key in gone]


def _taken(connection: sa.Connection, table: sa.Table, some: Sequence[_Keyed]) -> Sequence[_Keyed]:
    """Those that the tables take: all in one go, or else each by itself."""
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(table), [to_row(entity) for _, entity in some])
    except (SQLAlchemyError, ValueError, OverflowError):
        return [] if len(some) == 1 else [one for each in some for one in _taken(connection, table, [each])]
    return some


def _stands(kept: dict[tuple[str, str], Entity], key: tuple[str, str], entity: Entity, pairs: Iterable[Any]) -> bool:
    """Whether all is there that the row needs; a pointer that may be blank is blanked."""
    table = key[0]
    for name, target, aim in pointers(entity):
        if (target, aim) not in kept:
            if (table, name) not in LOOSE:
                return False
            kept[key] = replace(kept[key], **{name: None})  # type: ignore[arg-type]  # a blank for an optional field
    if table in TAKING_PART:
        needed, shared = TAKING_PART[table]
        team_or_person = getattr(entity, shared)
        return (needed, getattr(entity, "week_id"), team_or_person) in pairs  # noqa: B009 - as above
    return True


@contextlib.contextmanager
def _scratch() -> Iterator[sa.Connection]:
    """Our own empty tables in memory, to try rows against."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        METADATA.create_all(connection)
        connection.execute(sa.insert(METADATA.tables["sites"]), contents.built_in())
        yield connection
    engine.dispose()
