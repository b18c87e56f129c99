"""Cliques of a slot graph: sets of slots of which one visitor can have only one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.engine.solve.arena import Bools, Ints


def maximal(neighbours: Sequence[int], among: int) -> Iterator[int]:
    """Every maximal clique of the graph on the vertices of the bit set `among` (Bron–Kerbosch with a pivot)."""
    stack = [(0, among, 0)]
    while stack:
        clique, rest, done = stack.pop()
        if not rest:
            if not done:
                yield clique
            continue
        pivot, most = -1, -1
        for vertex in bits(rest | done):
            count = (neighbours[vertex] & rest).bit_count()
            if count > most:
                pivot, most = vertex, count
        todo = rest & ~neighbours[pivot]
        for vertex in bits(todo):
            bit = 1 << vertex
            stack.append((clique | bit, rest & neighbours[vertex], done & neighbours[vertex]))
            rest &= ~bit
            done |= bit


def bits(mask: int) -> Iterator[int]:
    """The places of the set bits, from the lowest."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def widened(clash: Bools, clique: Sequence[int], weight: Ints) -> tuple[int, ...]:
    """The clique with further slots that clash with all of it, those of most weight first, until none is left."""
    common = np.logical_and.reduce(clash[list(clique)], axis=0)
    found = list(clique)
    while True:
        rest = np.flatnonzero(common)
        if not len(rest):
            return tuple(sorted(found))
        pick = int(rest[np.argmax(weight[rest])])
        found.append(pick)
        common &= clash[pick]
