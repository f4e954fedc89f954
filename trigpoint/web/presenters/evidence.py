"""What is known of one unit or hotspot, in the order the panel tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trigpoint.core.analysis.count_interval import count_interval
from trigpoint.gate.answers import Answer
from trigpoint.gate.reasons import counted_noun, told_why
from trigpoint.web.presenters.plain import feed_codes, plain, texts, whole, words
from trigpoint.web.presenters.words import (
    attribution_lines,
    chance_sentence,
    tellings,
    times_expected_sentence,
)

Json = dict[str, object]
MOST_DISTANCES = 12
FIGURES = ("count", "around", "expected", "z", "p", "q")


@dataclass(frozen=True, slots=True)
class TestFigures:
    """The test's own figures for a unit, or for a hotspot's peak; None where not known."""

    around: float | None
    expected: float | None
    z: float | None
    p: float | None
    q: float | None
    hot: bool


def figures_of(row: Mapping[str, object]) -> TestFigures:
    def number(name: str) -> float | None:
        value = row.get(name)
        return None if value is None else float(str(value))

    return TestFigures(
        number("around"),
        number("expected"),
        number("z"),
        number("p"),
        number("q"),
        bool(row.get("hot", True)),
    )


def test_json(figures: TestFigures, answer: Answer, *, count: int, tested: int) -> Json:
    """The verdict first, then what it was tested against, then how sure the count itself is.

    `count` is of all records of the place, `tested` of those that took part in the test.
    """
    times = ""
    if figures.hot and figures.around is not None and figures.expected is not None:
        times = times_expected_sentence(figures.around, figures.expected)
    chance = chance_sentence(figures.p, hot=figures.hot)
    compared = f"Tested against {answer.about['compared_with']}."
    if tested != count:
        if counted_noun(answer.about) == "records":
            compared += f" {tested:,} of the {tellings(count, 'records')} took part."
        else:
            compared += f" Its {tellings(count, 'records')} are counted as linked events, of which {tested:,} took part."
        compared += f" {answer.about['left_out_of_test']}"
    return {
        "sentence": times or chance,
        "detail": f"{chance} {compared}" if times else compared,
        "uncertainty": uncertainty_sentence(count),
        "z": figures.z,
        "p": figures.p,
        "q": figures.q,
        "hot": figures.hot,
    }


def untested_json(sentence: str, *, count: int) -> Json:
    nothing: Json = dict.fromkeys(("detail", "z", "p", "q", "hot"))
    return {"sentence": sentence, "uncertainty": uncertainty_sentence(count), **nothing}


def uncertainty_sentence(count: int) -> str:
    """How far a count could move by chance alone."""
    low, high = count_interval(count)
    return f"By chance alone a count of {count:,} could stand for anything from {low:,.0f} to {high:,.0f}."


def row_of(answer: Answer, code: str) -> dict[str, object] | None:
    """The row of an answer with that code; None where it has none."""
    codes = words(answer.columns["code"])
    if code not in codes:
        return None
    place = codes.index(code)
    return {name: plain(column[place : place + 1])[0] for name, column in answer.columns.items()}


def around_json(answer: Answer, labels: Mapping[str, str], *, area: str, measured: bool) -> list[Json]:
    """Sites by class, the nearest first where distances were measured; those kept coarse as a count of the ward.

    `area` is the code of the ward that holds the place, or of the area itself.
    """
    columns = answer.columns
    found: dict[str, list[float]] = {}
    for kind, distance in zip(words(columns["class"]), plain(columns["distance_m"]), strict=True):
        found.setdefault(kind, []).append(float(str(distance)) if measured and distance is not None else -1.0)
    told: list[Json] = [
        {
            "class": kind,
            "label": labels.get(kind, kind),
            "n": len(distances),
            "distances_m": [round(one) for one in distances[:MOST_DISTANCES] if one >= 0],
            "kept": "point",
            "sentence": None,
        }
        for kind, distances in found.items()
    ]
    coarse = answer.parts["areas"]
    for code, kind, n in zip(
        words(coarse["code"]), words(coarse["class"]), whole(coarse["count"]), strict=True
    ):
        if code == area:
            told.append(_coarse_json(kind, labels, n))
    return told


def attributions_of(answers: Sequence[Answer]) -> list[str]:
    """What must be said of the sources of several answers, each line once."""
    lines: dict[str, None] = {}
    for answer in answers:
        lines |= dict.fromkeys(attribution_lines(texts(answer.about["attributions"]), feed_codes(answer)))
    return list(lines)


def _coarse_json(kind: str, labels: Mapping[str, str], n: int) -> Json:
    sentence = "in the ward; the place is kept to those who need it"
    return {
        "class": kind,
        "label": labels.get(kind, kind),
        "n": n,
        "distances_m": [],
        "kept": "area",
        "sentence": sentence,
    }


def cannot_show(answer: Answer) -> list[str]:
    """Why something is missing from an answer asked within the place itself, each sentence once."""
    silence = [str(answer.about["silence"])] if "silence" in answer.about else []
    return list(dict.fromkeys([*silence, *(one["sentence"] for one in told_why(answer.about))]))
