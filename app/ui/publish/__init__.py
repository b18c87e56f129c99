"""Publishing in the window: what changed, who is told of it, and what was sent before."""
