"""Theme shifts: has a theme really grown or fallen, did a code change, or did somebody stop sending?"""

from dataclasses import replace
from typing import Any

import numpy as np

from trigpoint.core.analysis.shifts import STAGES, Shift, find_shifts
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import LONDON, Asked
from trigpoint.gate.kinds.series import month_words
from trigpoint.gate.shift_panel import Compared, panel_of

__all__ = ["answer_shifts"]

METHOD = (
    "The share of records that carry the theme, before against after, four times over, each time stricter: of all records; "
    "without feeds and districts that were silent in some of the months, on both sides; each feed and district with itself "
    "(Mantel–Haenszel odds ratio, quasi-binomial); and that without agencies whose code for the theme changed. A code "
    "changed where that is known, where a feed first used it though it would have been expected before, or where in one "
    "agency alone one theme lost what another gained. Real is what is there to the last and rests on no single agency; "
    "Benjamini–Hochberg over the themes."
)
SENTENCE = "A share is of what is recorded. That more is recorded under a theme is not yet that more happens."


def answer_shifts(asked: Asked) -> Answer:
    """Columns theme, name, verdict, share_before, share_after, odds_ratio, low, high, p, q, agencies, changed, moved_to,
    sentence: one row for each theme.

    share_before and share_after are of all records; odds_ratio to q are of the strictest comparison, NaN where nobody is
    left for it. `agencies` can tell there, `changed` are those whose code changed, `moved_to` the theme it was exchanged
    with. Part "stages" has every comparison, part "feeds" each feed's records before and after and how it was used.
    """
    one = asked.version.recall(_key(asked), lambda: panel_of(asked))
    shifts = asked.version.recall(
        (*_key(asked), asked.question.q), lambda: find_shifts(one.panel, rate=asked.question.q)
    )
    wanted = asked.question.themes
    shown = [shift for shift in shifts if not wanted or one.themes[shift.theme].code in wanted]
    parts: dict[str, Table] = {"stages": _stages(one, shown), "feeds": _feeds(one, shown)}
    words = month_words(one.first, one.end - one.first)
    silent = one.panel.silent
    about = asked.about(
        total=one.total,
        unplaced=0,
        before=[words[0], words[one.start - one.first - 1]],
        after=[words[one.start - one.first], words[-1]],
        left_out_for_silence=_silent_words(asked, one) if silent.any() else [],
        method=METHOD,
        sentence=SENTENCE,
        compared_with=f"{words[0]} to {words[one.start - one.first - 1]}",
    )
    return Answer("shifts", _rows(asked, one, shown), about, parts)


def _key(asked: Asked) -> tuple[object, ...]:
    question = asked.question
    chosen = (question.start, question.months, question.period_from, question.period_to, question.known)
    today = asked.at.astimezone(LONDON).date()
    return ("shifts", asked.permitted, asked.grain, replace(asked.selection, theme_mask=0), chosen, today)


def _rows(asked: Asked, one: Compared, shown: list[Shift]) -> Table:
    agencies = {each.id: each.code for each in asked.version.vocabulary.agencies}
    names = {each.id: each.name for each in asked.version.vocabulary.agencies}
    raw, last = [shift.stages[0] for shift in shown], [shift.stages[-1] for shift in shown]
    return {
        "theme": [one.themes[shift.theme].code for shift in shown],
        "name": [one.themes[shift.theme].name for shift in shown],
        "verdict": [shift.verdict for shift in shown],
        "share_before": np.array([each.share_before for each in raw], dtype=np.float64),
        "share_after": np.array([each.share_after for each in raw], dtype=np.float64),
        "odds_ratio": _finite([each.odds_ratio for each in last]),
        "low": np.array([each.low for each in last], dtype=np.float64),
        "high": np.array([each.high for each in last], dtype=np.float64),
        "p": np.array([each.p for each in last], dtype=np.float64),
        "q": np.array([shift.q[-1] for shift in shown], dtype=np.float64),
        "agencies": [[agencies[each] for each in shift.agencies] for shift in shown],
        "changed": [[agencies[each] for each in shift.changed] for shift in shown],
        "moved_to": [one.themes[shift.moved].code if shift.moved >= 0 else "" for shift in shown],
        "sentence": [_sentence(one, shift, names) for shift in shown],
    }


