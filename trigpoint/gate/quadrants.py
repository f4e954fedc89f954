"""The parts a county is talked of in: each a group of districts, as the home's own definitions name them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from trigpoint.db.home import current_home
from trigpoint.gate.denial import QuestionError

__all__ = ["Quadrant", "home_quadrants", "is_anothers", "quadrants_from"]

FILE = "quadrants.yaml"


@dataclass(frozen=True, slots=True)
class Quadrant:
    """`districts` are codes; a district belongs to one quadrant at most."""

    code: str
    name: str
    districts: tuple[str, ...]


def home_quadrants() -> tuple[Quadrant, ...]:
    """Those of `definitions/quadrants.yaml`, in its order; none where the home has no such file."""
    file: Path = current_home().definitions / FILE
    if not file.is_file():
        return ()
    return _quadrants_of(file.read_text(encoding="utf-8"))


def is_anothers(district: str, quadrant: str) -> bool:
    """Whether a district (its code, "" for none) is of another quadrant than this one; of the county's, "", none is."""
    others = (one for one in home_quadrants() if one.code != quadrant)
    return bool(quadrant) and any(district in one.districts for one in others)


@lru_cache(maxsize=8)
def _quadrants_of(text: str) -> tuple[Quadrant, ...]:
    """Read once for as long as the file says the same."""
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise QuestionError(f"{FILE} cannot be read: {error}") from error
    return quadrants_from(told)


def quadrants_from(told: Any) -> tuple[Quadrant, ...]:
    """Quadrants from a list of {code, name, districts}. Raises QuestionError for anything else."""
    if not isinstance(told, list) or not all(_is_quadrant(one) for one in told):
        raise QuestionError(f"{FILE}: a list is expected, each with its code, name and districts.")
    found = tuple(Quadrant(str(one["code"]), str(one["name"]), _codes(one["districts"])) for one in told)
    every = [code for one in found for code in one.districts]
    if len(set(every)) < len(every) or len({one.code for one in found}) < len(found):
        raise QuestionError(f"{FILE}: a quadrant or a district stands there twice.")
    return found


def _is_quadrant(told: Any) -> bool:
    return (
        isinstance(told, dict)
        and set(told) == {"code", "name", "districts"}
        and isinstance(told["districts"], list)
    )


def _codes(told: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(one) for one in told)
