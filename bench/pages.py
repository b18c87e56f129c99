"""How long the pages of a largest week take (issue 7: 600 pages under 5 s, the preview's first page under 0.5 s)."""

from __future__ import annotations

import datetime as dt
import time

from app.engine.check import problems
from app.exchange.packs import packs
from app.exchange.pages import Kind, Wanted, as_pdf, as_pictures, pages
from app.exchange.version import Version
from bench.rota import largest_week


def main() -> None:
    """Measure and print, kind by kind."""
    view = largest_week()
    found = problems(view)
    version = Version(number=1, at=dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC))

    start = time.perf_counter()
    first = pages(view, version=version, wanted=Wanted(kinds=frozenset({Kind.TEAMS}))).all[0]
    as_pictures(first.sheet, dots_per_inch=120)
    print(f"first preview page {time.perf_counter() - start:.2f} s")
    for kind in Kind:
        start = time.perf_counter()
        made = pages(view, version=version, problems=found, wanted=Wanted(kinds=frozenset({kind})))
        ready = time.perf_counter()
        files = [as_pdf(page.sheet) for page in made.all]
        taken = time.perf_counter() - ready
        print(f"{kind.value}: {len(files)} files, data {ready - start:.2f} s, typeset {taken:.2f} s")
    start = time.perf_counter()
    packed = packs(view, version=version)
    print(f"packs: {len(packed)} workbooks, {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
