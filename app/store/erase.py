"""Make a person nameless in a file: rows, journal and free space, in one transaction and one rewriting."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import sqlalchemy as sa

from app.models.change import TABLES, Change, Entity
from app.models.people import Person, Wish
from app.models.places import Slot, Team
from app.models.publication import Call, Issued, Release
from app.models.schema import JOURNAL, META, METADATA
from app.store import contents, digest
from app.store.codec import changes_from_json, changes_to_json, dumps, from_rows, to_row
from app.store.contents import DIGEST
from app.store.spellings import pattern_of, replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Whom to erase: the ids of their rows, every form of name and address that stands for them, and the new name.

    `names` are replaced by `instead` wherever they stand as whole words, in every spelling of `spellings`, but not
    inside `others`: names of visitors who stay. `addresses` (e-mails, telephone numbers) are blanked.
    """

    person_ids: frozenset[str]
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    instead: str
    others: tuple[str, ...] = ()

    def text(self) -> Callable[[str], str]:
        """What a text becomes."""
        names = pattern_of(self.names, keeping=self.others)
        addresses = _any_of(self.addresses)

        def erased(text: str) -> str:
            if addresses is not None:
                text = addresses.sub("", text)
            return text if names is None else replaced(names, self.instead, text)

        return erased

    def named_in(self, text: str) -> bool:
        """Whether a text holds one of the names, whatever its case."""
        names = pattern_of(self.names, any_case=True)
        return names is not None and names.search(text) is not None


def _any_of(addresses: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of the addresses where they stand whole, in any case and spacing."""
    forms = sorted(filter(str.strip, addresses), key=len, reverse=True)
    if not forms:
        return None
    written = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
    return re.compile(rf"(?i)(?<![^\W_])(?:{written})(?![^\W_])")


class Eraser:
    """Turns entities into nameless ones, the same entity always into the same."""

    def __init__(self, erasure: Erasure) -> None:
        self._erasure = erasure
        self._text = erasure.text()

    def is_them(self, name: str) -> bool:
        """Whether a name is the person's and nothing else."""
        return bool(name) and self._text(name) == self._erasure.instead

    def words(self, text: str) -> str:
        """A text without the person; JSON inside stays JSON."""
        if text[:1] in {"{", "["}:
            try:
                inside = json.loads(text)
            except (ValueError, RecursionError):
                return self._text(text)
            clean = self._inside(inside)
            return text if clean == inside else dumps(clean)
        return self._text(text)

    def _inside(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, list):
            return [self._inside(part) for part in value]
        if isinstance(value, dict):
            about = value.get("id") in self._erasure.person_ids or value.get("person_id") in self._erasure.person_ids
            clean = {self.words(key): self._inside(part) for key, part in value.items()}
            for name, companions in _PAIRS:
                if isinstance(there := value.get(name), str) and self.is_them(there):
                    clean.update({key: "" for key in companions if isinstance(clean.get(key), str)})
            if about:  # an image of a person or of what is theirs, in a published state
                clean.update({key: "" for key in _PRIVATE if isinstance(clean.get(key), str)})
            return clean
        return value

    def entity(self, entity: Entity) -> Entity:
        """The entity without the person."""
        clean: Any = entity
        if isinstance(entity, Person) and entity.id in self._erasure.person_ids:
            clean = replace(
                entity, name=self._erasure.instead, role="", organisation="", email="", assistant="",
                assistant_email="", division="", needs="", base_id=None,
            )  # fmt: skip
        elif isinstance(entity, Wish | Release) and entity.person_id in self._erasure.person_ids:
            clean = replace(entity, reason="")
        for name, companions in _BESIDE.get(type(entity), ()):
            if self.is_them(getattr(clean, name)):
                clean = replace(clean, **dict.fromkeys(companions, ""))
        changed: dict[str, Any] = {}
        for field in fields(entity):
            value = getattr(clean, field.name)
            if type(value) is str and (text := self.words(value)) != value:
                changed[field.name] = text
        done: Entity = replace(clean, **changed)
        return done

    def changes(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """Both images of each change without the person."""
        return tuple(
            Change(
                table=change.table,
                id=change.id,
                before=None if change.before is None else self.entity(change.before),
                after=None if change.after is None else self.entity(change.after),
            )
            for change in changes
        )


_BESIDE: dict[type[Entity], tuple[tuple[str, tuple[str, ...]], ...]] = {
    Person: (("assistant", ("assistant_email",)),),
    Team: (("host", ("host_email", "host_phone")), ("deputy", ("deputy_email",))),
    Slot: (("host", ("host_email",)),),
    Issued: (("name", ("email",)),),
    Call: (("name", ("contact",)),),
}
"""Where a name stands with its addresses beside it."""

_PAIRS = tuple({pair for pairs in _BESIDE.values() for pair in pairs})

_PRIVATE = ("role", "organisation", "email", "assistant", "assistant_email", "division", "needs", "reason")


def erase(connection: sa.Connection, erasure: Erasure, line: Mapping[str, Any] | None = None) -> None:
    """Erase a person from an open file of this version; the caller holds the lock, no transaction is open.

    `line` is the journal row that tells of it. Rows and journal change in one transaction; `secure_delete` blanks
    what they were, and the file is rewritten so that nothing stays in space that is no longer used.
    """
    eraser = Eraser(erasure)
    with connection.begin():
        for table, kind in TABLES.items():
            _erase_rows(connection, eraser, METADATA.tables[table], kind)
        _erase_journal(connection, eraser)
        if line is not None:
            connection.execute(sa.insert(JOURNAL), dict(line))
        value = digest.written(contents.raw_digest(connection))
        connection.execute(sa.update(META).where(META.c.name == DIGEST).values(value=value))
    connection.connection.cursor().execute("VACUUM")


def _erase_rows(connection: sa.Connection, eraser: Eraser, table: sa.Table, kind: type[Entity]) -> None:
    rows = connection.execute(sa.select(*(table.c[name] for name in sorted(table.c.keys())))).all()
    for entity in from_rows(kind, rows):
        clean = eraser.entity(entity)
        if clean != entity:
            connection.execute(sa.update(table).where(table.c.id == entity.id), to_row(clean))


def _erase_journal(connection: sa.Connection, eraser: Eraser) -> None:
    for row in connection.execute(sa.select(JOURNAL)).all():
        old = changes_from_json(row.changes)
        new = eraser.changes(old)
        facts = eraser.words(row.facts)
        if new != old or facts != row.facts:
            connection.execute(
                sa.update(JOURNAL).where(JOURNAL.c.sequence == row.sequence),
                {"changes": changes_to_json(new), "facts": facts},
            )
