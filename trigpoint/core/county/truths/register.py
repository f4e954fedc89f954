"""The closures that truths need, written into the council's register as its other rows are."""

import numpy as np

from trigpoint.core.county.scene import Scene
from trigpoint.core.county.sites import town_names
from trigpoint.core.county.tables import Table, iso_date, table_of, whole
from trigpoint.core.county.truths.planting import Closure


def with_closures(register: Table, scene: Scene, closures: tuple[Closure, ...]) -> Table:
    """The register with a row more for each closure. Columns that a truth says nothing of are left blank.

    Raises KeyError where the register lacks a column that a closure is told in.
    """
    if not closures:
        return register
    segment = np.array([closure.segment for closure in closures])
    start, end, extended = (
        iso_date(np.array([getattr(closure, name) for closure in closures], dtype="datetime64[m]"))
        for name in ("start", "end", "extended_to")
    )
    told = {
        "ref": np.array([closure.ref for closure in closures]),
        "type": np.full(len(closures), "order"),
        "issued_by": np.full(len(closures), "Police"),
        "served_dt": start,
        "start": start,
        "end": end,
        "extended_to": np.where(extended == end, "", extended),
        "premises_class": np.array([closure.premises for closure in closures]),
        "grounds": np.array([closure.grounds for closure in closures]),
        "street": scene.segments.name[segment],
        "town": town_names(scene, segment),
        "easting": whole(scene.segments.easting_m[segment]),
        "northing": whole(scene.segments.northing_m[segment]),
    }
    missing = sorted(told.keys() - register.columns.keys())
    if missing:
        raise KeyError(f"the register of closures has no column {', '.join(missing)}")
    blank = np.full(len(closures), "")
    return table_of(
        {name: np.concatenate([values, told.get(name, blank)]) for name, values in register.columns.items()}
    )
