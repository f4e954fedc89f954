"""Work of our own: which records tell of sessions held, patrols and awareness visits. A definition says which."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from trigpoint.gate.version import Version

__all__ = ["WorkClass", "categories_of", "feeds_of", "work_classes"]


@dataclass(frozen=True, slots=True)
class WorkClass:
    """One class of work: its code, its name for one and for many, and the (feed, category) codes that tell of it."""

    code: str
    one: str
    many: str
    records: frozenset[tuple[str, str]]


@cache
def work_classes() -> tuple[WorkClass, ...]:
    """What definitions/work.yaml says. Raises ValueError where an entry lacks a word or has one too many."""
    text = files("trigpoint").joinpath("definitions", "work.yaml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    if not all(set(one) == {"class", "one", "many", "records"} for one in told):
        raise ValueError("definitions/work.yaml: every entry has class, one, many and records")
    return tuple(
        WorkClass(
            one["class"],
            one["one"],
            one["many"],
            frozenset((feed["feed"], code) for feed in one["records"] for code in feed["categories"]),
        )
        for one in told
    )


def categories_of(version: Version, work: WorkClass) -> tuple[int, ...]:
    """The dense ids of the categories that tell of a class of work, ascending; none where none is known here."""
    feeds = {one.id: one.code for one in version.vocabulary.feeds}
    named = (one for one in version.vocabulary.categories if (feeds[one.feed], one.code) in work.records)
    return tuple(sorted(one.id for one in named))


def feeds_of(work: WorkClass) -> frozenset[str]:
    """The codes of the feeds that tell of a class of work."""
    return frozenset(feed for feed, _ in work.records)
