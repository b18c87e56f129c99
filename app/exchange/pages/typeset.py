"""Typst at work: a template and its data become a PDF, or a picture of each of its pages.

Data goes in as JSON through `sys.inputs`, never into the template's text, so no name can be taken for markup.
Only the fonts that ship with the app are used, and nothing is fetched.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.exchange.version import Version
from app.resources import resource

_THREADS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document to typeset: a template under `resources/pages`, and what it shows."""

    template: str
    data: Mapping[str, Any]
    version: Version


class _Own(threading.local):
    """A compiler for each thread: one compiler refuses a second work while it is at a first."""

    def __init__(self) -> None:
        import typst  # the compiler is large, and wanted only where something is typeset

        self.compiler = typst.Compiler(
            root=str(resource("pages")), font_paths=[str(resource("fonts"))], ignore_system_fonts=True, sys_inputs={}
        )


@lru_cache(maxsize=1)
def _own() -> _Own:
    return _Own()


def _typeset(sheets: Sequence[Sheet], title: str, **how: Any) -> list[bytes]:
    """Documents one after another in one file, through the one template that calls all others."""
    first = sheets[0].version
    book = {
        "title": title,
        "date": list(first.utc.timetuple()[:6]),
        "documents": [{"template": sheet.template, "data": sheet.data} for sheet in sheets],
    }
    made = _own().compiler.compile(
        input=str(resource("pages", "book.typ")), timestamp=first.utc.replace(tzinfo=dt.UTC),
        sys_inputs={"data": json.dumps(book, ensure_ascii=False, sort_keys=True)}, **how,
    )  # fmt: skip
    return [made] if isinstance(made, bytes) else list(made or [])


def as_pdf(sheet: Sheet) -> bytes:
    """The document as PDF/UA-1, dated by its version: the same data make the same bytes."""
    return as_book([sheet], sheet.data["document"]["title"])


@contextmanager
def pdfs_aside(sheets: Sequence[Sheet]) -> Iterator[Iterator[bytes]]:
    """Each as PDF/UA-1, in their order, several at a time, from now on: other work may go on meanwhile.

    Whoever leaves early stops the rest.
    """
    threads = ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1))
    try:
        yield threads.map(as_pdf, sheets)
    finally:
        threads.shutdown(cancel_futures=True)


def as_pdfs(sheets: Sequence[Sheet]) -> Generator[bytes, None, None]:
    """Each as PDF/UA-1, in their order, several at a time. Who stops asking stops the rest."""
    with pdfs_aside(sheets) as made:
        yield from made


def as_book(sheets: Sequence[Sheet], title: str) -> bytes:
    """Several documents as one PDF/UA-1 file, the pages of each counted by themselves. At least one is needed."""
    (made,) = _typeset(sheets, title, format="pdf", pdf_standards=["ua-1"])
    return made


def as_pictures(sheet: Sheet, *, dots_per_inch: int = 200) -> list[bytes]:
    """Each page as PNG, for the preview and the printer."""
    return _typeset([sheet], sheet.data["document"]["title"], format="png", ppi=float(dots_per_inch))
