"""Published values that the statistics of this room must reproduce, each with its source.

One module a topic, each with its own CHECKS; here they are together, in the order of the modules' names.
"""

from importlib import import_module
from pkgutil import iter_modules

from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]


def _collected() -> tuple[Check, ...]:
    topics = sorted(one.name for one in iter_modules(__path__) if one.name != "check")
    found: list[Check] = []
    for topic in topics:
        found.extend(import_module(f"{__name__}.{topic}").CHECKS)
    return tuple(found)


CHECKS: tuple[Check, ...] = _collected()
