"""A data sharing agreement that the software obeys, read from its definition.

The shape, as YAML (every `clause` must be a key of `clauses`):

    code: police
    version: 2
    title: Police sharing agreement
    agency: police                       # the owner; open_data for published open data
    feeds: all                           # or a list of feeds, layers included
    fields: [hours, roles, detection]    # columns that may be told beside place, day and category; or all
    purposes: [safeguarding, meeting]    # or all
    purposes_clause: "2.1"
    audiences:                           # the first that fits a viewer is the one that counts
      - {agencies: [police], roles: all, finest: point, hours: true, clause: "4.1"}
      - {agencies: all, roles: [analyst, chair], finest: street, hours: true, clause: "4.2"}
      - {agencies: all, roles: all, finest: ward, hours: false, without_roles: [school],
         without_handling: [c], without_grades: [e], with_markings: [secret], clause: "4.3"}
    otherwise_clause: "4.4"              # cited to those whom no audience fits
    sensitive_sites:                     # who may see restricted sites and coarse notices precisely
      audiences: [{agencies: [police], roles: [analyst, chair]}]
      clause: "5.1"
    releases:                            # what may leave the room; without it nothing of these feeds is released
      audiences: [team_meetings]         # keys of definitions/audiences.yaml; or all
      recipients: [education, health]    # agencies; or all
      finest: ward                       # district, ward or named_area
      clause: "6.1"
    begins: 2025-04-01                   # optional; first day in force
    expires: 2027-03-31                  # last day in force; null for one without an end
    expires_clause: "9.1"
    retention_months: 24
    clauses: {"2.1": "Used to safeguard children, and for nothing else.", ...}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.viewer import ROLES, Viewer

__all__ = [
    "BY_NAME_ONLY",
    "FIELDS",
    "GRADES",
    "HANDLINGS",
    "LOCATION_ROLES",
    "MARKINGS",
    "RELEASE_AREAS",
    "Agreement",
    "AgreementError",
    "Audience",
    "Releases",
    "agreement_from",
]

FIELDS = ("hours", "roles", "detection")
LOCATION_ROLES = (
    "unknown",
    "occurred",
    "missing_from",
    "found_at",
    "seen_at",
    "met_at",
    "travel_leg",
    "school",
    "home",
    "placement",
    "reporting_station",
)
"""Roles of a location claim; the place in this tuple is the number in the store."""
GRADES = ("none", "a", "b", "c", "d", "e")
HANDLINGS = ("unknown", "p", "c")
"""`unknown` is a record of a feed that has no handling codes: a feed that has them says p or c of every record, and
c where nobody can read what was meant."""
MARKINGS = ("open", "official", "official_sensitive", "secret", "unknown")
"""As with roles, the place in each of these tuples is the number in the store."""
BY_NAME_ONLY = frozenset({"secret", "unknown"})
"""Markings that an audience sees only where the agreement names them; `unknown` may be any marking at all."""


class AgreementError(ValueError):
    """An agreement cannot be obeyed as written; the message says which part."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a part of an agreement speaks of. None for `agencies` or `roles` means all of them.

    `without_roles` are location roles whose records this audience is not shown; so are `without_handling`,
    `without_grades` and `without_markings`, by what each record says of itself. `with_markings` are those of
    `BY_NAME_ONLY` that it is shown.
    """

    agencies: frozenset[str] | None
    roles: frozenset[str] | None
    finest: Grain
    hours: bool
    without_roles: frozenset[str]
    without_handling: frozenset[str]
    without_grades: frozenset[str]
    without_markings: frozenset[str]
    with_markings: frozenset[str]
    clause: str

    def fits(self, viewer: Viewer) -> bool:
        of_agency = self.agencies is None or viewer.agency in self.agencies
        return of_agency and (self.roles is None or viewer.role in self.roles)


RELEASE_AREAS = ("district", "ward", "named_area")
"""Areas that a release may tell, coarse to fine."""


@dataclass(frozen=True, slots=True)
class Releases:
    """What an agreement lets leave the room. None for `audiences` or `recipients` means all of them."""

    audiences: frozenset[str] | None
    recipients: frozenset[str] | None
    finest: str
    clause: str

    def allows(self, audience: str, finest: str) -> bool:
        """Whether records may go into a release for this audience that tells areas as fine as `finest`."""
        fine_enough = RELEASE_AREAS.index(finest) <= RELEASE_AREAS.index(self.finest)
        return fine_enough and (self.audiences is None or audience in self.audiences)

    def reaches(self, agency: str) -> bool:
        return self.recipients is None or agency in self.recipients


@dataclass(frozen=True, slots=True)
class Agreement:
    """One adopted version of an agreement. None for `feeds` or `purposes` means all of them.

    `begins` and `expires` are the first and the last day in force, both included; None is without limit.
    """

    code: str
    version: int
    title: str
    agency: str
    feeds: frozenset[str] | None
    fields: frozenset[str]
    purposes: frozenset[str] | None
    purposes_clause: str
    audiences: tuple[Audience, ...]
    otherwise_clause: str
    sensitive_audiences: tuple[Audience, ...]
    sensitive_clause: str
    begins: date | None
    expires: date | None
    expires_clause: str
    retention_months: int | None
    clauses: tuple[tuple[str, str], ...]
    releases: Releases | None = None

    def covers(self, feed: str) -> bool:
        return self.feeds is None or feed in self.feeds

    def in_force(self, on: date) -> bool:
        begun = self.begins is None or self.begins <= on
        return begun and (self.expires is None or on <= self.expires)

    def audience_for(self, viewer: Viewer) -> Audience | None:
        """The first audience that fits; later ones do not add to it."""
        return next((one for one in self.audiences if one.fits(viewer)), None)

    def trusts_with_sites(self, viewer: Viewer) -> bool:
        return any(one.fits(viewer) for one in self.sensitive_audiences)


def agreement_from(text: Mapping[str, Any]) -> Agreement:
    """Read an agreement from its definition. Raises AgreementError for anything missing, unknown or uncited."""
    _only(text, _KEYS, "agreement")
    code = str(_needed(text, "code"))
    sites = text.get("sensitive_sites") or {}
    _only(sites, {"audiences", "clause"}, f"agreement {code}, sensitive_sites")
    read = Agreement(
        code=code,
        version=int(_needed(text, "version")),
        title=str(_needed(text, "title")),
        agency=str(_needed(text, "agency")),
        feeds=_some(_needed(text, "feeds"), "feeds"),
        fields=_fields(text.get("fields", "all")),
        purposes=_some(_needed(text, "purposes"), "purposes"),
        purposes_clause=str(text.get("purposes_clause", "")),
        audiences=tuple(_audience(one, code) for one in _listed(_needed(text, "audiences"), "audiences")),
        otherwise_clause=str(text.get("otherwise_clause", "")),
        sensitive_audiences=tuple(
            _audience(one, code) for one in _listed(sites.get("audiences", []), "sites")
        ),
        sensitive_clause=str(sites.get("clause", "")),
        begins=_day(text.get("begins"), "begins"),
        expires=_day(text.get("expires"), "expires"),
        expires_clause=str(text.get("expires_clause", "")),
        retention_months=text.get("retention_months"),
        clauses=tuple((str(number), str(words)) for number, words in (text.get("clauses") or {}).items()),
        releases=_releases(text.get("releases"), code),
    )
    _check_citations(read)
    return read


_KEYS = {
    "code", "version", "title", "agency", "feeds", "fields", "purposes", "purposes_clause", "audiences",
    "otherwise_clause", "sensitive_sites", "releases", "begins", "expires", "expires_clause", "retention_months", "clauses",
}  # fmt: skip
_RECORD_WORDS = {
    "without_roles": (LOCATION_ROLES, "location role"),
    "without_handling": (HANDLINGS, "handling"),
    "without_grades": (GRADES, "grade"),
    "without_markings": (MARKINGS, "marking"),
    "with_markings": (tuple(sorted(BY_NAME_ONLY)), "marking that must be named:"),
}
"""What an audience may say of single records, and the words it may say it in."""
_AUDIENCE_KEYS = {"agencies", "roles", "finest", "hours", "clause", *_RECORD_WORDS}


def _audience(text: Mapping[str, Any], code: str) -> Audience:
    _only(text, _AUDIENCE_KEYS, f"agreement {code}, audience")
    roles = _some(text.get("roles", "all"), "roles")
    _known(roles or (), ROLES, "role")
    finest = str(text.get("finest", "district"))
    _known((finest,), [grain.word for grain in Grain], "level")
    return Audience(
        agencies=_some(text.get("agencies", "all"), "agencies"),
        roles=roles,
        finest=Grain[finest.upper()],
        hours=bool(text.get("hours", False)),
        clause=str(text.get("clause", "")),
        **{name: _of_records(text, name) for name in _RECORD_WORDS},
    )


def _releases(text: Any, code: str) -> Releases | None:
    if text is None:
        return None
    _only(text, {"audiences", "recipients", "finest", "clause"}, f"agreement {code}, releases")
    finest = str(_needed(text, "finest"))
    _known((finest,), RELEASE_AREAS, "area of a release:")
    return Releases(
        audiences=_some(_needed(text, "audiences"), "audiences"),
        recipients=_some(_needed(text, "recipients"), "recipients"),
        finest=finest,
        clause=str(_needed(text, "clause")),
    )


def _of_records(text: Mapping[str, Any], name: str) -> frozenset[str]:
    words, what = _RECORD_WORDS[name]
    told = frozenset(str(one) for one in _listed(text.get(name, ()), name))
    _known(sorted(told), words, what)
    return told


def _fields(value: Any) -> frozenset[str]:
    some = _some(value, "fields")
    _known(some or (), FIELDS, "field")
    return frozenset(FIELDS) if some is None else some


def _some(value: Any, name: str) -> frozenset[str] | None:
    return None if value == "all" else frozenset(str(one) for one in _listed(value, name))


def _listed(value: Any, name: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise AgreementError(f"{name} must be a list")
    return value


def _day(value: Any, name: str) -> date | None:
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise AgreementError(f"{name} must be a date such as 2027-03-31") from None


def _needed(text: Mapping[str, Any], key: str) -> Any:
    if text.get(key) is None:
        raise AgreementError(f"an agreement must say its {key}")
    return text[key]


def _only(text: Mapping[str, Any], known: set[str], where: str) -> None:
    _known(text, known, f"part of {where}:")


def _known(words: Any, known: Any, what: str) -> None:
    for word in words:
        if word not in known:
            raise AgreementError(f"there is no {what} {word!r}")


def _check_citations(agreement: Agreement) -> None:
    numbers = {number for number, _ in agreement.clauses}
    cited = {agreement.purposes_clause, agreement.otherwise_clause, agreement.expires_clause}
    cited |= {agreement.releases.clause} if agreement.releases else set()
    cited |= {agreement.sensitive_clause} | {one.clause for one in agreement.audiences}
    for clause in sorted(cited - numbers - {""}):
        raise AgreementError(f"agreement {agreement.code} cites clause {clause}, which it does not have")
