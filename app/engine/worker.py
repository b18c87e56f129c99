"""The child process that matches: plain data in, news out, ended by its parent whenever it pleases."""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection

from app.engine.pairs import Pairs
from app.models.change import TABLES
from app.models.plan import Plan
from app.models.view import view
from app.models.week import Priority

IDLE = ("publications", "issued", "calls", "releases")
"""Tables that no matching reads. Snapshots of publications can be large, and stay at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to match, and how."""

    plan: Plan
    week_id: str
    order: tuple[Priority, ...]
    without: Pairs
    known: tuple[Pairs, ...]
    """Plans that are there already, to begin with the best of them."""
    floors: Mapping[Priority, int]
    """What no plan beats in a priority where those before it are at theirs."""
    patience: Mapping[Priority, float]
    """How many seconds a priority may take at most."""
    began: float
    """When the matching began, as `time.time` counts; waking up takes from its seconds."""
    seconds: float
    workers: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The child could not go on; `reason` is for the log."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The child has nothing more to tell."""


def light(plan: Plan, week_id: str) -> Plan:
    """The plan with what matching this week needs."""
    entities = [
        entity
        for name in TABLES
        if name not in IDLE
        for entity in plan.table(name).values()
        if getattr(entity, "week_id", week_id) == week_id
    ]
    return Plan.of(entities)


def serve(wire: Connection) -> None:
    """Make ready, wait for a job, match, and tell everything. Ctrl+C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # The solver is imported here and nowhere else: its threads and its memory end with this process.
        from app.engine.solve import settled

        job: Job = wire.recv()
        woken = min(max(0.0, time.time() - job.began), job.seconds)
        settled.run(
            view(job.plan, job.week_id), job.order, without=job.without, known=job.known,
            floors=job.floors, patience=job.patience, seconds=job.seconds - woken, threads=job.workers, seed=job.seed,
            heard=wire.send,
        )  # fmt: skip
    except (BrokenPipeError, EOFError):  # the parent has ended, or wants nothing more
        return
    except MemoryError as error:
        wire.send(Failed(reason=f"memory: {error}"))
    except Exception as error:  # noqa: BLE001  # whatever went wrong here, the parent has a plan to fall back on
        wire.send(Failed(reason=f"{type(error).__name__}: {error}"))
    else:
        wire.send(Done())
