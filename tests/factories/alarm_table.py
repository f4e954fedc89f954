"""The table of false alarms, and the laws that it is held to."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import beta, kstest

from tests.factories.null_worlds import KINDS, Kind

__all__ = ["Told", "broken", "table", "uniform_lines"]

Told = dict[str, Any]
"""One part of one world: kind, world, part, and "found" (found, tried) or "p" by method."""

LEVEL = 0.05
SURELY = 0.999
"""How sure a run must be before it calls a method worse than it promises."""
NO_PROMISE = (
    "emerging, new hot spot",
    "emerging, hot in the last month",
    "silence,",
    "shifts, anything said",
    "evaluation, ring",
    "evaluation, a peak",
)
"""Descriptions, chances of another kind, and what is known to pass 5%: the note says which and why."""
FINDS_PEOPLE = (", even", "local Moran")
"""In a clustered world these find where records are, which is what they are asked for."""


def table(told: Sequence[Told]) -> str:
    """Markdown: one row a method, for each kind of world the share that had a false alarm (95% interval) and the mean."""
    head = ["| method | " + " | ".join(f"{kind}: share | {kind}: mean" for kind in KINDS) + " |"]
    head.append("|---|" + "---|" * (2 * len(KINDS)))
    rows = []
    for name in _names(told):
        cells = [cell for kind in KINDS for cell in _cells(told, name, kind)]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join([*head, *rows, "", *uniform_lines(told)])


def broken(told: Sequence[Told]) -> list[str]:
    """Methods that promise 5% and have more, by more than chance."""
    worse = []
    for name in _names(told):
        for kind in KINDS:
            hits, tries = _alarms(told, name, kind)
            promised = not name.startswith(NO_PROMISE) and not _expected(name, kind)
            if promised and hits and float(beta.ppf(1 - SURELY, hits, tries - hits + 1)) > LEVEL:
                worse.append(f"{name}, {kind} worlds: {hits} of {tries}")
    return worse


def uniform_lines(told: Sequence[Told]) -> list[str]:
    """How evenly each method's chances lie between 0 and 1: counts by tenth, and Kolmogorov and Smirnov's test."""
    lines = []
    for name in _names(told):
        for kind in KINDS:
            p = np.array([one["p"][name] for one in _of(told, name, kind) if "p" in one])
            if p.size:
                # a chance of exactly a tenth belongs to that tenth
                tenth = np.bincount(np.ceil(p * 10 - 1e-9).astype(int) - 1, minlength=10)
                test = kstest(p, "uniform")
                figures = [p.size, *tenth.tolist(), f"{test.statistic:.3f}", f"{test.pvalue:.2f}"]
                lines.append(f"| {name}, {kind} | " + " | ".join(map(str, figures)) + " |")
    if not lines:
        return []
    return [
        "| p of | worlds | " + " | ".join(f"≤ {one / 10:.1f}" for one in range(1, 11)) + " | D | p of D |",
        "|---" * 14 + "|",
        *lines,
    ]


def _names(told: Sequence[Told]) -> list[str]:
    return list(dict.fromkeys(name for one in told for name in _said(one)))


def _said(one: Told) -> dict[str, Any]:
    """By method: its chance, or what it found and how many were tried."""
    said: dict[str, Any] = one["p"] if "p" in one else one["found"]
    return said


def _of(told: Sequence[Told], name: str, kind: Kind) -> list[Told]:
    return [one for one in told if one["kind"] == kind and name in _said(one)]


def _alarms(told: Sequence[Told], name: str, kind: Kind) -> tuple[int, int]:
    """Alarms, and how often there could have been one: a world, or for "each" one thing asked in it."""
    ones = _of(told, name, kind)
    if ones and "p" in ones[0]:
        return sum(one["p"][name] <= LEVEL for one in ones), len(ones)
    if name.endswith("each"):
        return sum(one["found"][name][0] for one in ones), sum(one["found"][name][1] for one in ones)
    return sum(one["found"][name][0] > 0 for one in ones), len(ones)


def _cells(told: Sequence[Told], name: str, kind: Kind) -> tuple[str, str]:
    hits, tries = _alarms(told, name, kind)
    if tries == 0:
        return "–", "–"
    low = float(beta.ppf(0.025, hits, tries - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, tries - hits)) if hits < tries else 1.0
    share = f"{hits / tries:.1%} ({low:.1%}–{high:.1%})" + (" *expected*" if _expected(name, kind) else "")
    ones = _of(told, name, kind)
    if "p" in ones[0]:
        return share, "–"
    return share, f"{np.mean([one['found'][name][0] for one in ones]):.2f}"


def _expected(name: str, kind: Kind) -> bool:
    return kind == "clustered" and any(word in name for word in FINDS_PEOPLE)
