"""Hypothesis strategies for entities of every kind, from the types of their fields."""

from __future__ import annotations

import datetime as dt
import types
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from app.models.change import TABLES, Entity

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        ["", "Ann Lee", "O'Hara; DROP TABLE visits", '<img src="//host/x">', "=1+1", "a\x00b", "é\u202eא😀"]
    ),
)
INSTANTS = st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Values of one field's type."""
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*(of_type(kind) for kind in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(of_type(get_args(hint)[0]), max_size=4).map(tuple)
    if hint is types.NoneType:
        return st.none()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS,
        int: st.integers(min_value=0, max_value=2**31),
        bool: st.booleans(),
        dt.datetime: INSTANTS,
        dt.date: st.dates(),
        dt.time: st.times(),
    }
    return simple[hint]


def entities(kind: type[Entity]) -> st.SearchStrategy[Entity]:
    """Entities of one kind with any values that their types allow."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: of_type(hint) for name, hint in hints.items()})


def any_entity() -> st.SearchStrategy[Entity]:
    """Entities of any kind."""
    return st.sampled_from(list(TABLES.values())).flatmap(entities)
