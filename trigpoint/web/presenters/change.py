"""Two periods compared, as the map reads them."""

from collections.abc import Mapping

from trigpoint.gate.answers import Answer
from trigpoint.gate.kinds.change import NOT_COMPARED
from trigpoint.web.presenters.picture import about_json
from trigpoint.web.presenters.plain import numbers, plain, whole, words

Json = dict[str, object]
TOLD = ("earlier", "later", "totals", "tested", "too_few", "not_compared", "q", "sentence")
COUNTS = ("earlier", "later", "compared_earlier", "compared_later")
FIGURES = ("ratio", "low", "high")


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
