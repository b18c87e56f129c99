"""The screens of the middle of the window beside the week board: start, visitors, teams and slots, week settings."""
