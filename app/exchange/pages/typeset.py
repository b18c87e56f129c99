"""Typst at work: a template and its data become a PDF, or a picture of each of its pages.

Data goes in as JSON through `sys.inputs`, never into the template's text, so no name can be taken for markup.
Only the fonts that ship with the app are used, and nothing is fetched.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import typst

from app.exchange.version import Version
from app.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document to typeset: a template under `resources/pages`, and what it shows."""

    template: str
    data: Mapping[str, Any]
    version: Version


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        root=str(resource("pages")), font_paths=[str(resource("fonts"))], ignore_system_fonts=True, sys_inputs={}
    )


def _inputs(sheet: Sheet) -> dict[str, str]:
    return {"data": json.dumps(sheet.data, ensure_ascii=False, sort_keys=True)}


def _moment(sheet: Sheet) -> dt.datetime:
    return sheet.version.utc.replace(tzinfo=dt.UTC)


def as_pdf(sheet: Sheet) -> bytes:
    """The document as PDF/UA-1, dated by its version: the same data make the same bytes."""
    made = _compiler().compile(
        input=str(resource("pages", sheet.template)), format="pdf", sys_inputs=_inputs(sheet),
        pdf_standards=["ua-1"], timestamp=_moment(sheet),
    )  # fmt: skip
    assert isinstance(made, bytes)  # noqa: S101  # one PDF is one piece
    return made


def as_pictures(sheet: Sheet, *, dots_per_inch: int = 200) -> list[bytes]:
    """Each page as PNG, for the preview and the printer."""
    made = _compiler().compile(
        input=str(resource("pages", sheet.template)), format="png", ppi=float(dots_per_inch),
        sys_inputs=_inputs(sheet), timestamp=_moment(sheet),
    )  # fmt: skip
    return [made] if isinstance(made, bytes) else list(made or [])
