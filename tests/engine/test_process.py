"""The processes that solve: one waits where it is wanted, does one job, and the next takes its place."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator

import pytest

from app.engine.match import Status, match
from app.engine.process import keep_warm, make_ready
from tests.builders import a_week, person_id, slot_id


def children() -> set[int | None]:
    return {child.pid for child in multiprocessing.active_children() if child.name == "practice-week-matching"}


@pytest.fixture(autouse=True)
def nobody_waits_afterwards() -> Iterator[None]:
    yield
    keep_warm(0)
    assert not children()


def test_the_one_that_waits_does_the_job_and_another_waits_then() -> None:
    keep_warm(1)
    before = children()
    assert len(before) == 1
    week = a_week().slot("a", "Hub").visitor("Ada", min_visits=1).view()
    matching = match(week)
    assert (matching.status, matching.pairs) == (Status.OPTIMAL, ((person_id("Ada"), slot_id("a")),))
    after = children()
    assert len(after) == 1
    assert not before & after


def test_one_that_died_while_it_waited_is_not_asked() -> None:
    keep_warm(1)
    for child in multiprocessing.active_children():
        child.kill()
        child.join()
    assert match(a_week().slot("a", "Hub").visitor("Ada", min_visits=1).view()).status is Status.OPTIMAL


def test_those_made_ready_that_nobody_needed_end_with_the_job() -> None:
    make_ready(2)
    assert len(children()) == 2
    assert match(a_week().view()).status is Status.OPTIMAL
    assert not children()
