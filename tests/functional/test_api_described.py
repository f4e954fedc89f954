"""The API's own description: every endpoint has one, and what is answered has the shape that is promised."""

import pytest

from tests.factories.small_county import WARDS
from trigpoint.web.api import described
from trigpoint.web.api.described import DESCRIBED, MUTE, described_api
from trigpoint.web.api.shapes import SCHEMAS

TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}


def faults(value, schema, where="answer"):
    """What of a value is not as its schema says, one line a fault."""
    if "$ref" in schema:
        return faults(value, SCHEMAS[schema["$ref"].rsplit("/", 1)[-1]], where)
    if value is None:
        return [] if schema.get("nullable") or not schema else [f"{where} is null"]
    found = [one for each in schema.get("allOf", ()) for one in faults(value, each, where)]
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return [*found, f"{where} is {type(value).__name__}, not {kind}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where} is {value!r}")
    if kind == "array":
        found += [
            one for k, each in enumerate(value) for one in faults(each, schema["items"], f"{where}[{k}]")
        ]
    if kind == "object":
        found += [f"{where} lacks {name}" for name in schema.get("required", ()) if name not in value]
        for name, each in schema.get("properties", {}).items():
            found += faults(value[name], each, f"{where}.{name}") if name in value else []
    return found


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/choices", {}),
        ("/picture", {"level": "ward"}),
        ("/hotspots", {"level": "cell:9", "theme": "violence", "background": "even"}),
        ("/evidence", {"level": "ward", "unit": WARDS[0][0]}),
        ("/search", {"q": "quay"}),
        ("/shapes/{level}", {}),
        ("/sites", {"class": "school"}),
        ("/notices", {"on": "2026-02-01"}),
        ("/answers/{kind}", {"level": "ward"}),
    ],
)
def test_what_is_answered_has_the_shape_that_is_described(county, client, path, words):
    answer = client.get("/api" + path.format(level="ward", kind="counts"), words)
    assert answer.status_code == 200
    told = client.get("/api/openapi.json").json()["paths"][path]["get"]["responses"]["200"]
    assert faults(answer.json(), told["content"]["application/json"]["schema"]) == []


def test_a_refusal_has_the_shape_that_is_described(county, client):
    for words in ({"level": "nonsense"}, {"colour": "red"}):
        assert faults(client.get("/api/picture", words).json(), SCHEMAS["Refusal"]) == []


def test_every_endpoint_is_described_and_none_that_is_not_there(home):
    told = described()
    named = {
        f"{method.upper()} {path}" for path, operations in told["paths"].items() for method in operations
    }
    assert named >= set(DESCRIBED)
    for path, operations in told["paths"].items():
        for one in operations.values():
            assert one["summary"]
            assert one["description"] != MUTE
            assert one["description"].endswith((".", ".)"))
            in_path = {each["name"] for each in one["parameters"] if each["in"] == "path"}
            assert in_path == {part[1:-1] for part in path.split("/") if part.startswith("{")}
            assert all(each["description"] for each in one["parameters"] if each["in"] == "query")


def test_an_endpoint_nobody_described_is_told_by_its_own_first_lines():
    said = {"/api/new": {"get": {"summary": "New", "description": "What is new."}}, "/api/mute": {"get": {}}}
    told = described_api({"paths": said}, "/api/")["paths"]
    assert told["/new"]["get"]["description"] == "What is new."
    assert told["/mute"]["get"]["description"] == MUTE


def test_the_page_for_programs_lists_them_all_without_a_script_of_its_own(county, client):
    page = client.get("/about/api/").content.decode()
    for name in DESCRIBED:
        method, path = name.split()
        assert f"{method} /api{path}" in page
    assert page.count("<script") == client.get("/about/").content.decode().count("<script")
    assert "http://testserver/ogc/" in page


def test_the_description_is_for_those_who_are_signed_in(home, client):
    assert client.get("/api/openapi.json").status_code == 401
    assert client.get("/about/api/").status_code == 302
