"""What to do when somebody drops out or a team or slot falls away (LOOK.md, dialog D)."""
