"""Shapley values: how a whole is shared among those who made it together, worked out over every coalition."""

from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["MOST_PLAYERS", "coalition_sums", "members_of", "players_of", "shapley"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_PLAYERS = 14
"""Every coalition is looked at: 16,384 of them for fourteen."""


def shapley(values: ArrayLike) -> Floats:
    """The share of each of n players in a game, float64[n]: exact, over all coalitions.

    `values` is float64[2ⁿ]: place S holds what coalition S is worth, where bit i of S says whether player i is in
    it. The share is the mean, over every order in which the players may come together, of what a player adds when
    it joins: Σ over S without i of |S|!(n − |S| − 1)!/n! · (v(S ∪ i) − v(S)) (Shapley 1953, *Contributions to the
    Theory of Games* II: 307–317). Shares sum to v(all) − v(none); players that add alike have alike shares; one that
    never adds has 0; of two games added, shares add.

    Misleads where a share is read as blame or merit: it says whose records the evidence rests on, nothing else; it
    may be below 0. Raises ValueError unless the values are finite and a power of two in number, at most 2^14.
    """
    game = np.asarray(values, dtype=np.float64)
    players = players_of(game)
    if not np.isfinite(game).all():
        raise ValueError("every coalition needs a finite value")
    shares = np.empty(players)
    for one in range(players):
        halves = game.reshape(-1, 2, 1 << one)
        added = (halves[:, 1] - halves[:, 0]).ravel()
        shares[one] = added @ _weights(players)[np.bitwise_count(np.arange(added.size))]
    return shares


def players_of(values: Floats) -> int:
    """How many players a table over all coalitions is for. Raises ValueError where it is for none, or too many."""
    players = values.size.bit_length() - 1
    if values.ndim != 1 or values.size != 1 << max(players, 0):
        raise ValueError("a game has one value for each coalition")
    if players > MOST_PLAYERS:
        raise ValueError(f"shares are worked out for at most {MOST_PLAYERS}")
    return players


def members_of(coalition: int) -> tuple[int, ...]:
    """The players of a coalition, ascending."""
    return tuple(one for one in range(coalition.bit_length()) if coalition >> one & 1)


def coalition_sums(tellers: ArrayLike, weights: ArrayLike) -> Ints:
    """What every coalition knows of a set of events, int64[2ⁿ].

    `tellers` is whole numbers [m]: bit i of an event's says whether player i tells it. `weights` is whole numbers
    [n], each at least 1. An event counts once in every coalition that holds at least one of its tellers, with the
    largest weight among those; with all weights 1 that is the number of events that the coalition knows.

    Raises ValueError for a teller beyond the players or a weight below 1.
    """
    told, heavy = np.asarray(tellers, dtype=np.int64), np.asarray(weights, dtype=np.int64)
    size = 1 << heavy.size
    players_of(np.empty(size))
    if told.size and not 0 <= told.min() <= told.max() < size:
        raise ValueError("an event is told by somebody who is not there")
    if heavy.size and heavy.min() < 1:
        raise ValueError("a weight is a whole number of at least 1")
    sums, below = np.zeros(size, dtype=np.int64), 0
    for step in np.unique(heavy).tolist():
        # the largest weight of an event is the sum of the steps up to it
        sums += (step - below) * _known(told & _mask(heavy >= step), size)
        below = step
    return sums


def _known(tellers: Ints, size: int) -> Ints:
    """How many events have a teller in each coalition: all that have one, less those told only outside it."""
    within = np.bincount(tellers, minlength=size).astype(np.int64)
    within[0] = 0
    for one in range(size.bit_length() - 1):
        halves = within.reshape(-1, 2, 1 << one)
        halves[:, 1] += halves[:, 0]
    known: Ints = within[-1] - within[::-1]
    return known


def _mask(chosen: NDArray[np.bool_]) -> int:
    return sum(1 << one for one in np.flatnonzero(chosen).tolist())


def _weights(players: int) -> Floats:
    """The chance that the players before one in a random order are a given coalition, by its size."""
    every = factorial(players)
    return np.array([factorial(s) * factorial(players - s - 1) / every for s in range(players)])
