"""What a column of a list is: its heading, how it is read, how typed text becomes a value, which editor it wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto
from typing import Any, TypeAlias, TypeVar

from app.exchange.planning import cells, typed
from app.exchange.planning.cells import BadCellError
from app.exchange.planning.vocabulary import SHAPE, Form
from app.models.change import Edit, Entity, Verb
from app.models.faults import Trouble
from app.models.names import fold
from app.models.view import WeekView
from app.ui.lists import headings, names
from app.words.dates import clock, day_year

Value: TypeAlias = str | int | bool | dt.date | dt.time | StrEnum | tuple[StrEnum, ...] | None
"""What a cell holds. References are ids; None is blank."""

E = TypeVar("E", bound=Entity)


class Editor(Enum):
    """Which editor a cell wants."""

    LINE = auto()
    TEXT = auto()  # several lines
    DATE = auto()
    TIME = auto()
    COUNT = auto()
    YES_NO = auto()
    WORD = auto()  # one of `choices`
    NAME = auto()  # typed, with `choices` to choose from


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: a key that lasts, and the entities that it shows."""

    key: str
    parts: tuple[Entity, ...]

    def part(self, kind: type[E]) -> E:
        """The entity of that kind."""
        for one in self.parts:
            if isinstance(one, kind):
                return one
        raise KeyError(kind)

    def with_part(self, part: Entity) -> Row:
        """The row with that entity in place of the one of its kind."""
        return Row(self.key, tuple(part if type(one) is type(part) else one for one in self.parts))


def no_hint(_view: WeekView, _row: Row) -> str:
    """A blank that means nothing more."""
    return ""


