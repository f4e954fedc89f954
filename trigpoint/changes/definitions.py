"""A definition made from a sample: drafted, tried on the sample as often as it is edited, saved into the home."""

from dataclasses import dataclass

from trigpoint.db.home import current_home
from trigpoint.ingest.definitions import load_definitions


@dataclass(frozen=True, slots=True)
class ListedDefinition:
    """`own` where the home has a definition of its own under that name."""

    name: str
    title: str
    kind: str
    agency: str
    own: bool


def listed_definitions() -> tuple[ListedDefinition, ...]:
    """Every definition in force here, by name."""
    home = current_home()
    own = {path.stem for path in home.definitions.glob("*/*.yaml")}
    return tuple(
        ListedDefinition(name, one.title, one.kind, one.agency, name in own)
        for name, one in sorted(load_definitions(home).items())
    )
