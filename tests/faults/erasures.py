"""A person erased, and every byte searched: `python -m tests.faults.erasures`.

The name stands in every field of text, in sentences, in other spellings, in what was published, undone and backed up;
after `erase` no byte of the database, its journal, its backups and the app's own folders may hold it. Other people
whose names are alike keep theirs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import sys
import tempfile
import unicodedata
import zlib
from functools import reduce
from pathlib import Path

from app.document import lists
from app.document.document import Document
from app.document.forms.memory import remember_layouts
from app.document.privacy import erase_person
from app.document.publishing import publication_diff, publish_edit
from app.models.change import Verb
from app.models.forms import FormKind, Guess, Layout
from app.models.people import Liking
from app.models.plan import Plan
from app.store.verify import verify
from tests.builders import a_week
from tests.faults.home import at_home

NAMES = (
    "Ann Lee", "Zoë O'Hara-Lee", "Zoë O’Hara-Lee", "Li", "May", "Nguyễn Văn An", "李小龍", "محمد علي", "Jörg Weiß",
    "İpek Işık", "Søren Ærø", "Anne-Marie Le Goff", "Jo Smith (née Jones)", "A.B. [C] Dale", "van der Berg", "D'Arcy",
    "X Æ A-12", "Bj\N{COMBINING DIAERESIS}orn Ek", "Ré\N{NO-BREAK SPACE}my Ott",
)  # fmt: skip
OTHERS = ("Joann Leeds", "Ann Lee-Smith", "Mary Ann Lee Hooker", "Lia Mayfield", "Lian Mayer")
"""People who stay, some of whose names hold an erased one."""

_KEPT = frozenset({"id", "uid", "time_zone", "logo", "organiser_email", "priorities", "service"})


def spellings(name: str) -> set[str]:
    """The name as people write it: composed and not, without accents, in capitals, as an address, surname first."""
    flat = " ".join(name.split())
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(sign))
    forms = {name, flat, unicodedata.normalize("NFC", flat), unicodedata.normalize("NFD", flat), bare}
    if " " in flat:
        first, _, last = flat.rpartition(" ")
        forms |= {flat.upper(), flat.lower(), bare.lower().replace(" ", "."), f"{last}, {first}"}
    return forms


def left(name: str) -> list[str]:
    """What of a person is found after they were erased, and what others lost by it; nothing where all held."""
    with tempfile.TemporaryDirectory() as folder, at_home(Path(folder) / "own"):
        return _left(name, Path(folder))


def _left(name: str, folder: Path) -> list[str]:
    path = folder / "week.pweek"
    document = Document.open(path, create=True)
    others = [other for other in OTHERS if other != name]
    _fill(document, name, others)
    document.backup()
    remember_layouts([_form(name)])
    wrong = [] if any(_found(path, spelling) for spelling in spellings(name)) else ["the name was never there"]
    erase_person(document, name)
    people = {person.name for person in document.plan.people.values()}
    wrong += [f"{other} lost their name" for other in others if other not in people]
    document.close()
    wrong += [str(finding) for finding in verify(path)]
    for place in sorted(folder.rglob("*")):
        if place.is_file():
            wrong += [f"{place.name}: {spelling!r}" for spelling in spellings(name) if _found(place, spelling, others)]
    return wrong


def _form(name: str) -> Layout:
    """A form with a column for the person: its headings, settled by hand, are remembered in the app's own folder."""
    guesses = (Guess(column=1, heading="Team", field="team", sure=True), Guess(column=2, heading=f"{name} likes"))
    return Layout(kind=FormKind.VISITORS, header=1, guesses=guesses)


def _fill(document: Document, name: str, others: list[str]) -> None:
    said = "; ".join(sorted(spellings(name)))
    week = (
        a_week().site("Hub").team("Red", host=name, host_email="host@c.example").team("Blue", deputy=name)
        .slot("S1", "Red").slot("S2", "Blue", on=1)
        .visitor(name, email="them@c.example").visitor("Bob Ray", assistant=name)
        .wish(name, Liking.NEVER, team="Blue").seen("Bob Ray", "Red").visit(name, "S1").visit("Bob Ray", "S2")
    )  # fmt: skip
    for other in others:
        week.visitor(other)
    entities = []
    for entity in week.entities.values():
        changed = {}
        for field in dataclasses.fields(entity):
            value = getattr(entity, field.name)
            kept = field.name in _KEPT or field.name.endswith(("_id", "email"))
            if type(value) is str and not value and not kept:
                changed[field.name] = f"Ask {said} or {others[0]}."
        entities.append(dataclasses.replace(entity, **changed))  # type: ignore[arg-type]  # texts for fields of text
    document.do(Plan().edit(Verb.IMPORT, put=entities, file=f"week of {name}.xlsx"))
    plan = document.plan
    week_id = next(iter(plan.weeks))
    team = next(team for team in plan.teams.values() if team.name == "Blue")
    document.do(lists.change(plan, dataclasses.replace(team, notes=f"{said} again", line=said)))
    document.undo()
    edit = publish_edit(document.plan, publication_diff(document.plan, week_id), dt.datetime(2027, 3, 1, tzinfo=dt.UTC))
    document.record(edit)


def _found(place: Path, spelling: str, others: list[str] | None = None) -> bool:
    """Whether a file holds a spelling as whole words, in any coding, within others' names aside; packed parts too."""
    data = place.read_bytes()
    texts = [data.decode("utf-8", "replace"), *(data[at:].decode("utf-16-le", "replace") for at in (0, 1))]
    texts += [part.decode("utf-8", "replace") for part in _unpacked(data)]
    whole = re.compile(rf"(?<!\w){re.escape(spelling)}(?!\w)")
    plain = json.dumps(spelling)[1:-1]
    alike = [form for other in others or () for form in (other, json.dumps(other)[1:-1])]
    for given in texts:
        text = reduce(lambda rest, form: rest.replace(form, ""), alike, given)
        if whole.search(text) or (plain != spelling and plain in text):
            return True
    return False


def _unpacked(data: bytes) -> list[bytes]:
    found = []
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08", data):
        try:
            found.append(zlib.decompressobj(47).decompress(data[start.start() :], 1 << 20))
        except zlib.error:
            continue
    return found


def main() -> int:
    """Erase every name, print a line for each trace, and say by the exit code whether all held."""
    wrong = {name: left(name) for name in NAMES}
    for name, found in wrong.items():
        for what in found:
            sys.stdout.write(f"{name!r}: {what}\n")
    sys.stdout.write(f"erasures {len(NAMES)} people: {sum(map(len, wrong.values()))} traces\n")
    return int(any(wrong.values()))


if __name__ == "__main__":
    raise SystemExit(main())
