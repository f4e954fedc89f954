"""Quiet or silent? How likely it is that a feed has stopped, where it has sent nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaincc

__all__ = ["VERDICTS", "GapHistory", "Silence", "find_silence", "verdicts"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BEGINS = (0.5, 49.5)
"""What is assumed of a feed without history: one gap begins in a hundred months of sending (half a gap in fifty)."""
LASTS = (2.0, 1.0)
"""And of three months of gaps two go on: a gap lasts three months on average."""
VERDICTS = ("sending", "quiet", "cannot tell", "probably silent", "silent")
"""sending: there are records at the last month due, or after it. quiet: none, and silence is unlikely (below
QUIET_BELOW). cannot tell: none, and no yardstick, or the chance of silence is middling. probably silent, silent: from
PROBABLY and from SURELY on."""
QUIET_BELOW, PROBABLY, SURELY = 0.2, 0.5, 0.95
STRAYS = 0.05
"""Where many are usual, so small a share of them (of the upper quartile of a district's months) may be records of
somewhere else, put here by mistake: a month with no more is taken as one without."""
MOST_ROUNDS = 30
SETTLED = 1e-9


@dataclass(frozen=True, slots=True)
class GapHistory:
    """A feed's own gaps, and the prior that follows.

    In `months` of districts there were `gaps` gaps, as likely as not or likelier, of `gap_months` months; what was less
    likely counts by its chance. `begins` is the chance that a gap begins in a month of sending, `goes_on` that one does
    not end in the next month.
    """

    gaps: int
    gap_months: int
    months: int
    begins: float
    goes_on: float


@dataclass(frozen=True, slots=True, eq=False)
class Silence:
    """One feed in d districts over m months.

    silent       float64[d, m]  chance that it was not reporting there that month, from all months together; NaN where
                                nothing was due
    expected     float64[d, m]  records if it reports as usual; NaN where nothing was due, or there is no yardstick
    chance_none  float64[d, m]  how often so much as usual gives none, or no more than the strays that came; NaN likewise
    since        int32[d]       first month of the run without records that reaches the end; -1 for no run
    run          int32[d]       months due in that run
    run_silent   float64[d]     chance that it stopped reporting in that run: the largest of the run's months; 0 for no
                                run, NaN where nothing ever was due or there never was a record
    run_chance   float64[d]     how often a feed that reports as usual gives none in all months of the run; NaN for none
    missing      float64[d]     records that are missing, if it is silent: what those months would have had
    whole        float64[m]     chance that it sent nothing for any district that month
    dispersion   float          how much more than Poisson its months differ: variance = mean + dispersion·mean²
    history      GapHistory     what the prior of the whole feed's districts rests on
    """

    silent: Floats
    expected: Floats
    chance_none: Floats
    since: NDArray[np.int32]
    run: NDArray[np.int32]
    run_silent: Floats
    run_chance: Floats
    missing: Floats
    whole: Floats
    dispersion: float
    history: GapHistory


def find_silence(received: NDArray[np.integer], due: Bools, *, said: Bools | None = None) -> Silence:
    """Tell silence from quiet, one feed: `received` records int[d districts, m months], `due` bool[m].

    Each month a feed either reports in a district, and then sends a number of records about its mean there (negative
    binomial: its months differ by more than chance, by as much as this feed's do), or does not report, and sends none.
    Whether it reports goes from month to month as a chain: a gap begins, and goes on, with chances taken from this
    feed's own history of gaps, and from BEGINS and LASTS where that is short. From all this follows, by Bayes, the
    chance of silence in each month (forward and backward over the chain: Baum et al. 1970, Ann. Math. Statist.
    41:164–171; Rabiner 1989, Proc. IEEE 77:257–286). The district's mean is that of its reporting months, each weighted
    by its chance of being one; mean, dispersion and chances are worked out in turn until they settle. The same is asked
    of the feed as a whole, all districts added.

    A month in which nothing was `due` says nothing if nothing came. `said` bool[d, m] marks months in which the feed
    said that it had none: that is reporting. The run that reaches the end is left out of the history it is judged by.
    Raises ValueError for shapes that do not fit and for negative counts.

    Misleads where a district's records really end (a service closes), which looks like silence and is one to ask
    about; where a feed has a strong season; and where few records are usual: then none can tell, and the chance stays
    near what was assumed. A district that never had a record has no yardstick.
    """
    held, spoken = _checked(received, due, said)
    summed, anywhere = held.sum(axis=0, keepdims=True), np.asarray(spoken.any(axis=0)).reshape(1, -1)
    quiet = _as_good_as_none(held, due) & ~spoken
    whole, _, _, _ = _settled(summed, _as_good_as_none(summed, due) & ~anywhere, due)
    silent, mean, dispersion, history = _settled(held, quiet, due)
    silent = np.where(quiet, 1.0 - (1.0 - silent) * (1.0 - whole), 0.0)
    expected = np.where(due & (mean > 0)[:, None], mean[:, None], np.nan)
    few = np.where(np.isnan(expected), np.nan, _chance_of_few(np.where(quiet, held, 0), mean, dispersion))
    since, run = _runs(quiet, due)
    in_run = _reaching_the_end(quiet, due) & due
    return Silence(
        silent=np.where(due, silent, np.nan),
        expected=expected,
        chance_none=few,
        since=since,
        run=run,
        run_silent=np.where((mean > 0) & due.any(), np.where(in_run, silent, 0.0).max(axis=1), np.nan),
        run_chance=np.where(run > 0, np.prod(np.where(in_run, few, 1.0), axis=1), np.nan),
        missing=np.maximum(np.where(in_run, mean[:, None] - held, 0.0).sum(axis=1), 0.0),
        whole=np.where(due, whole[0], np.nan),
        dispersion=dispersion,
        history=history,
    )


def verdicts(found: Silence) -> NDArray[np.int8]:
    """What the current run of months says of each district, int8[d]: indexes into VERDICTS."""
    told = np.full(len(found.run), VERDICTS.index("cannot tell"), dtype=np.int8)
    told[found.run_silent < QUIET_BELOW] = VERDICTS.index("quiet")
    told[found.run_silent >= PROBABLY] = VERDICTS.index("probably silent")
    told[found.run_silent >= SURELY] = VERDICTS.index("silent")
    told[found.run == 0] = VERDICTS.index("sending")
    return told


def _checked(received: NDArray[np.integer], due: Bools, said: Bools | None) -> tuple[Ints, Bools]:
    held = np.asarray(received)
    if held.ndim != 2 or np.shape(due) != held.shape[1:] or not held.size or held.min() < 0:
        raise ValueError("counts are never negative, one row a district, and each month is due or not")
    spoken = np.zeros(held.shape, dtype=bool) if said is None else np.asarray(said, dtype=bool)
    if spoken.shape != held.shape:
        raise ValueError("what was said is told for every district and month")
    return held.astype(np.int64), spoken


def _settled(held: Ints, quiet: Bools, due: Bools) -> tuple[Floats, Floats, float, GapHistory]:
    """Chances of silence [d, m], means of reporting months [d], dispersion and history, worked out in turn."""
    reporting = (due & (~quiet | _isolated(quiet, due))).astype(np.float64)
    judged = _reaching_the_end(quiet, due)
    begins, goes_on = BEGINS[0] / sum(BEGINS), LASTS[0] / sum(LASTS)
    for _ in range(MOST_ROUNDS):
        mean, dispersion = _usual(held, reporting)
        silent, moves = _chain(quiet, due, _chance_of_few(held, mean, dispersion), begins, goes_on)
        moves = np.where((judged[:, 1:] | (mean == 0)[:, None])[:, :, None], 0.0, moves).sum(axis=(0, 1))
        begins = float((BEGINS[0] + moves[1]) / (sum(BEGINS) + moves[0] + moves[1]))
        goes_on = float((LASTS[0] + moves[3]) / (sum(LASTS) + moves[2] + moves[3]))
        before, reporting = reporting, np.where(due, 1.0 - silent, 0.0)
        if np.abs(reporting - before).max() < SETTLED:
            break
    return silent, mean, dispersion, _history(due, silent, judged | (mean == 0)[:, None], begins, goes_on)


def _isolated(quiet: Bools, due: Bools) -> Bools:
    """Months without records in runs of one or two: taken as reporting to begin with."""
    short = np.zeros(quiet.shape, dtype=bool)
    for row, first, end in _zero_runs(quiet, due):
        months = np.flatnonzero(due[first:end]) + first
        short[row, months] = months.size < 3
    return short


def _usual(held: Ints, reporting: Floats) -> tuple[Floats, float]:
    """The mean of each district's reporting months, and the dispersion that all of them share (by moments)."""
    months = reporting.sum(axis=1)
    mean = (held * reporting).sum(axis=1) / np.maximum(months, 1e-300)
    mean[months < 0.5] = 0.0
    squares = (reporting * (held - mean[:, None]) ** 2).sum(axis=1) * months / np.maximum(months - 1.0, 0.5)
    spread = float((squares - (reporting * held).sum(axis=1))[months > 1.5].sum())
    scale = float((months * mean**2)[months > 1.5].sum())
    return mean, max(spread / scale, 0.0) if scale > 0 else 0.0


def _chance_of_few(held: Ints, mean: Floats, dispersion: float) -> Floats:
    """P(X ≤ held) of a negative binomial about each district's mean, [d, m]; of a Poisson where nothing is overdispersed."""
    about = np.broadcast_to(mean[:, None], held.shape)
    if dispersion < 1e-9:
        return np.asarray(gammaincc(held + 1.0, about))
    size = 1.0 / dispersion
    return np.asarray(betainc(size, held + 1.0, size / (size + about)))


def _as_good_as_none(held: Ints, due: Bools) -> Bools:
    """No record, or no more than strays where many are usual; any record at all where nothing was due is one."""
    usual = np.array([np.quantile(row[row > 0], 0.75) if row.any() else 0.0 for row in held])
    return np.asarray(np.where(due, held <= STRAYS * usual[:, None], held == 0))


def _history(due: Bools, silent: Floats, left_out: Bools, begins: float, goes_on: float) -> GapHistory:
    gap = (silent >= PROBABLY) & due & ~left_out
    first = gap & ~np.pad(gap, ((0, 0), (1, 0)))[:, :-1]
    return GapHistory(
        gaps=int(first.sum()),
        gap_months=int(gap.sum()),
        months=int((due & ~left_out).sum()),
        begins=begins,
        goes_on=goes_on,
    )


def _chain(quiet: Bools, due: Bools, few: Floats, begins: float, goes_on: float) -> tuple[Floats, Floats]:
    """Forward and backward: the chance of silence in each month given all months, [d, m], and of each move to the next
    month, [d, m − 1, 4]: reporting to reporting, a gap begins, a gap ends, a gap goes on."""
    # how likely what was seen is, if reporting and if silent; how large a number is that came says nothing of silence
    likely = np.stack([np.where(due & quiet, few, 1.0), np.where(quiet, 1.0, 0.0)], axis=2)
    move = np.array([[1.0 - begins, begins], [1.0 - goes_on, goes_on]])
    at_first = begins / (begins + 1.0 - goes_on)
    forward, backward = np.ones(likely.shape), np.ones(likely.shape)
    now = np.broadcast_to(np.array([1.0 - at_first, at_first]), (len(quiet), 2))
    for month in range(quiet.shape[1]):
        now = now * likely[:, month]
        now = now / now.sum(axis=1, keepdims=True)
        forward[:, month] = now
        now = now @ move
    for month in range(quiet.shape[1] - 2, -1, -1):
        then = (likely[:, month + 1] * backward[:, month + 1]) @ move.T
        backward[:, month] = then / then.sum(axis=1, keepdims=True)
    both = forward * backward
    after = (likely * backward)[:, 1:, None, :]
    moves = (forward[:, :-1, :, None] * move * after).reshape(len(quiet), -1, 4)
    return both[:, :, 1] / both.sum(axis=2), moves / moves.sum(axis=2, keepdims=True)


def _reaching_the_end(quiet: Bools, due: Bools) -> Bools:
    """The months of the runs without records that reach the end: what is to be judged."""
    judged = np.zeros(quiet.shape, dtype=bool)
    for row, first, end in _zero_runs(quiet, due):
        judged[row, first:end] = end == quiet.shape[1]
    return judged


def _runs(quiet: Bools, due: Bools) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    since, run = np.full(len(quiet), -1, dtype=np.int32), np.zeros(len(quiet), dtype=np.int32)
    for row, first, end in _zero_runs(quiet, due):
        if end == quiet.shape[1]:
            since[row] = first + int(np.argmax(due[first:end]))
            run[row] = int(np.count_nonzero(due[first:end]))
    return since, run


def _zero_runs(quiet: Bools, due: Bools) -> list[tuple[int, int, int]]:
    """(district, first month, month after) of every unbroken run without records that has a month due in it."""
    edges = np.diff(np.pad(quiet, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, firsts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    runs = zip(rows.tolist(), firsts.tolist(), ends.tolist(), strict=True)
    return [(row, first, end) for row, first, end in runs if due[first:end].any()]
