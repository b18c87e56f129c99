"""Whatever an entity holds comes back from a row, from JSON and from the file as it went in."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.change import TABLE_OF, TABLES, Change, Entity
from app.models.publication import Publication
from app.models.schema import METADATA
from app.store import codec, contents, digest
from tests.builders import a_week
from tests.strategies import any_entity


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_an_entity_has_its_column(table: str) -> None:
    assert set(METADATA.tables[table].c.keys()) == {field.name for field in fields(TABLES[table])}


@given(any_entity())
def test_an_entity_comes_back_from_its_row(entity: Entity) -> None:
    row = tuple(codec.to_row(entity).values())
    assert codec.from_rows(type(entity), [row]) == [entity]


@given(any_entity())
def test_an_entity_comes_back_from_json_text(entity: Entity) -> None:
    text = codec.dumps(codec.to_json(entity))
    assert codec.from_json(type(entity), json.loads(text)) == entity


@given(st.lists(st.tuples(any_entity(), st.booleans(), st.booleans())))
def test_changes_come_back_from_the_journal(drawn: list[tuple[Entity, bool, bool]]) -> None:
    changes = tuple(
        Change(table=TABLE_OF[type(e)], id=e.id, before=e if had else None, after=e if has else None)
        for e, had, has in drawn
    )
    assert codec.changes_from_json(codec.changes_to_json(changes)) == changes


@settings(max_examples=200)
@given(any_entity())
def test_a_stored_row_has_the_digest_of_its_entity(entity: Entity) -> None:
    table = METADATA.tables[TABLE_OF[type(entity)]]
    bare = sa.Table(table.name, sa.MetaData(), *(sa.Column(c.name, c.type) for c in table.c))
    for column in bare.c:  # the vocabulary and the rules are the file's affair; the values are what counts here
        if isinstance(column.type, sa.Enum):
            column.type = sa.Text()
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        bare.metadata.create_all(connection)
        connection.execute(sa.insert(bare), codec.to_row(entity))
        row = tuple(connection.execute(sa.select(*(bare.c[name] for name in sorted(bare.c.keys())))).one())
    engine.dispose()
    assert codec.from_rows(type(entity), [row]) == [entity]
    assert digest.line_digest(table.name, row) == digest.line_digest(table.name, contents.values_of(entity))


def test_an_instant_is_kept_whatever_zone_it_came_in() -> None:
    summer = dt.datetime(2027, 6, 1, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    publication = Publication(id="p", week_id="w", number=1, at=summer, snapshot="{}")
    assert codec.from_json(Publication, codec.to_json(publication)) == publication
    assert codec.to_json(publication)["at"] == "2027-06-01T09:00:00+00:00"


def test_an_instant_without_a_zone_is_refused() -> None:
    publication = Publication(id="p", week_id="w", number=1, at=dt.datetime(2027, 6, 1), snapshot="{}")
    with pytest.raises(ValueError, match="zone"):
        codec.to_row(publication)


def test_a_field_of_a_later_version_takes_its_default_in_an_old_image() -> None:
    week = a_week().week
    old = codec.to_json(week)
    del old["reminder"]
    assert codec.from_json(type(week), old) == week


@pytest.mark.parametrize(
    "spoil",
    [{"name": None}, {"name": 7}, {"first_day": "yesterday"}, {"subjects": "loud"}, {"stranger": 1}, {"photo_id": 1}],
)
def test_an_image_that_nobody_wrote_is_unreadable(spoil: dict[str, object]) -> None:
    week = a_week().week
    with pytest.raises(codec.UnreadableError):
        codec.from_json(type(week), codec.to_json(week) | spoil)


def test_the_digest_does_not_depend_on_the_order_of_edits() -> None:
    a, b, c = ("t", ["a"]), ("t", ["b"]), ("t", ["c"])
    one_way = digest.moved(digest.total([a, b]), gone=[a], come=[c])
    assert one_way == digest.total([c, b])
    assert digest.moved(one_way, gone=[b, c], come=[]) == 0
