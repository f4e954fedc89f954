"""Joint insight as its page reads it: who tells what, which places there are, and what every group still shows."""

from collections.abc import Mapping, Sequence

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.reasons import told_why
from trigpoint.web.presenters.picture import about_json, named
from trigpoint.web.presenters.plain import numbers, plain, whole, words

Json = dict[str, object]
TESTED = (
    "q", "method", "compared_with", "left_out_of_test", "sentence", "within_note", "background", "background_why",
    "hotspots", "joined_only", "withheld", "events_of_several", "tellings_of_several", "weighting",
)  # fmt: skip
_PLACE = (
    "id", "letter", "name", "ward", "district", "code", "units", "count", "alone", "joined_only", "gone_without",
    "verdict", "people",
)  # fmt: skip
_OF_AGENCY = ("events", "told_alone", "hotspots", "lost_without")


def joint_json(answer: Answer, agencies: Sequence[Mapping[str, object]]) -> Json:
    """`agencies` are all of the partnership's, in their fixed order. `shows` and `concerns` are by the bits of a group:
    bit i stands for `bits[i]`; both are empty where there are too many agencies to try every group.
    """
    groups = answer.parts["groups"]
    return {
        "about": about_json(answer, named(agencies)) | {word: answer.about[word] for word in TESTED},
        "agencies": _told_agencies(answer, agencies),
        "others": _other_agencies(answer, agencies),
        "places": _places(answer),
        "concerns": _concerns(answer),
        "bits": words(answer.parts["agencies"]["agency"]),
        "shows": [[], *groups["shows"]] if len(groups["shows"]) else [],
        "without_place": [0, *whole(groups["concerns"])] if len(groups["shows"]) else [],
        "agreement": _agreement(answer.parts["agreement"]),
    }


def _told_agencies(answer: Answer, agencies: Sequence[Mapping[str, object]]) -> list[Json]:
    table = answer.parts["agencies"]
    columns = [whole(table[name]) for name in _OF_AGENCY]
    told = dict(zip(words(table["agency"]), zip(*columns, strict=True), strict=True))
    return [
        {
            "code": one["code"],
            "name": one["name"],
            **dict(zip(_OF_AGENCY, told[str(one["code"])], strict=True)),
        }
        for one in agencies
        if one["code"] in told
    ]


def _other_agencies(answer: Answer, agencies: Sequence[Mapping[str, object]]) -> list[Json]:
    """Those of whom nothing was tested, and why: not shown to this viewer, or nothing there."""
    told = set(words(answer.parts["agencies"]["agency"]))
    why = {str(one["agency"]): str(one["sentence"]) for one in told_why(answer.about) if one["agency"]}
    return [
        {"code": one["code"], "name": one["name"], "why": why.get(str(one["code"]), "")}
        for one in agencies
        if one["code"] not in told
    ]


def _places(answer: Answer) -> list[Json]:
    """Places that may be told, each with every agency's share of the evidence."""
    table, shares = answer.columns, _shares(answer.parts["shares"])
    columns: dict[str, list[object]] = {name: plain(table[name]) for name in _PLACE}
    lon, lat = to_lonlat(table["easting_m"], table["northing_m"])
    columns |= {"lon": list(numbers(lon, 5)), "lat": list(numbers(lat, 5))}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [row | {"shares": shares.get(str(row["id"]), {})} for row in rows if row["verdict"] != "few"]


def _shares(table: Table) -> dict[str, dict[str, float | None]]:
    found: dict[str, dict[str, float | None]] = {}
    rows = zip(plain(table["id"]), words(table["agency"]), numbers(table["of_whole"], 4), strict=True)
    for number, agency, share in rows:
        found.setdefault(str(number), {})[agency] = share
    return found


def _concerns(answer: Answer) -> list[Json]:
    table = answer.columns
    rows = zip(words(table["letter"]), words(table["verdict"]), words(table["people"]), strict=True)
    return [{"letter": letter, "people": people} for letter, verdict, people in rows if verdict == "few"]


def _agreement(table: Table) -> list[Json]:
    rows = zip(
        words(table["agency"]), words(table["beside"]), numbers(table["robust_s"], 3), numbers(table["differing"], 3),
        strict=True,
    )  # fmt: skip
    return [
        {"agency": one, "beside": other, "alike": alike, "differing": differing}
        for one, other, alike, differing in rows
    ]
