"""An evaluation in the words of a meeting: one sentence that may be read out, and what must be said beside it."""

from collections.abc import Sequence
from math import isnan

from trigpoint.core.analysis.evaluation import Evaluation
from trigpoint.core.analysis.regression_to_mean import FEWEST_LIKE
from trigpoint.gate.change_panel import LeftOut
from trigpoint.gate.kinds.evaluation_counted import NOT_PLANNED_FEED, NOT_PLANNED_WORDS
from trigpoint.gate.kinds.evaluation_run import FEWEST_PRIOR, RUN_MONTHS, Found

__all__ = [
    "BEYOND_CHANCE",
    "LEFT_OUT",
    "NOT_PLANNED",
    "NOT_THE_WORK",
    "NOT_TOLD_FROM_CHANCE",
    "cautions_of",
    "left_out_sentence",
    "sentence_of",
    "verdict_of",
]

NOT_PLANNED = "Post hoc: not planned before."
LEFT_OUT = "Left out of the count, before and after:"
BEYOND_CHANCE = "more than chance explains"
NOT_THE_WORK = "nothing of the fall can be put down to the work"
NOT_TOLD_FROM_CHANCE = "cannot tell this from chance"
NOTHING_ALIKE = "No place is similar enough to compare with"
_CHANGES = ("fell by {}", "rose by {}", "stayed the same")


def verdict_of(found: Found) -> str:
    """The word for what was found: those of `core.analysis.evaluation`, or "before" where nothing is over yet."""
    return found.evaluation.verdict if found.evaluation else "before"


def sentence_of(found: Found) -> str:
    """What may be said in the meeting."""
    evaluation = found.evaluation
    if evaluation is None:
        seen = found.before.sentence if found.balanced else f"{NOTHING_ALIKE}: no result could be told."
        return f"No month after the start has been recorded yet. {seen}"
    before, after = _pair(found)
    said = _fell_and_rose(found, evaluation, before, after)
    return f"{said} {_VERDICTS[evaluation.verdict](found, evaluation)}"


def left_out_sentence(left_out: Sequence[tuple[str, str, str]], counted_then: Sequence[str]) -> str:
    """Which feeds were left out (code, reason, sentence each) and why; "" for none. `counted_then` are the names of those
    that the plan was locked with."""
    if not left_out:
        return ""
    told = [sentence for _, reason, sentence in left_out if reason != NOT_PLANNED_FEED]
    since = [
        sentence.removesuffix(NOT_PLANNED_WORDS)
        for _, reason, sentence in left_out
        if reason == NOT_PLANNED_FEED
    ]
    if since:
        words = NOT_PLANNED_WORDS if len(since) == 1 else NOT_PLANNED_WORDS.replace(" is ", " are ", 1)
        told.append(_listed(since) + words)
    said = f"{LEFT_OUT} {' '.join(told)}"
    if not counted_then:
        return said
    was = "was" if len(counted_then) == 1 else "were"
    return f"{said} {' and '.join(counted_then)} {was} counted when the plan was locked, and left out since."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _pair(found: Found) -> tuple[int, int]:
    counts = found.counts[found.ground.circle(found.ground.treated)].sum(axis=0)
    start, (before, after) = found.months.start, found.windows
    return int(counts[start - before : start].sum()), int(counts[start : start + after].sum())


def _fell_and_rose(found: Found, evaluation: Evaluation, before: int, after: int) -> str:
    """The change here and in similar places, each per as long a time as after the start."""
    scale = found.windows[1] / found.windows[0]
    change = after - before * scale
    spans = [_months(one) for one in found.windows]
    own = f"Records {_change(change)}, from {before} in {spans[0]} to {after} in {spans[1]}"
    if evaluation.displacement is None:
        return f"{own}."
    likewise = change - evaluation.displacement.local.value
    return f"{own}; similar places {_change(likewise)}."


def _change(records: float) -> str:
    size = round(abs(records))
    if size == 0:
        return _CHANGES[2]
    return _CHANGES[records > 0].format(size)


def _months(months: int) -> str:
    return "one month" if months == 1 else f"{months} months"


def _between(found: Found, evaluation: Evaluation) -> str:
    local = _local(evaluation)
    return f"{abs(round(local.value))} (between {abs(round(local.upper))} and {abs(round(local.lower))})"


def _local(evaluation: Evaluation):  # type: ignore[no-untyped-def]
    if evaluation.displacement is None:
        raise RuntimeError("a verdict that compares has a difference")
    return evaluation.displacement.local


def _said_fell(found: Found, evaluation: Evaluation) -> str:
    said = f"That is a fall of {_between(found, evaluation)} beyond theirs, {BEYOND_CHANCE}."
    near = evaluation.displacement.buffer if evaluation.displacement is not None else None
    if near is None:
        return said
    return (
        f"{said} Within {found.ground.buffer_m:.0f} metres the change is one that chance could explain (between "
        f"{_fewer_or_more(near.lower)} and {_fewer_or_more(near.upper)})."
    )


def _fewer_or_more(records: float) -> str:
    return f"{abs(round(records))} {'fewer' if records < 0 else 'more'}"


def _said_perhaps_moved(found: Found, evaluation: Evaluation) -> str:
    if evaluation.displacement is None or evaluation.displacement.buffer is None:
        raise RuntimeError("what may have moved was looked for in a ring")
    near = evaluation.displacement.buffer
    return (
        f"That is a fall of {_between(found, evaluation)} beyond theirs, {BEYOND_CHANCE}. Whether it moved "
        f"cannot be told: within {found.ground.buffer_m:.0f} metres there were {_fewer_or_more(near.value)} beyond those "
        f"around similar places (between {_fewer_or_more(near.lower)} and {_fewer_or_more(near.upper)})."
    )


