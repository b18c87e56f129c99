"""Which rows of a sheet are its headings, what it tells of, and what each column is: with confidence, never silently.

The header is looked for among the first 20 rows that hold anything. Headings are compared with our own and with what
people call them by rapidfuzz: 90 and more is preset, 75 to 89 asked, less left aside. A heading that says the
opposite of a field ("can't do" of "available") is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from app.exchange.forms.fields import FIELDS, ID, LEADING, LISTS_TITLE, VERSION, Field, Holds, field_of
from app.exchange.forms.spoken import half_day
from app.exchange.planning import cells
from app.models.forms import FormKind, Guess, Layout, RawCell, RawSheet
from app.models.names import fold
from app.models.week import Week

SURE, ASKED = 90, 75
_LOOKED_AT, _LONGEST = 20, 60
_LEAST_OF_GRID, _LEAST_OF_TABLE, _LEAST_OF_GROUPS = 3, 3, 2
_GRIDS = frozenset({FormKind.VISITORS, FormKind.TIMES})
"""What may have a column for each day."""
_TITLES = {
    FormKind.VISITORS: ("visitor", "leader", "people", "member"), FormKind.TEAMS: ("team",),
    FormKind.SLOTS: ("slot", "offer", "opportunit", "session"), FormKind.TIMES: ("availab", "times", "diary", "grid"),
}  # fmt: skip
_AGAINST = re.compile(
    r"\b(not|no|never|un\w+|can ?t|cannot|can not|dont|do not|avoid|busy|except|exclude|leave|away|unable|conflict"
    r"|less)\b"
)
_FOR = re.compile(
    r"\b(available|availability|free|can|suits?|suitable|prefer\w*|like|choice|happy|wish\w*|interest\w*)\b"
)
_TIMES = re.compile(r"\b(days?|dates?|times?|when|come|attend|availability)\b")
_PUNCTUATION = re.compile(r"[^\w\s]|_")

_OWN = {fold(name): name for name in (ID, VERSION)}

Remembered = Mapping[str, str]
"""Fields by folded heading, as somebody settled them before; "" is "leave it out"."""


def lay_out(sheet: RawSheet, week: Week, remembered: Mapping[str, Remembered] | None = None) -> Layout:
    """How the sheet is best read. `remembered` are mappings of before, by `headings_key`.

    A sheet that is hidden in its file, and the lists of our own forms, are read only where somebody says so.
    """
    best = Layout(kind=None, header=0)
    best_rank = 0
    if sheet.hidden or (sheet.rows and fold(_heading(sheet.rows[0][1].get(1))) == fold(LISTS_TITLE)):
        return best
    for place in range(min(_LOOKED_AT, len(sheet.rows))):
        for kind in FormKind:
            if not any(_speaks(row, kind) for _, row in sheet.rows[max(0, place - 1) : place + 1]):
                continue
            guesses = _best_columns(sheet, place, kind, week)
            rank = _rank(guesses, kind, sheet)
            if rank > best_rank:
                best, best_rank = _layout(sheet, kind, place, guesses), rank
    if best.kind is None or not remembered:
        return best
    known = remembered.get(headings_key(best))
    return best if known is None else remember(best, known)


def lay_out_all(
    sheets: Iterable[RawSheet], week: Week, remembered: Mapping[str, Remembered] | None = None
) -> list[tuple[RawSheet, Layout]]:
    """Every table of these sheets, with how it is best read: several where they stand below each other."""
    found = []
    for sheet in sheets:
        first = lay_out(sheet, week, remembered)
        parts = _tables(sheet, first)
        found += [(part, lay_out(part, week, remembered)) for part in parts] if parts else [(sheet, first)]
    return found


def sure_alone(layout: Layout) -> Layout:
    """The layout without the columns that somebody would have to be asked about first."""
    return replace(layout, guesses=tuple(one if one.sure else replace(one, field="") for one in layout.guesses))


def _layout(sheet: RawSheet, kind: FormKind, place: int, guesses: tuple[Guess, ...]) -> Layout:
    said = " ".join(_heading(cell) for _, row in sheet.rows[:place] for cell in row.values())
    against = _polarity(_plain(f"{said} {sheet.title}")) < 0
    return Layout(
        kind=kind, header=sheet.rows[place][0], guesses=guesses, version=_version(sheet), against=against
    )  # fmt: skip


def _tables(sheet: RawSheet, first: Layout) -> list[RawSheet]:
    """A sheet for each of several tables with headings of their own; none where there is but one."""
    starts = _headers(sheet, first)
    if len(starts) < 2:
        return []
    found = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(sheet.rows)], strict=True), start=1):
        title = sheet.title if number == 1 else f"{sheet.title} ({number})".strip()
        found.append(replace(sheet, rows=sheet.rows[start:end], title=title))
    return found


def _headers(sheet: RawSheet, first: Layout) -> list[int]:
    """Where tables begin: 0, and the places of headings further down, with the line of title above them."""
    found: list[int] = []
    heads: set[str] = set()
    for place, (number, row) in enumerate(sheet.rows):
        if number != first.header and not any(_is_header(row, kind) for kind in FormKind):
            continue
        words = {fold(_heading(cell)) for cell in row.values()}
        if number != first.header and words <= heads:
            continue
        if found and number - sheet.rows[found[-1]][0] <= 1:
            found.pop()  # two rows of headings of one table
        found.append(place)
        heads = words
    return [0, *(_with_title(sheet, place) for place in found[1:])] if first.kind is not None and found else []


def _with_title(sheet: RawSheet, place: int) -> int:
    return place - 1 if len(sheet.rows[place - 1][1]) == 1 else place


def _is_header(row: Mapping[int, RawCell], kind: FormKind) -> bool:
    """Whether a row is one of headings beyond doubt: nearly all of its cells are the very words."""
    if len(row) < _LEAST_OF_TABLE or not all(isinstance(cell, str) for cell in row.values()):
        return False
    found = [max(_scores(_plain(str(cell)), kind), default=(0, "")) for cell in row.values()]
    sure = [name for score, name in found if score == 100]
    return LEADING[kind] in sure and len(sure) >= _LEAST_OF_TABLE and len(sure) * 3 >= len(found) * 2


def _speaks(row: Mapping[int, RawCell], kind: FormKind) -> bool:
    """Whether any cell of a row may be a heading of that kind."""
    return any(isinstance(cell, str) and _scores(_plain(cell), kind) for cell in row.values())


def _best_columns(sheet: RawSheet, place: int, kind: FormKind, week: Week) -> tuple[Guess, ...]:
    """The columns by a row of headings: of itself, or together with the row above, whose words hold to the right."""
    number, row = sheet.rows[place]
    alone = columns(row, kind, week)
    if not place or number - sheet.rows[place - 1][0] != 1 or len(sheet.rows[place - 1][1]) < _LEAST_OF_GROUPS:
        return alone
    both = columns(_under(sheet.rows[place - 1][1], row), kind, week)
    return both if _rank(both, kind, sheet) > _rank(alone, kind, sheet) else alone


def _under(upper: Mapping[int, RawCell], lower: Mapping[int, RawCell]) -> dict[int, RawCell]:
    """Two rows of headings as one: "Monday" over "am" and "pm" is "Monday am" and "Monday pm"."""
    found: dict[int, RawCell] = {}
    group = ""
    for column in range(min([*upper, *lower]), max([*upper, *lower]) + 1):
        group = _heading(upper[column]) if column in upper else group
        own = _heading(lower.get(column))
        if own or column in upper:
            found[column] = f"{group} {own}".strip()
    return found


def remember(layout: Layout, known: Remembered) -> Layout:
    """The layout with what was settled before for these very headings."""
    guesses = tuple(
        replace(guess, field=known[fold(guess.heading)], sure=True) if fold(guess.heading) in known else guess
        for guess in layout.guesses
    )
    return replace(layout, guesses=guesses)


def headings_key(layout: Layout) -> str:
    """What tells this set of headings from others."""
    kind = layout.kind.value if layout.kind else ""
    return "|".join([kind, *(fold(guess.heading) for guess in layout.guesses)])


def with_header(sheet: RawSheet, kind: FormKind, header: int, week: Week) -> Layout:
    """The layout where somebody says what the sheet tells of and where its headings stand."""
    place = next((place for place, (number, _) in enumerate(sheet.rows) if number == header), None)
    if place is None:
        return Layout(kind=kind, header=header, version=_version(sheet))
    return _layout(sheet, kind, place, _best_columns(sheet, place, kind, week))


def with_field(layout: Layout, column: int, field: str) -> Layout:
    """The layout where somebody says what a column is; "" leaves it out. A field is one column's alone."""
    guesses = []
    for guess in layout.guesses:
        if guess.column == column:
            guesses.append(replace(guess, field=field, sure=True))
        elif field and guess.field == field:
            guesses.append(replace(guess, field="", sure=True))
        else:
            guesses.append(guess)
    return replace(layout, guesses=tuple(guesses))


