"""The rules on small numbers that hold for whatever may be seen by more than those at the table."""

from functools import cache
from importlib.resources import files

import yaml

from trigpoint.core.disclosure.rules import ReleaseRules, release_rules_from

__all__ = ["shipped_release_rules"]


@cache
def shipped_release_rules() -> ReleaseRules:
    """The rules of `definitions/disclosure.yaml`."""
    text = files("trigpoint").joinpath("definitions", "disclosure.yaml").read_text("utf-8")
    return release_rules_from(yaml.safe_load(text))
