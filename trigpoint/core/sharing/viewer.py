"""A viewer: a person acting for an agency, in a role, for a purpose."""

from dataclasses import dataclass

__all__ = ["DEFAULT_PURPOSE", "PURPOSES", "ROLES", "Viewer"]

ROLES = ("analyst", "member", "chair", "contributor", "frontline", "governance")

PURPOSES = {
    "safeguarding": "understanding where children are harmed, and planning together",
    "meeting": "preparing and holding the partnership's meeting",
    "tasking": "directing work with places: patrols, visits, youth work, licensing",
    "evaluation": "learning whether an action changed anything",
    "care_planning": "planning a placement or a school move with the area in mind",
    "training": "awareness and development sessions",
    "audit": "proving what was shared with whom",
}
"""The purposes an agreement may allow. Any other word may be asked for, and is refused by every agreement."""

DEFAULT_PURPOSE = "safeguarding"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `agency` is a code, or empty for a person who acts for none; `role` is one of `ROLES`.

    Raises ValueError for an unknown role and for an empty user or purpose: nobody asks without saying why.
    """

    user: str
    agency: str
    role: str
    purpose: str = DEFAULT_PURPOSE

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"there is no role {self.role!r}; the roles are {', '.join(ROLES)}")
        if not self.user or not self.purpose:
            raise ValueError("a viewer has a name and a purpose")
