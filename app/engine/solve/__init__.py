"""The exact matching with HiGHS. Nothing outside this room imports the solver; it runs in a child process."""
