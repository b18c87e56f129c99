"""The council's logo as the week holds it: the picture itself, as text. No file is ever opened for one."""

from __future__ import annotations

import base64
import binascii

MOST_BYTES = 24_000
"""A larger picture would not fit a cell of the planning workbook, in which the week can be kept."""
_KINDS = {b"\x89PNG\r\n\x1a\n": "data:image/png", b"\xff\xd8\xff": "data:image/jpeg"}


def as_text(picture: bytes) -> str:
    """A PNG or JPEG picture as text; blank where it is neither, or too large."""
    kind = next((kind for start, kind in _KINDS.items() if picture.startswith(start)), "")
    if not kind or len(picture) > MOST_BYTES:
        return ""
    return f"{kind};base64,{base64.b64encode(picture).decode()}"


def as_picture(text: str) -> bytes | None:
    """The picture that such a text holds; None where it holds none."""
    kind, _, coded = text.partition(";base64,")
    if kind not in _KINDS.values() or len(coded) > MOST_BYTES * 4 // 3 + 4:
        return None
    try:
        held = base64.b64decode(coded, validate=True)
    except binascii.Error:
        return None
    return held if held.startswith(tuple(_KINDS)) else None
