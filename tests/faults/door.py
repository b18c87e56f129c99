"""Drive the door's state machine long: `python -m tests.faults.door --examples 1000 --steps 50`."""

from __future__ import annotations

import argparse
import sys

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.document.test_door_machine import Door


def door(examples: int, steps: int, number: int = 0) -> None:
    """Run it; an example that fails is printed and raised. Each number leads to other examples."""
    asked = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck),
        database=None,
    )  # fmt: skip
    run_state_machine_as_test(seed(number)(Door), settings=asked)


def main() -> int:
    """Run it; an example that fails is printed and ends the run with an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=50)
    args = parser.parse_args()
    door(args.examples, args.steps)
    sys.stdout.write(f"door     {args.examples} examples of {args.steps} steps held\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
