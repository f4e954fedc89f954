"""Every check together, in the order of their modules' names. Importing this imports every statistic."""

from importlib import import_module
from pkgutil import iter_modules

from trigpoint.core.analysis import published
from trigpoint.core.analysis.published.check import Check

__all__ = ["CHECKS"]


def _collected() -> tuple[Check, ...]:
    topics = sorted(
        one.name for one in iter_modules(published.__path__) if one.name not in ("check", "collected")
    )
    found: list[Check] = []
    for topic in topics:
        found.extend(import_module(f"{published.__name__}.{topic}").CHECKS)
    return tuple(found)


CHECKS: tuple[Check, ...] = _collected()
