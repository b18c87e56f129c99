"""Names as people write them in forms, and what stands in their place without being one."""

from __future__ import annotations

import re

from app.models.names import TITLE, fold, tidy

_TWO = re.compile(r"\s(?:&|and|\+|/)\s|[;\n/]|,\s.*,\s", re.IGNORECASE)


def person_name(text: str) -> tuple[str, bool]:
    """A name in the order first name, surname, without what is no name; and whether it seems to name several people."""
    plain = tidy(re.sub(r"\s*\((?:[^)]*)\)\s*$", "", text))
    several = bool(_TWO.search(re.sub(r"\([^)]*\)", "", text).strip()))
    if plain.count(",") == 1 and not several:
        last, first = (part.strip() for part in plain.split(","))
        if (first and last and len(first.split()) <= 3 and not TITLE.match(first + " x")) or (
            first and TITLE.match(first + " ")
        ):
            plain = f"{first} {last}"
            several = len(first.split()) > 1 and len(last.split()) > 1 and not TITLE.match(first)
    return plain, several


_NO_PERSON = re.compile(
    r":$|[\d@#]|^(?:name|signed|date|completed|returned|return|please|note|notes|nb|contact|deadline|comments?|example"
    r"|vacan\w+|tbc|tba|anyone|any|all|none|nobody|someone|unknown|staff|team|reception|spare|reserve|page|version"
    r"|not|no|from|to|re|w/c|week|table|list|key|total)\b",
)


def is_name(text: str) -> bool:
    """Whether a text looks like somebody's name: two words to six, no figures, none of the words of forms."""
    plain = fold(text)
    return 2 <= len(plain.split()) <= 6 and not _NO_PERSON.search(plain)


def is_team_name(text: str) -> bool:
    """Whether a text looks like a team's name rather than a remark."""
    plain = fold(text)
    return 2 <= len(plain) <= 80 and not re.search(
        r":$|@|^(?:please|note|notes|nb|contact|deadline|signed|return)\b", plain
    )


_TOTALS = re.compile(r"^(grand )?(sub-?)?totals?\b|^(sum|count|average|number of)\b")


def is_total(text: str) -> bool:
    """Whether a row's first words say that it adds up the others."""
    return bool(_TOTALS.match(fold(text)))
