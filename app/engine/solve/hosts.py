"""Of slots that overlap and need the same host only one is used: the rows that say so."""

from __future__ import annotations

from app.engine.solve.arena import Arena, Floats, Pair
from app.engine.solve.cliques import bits, maximal
from app.engine.solve.master import Master, Row
from app.engine.solve.targets import Amounts


class Hosts:
    """A slot of several places has a helper that is 1 where the slot is used; single places speak for themselves."""

    def __init__(self, arena: Arena, master: Master) -> None:
        neighbours = [0] * len(arena.slots)
        for a, b in arena.hosts:
            neighbours[a] |= 1 << b
            neighbours[b] |= 1 << a
        among = sum(1 << s for s, near in enumerate(neighbours) if near)
        self._used: dict[int, int] = {}
        self._tied: set[Pair] = set()
        for s in bits(among):
            if arena.places[s] > 1:
                helper = self._used[s] = master.add_helper({}, upper=1.0)
                places = float(arena.places[s])
                master.add_rows([Row(upper=0.0, slots=(s,), helpers={helper: -places})])
        for clique in maximal(neighbours, among) if among else ():
            slots = list(bits(clique))
            single = tuple(s for s in slots if s not in self._used)
            shared = {self._used[s]: 1.0 for s in slots if s in self._used}
            master.add_rows([Row(upper=1.0, slots=single, helpers=shared)])

    def look(self, amounts: Amounts, helpers: Floats) -> list[Row]:
        """Rows that tie visits to helpers and that these amounts break."""
        rows: list[Row] = []
        for (v, s), amount in amounts.items():
            helper = self._used.get(s)
            if helper is not None and (v, s) not in self._tied and amount > helpers[helper] + 1e-4:
                self._tied.add((v, s))
                rows.append(Row(upper=0.0, visitor=v, slots=(s,), helpers={helper: -1.0}))
        return rows
