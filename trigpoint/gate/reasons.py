"""Why an answer does not show something: first its own records, then the feeds that are no part of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from trigpoint.gate.kind_rules import KINDS, rule_of

__all__ = ["EXPOSURE", "UNPLACED", "counted_noun", "told_why", "unplaced_sentence", "untold_why"]

UNPLACED = "unplaced"
EXPOSURE = "exposure"
APART = "Not counted here at all: "


def counted_noun(about: Mapping[str, Any]) -> str:
    """What an answer's counts are of: "records" or "linked events"; as its kind usually counts where it does not say."""
    kind = about.get("kind")
    usual = rule_of(kind).counted if kind in KINDS else "records"
    return "linked events" if about.get("filters", {}).get("counted", usual) == "events" else "records"


def unplaced_sentence(n: int, noun: str = "records") -> str:
    """Why a level leaves records, or linked events, out; empty when it leaves out none."""
    if n == 0:
        return ""
    if n == 1:
        return f"1 {noun.removesuffix('s')} has no place as fine as this level. It is in the total."
    return f"{n:,} {noun} have no place as fine as this level. They are in the total."


def told_why(about: Mapping[str, Any]) -> list[dict[str, str]]:
    """Code, agency, sentence and clause of each reason, in the order they are told.

    Where records of the answer have no place at its level that comes first, under the code `unplaced` and of no
    agency; then, under `exposure`, what was permitted and is no concern; the feeds left out follow, and say that the
    total does not hold them.
    """
    left_out = [dict(one) for one in about["why"]]
    sentence = unplaced_sentence(int(about.get("unplaced", 0)), counted_noun(about))
    own = {UNPLACED: sentence, EXPOSURE: str(about.get("exposure", ""))}
    told = [{"code": code, "agency": "", "sentence": one, "clause": ""} for code, one in own.items() if one]
    if not sentence:
        return [*told, *left_out]
    apart = [one | {"sentence": f"{APART}{one['sentence']}"} for one in left_out]
    return [*told, *apart]


def untold_why(told: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The feeds left out, as an answer has them under `why`, from what `told_why` made of them: its reverse."""
    own = (UNPLACED, EXPOSURE)
    return [
        {**one, "sentence": one["sentence"].removeprefix(APART)} for one in told if one["code"] not in own
    ]
