"""The API's description as a page lists it."""

from dataclasses import dataclass
from typing import Any

__all__ = ["Endpoint", "endpoints"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint: how it is asked, what for, its words with their meanings, and the fields of its answer."""

    method: str
    path: str
    summary: str
    said: str
    words: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    anchor: str


def endpoints(document: dict[str, Any]) -> list[Endpoint]:
    """In the order of their paths, from the OpenAPI document."""
    base, schemas = document["servers"][0]["url"], document["components"]["schemas"]
    return [
        Endpoint(
            method=method.upper(),
            path=f"{base}{path}",
            summary=one["summary"],
            said=one["description"],
            words=tuple((each["name"], each.get("description", "")) for each in one["parameters"]),
            fields=_fields(one["responses"]["200"], schemas),
            anchor=one["operationId"],
        )
        for path, operations in document["paths"].items()
        for method, one in operations.items()
    ]


def _fields(response: dict[str, Any], schemas: dict[str, Any]) -> tuple[str, ...]:
    """What the answer holds at its first level: its fields, or those of each of its rows."""
    named = response["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
    schema = schemas[named]
    return tuple(schema.get("items", schema).get("properties", {}))
