"""What columns were taken for, remembered for each set of headings in the app's own folder.

Headings that name somebody are forgotten when that person is erased.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

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
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def remember_layouts(layouts: Iterable[Layout]) -> None:
    """Keep what somebody settled; the oldest go when there are too many."""
    known = remembered()
    for layout in layouts:
        if layout.kind is not None:
            key = headings_key(layout)
            known.pop(key, None)
            known[key] = {fold(guess.heading): guess.field for guess in layout.guesses if guess.day is None}
    _keep(dict(list(known.items())[-_MOST:]))


def forget_headings(named: Callable[[str], bool]) -> None:
    """Forget every set of headings that names somebody, when they are erased."""
    known = remembered()
    kept = {key: fields for key, fields in known.items() if not any(map(named, key.split("|")))}
    if kept != known:
        _keep(kept)


def _keep(known: dict[str, Remembered]) -> None:
    own_folder().mkdir(parents=True, exist_ok=True)
    write_file(own_folder() / _FILE, json.dumps(known, ensure_ascii=False, indent=1).encode())