def _finite(ratios: list[float]) -> Any:
    """Odds ratios, NaN for those that are infinite: the shares and p tell those."""
    found = np.array(ratios, dtype=np.float64)
    found[np.isinf(found)] = np.nan
    return found


def _sentence(one: Compared, shift: Shift, agencies: dict[int, str]) -> str:
    raw, last = shift.stages[0], shift.stages[-1]
    name = one.themes[shift.theme].name
    if np.isnan(raw.share_before):
        return f"{name}: nobody records it, or everybody always does."
    told = f"{name}: {raw.share_before:.1%} of records before, {raw.share_after:.1%} after."
    interval = (
        f"odds ratio {last.odds_ratio:.2f}, {last.low:.2f} to {last.high:.2f}"
        if np.isfinite(last.low)
        else ""
    )
    changed = " and ".join(agencies[each] for each in shift.changed)
    exchanged = f", which exchanged it with {one.themes[shift.moved].name}" if shift.moved >= 0 else ""
    reasons = {
        "confirmed": f"Real: {len(shift.agencies)} agencies show it, each compared with itself ({interval}).",
        "one agency": f"It cannot be told: it rests on one agency, and no other confirms it ({interval or 'no interval'}).",
        "elsewhere unchanged": f"The code changed at {changed}{exchanged}; the others show no such shift ({interval}).",
        "moved": f"The code changed at {changed}{exchanged}; the two together are as many as before.",
        "silent": "An agency is silent: without the feeds and districts that stopped, on both sides, there is no shift.",
        "mix": "It cannot be told: feeds send more or less than before, and each by itself shows no shift.",
        "uncertain": f"It cannot be told: too little is left once what changed is left out ({interval or 'no interval'}).",
        "none": f"No shift beyond chance{f' ({interval})' if interval else ''}.",
    }
    return f"{told} {reasons[shift.why]}"


def _stages(one: Compared, shown: list[Shift]) -> Table:
    pairs = [(shift, place) for shift in shown for place in range(len(STAGES))]
    table: dict[str, Any] = {
        "theme": [one.themes[shift.theme].code for shift, _ in pairs],
        "stage": [STAGES[place] for _, place in pairs],
    }
    for name in ("odds_ratio", "low", "high", "p", "share_before", "share_after", "dispersion"):
        table[name] = _finite([getattr(shift.stages[place], name) for shift, place in pairs])
    table["q"] = np.array([shift.q[place] for shift, place in pairs], dtype=np.float64)
    for name in ("strata", "carrying", "total"):
        table[name] = [getattr(shift.stages[place], name) for shift, place in pairs]
    return table


def _feeds(one: Compared, shown: list[Shift]) -> Table:
    panel = one.panel
    table: dict[str, list[Any]] = {
        name: []
        for name in ("theme", "feed", "before", "before_of", "after", "after_of", "silent_districts", "used")
    }
    for shift in shown:
        held = panel.carrying(shift.theme)
        for feed in np.unique(panel.feed).tolist():
            of = panel.feed == feed
            if not held[of].any():
                continue
            used = "code changed" if int(panel.agency[of][0]) in shift.changed else "used"
            row = (
                one.themes[shift.theme].code,
                one.feeds[feed].code,
                int(held[of][:, ~panel.after].sum()),
                int(panel.total[of][:, ~panel.after].sum()),
                int(held[of][:, panel.after].sum()),
                int(panel.total[of][:, panel.after].sum()),
                int(panel.silent[of].sum()),
                "silent" if panel.silent[of].all() else used,
            )
            for name, value in zip(table, row, strict=True):
                table[name].append(value)
    return table


def _silent_words(asked: Asked, one: Compared) -> list[str]:
    names = asked.version.areas("district").names
    return [
        f"{one.feeds[int(feed)].name}, {names[int(district)] if district >= 0 else 'without a district'}"
        for feed, district in one.strata[one.panel.silent]
    ]
