"""What the service says of itself: landing page, conformance, collections, and its OpenAPI description."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trigpoint import __version__
from trigpoint.gate.export_words import Made
from trigpoint.gate.marking import NO_ADVERSE_USE_SENTENCE, NOT_ZERO
from trigpoint.gate.word_meanings import FILTERS, OPTIONS
from trigpoint.web.ogc.collections import COLLECTIONS, Collection
from trigpoint.web.ogc.reading import CRS84, GRID_CRS, LIMIT, MOST
from trigpoint.web.ogc.schemas import schema

__all__ = [
    "GEOJSON",
    "OPENAPI",
    "SCHEMA",
    "Service",
    "collection_document",
    "collections_document",
    "conformance",
    "landing",
    "openapi",
    "schema_document",
]

Json = dict[str, Any]
To = Callable[[str], str]
"""From a path below the service, such as "/collections", to an address that another program can ask."""
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
SCHEMA_REL = "http://www.opengis.net/def/rel/ogc/1.0/schema"
CLASSES = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
)
REPEATED = frozenset({"agency", "feed", "theme", "category", "role", "detection", "within", "class"})


def link(href: str, rel: str, title: str, media_type: str = "application/json") -> Json:
    return {"href": href, "rel": rel, "type": media_type, "title": title}


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service stands, where a person reads how to use it, and what it was made as."""

    to: To
    help_page: str
    made: Made

    def rights(self) -> Json:
        """Programs show the title of this link as the licence of each layer."""
        said = f"{self.made.marking}. {NO_ADVERSE_USE_SENTENCE}"
        return link(self.help_page, "license", said, "text/html")


def landing(service: Service) -> Json:
    to, made = service.to, service.made
    return {
        "title": f"Trigpoint, {made.county}",
        "description": f"{made.marking}. Layers of the shared map, as your agreements let you see them.",
        "links": [
            link(to(""), "self", "This page"),
            link(to("/api"), "service-desc", "The description of this service", OPENAPI),
            link(service.help_page, "service-doc", "How programs connect", "text/html"),
            link(to("/conformance"), "conformance", "What this service conforms to"),
            link(to("/collections"), "data", "The layers"),
            service.rights(),
        ],
    }


def conformance() -> Json:
    return {"conformsTo": list(CLASSES)}


def collections_document(service: Service, extent: Json) -> Json:
    return {
        "links": [link(service.to("/collections"), "self", "The layers"), service.rights()],
        "crs": [CRS84, GRID_CRS],
        "collections": [collection_document(one, service, extent) for one in COLLECTIONS.values()],
    }


def collection_document(collection: Collection, service: Service, extent: Json) -> Json:
    """Only what is asked over a period says from when until when it is."""
    to, path, marking = service.to, f"/collections/{collection.code}", service.made.marking
    spans = extent if collection.dated == "period" else {"spatial": extent["spatial"]} if extent else {}
    return {
        "id": collection.code,
        "title": collection.title,
        "description": f"{collection.description} {NOT_ZERO} {marking}.",
        "keywords": [marking],
        "itemType": "feature",
        **({"extent": spans} if spans else {}),
        "crs": [CRS84, GRID_CRS],
        "storageCrs": GRID_CRS,
        "links": [
            link(to(path), "self", collection.title),
            link(to(f"{path}/items"), "items", collection.title, GEOJSON),
            link(to(f"{path}/schema"), SCHEMA_REL, "What its columns are", SCHEMA),
            link(to(f"{path}/schema"), "describedby", "What its columns are", SCHEMA),
            service.rights(),
        ],
    }


def schema_document(collection: Collection, to: To) -> Json:
    address = to(f"/collections/{collection.code}/schema")
    return schema(address, collection.title, collection.kind, collection.geometry)


def openapi(service: Service) -> Json:
    """OpenAPI 3.0, one path a collection, so that its own filters stand with it.

    Programs look for the most a page holds at components/parameters/limit. An address of a server ends without a slash:
    what is below it begins with one.
    """
    made = service.made
    paths: Json = {
        "/": _get("The landing page", "landing"),
        "/conformance": _get("What this service conforms to", "conformance"),
        "/collections": _get("The layers", "collections"),
        "/api": _get("This description", "api"),
    }
    for one in COLLECTIONS.values():
        path = f"/collections/{one.code}"
        paths[path] = _get(f"What {one.title} is", f"describe_{one.code}")
        paths[f"{path}/schema"] = _get(f"What the columns of {one.title} are", f"schema_{one.code}")
        paths[f"{path}/items"] = _items(one)
        paths[f"{path}/items/{{featureId}}"] = _item(one)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": f"Trigpoint features, {made.county}",
            "version": __version__,
            "description": f"{made.marking}. {NO_ADVERSE_USE_SENTENCE}",
            "contact": {"name": f"Trigpoint, {made.county}", "url": service.help_page},
        },
        "servers": [{"url": service.to("").rstrip("/")}],
        "security": [{"basic": []}, {"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "basic": {
                    "type": "http",
                    "scheme": "basic",
                    "description": "Any user name; your token as the password.",
                },
                "bearer": {"type": "http", "scheme": "bearer", "description": "Your token."},
            },
            "parameters": {name: _parameter(name, form, said) for name, (form, said) in _OWN.items()},
            "schemas": _SCHEMAS,
        },
    }


