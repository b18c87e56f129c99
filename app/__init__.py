"""Practice Week: match leaders to frontline teams, invite them, print the rotas."""

__version__ = "0.1.0"