def columns(row: Mapping[int, RawCell], kind: FormKind, week: Week) -> tuple[Guess, ...]:
    """What the cells of a row, as headings, would be of that kind."""
    heads = {column: _heading(cell) for column, cell in sorted(row.items())}
    grid = _grid(row, week) if kind in _GRIDS else {}
    scored = sorted(
        (
            (score, -column, column, name)
            for column, heading in heads.items()
            if column not in grid
            for score, name in _scores(_plain(heading), kind)
        ),
        reverse=True,
    )
    taken: dict[int, tuple[str, int]] = {}
    for score, _, column, name in scored:
        if column not in taken and name not in {known for known, _ in taken.values()}:
            taken[column] = (name, score)
    found = []
    for column, heading in heads.items():
        if column in grid:
            found.append(grid[column])
            continue
        plain = _plain(heading)
        own = _OWN.get(plain, "")
        name, score = (own, 100) if own else taken.get(column, ("", 0))
        field = field_of(kind, name) if name else None
        polar = field is not None and field.polarity != 0
        sure = bool(name) and score >= (100 if polar else SURE)
        against = _polarity(plain) < 0
        found.append(Guess(column=column, heading=heading, field=name, score=score, sure=sure, against=against))
    return tuple(found)


@cache
def _vocabulary(kind: FormKind) -> tuple[list[str], list[str], list[Field]]:
    """Every heading of a kind, its words in their order and by the alphabet, and the field that it stands for."""
    named = [(_plain(name), field) for field in FIELDS[kind] for name in (field.name, *field.also)]
    return [plain for plain, _ in named], [_sorted(plain) for plain, _ in named], [field for _, field in named]


