"""How names are compared, and how lasting identities are made from them."""

from __future__ import annotations

import re
import unicodedata
import uuid
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_NAMESPACE = uuid.UUID("6f0c1c1e-5c0d-5a57-9d3b-0d2f6b1f7a10")


def tidy(text: str) -> str:
    """The text trimmed, with NBSP and runs of white space turned into one space; its case is kept."""
    return _SPACES.sub(" ", text.replace("\u00a0", " ")).strip()


@lru_cache(maxsize=32_768)  # rules compare the same few names over and over
def fold(text: str) -> str:
    """The form in which names and words match: tidied and case folded (INTERFACES.md, "Planning workbook")."""
    return tidy(text).casefold()


def identity(kind: str, *parts: str) -> str:
    """A lasting id (32 hex digits) for an entity, the same wherever the same names are read first."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join((kind, *(fold(part) for part in parts)))).hex


def visit_uid(week: str, visitor: str, slot: str, domain: str, number: int = 1) -> str:
    """The calendar UID of a visit (INTERFACES.md, "UID").

    `number` is 1 for the first visit of these names, and runs on where that UID is already taken.
    """
    parts = [fold(week), fold(visitor), fold(slot)]
    if number > 1:
        parts.append(str(number))
    return f"pw-{uuid.uuid5(_NAMESPACE, chr(31).join(parts))}@{domain}"


def mail_domain(address: str) -> str:
    """The domain of an e-mail address in lower case; `practice-week.invalid` where there is none."""
    _, _, domain = address.rpartition("@")
    return domain.strip().lower() or "practice-week.invalid"


TITLE = re.compile(
    r"^(?:(?:cllr|councillor|dr|mr|mrs|ms|miss|mx|prof|professor|sir|dame|rev|lord|lady|cllr\.)\.?\s+)+", re.IGNORECASE
)
"""Titles before a name."""


def bare_name(text: str) -> str:
    """A name folded, without its titles and accents, to compare people by."""
    found = "".join(one for one in unicodedata.normalize("NFKD", fold(text)) if not unicodedata.combining(one))
    while match := TITLE.match(found):
        found = found[match.end() :]
    return found


def shows(name: str) -> bool:
    """Whether there is anything of a name to see: control signs, joiners and spaces alone are none."""
    return any(unicodedata.category(sign)[0] not in "CZ" for sign in name)
