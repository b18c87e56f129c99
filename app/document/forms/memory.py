"""What columns were taken for, remembered for each set of headings in the app's own folder: no names of people."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.exchange.folder import write_file
from app.exchange.forms.layout import Remembered, headings_key
from app.models.forms import Layout
from app.models.names import fold
from app.store.places import own_folder

_FILE = "form-headings.json"
_MOST = 200


def remembered() -> dict[str, Remembered]:
    """The mappings of before; nothing where the file is missing or no longer reads."""
    try:
        held = json.loads((own_folder() / _FILE).read_text("utf-8"))
        return {str(key): {str(head): str(field) for head, field in fields.items()} for key, fields in held.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def remember_layouts(layouts: Iterable[Layout]) -> None:
    """Keep what somebody settled; the oldest go when there are too many."""
    known = remembered()
    for layout in layouts:
        if layout.kind is not None:
            key = headings_key(layout)
            known.pop(key, None)
            known[key] = {fold(guess.heading): guess.field for guess in layout.guesses if guess.day is None}
    newest = dict(list(known.items())[-_MOST:])
    own_folder().mkdir(parents=True, exist_ok=True)
    write_file(own_folder() / _FILE, json.dumps(newest, ensure_ascii=False, indent=1).encode())
