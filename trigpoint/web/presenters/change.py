"""Two periods compared, as the map reads them; and the months in which a feed was silent."""

from collections.abc import Mapping

from trigpoint.gate.answers import Answer
from trigpoint.gate.kinds.change import NOT_COMPARED
from trigpoint.web.presenters.picture import about_json
from trigpoint.web.presenters.plain import mapping_list, numbers, plain, whole, words

Json = dict[str, object]
TOLD = ("earlier", "later", "totals", "tested", "too_few", "not_compared", "q", "sentence")
COUNTS = ("earlier", "later", "compared_earlier", "compared_later")
FIGURES = ("ratio", "low", "high")
SURELY_SILENT = 0.5


def change_json(answer: Answer, agencies: Mapping[str, str]) -> Json:
    """Columns by name. `strength` runs from -3 (halved or less) to 3 (doubled or more); null where nothing can be said."""
    columns = answer.columns
    ids = plain(columns["id"])
    told = zip(words(columns["state"]), whole(columns["strength"]), strict=True)
    units: Json = {
        "id": ids if ids and ids[0] is not None else None,
        "code": words(columns["code"]),
        "name": words(columns["name"]),
        "strength": [None if state == NOT_COMPARED else strength for state, strength in told],
    }
    units |= {name: whole(columns[name]) for name in COUNTS}
    units |= {name: numbers(columns[name], 3) for name in FIGURES}
    about = about_json(answer, agencies) | {word: answer.about[word] for word in TOLD}
    return {"about": about, "units": units}


def silent_months_json(answer: Answer) -> list[Json]:
    """Months in which a feed was more likely silent than not, the earliest first.

    `everywhere` are feeds that sent nothing for any district of which anything was due, `somewhere` those that were
    silent in some district; each by the name this viewer may be told.
    """
    months = answer.parts["months"]
    rows = zip(words(months["month"]), words(months["feed"]), plain(months["silent"]), strict=True)
    names = {str(one["code"]): str(one["name"]) for one in mapping_list(answer.about["feeds"])}
    silent: dict[str, dict[str, list[bool]]] = {}
    for month, feed, chance in rows:
        if isinstance(chance, float):
            silent.setdefault(month, {}).setdefault(names[feed], []).append(chance >= SURELY_SILENT)
    return [
        {
            "month": month,
            "everywhere": sorted(name for name, districts in feeds.items() if all(districts)),
            "somewhere": sorted(
                name for name, districts in feeds.items() if any(districts) and not all(districts)
            ),
        }
        for month, feeds in sorted(silent.items())
        if any(any(districts) for districts in feeds.values())
    ]
