"""The door, its history, and the verbs that turn a Plan into an Edit."""
