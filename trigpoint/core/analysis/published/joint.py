"""Shapley values that are in print: what `core/analysis/shapley.py` must give."""

from collections.abc import Callable
from functools import partial

import numpy as np

from trigpoint.core.analysis.published.check import Check
from trigpoint.core.analysis.shapley import shapley

__all__ = ["CHECKS"]


def _game(players: int, worth: Callable[[list[int]], float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    every = [[one for one in range(players) if coalition >> one & 1] for coalition in range(1 << players)]
    return np.array([worth(coalition) for coalition in every], dtype=np.float64)


def _gloves() -> float:
    """Players 0 and 1 hold a left glove, player 2 a right one; a pair is worth 1."""
    return float(shapley(_game(3, lambda who: float(2 in who and len(who) > 1)))[2])


def _airport(player: int) -> float:
    """Four aircraft need runways that cost 8, 11, 13 and 18; a coalition pays for its longest."""
    return float(
        shapley(_game(4, lambda who: max((8, 11, 13, 18)[one] for one in who) if who else 0.0))[player]
    )


def _luxembourg() -> float:
    """The Six of 1958: weights 4, 4, 4, 2, 2, 1 and a quota of 12."""
    votes = (4, 4, 4, 2, 2, 1)
    return float(shapley(_game(6, lambda who: float(sum(votes[one] for one in who) >= 12)))[5])


def _security_council() -> float:
    """Five with a veto and six without, seven votes to pass: what the five hold together."""
    return float(shapley(_game(11, lambda who: float(len(who) > 6 and who[:5] == [0, 1, 2, 3, 4])))[:5].sum())


_GLOVE = "the glove game, a textbook example since Shapley (1953), Contributions to the Theory of Games II"
_AIRPORT = (
    "the airport game of Littlechild & Owen (1973), Management Science 20: 370–372, with the encyclopaedias' "
    "costs 8, 11, 13, 18"
)
_COUNCIL = "Shapley & Shubik (1954), American Political Science Review 48: 787–792: five hold 98.7%"
_EEC = "Mayer (2018), Games 9(2): 29: Luxembourg had a vote and no power in the Council of the Six"
_EXACT = 1e-9

CHECKS = (
    Check("Shapley value, the only right glove", _GLOVE, 2 / 3, _EXACT, _gloves, "printed as a fraction"),
    *(
        Check(f"Shapley value, aircraft {at + 1} of 4", _AIRPORT, share, _EXACT, partial(_airport, at))
        for at, share in enumerate((2.0, 3.0, 4.0, 9.0))
    ),
    Check("Shapley value, five with a veto of eleven", _COUNCIL, 0.987, 0.0005, _security_council),
    Check("Shapley value, Luxembourg in 1958", _EEC, 0.0, _EXACT, _luxembourg),
)
