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
    r"(?:\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|born|birth(?:day|date)?)\b)\W{0,4}(?:[a-z]+[ :,]+){0,3}?"
    rf"(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:\d\d){{1,2}}|\d{{1,2}}[/-]\d{{1,2}}|(?:19|20)\d\d(?:-\d\d-\d\d)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})[a-z]*(?:,?\s+(?:19|20)?\d\d)?"
    rf"|(?:{_MONTHS})[a-z]*\s+\d{{1,4}}(?:st|nd|rd|th)?(?:,?\s+(?:19|20)\d\d)?)(?!\d)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:(?:re-?)?open(?:ed|s|ing)?|since|built|buil(?:d|ding)|found(?:ed|ing)|establish(?:ed|ment)|est|inspect(?:ed|ion)|"
    r"ofsted|cqc|hmip?|rated|judged|graded|refurbish(?:ed|ment)|renovated|extended|moved|launch(?:ed)?|start(?:ed|s)?|began|"
    r"begun|formed|set up|merged|created|registered|registration|licensed?|certified|certificate|issued|dated|valid|"
    r"expir(?:es?|ed|y)|renewed|updated|revised|reviewed?|version|policy|adopted|signed|agreed|published|report(?:ed)?|"
    r"effective|from|until|till|as (?:of|at)|last|previous(?:ly)?|joined|appointed|in post|closed|visit(?:ed)?|"
    r"act|regulations|guidance|minutes|meeting|anniversary|award(?:ed)?|dedicated|listed|plaque)\b[^\n.;]{0,40}$",
    re.IGNORECASE,
)
"""A word shortly before a date that says what happened then to a place, a paper or a member of staff."""
_LINK = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.])(?:\+44\s?\(?0?\)?|0)(?:[\s-]?\d){9,10}(?!\d)|(?<!\w)\+\d[\d ()-]{6,}\d")
_NUMBERED = re.compile(
    r"\b(?:permits?|parking|car ?park|bay|space|meeting|conference|webinar|teams|zoom|webex|call|dial(?:-in)?|"
    r"join(?:ing)?|pass ?codes?|passwords?|pins?|codes?|key ?(?:safe|code|pad)|keypad|"
    r"door|gate|alarm|wi-?fi|access|book(?:ing|ed)|"
    r"tickets?|orders?|invoices?|p\.?o\.?|purchase|cost|budget|ledger|account|charity|company|vat|urn|dfe|ofsted|"
    r"registration|registered|licen[cs]e|badge|asset|extension|ext|tel(?:ephone)?|phone|mobile|fax|text|model|serial|"
    r"grid|uprn|plate|vehicle|reg|map|what3words|population|budget|pounds|gbp)\b[^\n\d;]{0,30}(?P<number>#?\d[\d -]*\d)"
    r"(?![\d])",
    re.IGNORECASE,
)
"""A number that the words before it call something else than a child's."""
_CASE = re.compile(
    r"\b(?:case|ref(?:erence)?|file|nhs|upn|lcs|mosaic|liquidlogic|id)\W{0,3}(?:no|num|number|ref|id)?\W{0,3}"
    r"(?!(?:19|20)\d\d\b)[a-z]{0,3}\d{4,}",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<!\w)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\w)")
_NHS = re.compile(r"(?<![\w.])(\d{3})([ -]?)(\d{3})\2(\d{4})(?!\w)")
_LONG = re.compile(r"(?<![\w.£€$])(?:[A-Z]{1,3}-?)?(?:\d{7,}|\d{3,}(?:[ -]\d{3,}){2,})[A-Z]?(?!\w)")
_NO_POSTCODE = re.compile(r"\s(?:1st|2nd|3rd|[04-9]th|\d(?:hr|pm|am))$|\d[a-z]?[cikmov][a-z]?$")
_OLDEST_YEARS = 26
"""Children, and care leavers up to their 26th year."""


def child_data(text: str, *, today: dt.date, known_postcodes: Collection[str] = ()) -> Iterator[tuple[LeakKind, str]]:
    """What in a text may be a child's data: the kind, and the words found.

    `today` is a day of the week in question: a date more than a year before it, and no more than 26 years, may be
    a date of birth, unless a word such as "opened" or "inspected" stands shortly before it. Long numbers are those
    that keep the rule of NHS numbers, those beside a word such as "case", and others that no word calls a permit, a
    meeting or the like. `known_postcodes` (no spaces, upper case) are those of public sites. Telephone numbers pass.
    """
    left = text
    for match in _BORN.finditer(left):
        yield LeakKind.BIRTH_DATE, match[0].strip()
    left = _BORN.sub(_blank, left)
    for pattern in (*_DATES, _COMPACT):
        for match in pattern.finditer(left):
            if _may_be_birth(match, today) and not _DATED.search(left[: match.start()]):
                yield LeakKind.BIRTH_DATE, match[0]
    for pattern in (*_DATES, _COMPACT):
        left = pattern.sub(_blank, left)
    left = _PHONE.sub(_blank, left)
    for match in _NHS.finditer(left):
        if _checks(match[1] + match[3] + match[4]):
            yield LeakKind.LONG_NUMBER, match[0]
            left = left[: match.start()] + _blank(match) + left[match.end() :]
    left = _LINK.sub(_blank, left)
    left = _NUMBERED.sub(_kept_words, left)
    for pattern in (_CASE, _LONG):
        for match in pattern.finditer(left):
            yield LeakKind.LONG_NUMBER, match[0]
        left = pattern.sub(_blank, left)
    for match in POSTCODE.finditer(left):
        code = match[0]
        if code.replace(" ", "").upper() not in known_postcodes and not _NO_POSTCODE.search(code):
            yield LeakKind.POSTCODE, code


def _checks(digits: str) -> bool:
    """Whether ten digits keep the rule of NHS numbers (check digit, modulo 11)."""
    sum_ = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return len(set(digits)) > 1 and (11 - sum_ % 11) % 11 == int(digits[9])


def _kept_words(match: re.Match[str]) -> str:
    """The words without their number."""
    before = match.start("number") - match.start()
    return match[0][:before] + "\n" * (len(match[0]) - before)


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
