"""What an answer of a day was made by: the agreements, rules, definitions and program in force then."""

import hashlib
from datetime import datetime
from importlib.resources import files
from typing import Any

import yaml

from trigpoint import __version__
from trigpoint.db.home import current_home
from trigpoint.db.models import Publication
from trigpoint.gate.connection import adopted_agreements, current_version

__all__ = ["recipe_at"]

DEFINITIONS = ("disclosure", "exposure", "meeting", "questions", "standing", "themes", "work", "breaks")
"""Definitions that an answer of the meeting depends on, beside what reads the files that come in."""


def recipe_at(at: datetime) -> dict[str, Any]:
    """As JSON: publication and its deliveries, agreements, rules on small numbers, definitions by digest, program.

    A home's own definition of the same name counts with the package's. Raises QuestionError where nothing is published.
    """
    number = current_version().number
    published = Publication.objects.get(number=number)
    return {
        "publication": number,
        "built_at": published.built_at.isoformat(),
        "deliveries": list(published.deliveries),
        "agreements": [{"code": one.code, "version": one.version} for one in adopted_agreements(at)],
        "disclosure": yaml.safe_load(_text("disclosure")),
        "definitions": {name: _digest(name) for name in DEFINITIONS},
        "program": __version__,
    }


def _text(name: str) -> str:
    file = files("trigpoint").joinpath("definitions", f"{name}.yaml")
    return file.read_text(encoding="utf-8")


def _digest(name: str) -> str:
    own = current_home().definitions / f"{name}.yaml"
    text = _text(name) + (own.read_text(encoding="utf-8") if own.is_file() else "")
    return hashlib.sha256(text.encode()).hexdigest()
