"""A paper that runs over, with its lists cut: the first lines stay, and each list says how many went."""

from typing import Any

__all__ = ["shorter"]

Json = dict[str, Any]
LISTS = ("actions", "questions", "evaluations")
LONGEST = 600
"""Letters of a sentence that is kept whole."""


def shorter(told: Json, most: int) -> Json:
    """The same paper with at most `most` lines a list."""
    cut = {**told}
    for name in LISTS:
        if cut.get(name):
            cut[name] = _fewer(cut[name], most)
    if cut.get("hot"):
        cut["hot"] = {
            **cut["hot"],
            "watched": cut["hot"]["watched"][: most // 2],
            "steady": cut["hot"]["steady"][:most],
        }
    if cut.get("enforcement"):
        cut["enforcement"] = {**cut["enforcement"], "ends": cut["enforcement"]["ends"][:most]}
    cut["places"] = [_shorter_place(one, most) for one in told.get("places", ())]
    method = told.get("method")
    if method:
        cut["method"] = {
            **method,
            "left_out": [one for one in method["left_out"] if len(one) <= LONGEST][:most],
        }
    return cut


def _fewer(lines: Json, most: int) -> Json:
    gone = max(len(lines["rows"]) - most, 0)
    return {**lines, "rows": lines["rows"][:most], "more": lines["more"] + gone}


def _shorter_place(place: Json, most: int) -> Json:
    return {
        **place,
        **{name: place[name][: max(most // 2, 1)] for name in ("unknown", "in_place", "asks", "around")},
    }
