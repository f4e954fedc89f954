"""Exposure: records of work that was done, which are no concerns. A definition says which; rows never do."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import yaml

from trigpoint.gate.kind_rules import TESTS
from trigpoint.gate.questions import Question
from trigpoint.gate.version import Version

__all__ = ["Exposure", "exposure_categories", "exposure_ids", "exposure_sentence", "left_out_of"]

Exposure = frozenset[tuple[str, str]]
"""Codes of feeds and their categories."""

COUNTING_CONCERNS = TESTS | {
    "counts",
    "series",
    "picture",
    "events",
    "density",
    "times",
    "flows",
    "shifts",
    "around",
    "change",
}


@cache
def exposure_categories() -> Exposure:
    """What definitions/exposure.yaml says. Raises ValueError where it says it otherwise than as lists of categories."""
    told = yaml.safe_load(
        files("trigpoint").joinpath("definitions", "exposure.yaml").read_text(encoding="utf-8")
    )
    if not all(set(one) == {"feed", "categories"} and isinstance(one["categories"], list) for one in told):
        raise ValueError("definitions/exposure.yaml: every entry says its feed and a list of categories")
    return frozenset((str(one["feed"]), str(code)) for one in told for code in one["categories"])


def exposure_ids(version: Version, exposure: Exposure) -> tuple[int, ...]:
    """The dense ids of those categories in a version, ascending."""
    feeds = {one.id: one.code for one in version.vocabulary.feeds}
    named = (one for one in version.vocabulary.categories if (feeds[one.feed], one.code) in exposure)
    return tuple(sorted(one.id for one in named))


def left_out_of(question: Question, ids: tuple[int, ...], named: tuple[int, ...]) -> tuple[int, ...]:
    """The categories that this question does not count: exposure that it does not name. No test ever counts any.

    `named` are the dense ids of the categories that the question names.
    """
    if question.kind not in COUNTING_CONCERNS:
        return ()
    return ids if question.kind in TESTS else tuple(one for one in ids if one not in named)


def exposure_sentence(version: Version, left_out: tuple[int, ...], granted: Iterable[str]) -> str:
    """What an answer says that it does not count, of the feeds granted; empty where that is nothing."""
    feeds, among = {one.id: one for one in version.vocabulary.feeds}, set(granted)
    named = [
        f"{one.name} ({feeds[one.feed].name})"
        for one in version.vocabulary.categories
        if one.id in left_out and feeds[one.feed].code in among
    ]
    if not named:
        return ""
    return f"{', '.join(named)}: not counted. They show where somebody has been, not that anything was wrong."
