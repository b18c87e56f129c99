"""Letters of other alphabets in plain Latin ones: for file names, and for finding a name however it is spelled."""

from __future__ import annotations

import unicodedata

_LETTERS: dict[str, str] = {
    "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d",
    "Ð": "D", "ð": "d", "Þ": "Th", "þ": "th", "ß": "ss", "ẞ": "SS", "Ħ": "H", "ħ": "h", "ı": "i", "ȷ": "j",
    "ĸ": "k", "Ŋ": "N", "ŋ": "n", "Ŧ": "T", "ŧ": "t", "Ɛ": "E", "ɛ": "e", "Ɔ": "O", "ɔ": "o", "ə": "e", "Ə": "E",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "⁃": "-",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "＇": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
}  # fmt: skip
"""What Unicode does not take apart by itself: letters with strokes, ligatures, and the many dashes and quotes."""


def plain(char: str) -> str:
    """One character in plain letters where there are any: `é` → `e`, `ł` → `l`, `–` → `-`.

    Accents and invisible marks become nothing; a letter of another alphabet stays as it is.
    """
    if char in _LETTERS:
        return _LETTERS[char]
    if char.isascii():
        return char
    parts = unicodedata.normalize("NFKD", char)
    kept = (_LETTERS.get(part, part) for part in parts if unicodedata.category(part) not in {"Mn", "Me", "Cf"})
    return "".join(kept)


def ascii_form(text: str) -> str:
    """The text in ASCII; what has no ASCII form is left out."""
    return "".join(part for char in text for part in plain(char) if part.isascii())
