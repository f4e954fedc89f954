"""The rules that raise questions for the meeting, as definitions say them: what each asks, of whom, and whether it is on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from trigpoint.core.analysis.meeting_questions import Rule

__all__ = ["MeetingRule", "RulesFault", "meeting_rules", "package_rules"]

_WORDS = frozenset({"rule", "weight", "enabled", "owner", "title", "text"})
_MAY = frozenset({"many"})


class RulesFault(ValueError):
    """A definition of questions cannot be read; the message says which file and what is wrong."""


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """One rule. `text` is the question with what the evidence fills in, `many` the same of several at once."""

    code: str
    weight: float
    on: bool
    owner: str
    title: str
    text: str
    many: str

    @property
    def ranking(self) -> Rule:
        return Rule(self.code, self.weight, self.on)


@cache
def package_rules() -> tuple[MeetingRule, ...]:
    """What definitions/questions.yaml says."""
    file = files("trigpoint").joinpath("definitions", "questions.yaml")
    return tuple(_read("questions.yaml", file.read_text(encoding="utf-8")).values())


def meeting_rules(home_definitions: Path | None = None) -> tuple[MeetingRule, ...]:
    """The package's rules and the home's own, which may name a rule again and so change it. Raises RulesFault."""
    found = {one.code: one for one in package_rules()}
    own = home_definitions / "questions.yaml" if home_definitions else None
    if own is not None and own.is_file():
        found |= _read(own.name, own.read_text(encoding="utf-8"), found)
    return tuple(found.values())


def _read(name: str, text: str, known: Mapping[str, MeetingRule] | None = None) -> dict[str, MeetingRule]:
    told = yaml.safe_load(text) or []
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise RulesFault(f"{name}: a list of rules is expected")
    return {one.code: one for one in (_rule(name, each, known or {}) for each in told)}


def _rule(name: str, told: Mapping[str, Any], known: Mapping[str, MeetingRule]) -> MeetingRule:
    code = str(told.get("rule", ""))
    before = known.get(code)
    given = {**_as_told(before), **told} if before else dict(told)
    wrong = _listed((set(given) - _WORDS - _MAY) | (_WORDS - set(given)))
    if wrong:
        raise RulesFault(f"{name}: rule {code or 'without a name'} lacks or does not know {wrong}")
    if not isinstance(given["enabled"], bool) or not float(given["weight"]) > 0:
        raise RulesFault(
            f"{name}: rule {code} is enabled or not (true or false), and its weight is above nought"
        )
    return MeetingRule(
        code=code,
        weight=float(given["weight"]),
        on=given["enabled"],
        owner=str(given["owner"]),
        title=str(given["title"]),
        text=str(given["text"]),
        many=str(given.get("many", "")),
    )


def _as_told(rule: MeetingRule) -> dict[str, Any]:
    return {
        "rule": rule.code, "weight": rule.weight, "enabled": rule.on, "owner": rule.owner, "title": rule.title,
        "text": rule.text, "many": rule.many,
    }  # fmt: skip


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