def _sorted(plain: str) -> str:
    return " ".join(sorted(plain.split()))


@lru_cache(maxsize=20_000)
def _scores(plain: str, kind: FormKind) -> tuple[tuple[int, str], ...]:
    """How well a heading suits the fields of a kind, 75 to 100 of those that it suits at all.

    It may have a word more or less, or a slip of the keyboard; it is never a mere part. A field of the opposite
    polarity it never suits.
    """
    if not plain or len(plain) > _LONGEST:
        return ()
    names, ordered, fields = _vocabulary(kind)
    best: dict[str, int] = {}
    for text, known in ((plain, names), (_sorted(plain), ordered)):
        for _, score, place in process.extract(text, known, scorer=fuzz.ratio, score_cutoff=ASKED - 0.5, limit=None):
            exact = 100 if names[place] == plain else min(99, round(score))
            name = fields[place].name
            best[name] = max(best.get(name, 0), exact)
    polarity = _polarity(plain)
    for field in FIELDS[kind]:
        if field.polarity and polarity == -field.polarity and best.get(field.name) != 100:
            best.pop(field.name, None)
        elif field.holds is Holds.SPOKEN and polarity == field.polarity and _TIMES.search(plain):
            best[field.name] = max(best.get(field.name, 0), ASKED)  # "Days I cannot do": asked
    return tuple((score, name) for name, score in best.items())


@lru_cache(maxsize=5_000)
def _plain(text: str) -> str:
    words = fold(text).replace("’", "'").replace("e-mail", "email").replace("'", " ")
    words = re.sub(r"\(.*?\)", " ", words)  # "(if known)", "(dd/mm/yyyy)"
    return " ".join(_PUNCTUATION.sub(" ", words).split())


@lru_cache(maxsize=5_000)
def _polarity(plain: str) -> int:
    if _AGAINST.search(plain):
        return -1
    return 1 if _FOR.search(plain) else 0


def _heading(cell: RawCell) -> str:
    return " ".join(cells.shown(cell).split())[:120]


def _grid(row: Mapping[int, RawCell], week: Week) -> dict[int, Guess]:
    """The columns of a grid of times, where enough headings name a day or half of one."""
    found = {}
    for column, cell in row.items():
        named = half_day(cell, week)
        if named is not None:
            day, span = named
            heading = _heading(cell)
            found[column] = Guess(
                column=column, heading=heading, field=heading, score=100, sure=True, day=day, span=span
            )
    return found if len(found) >= _LEAST_OF_GRID else {}


def _rank(guesses: tuple[Guess, ...], kind: FormKind, sheet: RawSheet) -> int:
    """How much speaks for a row of headings: sure columns, the leading one above all; at least two of them."""
    sure = [guess for guess in guesses if guess.sure and guess.field not in {ID, VERSION}]
    lead = any(guess.field == LEADING[kind] for guess in sure)
    if len(sure) < 2 and not (lead and len(guesses) == 1):
        return 0
    grid = kind is FormKind.TIMES and any(guess.day for guess in sure)
    title = any(word in fold(sheet.title) for word in _TITLES[kind])
    exact = sum(guess.score == 100 for guess in sure)
    asked = sum(bool(guess.field) and not guess.sure for guess in guesses)
    unknown = sum(not guess.field for guess in guesses)
    return max(1, 100 * len(sure) + 10 * exact + 30 * asked + 120 * lead + 60 * grid + 40 * title - 15 * unknown)


def _version(sheet: RawSheet) -> str:
    """What stands beside or below "Form version", if anything."""
    for _, row in sheet.rows[:_LOOKED_AT]:
        for column, cell in row.items():
            if isinstance(cell, str) and fold(cell) == fold(VERSION):
                return cells.shown(row.get(column + 1))
    return ""
