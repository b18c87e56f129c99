"""How long a change pack of 1,000 visits takes (issue 5: under 10 s): `python -m bench.publish`.

The largest week's first publication, one that takes five visits off, and one that puts the whole week off; each made,
checked for leaks and written to a folder, with what each part took. Beside it, the bare writing of the same bytes.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.document.folders import pack_of
from app.document.publishing import postpone_week, publication_diff, publish_edit
from app.document.visits import to_tray
from app.exchange.folder import write_folder
from app.exchange.ledger import publications
from app.models.change import Entity, Verb
from app.models.names import identity
from app.models.people import Liking, Wish
from app.models.plan import Plan
from app.models.progress import Part, Step
from app.models.view import WeekView
from bench.rota import largest_week

_AT = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


def main() -> None:
    """Measure and print."""
    week = largest_week()
    plan, week_id = with_secrets(week), week.week.id
    print(f"{len(week.counted):,} visits, {len(week.teams)} teams, {len(week.visitors)} visitors")
    plan = published("first", plan, week_id, 0)
    for visit in list(week.counted)[:5]:
        plan = plan.apply(to_tray(plan, visit.id))
    plan = published("five visits off", plan, week_id, 1)
    plan = plan.apply(postpone_week(plan, week_id, plan.weeks[week_id].first_day + dt.timedelta(days=7)))
    published("a week later", plan, week_id, 2)


def with_secrets(week: WeekView) -> Plan:
    """The week with a need and a reason for everybody, for the leak check to look for."""
    put: list[Entity] = []
    for number, visitor in enumerate(week.visitors.values()):
        need = replace(visitor.person, needs=f"Large print on ivory paper, size {number}")
        wish = Wish(
            id=identity("wish", visitor.id), week_id=week.week.id, person_id=visitor.id,
            team_id=sorted(week.teams)[number], liking=Liking.RATHER_NOT,
            reason=f"Quarrelled over appraisal {number} with their manager",
        )  # fmt: skip
        put += (need, wish)
    return week.plan.apply(week.plan.edit(Verb.CHANGE, put=put))


class Clock:
    """Seconds that each part took, of the clock and of the processor."""

    def __init__(self) -> None:
        self._part: str = "week"
        self._at = time.perf_counter(), time.process_time()
        self.parts: dict[str, tuple[float, float]] = {}

    def __call__(self, step: Step) -> None:
        """Hear of a step."""
        self.turn({Part.CHECK: "check, pages"}.get(step.part, step.part.value))

    def turn(self, part: str) -> None:
        """What goes on from now on."""
        now = time.perf_counter(), time.process_time()
        before = self.parts.get(self._part, (0.0, 0.0))
        self.parts[self._part] = (before[0] + now[0] - self._at[0], before[1] + now[1] - self._at[1])
        self._part, self._at = part, now

    def __str__(self) -> str:
        return "; ".join(f"{part} {clock:.1f} s ({used:.1f})" for part, (clock, used) in self.parts.items())


def published(words: str, plan: Plan, week_id: str, number: int) -> Plan:
    """Publish, print what it took, and give the Plan after."""
    began, used, clock = time.perf_counter(), time.process_time(), Clock()
    diff = publication_diff(plan, week_id)
    after = plan.apply(publish_edit(plan, diff, _AT + dt.timedelta(days=number)))
    folder = pack_of(after, publications(after, week_id)[-1], watch=clock)
    with tempfile.TemporaryDirectory() as aside:
        write_folder(Path(aside) / "pack", folder.files, watch=clock)
        clock.turn("")
        whole, of_processor = time.perf_counter() - began, time.process_time() - used
        bare = _bare(Path(aside), folder.files)
    size = sum(len(data) for data in folder.files.values()) / 1e6
    print(
        f"{words}: {len(folder.files):,} files, {size:.1f} MB, in {whole:.1f} s "
        f"(of the processor {of_processor:.1f} s); {whole / bare:.0f} × the bare writing\n  {clock}"
    )
    return after


def _bare(folder: Path, files: Mapping[str, bytes]) -> float:
    began = time.perf_counter()
    for number, data in enumerate(files.values()):
        (folder / str(number)).write_bytes(data)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
