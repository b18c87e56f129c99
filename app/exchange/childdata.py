"""Free text that may hold a child's data: dates of birth, long numbers such as NHS and case numbers, postcodes.

No list of patterns is complete; these are the ones that PRODUCT.md ("Privacy") names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator

from app.exchange.safe import POSTCODE
from app.models.leaks import LeakKind

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATES = (
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[./ -](?P<m>\d{1,2})[./ -](?P<y>(?:19|20)?\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_MONTHS})[a-z]*\.?,?\s+(?P<y>(?:19|20)\d{{2}})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<name>{_MONTHS})[a-z]*\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d{{2}})(?!\d)",
        re.IGNORECASE,
    ),
)
_BORN = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|born(?: on)?|birthday)\W{0,4}[\w ]{0,12}?\d[\d ./-]*", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w.])(?:\+44\s?\(?0?\)?|0)(?:[\s-]?\d){9,10}(?!\d)")
_CASE = re.compile(
    r"\b(?:case|ref(?:erence)?|file|nhs|upn|lcs|mosaic|liquidlogic|id)\W{0,3}(?:no|num|number|ref|id)?\W{0,3}[a-z]{0,3}\d{4,}",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<![\w.])(?:[A-Z]{1,3}-?)?(?:\d{6,}|\d{3,}(?:[ -]\d{3,}){2,})[A-Z]?(?!\w)")
_OLDEST_YEARS = 26
"""Children, and care leavers up to their 26th year."""


def child_data(text: str, *, today: dt.date, known_postcodes: Collection[str] = ()) -> Iterator[tuple[LeakKind, str]]:
    """What in a text may be a child's data: the kind, and the words found.

    `today` is a day of the week in question: a date more than a year before it, and no more than 26 years, may be
    a date of birth. `known_postcodes` (no spaces, upper case) are those of public sites. Telephone numbers pass.
    """
    left = text
    for match in _BORN.finditer(left):
        yield LeakKind.BIRTH_DATE, match[0].strip()
    left = _BORN.sub(_blank, left)
    for pattern in _DATES:
        for match in pattern.finditer(left):
            if _may_be_birth(match, today):
                yield LeakKind.BIRTH_DATE, match[0]
        left = pattern.sub(_blank, left)
    left = _PHONE.sub(_blank, left)
    for pattern in (_CASE, _LONG):
        for match in pattern.finditer(left):
            yield LeakKind.LONG_NUMBER, match[0]
        left = pattern.sub(_blank, left)
    for match in POSTCODE.finditer(left):
        if match[0].replace(" ", "").upper() not in known_postcodes:
            yield LeakKind.POSTCODE, match[0]


def _blank(match: re.Match[str]) -> str:
    return "\n" * len(match[0])


def _may_be_birth(match: re.Match[str], today: dt.date) -> bool:
    groups = match.groupdict()
    year = int(groups["y"])
    if year < 100:
        year += 2000 if 2000 + year <= today.year else 1900
    month = _MONTHS.split("|").index(groups["name"].lower()) + 1 if groups.get("name") else int(groups["m"])
    try:
        day = dt.date(year, month, int(groups["d"]))
    except ValueError:
        return False
    return dt.timedelta(days=365) < today - day < dt.timedelta(days=_OLDEST_YEARS * 366)
