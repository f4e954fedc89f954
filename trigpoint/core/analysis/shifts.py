"""Has a theme really shifted, or did a code change, or did somebody stop sending?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.discovery import discovery_q
from trigpoint.core.analysis.shares import ShareChange, compare_shares

__all__ = ["STAGES", "VERDICTS", "Panel", "Shift", "find_shifts"]

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

STAGES = ("raw", "without the silent", "within feeds", "controlled")
VERDICTS = ("real", "the code changed", "an agency is silent", "cannot tell", "no change seen")
LEAST_EXPECTED = 7.0
"""A code first used when so many records would have carried it before was not in use before: chance below 1 in 1,000."""
KEPT = 1 / 3
"""A real shift keeps at least this share of its size whichever agency is left out."""
ALIKE = 1 / 3
"""Themes that exchange records leave the two together unchanged: by less than this share of the smaller change."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Records by stratum (one feed in one district) and month, the months in order.

    together  int64[t, t, s, m]  records that carry both themes; on the diagonal, that carry the theme
    total     int64[s, m]        records
    agency    int64[s]           whose feed it is
    feed      int64[s]
    after     bool[m]            months after the change looked for
    silent    bool[s]            the feed is silent there in some month on either side: it is left out on both
    declared  bool[t, s]         a change of definition of the theme is known for that feed, on a day within the months
    """

    together: Ints
    total: Ints
    agency: Ints
    feed: Ints
    after: Bools
    silent: Bools
    declared: Bools

    def __post_init__(self) -> None:
        """Raises ValueError where the parts do not fit."""
        themes, strata, months = self.declared.shape[0], *self.total.shape
        fits = (
            self.together.shape == (themes, themes, strata, months)
            and self.agency.shape == self.feed.shape == self.silent.shape == (strata,)
            and self.declared.shape == (themes, strata)
            and self.after.shape == (months,)
        )
        if not fits:
            raise ValueError("the parts of a panel do not fit together")

    def carrying(self, theme: int) -> Ints:
        """Records that carry the theme, int64[s, m]."""
        held: Ints = self.together[theme, theme]
        return held

    def either(self, one: int, other: int) -> Ints:
        """Records that carry one of two themes or both, int64[s, m]."""
        held: Ints = self.together[one, one] + self.together[other, other] - self.together[one, other]
        return held


@dataclass(frozen=True, slots=True)
class Shift:
    """One theme. `stages` are the same comparison made stricter, in the order of STAGES; `q` their Benjamini–Hochberg
    q over all themes. `changed` are agencies whose code changed, `declared` those of them by a known change of
    definition, `moved` the theme with which it exchanged records there (-1 for none); `silent` the strata left out;
    `agencies` those that can tell in the last stage. `verdict` is one of VERDICTS, `why` a word for the reason.
    """

    theme: int
    stages: tuple[ShareChange, ...]
    q: tuple[float, ...]
    changed: tuple[int, ...]
    declared: tuple[int, ...]
    moved: int
    silent: tuple[int, ...]
    agencies: tuple[int, ...]
    verdict: str
    why: str


def find_shifts(panel: Panel, *, rate: float = 0.05) -> tuple[Shift, ...]:
    """Every theme's shift, and whether it is real.

    Four comparisons, each stricter: *raw*, the share of all records; *without the silent*, the same with every feed
    and district left out on both sides that was silent on either; *within feeds*, each feed and district compared with
    itself (`compare_shares`); *controlled*, that without the agencies whose code changed. A code changed where that is
    declared; where a feed first used it within the months though it would have been expected before; and where, in
    one agency and not in the others, one theme lost what another gained and the two together stayed the same.

    A shift is real if it is there to the last and rests on no single agency. It is the code, or a silence, if it goes
    when those are left out. What is there to the last but rests on one agency, or goes when feeds are compared with
    themselves (they send more or less than before), or is too uncertain, cannot be told. See docs/methods/shifts.md.
    """
    flags = [_flags(panel, theme) for theme in range(len(panel.declared))]
    stages = [_stages(panel, theme, changed) for theme, (changed, _, _) in enumerate(flags)]
    q = np.array(
        [discovery_q([one[stage].p for one in stages]) for stage in range(len(STAGES))], dtype=np.float64
    ).reshape(len(STAGES), -1)
    found = []
    for theme, ((changed, declared, moved), told) in enumerate(zip(flags, stages, strict=True)):
        alone = _without_each(panel, theme, changed)
        verdict, why = _verdict(told, q[:, theme] <= rate, changed, moved, alone, bool(panel.silent.any()))
        found.append(
            Shift(
                theme=theme,
                stages=told,
                q=tuple(float(one) for one in q[:, theme]),
                changed=changed,
                declared=declared,
                moved=moved,
                silent=tuple(int(one) for one in np.flatnonzero(panel.silent)),
                agencies=tuple(alone),
                verdict=verdict,
                why=why,
            )
        )
    return tuple(found)


def _stages(panel: Panel, theme: int, changed: Sequence[int]) -> tuple[ShareChange, ...]:
    heard = ~panel.silent
    return (
        _pooled(panel, theme, np.ones_like(heard)),
        _pooled(panel, theme, heard),
        _within(panel, panel.carrying(theme), heard),
        _within(panel, panel.carrying(theme), heard & ~np.isin(panel.agency, changed)),
    )


def _pooled(panel: Panel, theme: int, strata: Bools) -> ShareChange:
    held = panel.carrying(theme)[strata].sum(axis=0, keepdims=True)
    total = panel.total[strata].sum(axis=0, keepdims=True)
    return compare_shares(held, total, panel.after, np.ones(total.shape, dtype=bool))


def _within(panel: Panel, held: Ints, strata: Bools) -> ShareChange:
    usable = np.broadcast_to(strata[:, None], held.shape)
    return compare_shares(held, panel.total, panel.after, usable)


def _flags(panel: Panel, theme: int) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Agencies whose code for the theme changed, those of them by a declared change, and the theme exchanged with."""
    declared = {int(one) for one in panel.agency[panel.declared[theme] & ~panel.silent]}
    changed = declared | _first_used(panel, theme)
    exchanged = -1
    for agency in np.unique(panel.agency).tolist():
        other = _exchanged_with(panel, theme, agency)
        if other >= 0:
            changed, exchanged = changed | {agency}, other
    return tuple(sorted(changed)), tuple(sorted(declared)), exchanged


