"""Flip random bits of a file: `python -m tests.faults.flips --times 1000`.

Each must be refused with its bytes untouched, or open to provably the same Plan and history; nothing may crash.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from app.document.document import Document
from app.errors import Refused
from tests.store.make_version import make


def flip(times: int, seed: int = 0) -> Counter[str]:
    """What became of that many flips: refused, same, or (never) different and touched."""
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path, spoilt = Path(folder) / "week.pweek", Path(folder) / "spoilt.pweek"
        plan = make(path)
        whole = path.read_bytes()
        document = Document.open(path)
        history = [line.edit for line in document.history]
        document.close()
        used = [place for place, byte in enumerate(whole) if byte]  # half of the file is free space
        for _ in range(times):
            content = bytearray(whole)
            content[chance.choice(used)] ^= 1 << chance.randrange(8)
            spoilt.write_bytes(content)
            try:
                document = Document.open(spoilt)
            except Refused:
                outcomes["refused" if spoilt.read_bytes() == content else "touched"] += 1
                continue
            same = document.plan == plan and [line.edit for line in document.history] == history
            outcomes["same" if same else "different"] += 1
            document.close()
    return outcomes


def main() -> int:
    """Flip, print a line, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    found = flip(args.times, args.seed)
    sys.stdout.write(f"flips    {dict(found)}\n")
    return int(bool(found["different"] or found["touched"]))


if __name__ == "__main__":
    raise SystemExit(main())
