"""Every fault, one command: `python -m tests.faults`. See `tests.faults.table`."""

from tests.faults.table import main

if __name__ == "__main__":
    raise SystemExit(main())
