"""The quick part of the kill harness: each deed survives a few kills."""

from __future__ import annotations

import os

import pytest

from tests.faults.deeds import DEEDS
from tests.faults.kill import kill


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_acknowledged_is_lost_to_a_kill(deed: str) -> None:
    outcome = kill(deed, times=2, seed=os.getpid())
    assert outcome.acknowledged
    assert (outcome.lost, outcome.damaged) == (0, 0), outcome
