"""Rules, judging, matching, repairing, explaining. Only `solve` knows the solver."""