def _get(summary: str, name: str, told: Json | None = None, parameters: list[Json] | None = None) -> Json:
    media = GEOJSON if told else "application/json"
    return {
        "get": {
            "summary": summary,
            "operationId": name.replace("-", "_"),
            "parameters": parameters or [],
            "responses": {
                "200": {"description": summary, "content": {media: {"schema": told or {"type": "object"}}}},
                **{code: {"description": said, "content": _EXCEPTION} for code, said in _REFUSALS.items()},
            },
        }
    }


def _items(one: Collection) -> Json:
    own = [_own(name) for name in _OWN]
    words = [_word(word) for word in one.words]
    return _get(
        one.description, f"items_{one.code}", {"$ref": "#/components/schemas/FeatureCollection"}, own + words
    )


def _item(one: Collection) -> Json:
    named: Json = {
        "name": "featureId",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
        "description": "The feature's id.",
    }
    crs = _own("crs")
    words = [_word(word) for word in one.words]
    return _get(
        f"One of {one.title}",
        f"item_{one.code}",
        {"$ref": "#/components/schemas/Feature"},
        [named, crs, *words],
    )


def _own(name: str) -> Json:
    return {"$ref": f"#/components/parameters/{name}"}


def _parameter(name: str, form: Json, said: str) -> Json:
    """QGIS takes any other parameter of this style for a column, and would send a filter on a column of its name as it."""
    style: Json = {"style": "form", "explode": False} if name in ("bbox", "limit", "datetime") else {}
    return {"name": name, "in": "query", "required": False, "schema": form, "description": said, **style}


def _word(word: str) -> Json:
    said = (FILTERS | OPTIONS)[word]
    if word in REPEATED:
        form: Json = {"type": "array", "items": {"type": "string"}}
        return _parameter(word, form, said) | {"style": "form", "explode": True}
    return _parameter(word, {"type": "string"}, said)


_OWN: dict[str, tuple[Json, str]] = {
    "limit": (
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
        f"How many features a page holds, at most {MOST:,}.",
    ),
    "offset": ({"type": "integer", "minimum": 0, "default": 0}, "How many matching features to pass over."),
    "bbox": (
        {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6},
        "West, south, east, north. Features without a place match every box.",
    ),
    "bbox-crs": (
        {"type": "string", "enum": [CRS84, GRID_CRS], "default": CRS84},
        "What the box is written in.",
    ),
    "crs": (
        {"type": "string", "enum": [CRS84, GRID_CRS], "default": CRS84},
        "What the answer is written in.",
    ),
    "datetime": (
        {"type": "string"},
        "A day, or first/last with both in it and .. for an open end. Of notices: those in force on some day of it.",
    ),
    "publication": (
        {"type": "integer", "minimum": 1},
        "Of which publication the page before was: another one is refused (409).",
    ),
    "f": ({"type": "string", "enum": ["json", "geojson"]}, "The form: there is one only."),
}
_EXCEPTION: Json = {"application/json": {"schema": {"$ref": "#/components/schemas/Exception"}}}
_REFUSALS = {
    "400": "It cannot be asked; the sentence says why.",
    "401": "No token, or one that is not in force.",
    "403": "An agreement does not allow it; its clause is named.",
    "404": "There is no such layer or feature.",
    "409": "The facts were published anew since the page before.",
    "429": "Too many requests in a minute.",
    "503": "It is being worked out: ask again in some seconds.",
}
_SCHEMAS: Json = {
    "Exception": {
        "type": "object",
        "required": ["code", "description"],
        "properties": {
            "code": {"type": "string"},
            "description": {"type": "string"},
            "clause": {"type": "string", "description": "The clause that does not allow it."},
        },
    },
    "Feature": {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
            "geometry": {"type": "object", "nullable": True},
            "properties": {
                "type": "object",
                "description": "A null is not known, or withheld. It is not zero.",
            },
        },
    },
    "FeatureCollection": {
        "type": "object",
        "required": [
            "type",
            "features",
            "links",
            "numberMatched",
            "numberReturned",
            "timeStamp",
            "about",
            "made",
        ],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
            "links": {"type": "array", "items": {"type": "object"}},
            "numberMatched": {"type": "integer"},
            "numberReturned": {"type": "integer"},
            "timeStamp": {"type": "string"},
            "about": {
                "type": "object",
                "description": "Period, feeds, method, publication, clauses, what is left out.",
            },
            "made": {"type": "object", "description": "Marking, who asked, when, for which purpose."},
        },
    },
}
