"""The constants of disclosure control, read from definitions/disclosure.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["LEAST_PROTECTION", "ReleaseRules", "release_rules_from"]


@dataclass(frozen=True, slots=True)
class ReleaseRules:
    """Rules of a release: counts below `withhold_below`, zeros among them, are withheld; others rounded.

    Members are not under these rules: for them agreements decide and values are exact.
    Raises ValueError for rules looser than `LEAST_PROTECTION`: that takes a signed change of policy.
    """

    withhold_below: int
    round_to: int

    def __post_init__(self) -> None:
        least_below, least_round = LEAST_PROTECTION
        if self.withhold_below < least_below or self.round_to < least_round:
            raise ValueError(
                f"a release withholds counts below {least_below} or more and rounds to {least_round} or more"
            )


LEAST_PROTECTION = (10, 5)
"""Withhold below, round to: the loosest rules allowed."""


def release_rules_from(text: Mapping[str, Any]) -> ReleaseRules:
    """Read the `releases` part of the definition. Raises ValueError for a part that is missing or unknown."""
    rules = text.get("releases")
    if not isinstance(rules, Mapping) or set(rules) != {"withhold_below", "round_to"}:
        raise ValueError("disclosure rules must say releases: withhold_below and round_to")
    return ReleaseRules(int(rules["withhold_below"]), int(rules["round_to"]))