def no_choices(_view: WeekView) -> tuple[str, ...]:
    """Nothing to choose from."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `name` is its header in the planning workbook, and its key in the list.

    `parse` raises BadCellError; it is never given a blank, which stands for `default` (a fault where `required`).
    `put` gives the row with a value in place; `hint` is what a blank means for that row, shown faintly.
    """

    name: str
    editor: Editor
    width: int
    read: Callable[[WeekView, Row], Value]
    parse: Callable[[WeekView, str], Value]
    put: Callable[[WeekView, Row, Value], Row]
    say: Callable[[WeekView, Value], str]
    default: Value = None
    required: bool = False
    choices: Callable[[WeekView], tuple[str, ...]] = no_choices
    hint: Callable[[WeekView, Row], str] = no_hint
    title: str = ""
    """A heading of the user's own words, where the column is one of theirs."""
    editable: bool = True
    closed: bool = False
    """Whether only a choice can stand, so that a part of just one of them is enough to type."""
    completes: bool = False
    """Whether a word is completed while it is typed, as Excel does: a new one may stand, but seldom does."""

    @property
    def heading(self) -> str:
        """The heading in the user's language."""
        return self.title or headings.heading(self.name)

    def text(self, view: WeekView, row: Row) -> str:
        """The cell as text that `value` takes back."""
        return self.say(view, self.read(view, row))

    def value(self, view: WeekView, text: str) -> Value:
        """What the text means here. Raises BadCellError."""
        if cells.is_blank(text):
            if self.required:
                raise BadCellError(Trouble.BLANK)
            return self.default
        return self.parse(view, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list: its columns, its rows in order, and how rows come, change and go.

    `columns` may depend on the week (a grid has one for each site). `fresh` is a row to fill in; `keyed` gives a
    filled-in new row its lasting ids, none of them in `taken`; `known` gives the row to start from for a name that
    another week knows already. `unique` is what no two rows may share, None where the names see to that;
    `check` refuses what cannot stand. `save` makes the edit of (before, after) pairs. `gone` are the entities to
    delete with a row.
    """

    id: str
    sheet: str
    table: str
    columns: Callable[[WeekView], tuple[Column, ...]]
    rows: Callable[[WeekView], Iterable[Row]]
    fresh: Callable[[WeekView], Row] | None = None
    keyed: Callable[[WeekView, Row, set[str]], Row] | None = None
    known: Callable[[WeekView, Row], Row]
    unique: Callable[[Row], tuple[object, ...] | None]
    check: Callable[[WeekView, Row], None]
    save: Callable[[WeekView, list[tuple[Row | None, Row]], Verb], Edit]
    gone: Callable[[WeekView, Row], tuple[Entity, ...]]
    depends: tuple[str, ...]
    """The tables whose entities the rows' words come from, besides the rows' own parts."""
    about: str = ""
    """The name of the column that names a row; blank: the first."""

    def column(self, view: WeekView, name: str) -> Column:
        """The column of that name."""
        return next(one for one in self.columns(view) if one.name == name)


def shown(value: Value) -> str:
    """A value as text, as `Column.value` takes it back."""
    match value:
        case None:
            text = ""
        case bool():
            text = headings.yes_no(value)
        case StrEnum():
            text = headings.word(value)
        case dt.date():
            text = day_year(value)
        case dt.time():
            text = clock(value)
        case tuple():
            text = ", ".join(str(one.value) for one in value)
        case _:
            text = str(value)
    return text


_EDITORS = {
    Form.LINE: Editor.LINE, Form.TEXT: Editor.TEXT, Form.DATE: Editor.DATE, Form.TIME: Editor.TIME,
    Form.COUNT: Editor.COUNT, Form.YES_NO: Editor.YES_NO, Form.WORD: Editor.WORD,
}  # fmt: skip


def of_sheet(sheet: str, **special: Mapping[str, Any]) -> tuple[Column, ...]:
    """The columns of a sheet of the planning workbook.

    `special` gives, by the name of the field, what is not as its form says.
    """
    return tuple(from_shape(one, **special.get(one.field, {})) for one in SHAPE[sheet].columns)


def from_shape(shape: Any, **special: Any) -> Column:
    """A column from its shape in the planning workbook: its form says how it is read, said and edited."""
    field, holder, words = shape.field, shape.holder, shape.words
    blank = special.get("default", _default(holder, field))
    made: dict[str, Any] = {
        "name": shape.name,
        "editor": _EDITORS[shape.form],
        "width": shape.width,
        "required": shape.required,
        "default": blank,
        "read": lambda _view, row: getattr(row.part(holder), field),
        "parse": _parser(shape.form, words),
        "put": lambda _view, row, value: row.with_part(replace(row.part(holder), **{field: value})),
        "say": lambda _view, value: shown(value),
    }
    if shape.form is Form.YES_NO:
        made["choices"] = lambda _view: (headings.yes_no(True), headings.yes_no(False))
    if words is not None:
        made["choices"] = lambda _view: tuple(headings.word(member) for member in words)
    if field in names.TABLES:
        made |= {"editor": Editor.NAME, **names.reference(shape.name, names.TABLES[field])}
    return Column(**{**made, **special})


def _default(holder: Any, field: str) -> Value:
    """What a blank stands for: the default of the entity's field."""
    found = holder.__dataclass_fields__[field]
    value = found.default
    return value if isinstance(value, str | int | bool | dt.date | dt.time | tuple) else None


def _parser(form: Form, words: type[StrEnum] | None) -> Callable[[WeekView, str], Value]:
    if words is not None:
        vocabulary = words
        return lambda _view, text: word(text, vocabulary)
    return _PARSERS[form]


def yes_no(text: str) -> bool:
    """Yes or no, in the words of the planning workbook or of the window. Raises BadCellError."""
    if fold(text) == fold(headings.yes_no(True)):
        return True
    if fold(text) == fold(headings.yes_no(False)):
        return False
    return cells.yes_no(text)


def word(text: str, words: type[StrEnum]) -> StrEnum:
    """A word of a vocabulary, as the planning workbook or the window writes it. Raises BadCellError."""
    for member in words:
        if fold(text) == fold(headings.word(member)):
            return member
    return cells.word(text, words)


_PARSERS: dict[Form, Callable[[WeekView, str], Value]] = {
    Form.LINE: lambda _view, text: cells.line_text(text),
    Form.TEXT: lambda _view, text: cells.long_text(text),
    Form.DATE: lambda view, text: typed.date(text, view.week.days),
    Form.TIME: lambda _view, text: typed.time(text),
    Form.COUNT: lambda _view, text: cells.count(text),
    Form.YES_NO: lambda _view, text: yes_no(text),
}
