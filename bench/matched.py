"""The reference week, imported and matched, in a new database."""

from __future__ import annotations

from pathlib import Path

from app.document.document import Document
from app.document.importing import import_edit
from app.document.matching import adopt_match
from app.engine.match import match
from app.exchange.planning import read_planning
from app.models.view import view
from app.resources import resource


def matched_database(path: Path) -> Path:
    """Make the database at that path; the path again."""
    reading = read_planning(resource("samples", "oxfordshire-2019.xlsx"))
    document = Document.open(path, create=True)
    try:
        document.do(import_edit(document.plan, reading)[0])
        found = match(view(document.plan, reading.week_id))
        document.do(adopt_match(document.plan, reading.week_id, found.pairs))
    finally:
        document.close()
    return path
