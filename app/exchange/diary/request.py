"""What the limited process is asked of a diary. Apart from the reader, whose libraries only that process needs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

MOST_BYTES = 20_000_000


def request(data: bytes, first_day: dt.date, last_day: dt.date, zone: str, own: Iterable[str] = ()) -> bytes:
    """A file, and before it which days of which zone are asked for, and which addresses are its owner's."""
    asked = {"first": first_day.isoformat(), "last": last_day.isoformat(), "zone": zone, "own": sorted(own)}
    return json.dumps(asked).encode() + b"\n" + data
