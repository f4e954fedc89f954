"""How many of each overlay's class there are in this home, and why there are none where there are none."""

from collections import Counter
from collections.abc import Mapping, Sequence

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.plain import plain, whole, words

Json = dict[str, object]
IN_FORCE = frozenset({"active", "ends_soon"})
RAILWAYS = frozenset({"rail", "metro", "tram", "subway"})


def counts_json(told: Mapping[str, Answer | str], *, planned: Sequence[Json] | None = None) -> Json:
    """`classes`: code to {n, by_area, last, shared}; `refused`: for each kind that may not be told, the sentence.

    `planned` are places with an action still to be done, None where they may not be told.
    """
    classes: dict[str, Json] = {}
    refused = {kind: one for kind, one in told.items() if isinstance(one, str)}
    for kind in ("sites", "staffed"):
        found = told[kind]
        if isinstance(found, Answer):
            _add_sites(classes, found)
    notices, routes, work = told["notices"], told["routes"], told["work"]
    if isinstance(notices, Answer):
        _add_notices(classes, notices)
    if isinstance(routes, Answer):
        modes = Counter(
            "rail_line" if one in RAILWAYS else "bus_route" for one in words(routes.columns["mode"])
        )
        classes |= {code: _row(n) for code, n in modes.items()}
    if isinstance(work, Answer):
        part = work.parts["classes"]
        rows = zip(
            words(part["class"]), whole(part["count"]), plain(part["known"]), plain(part["last"]), strict=True
        )
        classes |= {
            f"work_{code}": {**_row(n), "shared": bool(known), "last": last} for code, n, known, last in rows
        }
    if planned is not None:
        classes["work_planned"] = _row(len(planned)) | {"last": "planned"}
    return {"classes": classes, "refused": refused}


def _add_sites(classes: dict[str, Json], found: Answer) -> None:
    points = Counter(words(found.columns["class"]))
    by_area: Counter[str] = Counter()
    areas = found.parts["areas"]
    for kind, many in zip(words(areas["class"]), whole(areas["count"]), strict=True):
        by_area[kind] += many
    for code in points | by_area:
        classes[code] = _row(points[code], by_area[code])


def _add_notices(classes: dict[str, Json], found: Answer) -> None:
    """Those in force on the day; a kind of which there never was one is not among the classes."""
    columns = found.columns
    rows = zip(words(columns["kind"]), words(columns["state"]), plain(columns["coarse"]), strict=True)
    tally = Counter((kind, bool(coarse)) for kind, state, coarse in rows if state in IN_FORCE)
    for kind in set(words(columns["kind"])):
        classes[f"notice_{kind}"] = _row(tally[kind, False], tally[kind, True])


def _row(points: int, by_area: int = 0) -> Json:
    return {"n": points, "by_area": by_area, "shared": True, "last": None}
