"""Whatever the seed, the village is a whole place."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.core.county.make import make_geography
from trigpoint.core.county.model import Geography

seeds = st.integers(min_value=0, max_value=2**31 - 1)


def _fingerprint(place: Geography) -> tuple[object, ...]:
    return (
        place.wards.names,
        place.streets.names,
        tuple(shapely.to_wkb(place.streets.geometries).tolist()),
        tuple(shapely.to_wkb(place.lsoas.polygons).tolist()),
        place.population.people.tobytes(),
        place.postcodes.codes,
        place.bus.stops.names,
        tuple(place.bus.stops.easting_m.tolist()),
        tuple((kind, tuple(shape.geometry.wkb for shape in shapes)) for kind, shapes in place.shapes.items()),
    )


@settings(max_examples=10, deadline=None)
@given(seed=seeds)
def test_one_seed_is_one_place(seed: int) -> None:
    assert _fingerprint(make_geography(seed, "village")) == _fingerprint(make_geography(seed, "village"))


@settings(max_examples=10, deadline=None)
@given(seed=seeds)
def test_another_seed_is_another_place(seed: int) -> None:
    one, other = make_geography(seed, "village"), make_geography(seed + 1, "village")
    assert _fingerprint(one)[2] != _fingerprint(other)[2]


@settings(max_examples=30, deadline=None)
@given(seed=seeds)
def test_every_village_is_whole(seed: int) -> None:
    place = make_geography(seed, "village")
    land = sum(shape.geometry.area for shape in place.shapes["land"])
    assert len(place.wards.codes) == 4
    assert len(place.lsoas.codes) == 12
    np.testing.assert_allclose(shapely.area(place.lsoas.polygons).sum(), land, rtol=1e-3)
    assert place.population.everyone().min() > 0
    assert 80 <= len(place.streets.codes) <= 400
    assert place.streets.start_junction.max() < len(place.streets.junction_easting_m)
    assert len(place.bus.stops.codes) >= 4
    assert len(place.rail.stations) == 1
    assert all(place.shapes[kind] for kind in ("sea", "land", "neighbour_land", "built", "river", "rail"))
