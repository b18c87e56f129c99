"""How long the rota of a largest week takes (1,000 visits, 250 teams), against a bare openpyxl write of its cells.

Prints both times, the best of three each, and their ratio (processor time); issue 7 asks for at most 1.5.
"""

from __future__ import annotations

import datetime as dt
import io
import random

import openpyxl

from app.engine.check import problems
from app.exchange.rota import rota_workbook
from app.exchange.version import Version
from app.models.view import WeekView
from bench.timing import best
from tests.builders import a_week

VISITS, TEAMS, VISITORS = 1_000, 250, 150
SERVICES = ("Social care", "Education", "Children's homes", "Early help")


def largest_week(seed: int = 1) -> WeekView:
    """A week of 1,000 visits to 250 teams by 150 visitors; whether rules are kept does not matter here."""
    draw = random.Random(seed)
    week = a_week()
    for number in range(TEAMS):
        week.team(f"Team number {number:03d}", SERVICES[number % 4], f"Site {number % 60}", host_phone="01632 960100")
        for slot in range(4):
            hour = draw.randrange(8, 17)
            week.slot(
                f"s{number}-{slot}", f"Team number {number:03d}", draw.randrange(5), f"{hour:02d}:00",
                f"{hour + 1:02d}:30", places=3, activity=draw.choice(["Duty desk", "Team meeting and case talk"]),
            )  # fmt: skip
    for number in range(VISITORS):
        week.visitor(f"Visitor number {number:03d}", role="Senior manager", organisation="Example Council")
    slots = [f"s{number}-{slot}" for number in range(TEAMS) for slot in range(4)]
    for place in range(VISITS):
        week.visit(f"Visitor number {place % VISITORS:03d}", slots[place])
    return week.view()


def main() -> None:
    """Measure and print."""
    view = largest_week()
    found = problems(view)
    version = Version(number=1, at=dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC))

    def ours() -> bytes:
        return rota_workbook(view, problems=found, unmet=(), version=version)

    book = openpyxl.load_workbook(io.BytesIO(ours()))
    rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}

    def plain() -> bytes:
        fresh = openpyxl.Workbook()
        fresh.remove(fresh.worksheets[0])
        for title, lines in rows.items():
            sheet = fresh.create_sheet(title)
            for line in lines:
                sheet.append(line)
        held = io.BytesIO()
        fresh.save(held)
        return held.getvalue()

    cells = sum(len(line) for lines in rows.values() for line in lines)
    mine, theirs = best(ours), best(plain)
    print(
        f"{len(rows)} sheets, {cells:,} cells: rota {mine}, bare write {theirs}, "
        f"ratio {mine.processor / theirs.processor:.2f} of the processor"
    )


if __name__ == "__main__":
    main()
