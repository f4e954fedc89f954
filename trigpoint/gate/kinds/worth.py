"""Worth placing: which unplaced records would most change what is hot, once somebody says where they were."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.exact import exact_p
from trigpoint.core.analysis.exact_tails import binomial_upper, hypergeometric_upper
from trigpoint.core.analysis.hotspot import HotspotResult
from trigpoint.core.analysis.worth import Worth, worth_of_placing
from trigpoint.core.geography.neighbours import Neighbours
from trigpoint.core.tally import by_unit
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.doubtful import Doubtful, doubtful_records
from trigpoint.gate.hotspot_test import TOO_MANY, CountyTest, as_asked, compared_with, county_test
from trigpoint.gate.kinds.hotspot_words import compared_words, method_words, unit_word
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.tested import left_out_words
from trigpoint.gate.units import Units, units_of

__all__ = ["answer_worth"]

VERSION = 2
LOOKED_AT = 20
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

METHOD = (
    "Records that say the same words for a place are placed together. For each place that the words may mean, the records "
    "are put there and what is hot is found anew; the change is how many units would become hot or cease to be, weighed by "
    f"how likely each meaning is. The {LOOKED_AT} wordings of most change are looked at so; the others by how far the "
    "windows around each meaning are from the line. Each is taken by itself, all else as it is."
)


def answer_worth(asked: Asked) -> Answer:
    """Columns id (its number in the unplaced tray; 0 where its words are no longer kept), agency, records, meanings,
    elsewhere (the chance that it is none of them), change, entering, leaving, most, exact: a row for each wording that
    tells of records that would be tested and lie in no unit, those worth most first.

    No words and no place is told: the first are the tray's, and a place that is not hot yet has not been judged.
    """
    units, question = units_of(asked), asked.question
    compared = compared_with(asked, units)
    parameters = (
        question.level_word, question.q, question.test, question.variant, compared.background,
        # the same categories may be what is left when no concern is counted, and picked by the question
        bool(question.categories),
    )  # fmt: skip
    found = worked(asked, "worth", VERSION, parameters, lambda rng, done: _work(asked, units, done))
    rows, facts = dict(found.tables["wordings"]), dict(found.facts)
    kept = asked.words(tuple(sorted(set(rows["agency"])))).wordings
    digests = [bytes.fromhex(one) for one in rows.pop("digest")]
    tray = [kept.get(key) for key in zip(rows["agency"], digests, strict=True)]
    tested = int(facts.pop("units"))
    about = asked.about(
        **facts,
        q=question.q,
        background=compared.background,
        background_why=compared.why,
        method=f"{METHOD} {method_words(asked, units, compared)}",
        compared_with=compared_words(units, compared, tested),
        left_out_of_test=left_out_words(asked),
        sentence=_sentence(units, facts),
        within_note="The test is the county's." if asked.within else "",
    )
    return Answer("worth", {"id": [one.id if one else 0 for one in tray], **rows}, about)


def _work(asked: Asked, units: Units, done: Progress) -> Worked:
    test = county_test(asked, units, "agency")
    near, counts, everything = units.neighbours(test.ids), test.result.count, _everything(test, units)
    doubtful = doubtful_records(asked, units, test)

    def anew(after: Counts) -> HotspotResult:
        return test.test(after, everything + (after - counts))

    law = _law(asked, units, test, near, everything)
    try:
        worth = worth_of_placing(
            counts, near, doubtful.uncertain, anew, law, looked_at=LOOKED_AT, progress=done
        )
    except ValueError as error:
        raise QuestionError(TOO_MANY) from error
    may = worth.most > 0
    facts = {
        "total": len(test.records),
        "unplaced": test.records.unplaced,
        "not_tested": test.records.not_tested,
        "tested": test.result.tested,
        "units": len(test.ids),
        "hot": int(np.count_nonzero(test.result.hot)),
        "wordings": len(doubtful.agency),
        "could_change_wordings": int(np.count_nonzero(may)),
        "could_change_records": int(doubtful.uncertain.records[may].sum()),
        "could_enter": int(np.count_nonzero(worth.could_enter)),
        "could_leave": int(np.count_nonzero(worth.could_leave)),
    }
    return Worked({"wordings": _rows(doubtful, worth)}, facts)


def _rows(doubtful: Doubtful, worth: Worth) -> Table:
    uncertain, order = doubtful.uncertain, worth.order
    likely = uncertain.summed(uncertain.weight)
    return {
        "digest": [doubtful.digest[at].hex() for at in order.tolist()],
        "agency": [doubtful.agency[at] for at in order.tolist()],
        "records": uncertain.records[order],
        "meanings": np.diff(uncertain.starts)[order],
        "elsewhere": np.maximum(0.0, 1.0 - likely[order]),
        "change": worth.change[order],
        "entering": worth.entering[order],
        "leaving": worth.leaving[order],
        "most": worth.most[order],
        "exact": worth.exact[order],
    }


def _everything(test: CountyTest, units: Units) -> Counts:
    if test.everywhere is None:
        return np.zeros(len(test.ids), dtype=np.int64)
    counts, _ = by_unit(as_asked(test.everywhere, test.records, "unit"), units.size)
    return counts[test.ids]


def _law(
    asked: Asked, units: Units, test: CountyTest, near: Neighbours, everything: Counts
) -> Callable[[Counts], Floats]:
    """p of every window were it to hold the sums given, by the background of the test; for the quick look only."""
    result = test.result
    counts, known = result.count, ~np.isnan(result.p)
    marked = int(counts.sum())

    def among(p: Floats) -> Floats:
        return np.where(known, p, np.nan)

    if test.everywhere is not None:
        beside, total = _window_sums(everything, near), int(everything.sum())

        def of_records(around: Counts) -> Floats:
            more = around - result.around
            p = np.full(counts.size, np.nan)
            each = int(more.max(initial=0))
            p[known] = hypergeometric_upper(around[known], beside[known] + each, marked + each, total + each)
            return p

        return of_records
    if test.compared.background == "children":
        living = asked.version.children(units.level, units.resolution)
        people = np.nan_to_num(living.people[test.ids]) if living is not None else np.zeros(counts.size)
        share = np.clip(_window_sums(people, near) / max(people.sum(), 1e-9), 0.0, 1.0)

        def of_children(around: Counts) -> Floats:
            p = np.full(counts.size, np.nan)
            each = int((around - result.around).max(initial=0))
            p[known] = binomial_upper(around[known], share[known], marked + each)
            return p

        return of_children
    return lambda around: among(exact_p(counts, around, near.degrees + 1))


def _window_sums(values: NDArray[np.generic], near: Neighbours) -> NDArray[np.generic]:
    rows = np.repeat(np.arange(near.units), near.degrees)
    sums = values.copy()
    np.add.at(sums, rows, values[near.indices])
    return sums


def _sentence(units: Units, facts: dict[str, object]) -> str:
    records, wordings = facts["could_change_records"], facts["could_change_wordings"]
    if not facts["unplaced"]:
        return f"Every record that would be tested lies in a {unit_word(units)}: nothing waits to be placed."
    if not records:
        return "Placing any one of the wordings that wait would change nothing that is hot here."
    which = "of one wording" if wordings == 1 else f"of {wordings} wordings"
    return f"Placing {records} record{'s' if records != 1 else ''} {which} could change this page."
