"""What each answer of the API looks like, as OpenAPI schemas. A null is not known, or withheld; it is not zero."""

from typing import Any

__all__ = ["SCHEMAS", "ref"]

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A schema of this list, by name."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def maybe(of: Schema) -> Schema:
    """Or null: not known, or withheld."""
    return {**of, "nullable": True} if "$ref" not in of else {"allOf": [of], "nullable": True}


def shape(said: str = "", optional: str = "", **fields: Schema) -> Schema:
    """An object. Every field is always there but those named in `optional`; there may be more than are named."""
    spared = set(optional.split())
    return {
        "type": "object",
        "properties": fields,
        "required": [name for name in fields if name not in spared],
        **({"description": said} if said else {}),
    }


TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
YES: Schema = {"type": "boolean"}
ANY: Schema = {"type": "object"}
FEATURES = shape(type={"type": "string", "enum": ["FeatureCollection"]}, features=listed(ANY))

SCHEMAS: dict[str, Schema] = {
    "Refusal": shape(
        "Why there is no answer, in a sentence for people.",
        "sentence clause",
        detail=TEXT,
        sentence=TEXT,
        clause={**TEXT, "description": "the clause of the agreement that does not allow it"},
    ),
    "Wait": shape(
        "It takes a while and is being worked out; ask the same address again when the run is done.",
        run={**TEXT, "format": "uuid"},
        sentence=TEXT,
        progress={**TEXT, "description": "where to ask how far it has come"},
    ),
    "About": shape(
        "What an answer says of itself.",
        kind=TEXT,
        level=TEXT,
        period={**listed(maybe(DAY)), "description": "the first day, and the day after the last"},
        filters=ANY,
        publication={**WHOLE, "description": "which version of the facts"},
        feeds=listed(shape(code=TEXT, name=TEXT, agency=TEXT)),
        clauses=listed(shape(feed=TEXT, clause=TEXT)),
        why=listed(ref("Why")),
        attributions=listed(TEXT),
        withheld=listed(TEXT),
    ),
    "Why": shape("Why something is not shown.", code=TEXT, agency=TEXT, sentence=TEXT, clause=TEXT),
    "Answer": shape(
        "Rows of a kind of question; their columns are described by its method page.",
        "parts trace",
        about=ref("About"),
        rows=listed(ANY),
        parts={"type": "object", "additionalProperties": listed(ANY)},
        trace=ANY,
    ),
    "Run": shape(
        "How far an answer that takes longer has come.",
        run=TEXT,
        kind=TEXT,
        stage={**TEXT, "enum": ["queued", "running", "done", "failed", "stopped"]},
        done=WHOLE,
        whole=WHOLE,
        fault=TEXT,
    ),
    "Coded": shape(code=TEXT, name=TEXT),
    "CodedCount": shape(
        "A count; null with the reason where it is not shown.", code=TEXT, name=TEXT, count=maybe(WHOLE)
    ),
    "Choices": shape(
        "What can be chosen from, out of definitions and published geography.",
        county=TEXT,
        agencies=listed(ref("Coded")),
        feeds=listed(ref("Coded")),
        themes=listed(ref("Coded")),
        categories=listed(ref("Coded")),
        classes=listed(ANY),
        period=listed(DAY),
        districts=listed(ref("Coded")),
        bbox=maybe({**listed(NUMBER), "description": "west, south, east, north"}),
        has_streets=YES,
        street_kind=maybe(TEXT),
        basemap=maybe(TEXT),
    ),
    "Picture": shape(
        "The records in the filters, counted every way at once.",
        about=shape(
            period=listed(DAY), level=TEXT, total=WHOLE, unplaced=WHOLE, publication=WHOLE, why=listed(ANY)
        ),
        units=shape("Columns of one length.", code=listed(TEXT), count=listed(maybe(WHOLE))),
        months=shape(month=listed(TEXT), count=listed(maybe(WHOLE))),
        agencies=listed(ref("CodedCount")),
        themes=listed(ref("CodedCount")),
        categories=listed(ref("CodedCount")),
        week=shape("Monday first, hours 0 to 23.", counts=listed(listed(WHOLE)), without_hour=WHOLE),
    ),
    "Hotspots": shape(
        "Places that pass the named test.",
        about=shape(method=TEXT, tested=WHOLE, q=NUMBER),
        hotspots=listed(
            shape(
                id=WHOLE,
                letter=TEXT,
                name=TEXT,
                code=TEXT,
                units=listed(TEXT),
                count=WHOLE,
                p=NUMBER,
                q=NUMBER,
            )
        ),
        hot=listed(TEXT),
        concerns={**listed(ANY), "description": "told without a place: each may be about one child"},
    ),
    "Evidence": shape(
        "What stands behind one place.",
        title=TEXT,
        subtitle=TEXT,
        count=maybe(WHOLE),
        months=shape(month=listed(TEXT), count=listed(maybe(WHOLE))),
        agencies=listed(ref("CodedCount")),
        test=maybe(ANY),
        around=listed(ANY),
        cannot_show=listed({}),
    ),
    "Found": listed(
        shape(kind=TEXT, code=TEXT, name=TEXT, detail=TEXT, lon=NUMBER, lat=NUMBER, bbox=listed(NUMBER))
    ),
    "Outlines": FEATURES,
    "Sites": {**FEATURES, "description": "Points, and under `areas` those that are only counted by area."},
    "Notices": {**FEATURES, "description": "Points, and under `areas` those whose place is kept to an area."},
    "Publishing": shape(
        "How far a new version has come.",
        id=TEXT,
        stage=TEXT,
        sentence=TEXT,
        finished=YES,
        publication=maybe(WHOLE),
    ),
    "Upload": shape("How far a file has come.", stage=TEXT, at_work=YES, sentence=TEXT, done=WHOLE),
    "Rows": listed(ANY),
    "Object": ANY,
}