def _said_spread(found: Found, evaluation: Evaluation) -> str:
    return (
        f"That is a fall of {_between(found, evaluation)} beyond theirs, {BEYOND_CHANCE}, and it fell within "
        f"{found.ground.buffer_m:.0f} metres too."
    )


def _said_displaced(found: Found, evaluation: Evaluation) -> str:
    if evaluation.displacement is None or evaluation.displacement.buffer is None:
        raise RuntimeError("what was displaced was found in a ring")
    arose = round(evaluation.displacement.buffer.value)
    moved = "as much as fell here, or more, arose there"
    if evaluation.moved < 1:
        moved = f"about {round(evaluation.moved * 100, -1):.0f}% of the fall moved there"
    return (
        f"But within {found.ground.buffer_m:.0f} metres records rose by {arose} beyond those around similar places: "
        f"{moved}."
    )


def _said_peak(found: Found, evaluation: Evaluation) -> str:
    guard = evaluation.guard
    run = _months(min(RUN_MONTHS, found.months.start - 1))
    said = f"The start came at a peak: the {run} before it had {guard.peak_ratio:.1f} times the place's own usual."
    if guard.like >= FEWEST_LIKE:
        return (
            f"{said} {guard.like} places at a like peak, where nothing is known to have been done, fell alike. "
            f"This is what peaks do: {NOT_THE_WORK}."
        )
    return f"{said} It went back to its usual, as peaks do: {NOT_THE_WORK}."


def _said_rose(found: Found, evaluation: Evaluation) -> str:
    return f"That is {_between(found, evaluation)} more than theirs, {BEYOND_CHANCE}."


def _said_cannot_tell(found: Found, evaluation: Evaluation) -> str:
    told, fall = evaluation.detectable, -_local(evaluation).value
    if fall >= told.fall:
        return (
            f"We {NOT_TOLD_FROM_CHANCE}: similar places went up and down more than they did before, when a fall of "
            f"{round(told.fall)} out of {round(told.expected)} was thought enough to be seen."
        )
    return f"We {NOT_TOLD_FROM_CHANCE}. {told.sentence}"


def _said_not_detectable(found: Found, evaluation: Evaluation) -> str:
    fall, of = round(evaluation.detectable.fall), round(evaluation.detectable.expected)
    if not of:
        return evaluation.detectable.sentence
    return f"Not detectable: we would have seen only a fall of {fall} or more, out of {of}."


def _said_no_controls(found: Found, evaluation: Evaluation) -> str:
    if found.months.start < FEWEST_PRIOR:
        return (
            f"Only {_months(found.months.start)} before the start are known: without a year of them no place can be "
            "called similar, and the change alone says nothing."
        )
    return f"{NOTHING_ALIKE}, and the change alone says nothing."


_VERDICTS = {
    "fell": _said_fell,
    "spread": _said_spread,
    "displaced": _said_displaced,
    "perhaps_moved": _said_perhaps_moved,
    "peak": _said_peak,
    "rose": _said_rose,
    "cannot_tell": _said_cannot_tell,
    "not_detectable": _said_not_detectable,
    "no_controls": _said_no_controls,
}


def cautions_of(found: Found, wanted: int) -> list[str]:
    """What whoever reads the sentence out must know beside it."""
    said = []
    if not found.frozen:
        said.append(
            "Most records of the time before the start were received after it: comparable places were chosen by what "
            "is known now, not by what was known then."
        )
    if not _one_kind(found):
        said.append(
            "Some comparable places are of another kind (in a town or not, class of road): none of its own stood alike."
        )
    said += sorted(
        {
            f"{one.sentence.removesuffix('.')}: no place there is compared with."
            for one in found.records.not_compared
        }
    )
    said += [f"In the time by which places were chosen: {one}" for one in _together(found.records.earlier)]
    said += [
        f"{one}: counts before and after differ by it, and at similar places only as far as they hold the same records."
        for one in found.records.broken
    ]
    if found.evaluation and found.evaluation.displacement and not found.spread.known:
        said.append(
            "Too few places stood alike to learn how far counts here jump by themselves: the range may be too narrow."
        )
    if found.evaluation and found.windows[1] < wanted:
        said.append(
            f"Only {_months(found.windows[1])} of {wanted} are over: this is how it stands, not how it ended."
        )
    if found.study is not None and found.study.parted:
        said.append(
            "This place and those beside it were parting before the start: what came after need not be the work's doing."
        )
    if found.guard.at_a_peak and verdict_of(found) != "peak":
        said.append("The start came at a peak of the place's own, so that some fall was to be expected.")
    if (
        not isnan(found.placebo_p)
        and found.placebo_p > 0.05
        and verdict_of(found) in ("fell", "spread", "displaced", "perhaps_moved")
    ):
        said.append(
            f"Tried where and when nothing was done, as large a change came up {found.placebo_p:.0%} of the time."
        )
    return said


_BEGAN = " sent nothing before "


def _together(earlier: Sequence[LeftOut]) -> list[str]:
    """What interrupted the feeds, once each; those that began on the same day in one sentence."""
    began: dict[str, set[str]] = {}
    rest = {one.sentence for one in earlier if _BEGAN not in one.sentence}
    for one in earlier:
        name, told, when = one.sentence.partition(_BEGAN)
        if told:
            began.setdefault(when, set()).add(name)
    return sorted({*rest, *(_listed(sorted(names)) + _BEGAN + when for when, names in began.items())})


def _one_kind(found: Found) -> bool:
    ground = found.ground
    kinds = set(ground.kinds(ground.kind).tolist())
    compares = found.evaluation is not None and found.evaluation.displacement is not None
    return not compares or set(ground.kind[found.controls].tolist()) <= kinds
