"""The cards of a week and what may be done with them, without Qt: cards, targets, verdicts, why."""
