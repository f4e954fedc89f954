"""What the service says of itself: landing page, conformance, collections, and its OpenAPI description."""

from collections.abc import Callable
from typing import Any

from trigpoint import __version__
from trigpoint.gate.word_meanings import FILTERS, OPTIONS
from trigpoint.web.ogc.collections import COLLECTIONS, Collection
from trigpoint.web.ogc.reading import CRS84, GRID_CRS, LIMIT, MOST

__all__ = [
    "GEOJSON",
    "OPENAPI",
    "collection_document",
    "collections_document",
    "conformance",
    "landing",
    "openapi",
]

Json = dict[str, Any]
To = Callable[[str], str]
"""From a path below the service, such as "/collections", to an address that another program can ask."""
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CLASSES = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)
REPEATED = frozenset({"agency", "feed", "theme", "category", "role", "detection", "within", "class"})


def link(href: str, rel: str, title: str, media_type: str = "application/json") -> Json:
    return {"href": href, "rel": rel, "type": media_type, "title": title}


def landing(to: To, county: str, marking: str) -> Json:
    return {
        "title": f"Trigpoint, {county}",
        "description": f"{marking}. Layers of the shared map, as your agreements let you see them.",
        "links": [
            link(to(""), "self", "This page"),
            link(to("/api"), "service-desc", "The description of this service", OPENAPI),
            link(to("/conformance"), "conformance", "What this service conforms to"),
            link(to("/collections"), "data", "The layers"),
        ],
    }


def conformance() -> Json:
    return {"conformsTo": list(CLASSES)}


def collections_document(to: To, extent: Json) -> Json:
    return {
        "links": [link(to("/collections"), "self", "The layers")],
        "crs": [CRS84, GRID_CRS],
        "collections": [collection_document(one, to, extent) for one in COLLECTIONS.values()],
    }


def collection_document(collection: Collection, to: To, extent: Json) -> Json:
    path = f"/collections/{collection.code}"
    return {
        "id": collection.code,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        **({"extent": extent} if extent else {}),
        "crs": [CRS84, GRID_CRS],
        "storageCrs": GRID_CRS,
        "links": [
            link(to(path), "self", collection.title),
            link(to(f"{path}/items"), "items", collection.title, GEOJSON),
        ],
    }


def openapi(to: To, marking: str) -> Json:
    """OpenAPI 3.0, one path a collection, so that its own filters stand with it."""
    paths: Json = {
        "/": _get("The landing page", "landing"),
        "/conformance": _get("What this service conforms to", "conformance"),
        "/collections": _get("The layers", "collections"),
        "/api": _get("This description", "api"),
    }
    for one in COLLECTIONS.values():
        path = f"/collections/{one.code}"
        paths[path] = _get(f"What {one.title} is", f"describe_{one.code}")
        paths[f"{path}/items"] = _items(one)
        paths[f"{path}/items/{{featureId}}"] = _item(one)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Trigpoint features", "version": __version__, "description": marking},
        "servers": [{"url": to("")}],
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
            "schemas": _SCHEMAS,
        },
    }


def _get(summary: str, name: str, schema: Json | None = None, parameters: list[Json] | None = None) -> Json:
    media = GEOJSON if schema else "application/json"
    return {
        "get": {
            "summary": summary,
            "operationId": name.replace("-", "_"),
            "parameters": parameters or [],
            "responses": {
                "200": {"description": summary, "content": {media: {"schema": schema or {"type": "object"}}}},
                **{code: {"description": said, "content": _EXCEPTION} for code, said in _REFUSALS.items()},
            },
        }
    }


def _items(one: Collection) -> Json:
    own = [_parameter(name, schema, said) for name, (schema, said) in _OWN.items()]
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
    crs = _parameter("crs", *_OWN["crs"])
    words = [_word(word) for word in one.words]
    return _get(
        f"One of {one.title}",
        f"item_{one.code}",
        {"$ref": "#/components/schemas/Feature"},
        [named, crs, *words],
    )


def _parameter(name: str, schema: Json, said: str) -> Json:
    form: Json = {"style": "form", "explode": False} if name in ("bbox", "limit", "datetime") else {}
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": said, **form}


def _word(word: str) -> Json:
    said = (FILTERS | OPTIONS)[word]
    if word in REPEATED:
        schema: Json = {"type": "array", "items": {"type": "string"}}
        return _parameter(word, schema, said) | {"style": "form", "explode": True}
    return _parameter(word, {"type": "string"}, said)


_OWN: dict[str, tuple[Json, str]] = {
    "limit": (
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
        f"How many features a page holds, at most {MOST:,}.",
    ),
    "offset": ({"type": "integer", "minimum": 0, "default": 0}, "How many matching features to pass over."),
    "bbox": (
        {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6},
        "West, south, east, north. Features without a place match no box.",
    ),
    "bbox-crs": (
        {"type": "string", "enum": [CRS84, GRID_CRS], "default": CRS84},
        "What the box is written in.",
    ),
    "crs": (
        {"type": "string", "enum": [CRS84, GRID_CRS], "default": CRS84},
        "What the answer is written in.",
    ),
    "datetime": ({"type": "string"}, "A day, or first/last with both in it and .. for an open end."),
}
_EXCEPTION: Json = {"application/json": {"schema": {"$ref": "#/components/schemas/Exception"}}}
_REFUSALS = {
    "400": "It cannot be asked; the sentence says why.",
    "401": "No token, or one that is not in force.",
    "403": "An agreement does not allow it; its clause is named.",
    "404": "There is no such layer or feature.",
    "429": "Too many requests in a minute.",
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
