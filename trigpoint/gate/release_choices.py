"""What a release can be made of here: published geography, agencies, and whom to ask in each. The same for everybody."""

from datetime import date
from pathlib import Path

import yaml

from trigpoint.core.disclosure.cells import quarter_of
from trigpoint.db.home import current_home
from trigpoint.db.models import Agency
from trigpoint.gate.connection import current_version

__all__ = [
    "area_names",
    "districts_of_home",
    "feeds_of_home",
    "recipients_of_home",
    "whole_quarters",
    "whom_to_ask",
]

_PACKAGE = Path(__file__).resolve().parent.parent / "definitions"
NO_RECIPIENT = "open_data"


def districts_of_home() -> tuple[tuple[str, str], ...]:
    """Codes and names of the districts in use. Raises QuestionError where nothing has been published."""
    areas = current_version().areas("district")
    return tuple(zip(areas.codes, areas.names, strict=True))


def area_names() -> dict[str, str]:
    """Names of districts and wards by their codes. Raises as `districts_of_home`."""
    version = current_version()
    levels = (version.areas("ward"), version.areas("district"))
    return {code: name for areas in levels for code, name in zip(areas.codes, areas.names, strict=True)}


def feeds_of_home() -> tuple[tuple[str, str], ...]:
    """Codes of the feeds of records in use, each with its agency's. Raises QuestionError where nothing is published."""
    vocabulary = current_version().vocabulary
    agencies = {one.id: one.code for one in vocabulary.agencies}
    return tuple((one.code, agencies[one.agency]) for one in vocabulary.feeds if one.kind == "records")


def recipients_of_home() -> tuple[tuple[str, str], ...]:
    """Codes and names of the agencies that a release can be for."""
    return tuple(one for one in Agency.objects.values_list("code", "name") if one[0] != NO_RECIPIENT)


def whom_to_ask() -> dict[str, str]:
    """The role to ask in each agency, by its code: the package's, with the home's own over them."""
    found: dict[str, str] = {}
    for folder in (_PACKAGE, current_home().definitions):
        file = folder / "agencies.yaml"
        told = yaml.safe_load(file.read_text("utf-8")) if file.exists() else []
        found |= {str(one["code"]): str(one["ask"]) for one in told if one.get("ask")}
    return found


def whole_quarters(on: date, many: int = 8) -> tuple[date, ...]:
    """The first days of the last quarters that are over on a day, newest first."""
    first = quarter_of(on)
    numbers = (4 * first.year + (first.month - 1) // 3 - back for back in range(1, many + 1))
    return tuple(date(number // 4, 3 * (number % 4) + 1, 1) for number in numbers)
