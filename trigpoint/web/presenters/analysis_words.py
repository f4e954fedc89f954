"""The words on the analyses' pages: fields of their forms, headings of their columns, titles of their tables."""

from dataclasses import dataclass

__all__ = ["COLUMN_NAMES", "FIELDS", "PART_TITLES", "Field"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its word in the address, its label, what can be chosen, or which list it is chosen from."""

    word: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    listed: str = ""
    every: str = "All"
    usual: str = ""
    hint: str = ""
    type: str = "text"


FIELDS = {
    "level": Field(
        "level",
        "Places",
        (("cell:8", "Hexagons, medium"), ("cell:9", "Hexagons, small"), ("street", "Streets"), ("ward", "Wards")),
        usual="cell:9",
    ),
    "area_level": Field("level", "Places", (("district", "Districts"), ("ward", "Wards")), usual="district"),
    "months": Field(
        "months_back",
        "Period",
        (("12", "The last 12 months"), ("24", "The last 24 months"), ("3", "The last 3 months"), ("all", "All there is")),
    ),
    "theme": Field("theme", "What happened", listed="themes"),
    "agency": Field("agency", "Who told us", listed="agencies"),
    "background": Field(
        "background",
        "Compared with",
        (
            ("", "What suits the question"),
            ("records", "All records here"),
            ("children", "Children living here"),
            ("past", "The place's own past"),
            ("even", "Spread evenly over the county"),
        ),
    ),
    "test": Field("test", "Test", (("gi", "Getis–Ord Gi*"), ("moran", "Local Moran"))),
    "stability": Field("stability", "How steady", (("", "If it is worked out"), ("yes", "Work it out"))),
    "step": Field("step", "Step", (("month", "Months"), ("quarter", "Quarters"))),
    "mode": Field("mode", "Looking", (("retrospective", "Back over all of it"), ("prospective", "At what is going on now"))),
    "flow": Field("flow", "From and to", (("missing", "Missing from, found at"), ("home", "Lives in, happened in"))),
    "around": Field("around", "Around which place", hint="A hexagon, street or ward: its code, or its name"),
    "within": Field("within", "In which place", hint="A district, ward, town or street"),
    "radius": Field("radius", "How far, in metres", hint="800 metres are about ten minutes on foot"),
    "start": Field("start", "First day of the work", type="date"),
    "buffer": Field("buffer", "Ring round it, in metres", hint="Where it may have moved to"),
    "span": Field("months", "Months before and after", usual="6"),
    "plan": Field("plan", "A plan that was locked before", hint="Its number; else this is looked at afterwards"),
}  # fmt: skip
COLUMN_NAMES = {
    "letter": "",
    "count": "Records",
    "around": "In and around",
    "p": "Chance p",
    "q": "After many tests q",
    "z": "z",
    "hot": "Hot",
    "llr": "Log likelihood ratio",
    "rrv": "Times the risk",
    "distance_m": "Metres",
    "minutes": "Minutes",
    "from_day": "From",
    "to_day": "To",
    "name": "Place",
    "code": "Code",
    "pai": "PAI",
    "pei": "PEI*",
    "wdd": "WDD",
    "irr": "Rate ratio",
}
PART_TITLES = {
    ("hotspots", "hotspots"): "The hotspots",
    ("hotspots", "units"): "Every place tested",
    ("", "classes"): "By kind",
    ("", "shares"): "Whose records make each",
    ("", "agencies"): "Agency by agency",
    ("", "pairs"): "Two agencies together",
    ("", "agreement"): "Do they show the same places",
    ("", "controls"): "The places compared with",
    ("", "notices"): "Notices",
    ("", "gaps"): "Gaps",
}
