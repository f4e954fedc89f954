"""A home: one folder that holds everything of one partnership and can be copied or deleted whole."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Home:
    """Where things lie in a home, and what its home.yaml says of it.

    `spool` holds raw files only while a delivery is being decided, `keys` the secrets: neither belongs in a copy.
    """

    root: Path
    county: str
    demo: bool
    districts: tuple[str, ...]
    owner: str

    @property
    def deliveries(self) -> Path:
        return self.root / "deliveries"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    @property
    def store(self) -> Path:
        return self.root / "store"

    @property
    def spool(self) -> Path:
        return self.root / "spool"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def definitions(self) -> Path:
        return self.root / "definitions"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def basemap(self) -> Path:
        return self.root / "basemap"

    @property
    def folders(self) -> tuple[Path, ...]:
        return (
            self.deliveries,
            self.quarantine,
            self.store,
            self.spool,
            self.keys,
            self.definitions,
            self.cache,
            self.basemap,
        )


def current_home() -> Home:
    """The home this process was started for."""
    told = settings.HOME
    return Home(
        root=Path(settings.TRIGPOINT_HOME),
        county=told.county,
        demo=told.demo,
        districts=told.districts,
        owner=told.owner,
    )