def _first_used(panel: Panel, theme: int) -> set[int]:
    """Agencies with a feed that used the theme on one side of the change only, though it was to be expected on both."""
    found = set()
    for feed in np.unique(panel.feed).tolist():
        of = (panel.feed == feed) & ~panel.silent
        held, total = panel.carrying(theme)[of].sum(axis=0), panel.total[of].sum(axis=0)
        for side in (panel.after, ~panel.after):
            used, records = int(held[side].sum()), int(total[side].sum())
            unused = int(held[~side].sum()) == 0
            if unused and records and used / records * int(total[~side].sum()) >= LEAST_EXPECTED:
                found.add(int(panel.agency[of][0]))
    return found


def _exchanged_with(panel: Panel, theme: int, agency: int) -> int:
    """The theme that gained in this agency what this one lost, or lost what it gained; -1 for none, and where the other
    agencies show the same: what all see is no code."""
    of = (panel.agency == agency) & ~panel.silent
    own = _within(panel, panel.carrying(theme), of)
    elsewhere = _within(panel, panel.carrying(theme), ~of & ~panel.silent)
    if not own.p <= 0.01 or (elsewhere.p <= 0.05 and np.sign(elsewhere.z) == np.sign(own.z)):
        return -1
    for other in range(len(panel.declared)):
        change = _within(panel, panel.carrying(other), of)
        if other == theme or not change.p <= 0.01 or np.sign(change.z) == np.sign(own.z):
            continue
        gained, lost = _moved(panel, theme, of), _moved(panel, other, of)
        both = _within(panel, panel.either(theme, other), of)
        if not both.p <= 0.01 and abs(gained + lost) < ALIKE * min(abs(gained), abs(lost)):
            return other
    return -1


def _moved(panel: Panel, theme: int, of: Bools) -> float:
    """How much larger the theme's share of these strata's records is after."""
    held, total = panel.carrying(theme)[of].sum(axis=0), panel.total[of].sum(axis=0)
    shares = [held[side].sum() / max(int(total[side].sum()), 1) for side in (panel.after, ~panel.after)]
    return float(shares[0] - shares[1])


def _without_each(panel: Panel, theme: int, changed: Sequence[int]) -> dict[int, ShareChange]:
    """By each agency that can tell: the controlled comparison without it."""
    kept = ~panel.silent & ~np.isin(panel.agency, changed)
    tell = [
        int(agency)
        for agency in np.unique(panel.agency[kept])
        if _within(panel, panel.carrying(theme), kept & (panel.agency == agency)).strata
    ]
    return {one: _within(panel, panel.carrying(theme), kept & (panel.agency != one)) for one in tell}


def _verdict(
    stages: tuple[ShareChange, ...],
    passed: Bools,
    changed: Sequence[int],
    moved: int,
    alone: dict[int, ShareChange],
    silent: bool,
) -> tuple[str, str]:
    within, controlled = stages[2:]
    if passed[3]:
        return ("real", "confirmed") if _confirmed(controlled, alone) else ("cannot tell", "one agency")
    if passed[2]:
        if changed and (_excluded(within, controlled) or (not controlled.strata and moved >= 0)):
            return "the code changed", "elsewhere unchanged" if controlled.strata else "moved"
        return "cannot tell", "uncertain"
    if passed[1]:
        return "cannot tell", "mix"
    if passed[0]:
        return ("an agency is silent", "silent") if silent else ("cannot tell", "uncertain")
    return "no change seen", "none"


def _confirmed(controlled: ShareChange, alone: dict[int, ShareChange]) -> bool:
    """Whether no single agency makes the shift: without each of two or more it keeps its direction and a third."""
    kept = [one.log_odds * np.sign(controlled.z) for one in alone.values()]
    return len(kept) > 1 and all(size >= KEPT * min(abs(controlled.log_odds), 10.0) for size in kept)


def _excluded(within: ShareChange, controlled: ShareChange) -> bool:
    """Whether those whose code did not change rule out what the others show."""
    return bool(not controlled.low <= within.odds_ratio <= controlled.high) and not np.isnan(controlled.low)
