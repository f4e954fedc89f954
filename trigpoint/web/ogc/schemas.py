"""What the columns of each layer are: programs type and label them by it, and no other column is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["COLUMNS", "GEOMETRY", "Told", "schema"]

Json = dict[str, Any]
NOT_ZERO = "Null is not known, or withheld. It is not zero."
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Told:
    """One column: how a table heads it, its JSON type ("date" for a day), and what it means."""

    title: str
    kind: str = "string"
    said: str = ""

    def to_json(self) -> Json:
        day = self.kind == "date"
        form = {"type": "string", "format": "date"} if day else {"type": self.kind}
        return {"title": self.title, **form, **({"description": self.said} if self.said else {})}


_PLACE = {
    "easting_m": Told("Easting, metres", "number", "British National Grid (EPSG:27700)."),
    "northing_m": Told("Northing, metres", "number", "British National Grid (EPSG:27700)."),
}
_COUNTED = {
    "code": Told("Code"),
    "name": Told("Name"),
    "count": Told("Records", "integer", f"Records that lie here, each counted once. {NOT_ZERO}"),
    "rate_per_1000": Told("For every 1,000", "number", "Null where nobody is counted to compare with."),
}
_HOTSPOTS = {
    "id": Told("Number", "integer", "Strongest first."),
    "letter": Told("Letter"),
    "name": Told("Peak", said="Where it is strongest. Blank where too few people may stand behind it."),
    "ward": Told("Ward"),
    "district": Told("District"),
    "code": Told("Code of the peak"),
    "units": Told("Codes of its units"),
    "count": Told("Events tested", "integer", "Of all its units."),
    "around": Told("Events around the peak", "integer", "Of the peak and its neighbours."),
    "expected": Told("Expected around the peak", "number"),
    "z": Told("z", "number", "How far above expected, in standard deviations."),
    "p": Told("p", "number", "How often chance alone gives as much."),
    "q": Told("q", "number", "p, allowing for how many places were tested."),
    **_PLACE,
    "verdict": Told("Several people?", said="many, few or cannot tell."),
    "people": Told("People", said="How many may stand behind it, in bands."),
    "people_min_band": Told("At least so many people", said="In bands."),
    "people_max_band": Told("At most so many people", said="In bands."),
    "largest_share": Told("Largest share of one person", "number", "From 0 to 1."),
    "dates": Told("Days with records", "integer"),
    "first_month": Told("First month"),
    "last_month": Told("Last month"),
    "since": Told("More since", said="The month from which on there is more than before; blank where there is none."),
    "since_p": Told("p of since", "number"),
    "unknown": Told("Route not known", "integer"),
    "reported": Told("Reported to us", "integer"),
    "discovered": Told("Found by our own work", "integer"),
    "referral": Told("Referred", "integer"),
    "agencies": Told("Agencies", said="Those whose records lie here."),
    "qualities": Told("Qualities of place", said="1 is best, 5 is worst."),
    "stays": Told("How often it stays", "number", "From 0 to 1, when what is known is shaken."),
}  # fmt: skip
_SITES = {
    "class": Told("Class"),
    "name": Told("Name"),
    **_PLACE,
    "ward_code": Told("Code of the ward"),
    "distance_m": Told("Metres away", "number", "From what was asked `around`; null where nothing was."),
    "ref": Told("Reference"),
    "kept": Told("Kept as"),
    "opened": Told("Opened", "date"),
    "closed": Told("Closed", "date"),
    "attribution": Told("Attribution"),
    "source": Told("Source"),
}
_NOTICES = {
    "kind": Told("Kind"),
    "state": Told("State", said="active, ends_soon, ended or not_begun, on the day asked for."),
    "stage": Told("Stage", said="served, in_force, expires_soon, expired or ended_early."),
    "served": Told("Served", "date"),
    "starts": Told("Starts", "date"),
    "ends": Told("Ends", "date", "Its last day; null while it has none."),
    "breaches": Told("Breaches", "integer", "How often, never by whom."),
    "last_breach": Told("Month of the last breach", said="Such as 2026-05."),
    "basis": Told("Basis"),
    "kept": Told("Kept as", said="point, ward or district: how finely it may be told."),
    "coarse": Told("Told by area only", "boolean", "Such a notice has no point."),
    **_PLACE,
    "ward_code": Told("Code of the ward"),
    "district_code": Told("Code of the district"),
    "place": Told("Code of the place"),
    "place_name": Told("Place"),
    "source": Told("Source"),
}
COLUMNS: Mapping[str, Mapping[str, Told]] = {
    "counts": _COUNTED,
    "hotspots": _HOTSPOTS,
    "sites": _SITES,
    "notices": _NOTICES,
}
"""By kind of question, in the order they are told."""
GEOMETRY = {
    "area": "geometry-polygon-or-multipolygon",
    "hexagon": "geometry-polygon",
    "line": "geometry-linestring-or-multilinestring",
    "point": "geometry-point",
    "any": "geometry-any",
}


def schema(address: str, title: str, kind: str, geometry: str) -> Json:
    """The JSON Schema of a layer's properties, as OGC API – Features part 5 has it."""
    columns = COLUMNS[kind]
    told = {
        name: {**one.to_json(), "x-ogc-propertySeq": at}
        for at, (name, one) in enumerate(columns.items(), start=1)
    }
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": title,
        "type": "object",
        "properties": {
            **told,
            "geometry": {"x-ogc-role": "primary-geometry", "format": GEOMETRY[geometry], "title": "Place"},
        },
        "additionalProperties": False,
    }
