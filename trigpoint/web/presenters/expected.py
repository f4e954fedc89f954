"""A place's months with the band it would keep to if it only did what the county did."""

from trigpoint.core.analysis.expected_band import expected_band
from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.picture import months_json
from trigpoint.web.presenters.plain import period_of, whole, words

Json = dict[str, object]
NOTE = (
    "Grey: what chance would give in nine months of ten at this place's share of the county's records before the period. "
    "Bunched records, and feeds that began or fell silent, make it too narrow."
)


def banded_months(place: Answer, county: Answer) -> Json:
    """Months as `months_json` has them, and where there is enough before the period expected_low, expected_high and
    expected_note.
    """
    told = months_json(place, "history")
    start, _ = period_of(place)
    months = words(place.parts["history"]["month"])
    every = county.parts["history"]
    counts = dict(zip(words(every["month"]), whole(every["count"]), strict=True))
    if start is None or any(month not in counts for month in months):
        return told
    before = [month < f"{start:%Y-%m}" for month in months]
    band = expected_band(whole(place.parts["history"]["count"]), [counts[month] for month in months], before)
    if band is None:
        return told
    return told | {
        "expected_low": band.low.tolist(),
        "expected_high": band.high.tolist(),
        "expected_note": NOTE,
    }
