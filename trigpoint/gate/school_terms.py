"""The school holidays of a home: definitions/terms.yaml, and in its place what the home's own file says."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from trigpoint.db.home import current_home
from trigpoint.gate.denial import QuestionError

__all__ = ["Holiday", "SchoolTerms", "home_school_terms", "school_terms_from"]

FILE = "terms.yaml"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One kind of holiday; `days` are its first and last day each year, both included, in order."""

    code: str
    label: str
    days: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class SchoolTerms:
    """`source` is where the dates come from, as it is told beside what rests on them."""

    source: str
    holidays: tuple[Holiday, ...]


def home_school_terms() -> SchoolTerms:
    """Raises QuestionError where the file cannot be read."""
    own: Path = current_home().definitions / FILE
    if own.is_file():
        return _terms_of(own.read_text(encoding="utf-8"))
    return _terms_of(files("trigpoint").joinpath("definitions", FILE).read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _terms_of(text: str) -> SchoolTerms:
    try:
        return school_terms_from(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise QuestionError(f"{FILE} cannot be read: {error}") from error


def school_terms_from(told: Any) -> SchoolTerms:
    """Terms from {source, holidays: {code: {label, days: [[first, last], …]}}}. Raises QuestionError for anything else."""
    if (
        not isinstance(told, dict)
        or set(told) != {"source", "holidays"}
        or not isinstance(told["holidays"], dict)
    ):
        raise QuestionError(f"{FILE}: source and holidays are expected, and nothing else.")
    return SchoolTerms(
        str(told["source"]), tuple(_holiday(str(code), one) for code, one in told["holidays"].items())
    )


def _holiday(code: str, told: Any) -> Holiday:
    if not isinstance(told, dict) or set(told) != {"label", "days"} or not isinstance(told["days"], list):
        raise QuestionError(f"{FILE}: {code} has a label and its days.")
    days = tuple(sorted(_days(code, one) for one in told["days"]))
    if any(later[0] <= earlier[1] for earlier, later in pairwise(days)):
        raise QuestionError(f"{FILE}: two of {code} overlap.")
    return Holiday(code, str(told["label"]), days)


def _days(code: str, told: Any) -> tuple[date, date]:
    if (
        not isinstance(told, list)
        or len(told) != 2
        or not all(type(one) is date for one in told)
        or told[0] > told[1]
    ):
        raise QuestionError(
            f"{FILE}: each of {code} is a first and a last day, such as [2026-07-23, 2026-09-02]."
        )
    return told[0], told[1]
