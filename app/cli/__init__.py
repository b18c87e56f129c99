"""The commands of `practice-week`."""
