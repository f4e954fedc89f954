"""A meeting that is frozen: its pack is made from the answers it kept, and what it did not keep is asked as known then."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from trigpoint.changes.kept_reading import KeptTold
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.questions import Question, question_from_words
from trigpoint.gate.reasons import untold_why
from trigpoint.web.asking import Words
from trigpoint.web.hot_now.sources import Sources

__all__ = ["frozen_sources", "kept_notes"]

NEVER_KNOWN = frozenset({"choices", "shapes", "places", "sites", "around", "evaluation"})
"""Kinds that tell of the ground, or know no day of their own."""


def frozen_sources(sources: Sources, kept: Sequence[KeptTold], on: date, *, still_in_use: bool) -> Sources:
    """The same sources as they stood on the day of the freeze.

    `still_in_use` says that nothing was published since, so that what was not kept needs no day to be asked by.
    """
    by_question = {_bare(one.question): one.content for one in kept if one.content is not None}

    def ask(kind: str, words: Words) -> Answer:
        question = question_from_words(kind, words)
        content = by_question.get(_bare(question))
        dated = (
            words
            if still_in_use or kind in NEVER_KNOWN or "known" in words
            else {**words, "known": on.isoformat()}
        )
        if content is None:
            # notices and work around a place go by a day of their own
            of_the_day = {"on": on.isoformat()} if kind == "around" and "on" not in words else {}
            return sources.ask(kind, {**dated, **of_the_day})
        told = _answer(kind, content)
        # a hexagon's code is its outline; of streets, counting gives the outlines that a test would give at more cost
        if not question.geometry or str(told.about.get("level", "")).startswith("cell"):
            return told
        counted = {word: dated[word] for word in ("level", "from", "to", "known") if word in dated}
        return _with_outlines(told, sources.ask("counts", {**counted, "geometry": "yes"}))

    return replace(sources, ask=ask, today=on)


def _bare(question: Question) -> Question:
    """The question without what does not change its figures."""
    return replace(question, geometry=False, known=None, on=None)


def _answer(kind: str, content: Mapping[str, Any]) -> Answer:
    parts = {name: _table(rows) for name, rows in content.get("parts", {}).items()}
    about = dict(content["about"])
    if "why" in about:
        about["why"] = untold_why(about["why"])
    return Answer(kind, _table(content["rows"]), about, parts)


def _table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """The columns of kept rows. Without rows their names are not known: every column is then empty."""
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else _NoRows()


class _NoRows(dict[str, list[Any]]):
    def __missing__(self, name: str) -> list[Any]:
        return []


def _with_outlines(kept: Answer, drawn: Answer) -> Answer:
    """The kept figures with the outlines of their units, which are no part of what is kept."""
    shapes = dict(zip(map(str, drawn.columns["code"]), drawn.parts["geometry"]["wkb"], strict=True))
    known = [at for at, code in enumerate(kept.columns.get("code", ())) if str(code) in shapes]
    columns = {name: [column[at] for at in known] for name, column in kept.columns.items()}
    wkb = [shapes[str(code)] for code in columns.get("code", ())]
    return Answer(kept.kind, columns, kept.about, {**kept.parts, "geometry": {"wkb": wkb}})


PARTS = {"hot-now": "places", "questions": "questions", "coverage": "coverage", "notices": "notices"}
"""What a pack takes from a freeze, by the names of kept answers. A meeting can be frozen without one of them."""


def _kept_sentence(kept: Sequence[KeptTold]) -> str:
    names = {one.name for one in kept}
    parts = [words for name, words in PARTS.items() if name in names]
    drawn = "maps and charts are drawn from what was known that day."
    if not parts:
        return drawn.capitalize()
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"{listed.capitalize()} are the answers kept when the meeting was frozen; {drawn}"


def kept_notes(kept: Sequence[KeptTold]) -> tuple[str, ...]:
    """What has to be said of a pack made from kept answers: what was restated, and what this reader is shown less of."""
    if not kept:
        return ()
    restated = [f"Restated since: {one.restated_because}" for one in kept if one.restated_at is not None]
    return tuple(dict.fromkeys((_kept_sentence(kept), *restated, *(one.why for one in kept if one.why))))
