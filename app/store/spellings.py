"""A name in all the ways in which people and programs write it, as one pattern."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MARKS = "[\u0300-\u036f]*"
_BETWEEN = r"(?:\s+|[._-])"
_APART = r"[._ '’‘`´ʼ-]"
_KEPT = "kept"


def pattern_of(names: Iterable[str], *, keeping: Iterable[str] = (), any_case: bool = False) -> re.Pattern[str] | None:
    """A pattern for any of the names where they stand whole, the longest first; None where there are none.

    Names of several parts match in any case, with their accents, without them or with these apart, as file names
    write them (another separator, no apostrophe), and with the last part first. A single word could be an everyday
    one too ("May"), so its case counts unless `any_case`. `keeping` are names of others: where they stand, what they
    hold of the names does not match.
    """
    patterns = list(_ordered(names, any_case))
    if not patterns:
        return None
    whole = r"(?<![^\W_])(?:{})(?![^\W_])"
    wanted = whole.format("|".join(patterns))
    alone = re.compile(wanted)
    held = [name for name in keeping if alone.search(name) and not alone.fullmatch(name)]
    if not held:
        return alone
    others = whole.format("|".join(_ordered(held, any_case=False)))
    return re.compile(f"(?P<{_KEPT}>{others})|{wanted}")


def replaced(pattern: re.Pattern[str], instead: str, text: str) -> str:
    """The text with `instead` in the place of every match that is not somebody else's name."""

    def by(match: re.Match[str]) -> str:
        return match.group() if match.groupdict().get(_KEPT) is not None else instead

    return pattern.sub(by, text)


def _ordered(names: Iterable[str], any_case: bool) -> Iterable[str]:
    known = {" ".join(unicodedata.normalize("NFC", name).split()) for name in names}
    for name in sorted(filter(None, known), key=lambda name: (-len(name), name)):
        parts = [_part(part) for part in name.split()]
        forms = [_BETWEEN.join(parts)]
        if len(parts) > 1:
            forms.append(rf"{parts[-1]}\s*,\s*{_BETWEEN.join(parts[:-1])}")
        written = "|".join(forms)
        yield f"(?i:{written})" if any_case or len(parts) > 1 else written


def _part(part: str) -> str:
    return "".join(_sign(sign) for sign in part if not unicodedata.combining(sign))


def _sign(sign: str) -> str:
    if not sign.isalnum():
        return rf"(?:{re.escape(sign)}|{_APART})?"
    apart = unicodedata.normalize("NFKD", sign)
    forms = {sign, apart[0]}
    if sign.casefold() != sign.lower():  # ß as ss
        forms.add(sign.casefold())
    return f"(?:{'|'.join(re.escape(form) for form in sorted(forms))}){_MARKS}"
