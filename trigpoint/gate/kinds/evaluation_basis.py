"""What a plan was worked out from: which feeds, how finely and with what kept back. Whoever may see less may not see it.

The comparable places of a plan follow from records. They are told to those only who may see all of those records.
"""

import json
from collections.abc import Set

from trigpoint.gate.asked import Asked
from trigpoint.store.permitted import PermittedFeed

__all__ = ["basis_of", "covers", "feeds_of_basis"]

_KEPT_BACK = ("without_roles", "without_handling", "without_grades", "without_markings")


def basis_of(asked: Asked, left_out: Set[str] = frozenset()) -> str:
    """What the viewer is permitted, by feed, as text that a later publication can be held against; without feeds that
    were left out (codes): nothing was made from them."""
    codes = {one.id: one.code for one in asked.version.vocabulary.feeds}
    told = {codes[one.feed]: _told(one) for one in asked.permitted if codes[one.feed] not in left_out}
    return json.dumps(told, sort_keys=True)


def feeds_of_basis(basis: str) -> frozenset[str]:
    """The codes of the feeds that a basis was made from."""
    return frozenset(json.loads(basis))


def covers(asked: Asked, basis: str) -> bool:
    """Whether the viewer may see all that the basis was made from, and as finely."""
    codes = {one.id: one.code for one in asked.version.vocabulary.feeds}
    now = {codes[one.feed]: one for one in asked.permitted}
    return all(code in now and _as_much(now[code], told) for code, told in json.loads(basis).items())


def _told(one: PermittedFeed) -> list[object]:
    return [one.places, one.hours, *(list(getattr(one, name)) for name in _KEPT_BACK)]


def _as_much(one: PermittedFeed, told: list[object]) -> bool:
    places, hours, *kept_back = told
    if one.places < int(str(places)) or (hours and not one.hours):
        return False
    pairs = zip(_KEPT_BACK, kept_back, strict=True)
    return all(set(getattr(one, name)) <= set(then) for name, then in pairs if isinstance(then, list))
