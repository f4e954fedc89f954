"""The vocabulary of decisions, as definitions/actions.yaml says it and a home may say otherwise."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from trigpoint.core.workflow.action import NO_ACTION, ActionKind
from trigpoint.db.home import current_home

__all__ = ["KindsFault", "action_kinds", "package_kinds"]

FILE = "actions.yaml"
_WORDS = ("label", "verb", "what", "class", "measures", "weeks", "expected", "seen")


class KindsFault(ValueError):
    """The vocabulary cannot be read; the message says which kind and what is wrong."""


@cache
def package_kinds() -> tuple[ActionKind, ...]:
    """The kinds that come with Trigpoint, in the order in which they are offered."""
    text = files("trigpoint").joinpath("definitions", FILE).read_text(encoding="utf-8")
    return tuple(_read(text, {}).values())


def action_kinds(home_definitions: Path | None = None) -> dict[str, ActionKind]:
    """Every kind of this home by its code: the package's, then those it changes or adds. Raises KindsFault."""
    known = {one.code: one for one in package_kinds()}
    own = (home_definitions or current_home().definitions) / FILE
    return known | _read(own.read_text(encoding="utf-8"), known) if own.is_file() else known


def _read(text: str, known: Mapping[str, ActionKind]) -> dict[str, ActionKind]:
    try:
        told = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        raise KindsFault(f"{FILE} cannot be read: {error}") from error
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise KindsFault(f"{FILE}: a list of kinds is expected.")
    found: dict[str, ActionKind] = {}
    for each in told:
        kind = _kind(each, known)
        if kind.code in found:
            raise KindsFault(f"{FILE}: {kind.code} stands there twice.")
        found[kind.code] = kind
    return found


def _kind(told: Mapping[str, Any], known: Mapping[str, ActionKind]) -> ActionKind:
    code = str(told.get("kind", ""))
    given = {**(_as_told(known[code]) if code in known else {}), **told}
    wrong = sorted((set(given) - {"kind", *_WORDS}) | ({"kind", *_WORDS} - set(given)))
    if wrong:
        raise KindsFault(
            f"{FILE}: {code or 'a kind without a name'} lacks or does not know {', '.join(wrong)}."
        )
    if code == NO_ACTION or not code.isidentifier() or len(code) > 40:
        raise KindsFault(f"{FILE}: a kind cannot be called {code!r}.")
    try:
        return ActionKind(
            code=code, label=str(given["label"]), verb=str(given["verb"]), what=str(given["what"]),
            kind_class=str(given["class"]), measures=tuple(given["measures"]), weeks=int(given["weeks"]),
            expected=str(given["expected"]), seen=str(given["seen"]),
        )  # fmt: skip
    except (TypeError, ValueError) as error:
        raise KindsFault(f"{FILE}: {code}: {error}.") from error


def _as_told(kind: ActionKind) -> dict[str, Any]:
    return {
        "label": kind.label, "verb": kind.verb, "what": kind.what, "class": kind.kind_class,
        "measures": list(kind.measures), "weeks": kind.weeks, "expected": kind.expected, "seen": kind.seen,
    }  # fmt: skip
