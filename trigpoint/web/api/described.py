"""The API's own description, OpenAPI 3.0: each endpoint with what it is for, what it can be asked and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trigpoint import __version__
from trigpoint.gate.marking import NO_ADVERSE_USE_SENTENCE
from trigpoint.gate.word_meanings import FILTERS, OPTIONS
from trigpoint.web.api.shapes import SCHEMAS, ref

__all__ = ["DESCRIBED", "Described", "described_api"]

Json = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
MUTE = "Nobody has said what this is for."
INTRODUCTION = (
    "What the map asks. Every answer comes through the gate: agreements decide what is told, and each question is put "
    "on record. Sign in first; nothing is kept on the way. A null is not known, or withheld: it is not zero."
)


@dataclass(frozen=True, slots=True)
class Described:
    """One endpoint. `schema` names a schema of `SCHEMAS`, `words` the words of a question it takes, `more` its others.

    `waits` is whether it may answer 202 with a run to wait for.
    """

    summary: str
    said: str
    schema: str
    words: tuple[str, ...] = ()
    more: Mapping[str, str] | None = None
    waits: bool = False


_SHOWN = (*FILTERS, "detection", "counted")
_TESTED = (*_SHOWN, "q", "variant", "background", "test", "stability")
_WHICH = {"unit": "the code of a unit", "hotspot": "the number of a hotspot"}
DESCRIBED = {
    "GET /choices": Described(
        "What can be chosen", "Agencies, feeds, themes, places and the period, for this viewer.", "Choices"
    ),
    "GET /picture": Described(
        "The map's picture",
        "Units, months, agencies, themes, categories and the week, of the records in the filters, in one pass.",
        "Picture",
        _SHOWN,
    ),
    "GET /hotspots": Described(
        "Hotspots",
        "Places that pass the named test against every other of the county.",
        "Hotspots",
        _TESTED,
        waits=True,
    ),
    "GET /evidence": Described(
        "What stands behind a place",
        "Of one unit or one hotspot, with the filters of the picture.",
        "Evidence",
        _SHOWN,
        _WHICH,
    ),
    "GET /search": Described(
        "Places by name", "Districts, wards, towns and streets.", "Found", more={"q": "part of a name"}
    ),
    "GET /shapes/{level}": Described(
        "Outlines", "Of districts, wards or lsoas, longitude and latitude. Published geography.", "Outlines"
    ),
    "GET /sites": Described(
        "Sites", "Of the classes named; none named, none shown.", "Sites", ("class", "from", "to")
    ),
    "GET /notices": Described("Notices and orders", "With their state on a day.", "Notices", ("on",)),
    "GET /answers/{kind}": Described(
        "Any kind of question",
        "The rows that `trigpoint ask` gives, with what they are about. A long one answers 202 first.",
        "Answer",
        (*FILTERS, *OPTIONS),
        waits=True,
    ),
    "GET /runs/{run_id}": Described(
        "How far a long answer has come", "Of a run that this viewer asked for.", "Run"
    ),
    "POST /runs/{run_id}/stop": Described("Stop a long answer", "It ends at its next step.", "Run"),
    "GET /tasks/{request_id}": Described(
        "How far publishing has come", "For a page that waits.", "Publishing"
    ),
    "GET /uploads/{upload_id}": Described("How far a file has come", "For a page that waits.", "Upload"),
    "GET /change": Described(
        "Two periods compared",
        "Which units hold fewer or more in the period than in the one given by `with`, or cannot be compared.",
        "Object",
        _SHOWN,
        {"with": "the other period, first day..day after the last"},
        waits=True,
    ),
    "GET /agenda": Described(
        "The agenda of places",
        "The places that are hot now, with their letters. What is still being worked out is null until it is there.",
        "Object",
    ),
    "GET /around": Described(
        "What stands around a place",
        "By class with walking distances, and whether it is more than comparable places have.",
        "Object",
        _SHOWN,
        {"unit": "the code of a unit", "walk": "minutes on foot", "on": "the day of notices"},
    ),
    "GET /gaps": Described(
        "Gaps",
        "Hotspots with nothing in place within the walk, and notices with no concern around.",
        "Object",
        _SHOWN,
    ),
    "GET /work": Described(
        "Work of our own",
        "In the period, of the classes named, by street or hexagon.",
        "Object",
        ("class", "from", "to"),
    ),
    "GET /routes": Described("Routes", "Bus and rail routes and how often they run.", "Object"),
    "GET /corridor": Described(
        "Along a route", "The line of a bus or rail route and the ground along it.", "Object", ("within",)
    ),
    "GET /overlay-counts": Described(
        "What can be laid over the map", "How many of each class this home holds.", "Object"
    ),
    "GET /silence": Described(
        "Where an agency is silent",
        "Districts in which an agency sent nothing though records were due.",
        "Object",
        _SHOWN,
    ),
    "GET /present": Described(
        "What the room is shown",
        "The agenda for a screen that others may see: nothing that a corridor may not.",
        "Object",
    ),
    "GET /decisions/new": Described(
        "Before a decision",
        "What the panel of a decision on a hotspot offers: place, meeting, kinds, days, and what is open there.",
        "Object",
        _TESTED,
        {"letter": "the hotspot's letter"},
    ),
    "GET /decisions/detectable": Described(
        "What could be detected",
        "The smallest fall that could be told from chance at a hotspot, before anything is done there.",
        "Object",
        _TESTED,
        {"letter": "the hotspot's letter", "start": "the day the work begins"},
        waits=True,
    ),
    "POST /decisions": Described(
        "Record a decision",
        "On a hotspot; its place is opened with it where there is none. Kept in the meeting that sits or comes next.",
        "Object",
    ),
    "GET /places/drawn": Described(
        "What a drawing lies on",
        "What its streets or hexagons are called, its ward, and the open places on the same ground.",
        "Object",
    ),
    "GET /places/{number}": Described(
        "A place as it is drawn",
        "Its name, level, units and where each lies, and the version shown.",
        "Object",
    ),
    "POST /places": Described(
        "Open a place drawn by hand",
        "Refused where an open place lies there, unless its writer says that it is another.",
        "Object",
    ),
    "POST /places/{number}/units": Described(
        "Change what a place covers", "409 where somebody changed it meanwhile.", "Object"
    ),
    "GET /minutes/new": Described(
        "Before a minute",
        "Which meeting is on, and what it and those before it minuted of a hotspot, a unit, a named place or an item.",
        "Object",
        _TESTED,
        {
            "letter": "the hotspot's letter",
            "unit": "the code of a street or hexagon",
            "unit_level": "its level",
            "place": "the number of a named place",
            "item": "the number of an item of the agenda",
            "meeting": "the number of a meeting that is on",
        },
    ),
    "POST /minutes": Described(
        "Take a minute",
        "Of what the map shows; its place is opened with it where there is none. 409 says what somebody wrote meanwhile.",
        "Object",
    ),
    "GET /views": Described("Saved views", "The reader's own, and those that others share.", "Rows"),
    "POST /views": Described(
        "Save a view", "A question by name; whoever opens it asks it as themselves.", "Object"
    ),
    "POST /views/{number}/name": Described("Rename a view", "One's own.", "Object"),
    "POST /views/{number}/shared": Described("Share a view", "Or stop sharing it.", "Object"),
    "POST /views/{number}/delete": Described("Delete a view", "One's own.", "Object"),
    "GET /joint": Described(
        "Joint insight",
        "Places of the joined records, and what every group of agencies still shows of them.",
        "Object",
        _TESTED,
        waits=True,
    ),
    "GET /journeys": Described(
        "Journeys",
        "Flows that enough people make, between areas and to stations.",
        "Object",
        _SHOWN,
        waits=True,
    ),
    "GET /openapi.json": Described("This description", "OpenAPI 3.0.", "Object"),
}
"""Endpoints, as METHOD and path below /api. Of one that is missing here only what its own first lines say is told."""


def described_api(bare: Json, base: str) -> Json:
    """`bare` is what the framework knows: paths, methods and parameters in the path."""
    paths: dict[str, Json] = {}
    for path, operations in sorted(bare["paths"].items()):
        below = "/" + path.removeprefix(base).strip("/")
        for method in METHODS:
            if method in operations:
                paths.setdefault(below, {})[method] = _operation(
                    f"{method.upper()} {below}", operations[method]
                )
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Trigpoint",
            "version": __version__,
            "description": f"{INTRODUCTION} {NO_ADVERSE_USE_SENTENCE}",
        },
        "servers": [{"url": base.rstrip("/")}],
        "security": [{"session": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "sessionid"}},
            "schemas": {**bare.get("components", {}).get("schemas", {}), **SCHEMAS},
        },
    }


def _operation(name: str, bare: Json) -> Json:
    one = DESCRIBED.get(name) or _by_itself(name, bare)
    in_path = [each for each in bare.get("parameters", ()) if each["in"] == "path"]
    meanings = {word: (FILTERS | OPTIONS)[word] for word in one.words} | dict(one.more or {})
    return {
        "summary": one.summary,
        "description": one.said,
        "operationId": name.lower().replace("/", "_").replace(" ", "").replace("{", "").replace("}", ""),
        "parameters": [_path_parameter(each) for each in in_path]
        + [_word(word, said) for word, said in meanings.items()],
        **({"requestBody": bare["requestBody"]} if "requestBody" in bare else {}),
        "responses": _responses(one),
    }


def _by_itself(name: str, bare: Json) -> Described:
    """What an endpoint says in its own first lines, where no more is written of it here."""
    summary = str(bare.get("summary", name))
    return Described(summary, str(bare.get("description", "")).strip() or MUTE, "Object")


def _path_parameter(bare: Json) -> Json:
    return {"name": bare["name"], "in": "path", "required": True, "schema": {"type": "string"}}


def _word(word: str, said: str) -> Json:
    repeated = word in FILTERS and word not in ("level", "from", "to", "known")
    text: Json = {"type": "string"}
    schema = {"type": "array", "items": text} if repeated else text
    return {"name": word, "in": "query", "required": False, "schema": schema, "description": said}


def _responses(one: Described) -> Json:
    def answer(said: str, schema: str) -> Json:
        return {"description": said, "content": {"application/json": {"schema": ref(schema)}}}

    wait = {"202": answer("Being worked out: wait for the run, then ask again.", "Wait")} if one.waits else {}
    return {
        "200": answer(one.summary, one.schema),
        **wait,
        "400": answer("It cannot be asked as it is worded.", "Refusal"),
        "401": answer("Nobody is signed in.", "Refusal"),
        "403": answer("An agreement does not allow it.", "Refusal"),
        "404": answer("There is no such thing.", "Refusal"),
    }
