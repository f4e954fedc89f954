"""What an answer with hotspots says of its test, in words."""

from trigpoint.gate.asked import Asked
from trigpoint.gate.hotspot_test import Compared
from trigpoint.gate.units import ANCHOR_WINDOW_M, Units

__all__ = ["compared_words", "law_sentence", "method_words", "unit_word"]


def unit_word(units: Units) -> str:
    if units.resolution is not None:
        return "hexagon"
    if units.level != "street":
        return units.level
    return "anchor point" if units.version.streets.anchors else "street"


def compared_words(units: Units, compared: Compared, tested: int) -> str:
    one = unit_word(units)
    whole = {
        "hexagon": "every hexagon of the county, empty ones included, and every one beyond it that holds a record",
        "anchor point": "every anchor point at which a record was ever placed, empty ones included",
    }.get(one, f"every {one} of the county, empty ones included")
    by = {
        "records": ", by the share of all records of the chosen feeds that lie there",
        "children": ", by the share of the children that live there",
        "past": ", by the share of all such records, from the first on, that lie there",
    }.get(compared.background, "")
    return f"{whole}: {tested:,} in all{by}"


_WINDOWS = {
    "hexagon": "a hexagon and the six around it",
    "street": "a street and those that share a junction with it",
    "anchor point": f"an anchor point and those within {ANCHOR_WINDOW_M:g} metres, because no streets are loaded",
    "ward": "a ward and those that share a boundary with it",
}
_LAWS = {
    "records": "the records asked about being any as many of all records of the chosen feeds (hypergeometric)",
    "children": "each record falling anywhere with the share of the children living there (binomial)",
    "past": "the records of the period being any as many of all such records from the first on (hypergeometric)",
    "even": "every arrangement of the county's counts",
}


def method_words(asked: Asked, units: Units, compared: Compared) -> str:
    question, window = asked.question, _WINDOWS[unit_word(units)]
    law, statistic = _LAWS[compared.background], "Getis–Ord Gi*"
    if compared.background != "even":
        statistic = "Over-representation"
    if question.test == "moran":
        statistic, law = (
            "Local Moran, high among high",
            "arrangements of the other counts, its own held fixed",
        )
    elif question.variant == "fixed":
        law = "arrangements of the other counts, its own held fixed (for comparison only)"
    return (
        f"{statistic}: {window}. The chance p is exact, over {law}; upper tail. Benjamini–Hochberg holds the "
        f"false discovery rate at {question.q:g} over every unit tested."
    )


def law_sentence(units: Units, compared: Compared) -> str:
    one = unit_word(units)
    told = {
        "records": f"More of these records lie in and around these {one}s than the other records there would lead one to "
        "expect.",
        "past": f"More of what was ever recorded in and around these {one}s falls in this period than elsewhere in the "
        "county: more than their own past would lead one to expect. A period that is part of a year knows no season: what "
        "comes back every summer is more than the past in summer.",
        "children": f"More is recorded in and around these {one}s than the children living there would lead one to expect.",
        "even": f"More is recorded in and around these {one}s than chance would put there, compared with all the {one}s "
        "tested.",
    }[compared.background]
    return f"{told} It does not say why, nor that the next will be here, nor anything of a person."
