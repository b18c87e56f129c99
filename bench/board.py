"""How fast the board is: `python -m bench.board [--size largest --visits 500] [--times 40]`, medians in milliseconds.

Runs without a screen (QT_QPA_PLATFORM=offscreen is set where nothing else is) and repaints into pixels all the same.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.document.document import Document
from app.document.matching import adopt_match
from app.document.visits import move
from app.engine import rules
from app.models.change import TABLES, Entity, Verb
from app.models.plan import Plan
from app.models.view import WeekSlot, view
from app.ui.bridge import Bridge, Picked
from app.ui.deck.cards import Sort
from app.ui.deck.targets import Way
from app.ui.deck.verdicts import Moving
from app.ui.settings import Settings
from app.ui.theme import Look
from app.ui.window import Window
from bench.weeks import week

TARGETS = {"drag start": 50, "drag step": 16, "keyboard step": 16, "edit, problems, repaint": 50, "open": 1000}
"""Milliseconds that must not be passed (medians)."""


def placed(plan: Plan, week_id: str, count: int, seed: int) -> Plan:
    """The plan with that many visits: as many as a plain hand finds without breaking a rule, the rest anywhere."""
    rng = random.Random(seed)
    joined = view(plan, week_id)
    visitors, slots = list(joined.visitors.values()), list(joined.slots.values())
    pairs: set[tuple[str, str]] = set()
    of_person: dict[str, list[WeekSlot]] = defaultdict(list)
    of_team: Counter[str] = Counter()
    of_slot: Counter[str] = Counter()
    used: list[WeekSlot] = []
    for slot in rng.sample(slots, len(slots)):
        if any(other.id != slot.id and rules.host_clash(slot, other) for other in used):
            continue
        for visitor in rng.sample(visitors, min(40, len(visitors))):
            mine = of_person[visitor.id]
            fits = (
                of_slot[slot.id] < slot.places
                and (slot.team.max_visits is None or of_team[slot.team.id] < slot.team.max_visits)
                and (visitor.max_visits is None or len(mine) < visitor.max_visits)
                and not any(other.day == slot.day or other.team.id == slot.team.id for other in mine)
                and rules.open_to(joined.week, visitor, slot)
            )
            if fits and len(pairs) < count:
                pairs.add((visitor.id, slot.id))
                mine.append(slot)
                of_team[slot.team.id] += 1
                of_slot[slot.id] += 1
                used.append(slot)
    while len(pairs) < count:
        pairs.add((rng.choice(visitors).id, rng.choice(slots).id))
    return plan.apply(adopt_match(plan, week_id, sorted(pairs), verb=Verb.MATCH))


def measured(times: int, does: Callable[[int], None]) -> float:
    """The median of so many runs, in milliseconds; the first two warm up."""
    taken = []
    for number in range(times + 2):
        began = time.perf_counter()
        does(number)
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[2:])


def run(size: str, visits: int, times: int, way: Way) -> dict[str, float]:
    """Measure everything on one generated week in a real file."""
    plan, week_id = week(size, 1)
    plan = placed(plan, week_id, visits, 1)
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("the board needs a whole application")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.pweek"
        document = Document.open(file, create=True)
        empty = document.plan
        entities = [one for table in _tables(plan) for one in table]
        document.do(empty.edit(Verb.IMPORT, put=entities, week_id=week_id))
        document.close()
        settings = Settings(Path(folder) / "window.ini")
        bridge = Bridge()
        window = Window(bridge, settings, Look(app, settings))
        window.resize(1920, 1080)
        window.show()
        app.processEvents()
        found: dict[str, float] = {}
        began = time.perf_counter()
        bridge.open(Document.open(file))
        window.go("board")
        window.board.turn_to(way)
        app.processEvents()
        found["open"] = (time.perf_counter() - began) * 1000
        found |= _steps(window, bridge, times)
        window.close()
        app.processEvents()
    return found


def _tables(plan: Plan) -> list[list[Entity]]:
    return [list(plan.table(name).values()) for name in TABLES]


def _steps(window: Window, bridge: Bridge, times: int) -> dict[str, float]:
    board = window.board.view
    if board is None or bridge.now.deck is None or bridge.now.view is None:
        raise RuntimeError("the board is not open")
    shown = [card for row in board.grid_model.board.rows for card in row.cells if card and card.sort is Sort.VISIT]
    one = shown[0].visit
    if one is None:
        raise RuntimeError("no visit to move")
    bridge.pick(Picked(visits=(one.id,)))
    mover = window.desk.mover
    corner = board.viewport().mapToGlobal(QPoint(60, 60))

    def start(_number: int) -> None:
        mover.start(Moving(visit_ids=(one.id,)), by_keyboard=False)
        mover.point_at(corner)
        board.viewport().repaint()

    found: dict[str, float] = {}
    taken = []
    for number in range(times + 2):
        bridge.move(None)
        QApplication.processEvents()
        taken.append(_once(partial(start, number)))
    found["drag start"] = statistics.median(taken[2:])
    found["drag step"] = measured(
        times, lambda n: mover.point_at(board.viewport().mapToGlobal(QPoint(60 + 13 * n % 900, 60 + 7 * n % 500)))
    )
    mover.cancel()
    board.start_move()
    keys = (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)
    found["keyboard step"] = measured(times, lambda n: QTest.keyClick(board, keys[n % 4]))
    mover.cancel()
    free = [slot_id for slot_id, hand in bridge.now.deck.by_slot.items() if hand and hand[-1].sort is Sort.FREE]
    taken_by = {visit.slot_id for visit in bridge.now.view.counted if visit.person_id == one.person_id}
    targets = [slot_id for slot_id in dict.fromkeys(free) if slot_id not in taken_by][: times + 4]

    def edit(number: int) -> None:
        bridge.do(move(bridge.now.plan, one.id, targets[number % len(targets)]))
        board.viewport().repaint()

    found["edit, problems, repaint"] = measured(times, edit)
    return found


def _once(does: Callable[[], None]) -> float:
    began = time.perf_counter()
    does()
    QApplication.processEvents()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="")
    parser.add_argument("--visits", type=int, default=500)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--way", default="team", choices=["team", "visitor", "day"])
    given = parser.parse_args()
    cases = [(given.size, given.visits)] if given.size else [("largest", 500), ("region", 2000)]
    for size, visits in cases:
        print(f"{size}, {visits} visits, by {given.way}")
        for name, taken in run(size, visits, given.times, Way(given.way)).items():
            print(f"  {name:26s}{taken:8.1f} ms   {'' if taken <= TARGETS[name] else 'OVER '}(at most {TARGETS[name]})")


if __name__ == "__main__":
    main()
