"""The places of a generated county as the people who write them down would name them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from tests.factories.second_county_truths import LOCALITY, STREET_OR_SITE, Named
from trigpoint.core.county.model import Geography, Town
from trigpoint.core.county.sites import Sites

COUNTRY_REACH_M = 4_000.0
NEAR_STATION_M = 350.0
_RECS = ("Rec", "Recreation Ground", "Playing Field")


def plain(name: str) -> str:
    """A name without case, apostrophes or the town after a comma, to tell whether two would be typed the same."""
    return name.split(", ")[0].lower().replace("'", "").replace("recreation ground", "rec")


@dataclass(frozen=True, slots=True)
class Places:
    """Every place by what it is. `holders`: all places of a plain name; `country`: plain names of roads between towns."""

    streets: tuple[Named, ...]
    main_roads: tuple[Named, ...]
    schools: tuple[Named, ...]
    parks: tuple[Named, ...]
    recs: tuple[Named, ...]
    stations: tuple[Named, ...]
    takeaways: tuple[Named, ...]
    hotels: tuple[Named, ...]
    towns: tuple[Named, ...]
    junctions: tuple[tuple[Named, Named], ...]
    by_station: tuple[tuple[Named, Named], ...]
    holders: dict[str, tuple[Named, ...]]
    country: frozenset[str]
    postcodes: tuple[shapely.STRtree, tuple[str, ...]]

    def alone(self, name: str, town: str = "") -> bool:
        """Whether only one place has the name, in the town or (no town) in the county with its country roads."""
        found = self.holders[plain(name)]
        if town:
            return sum(place.town == town for place in found) == 1
        return len(found) == 1 and plain(name) not in self.country

    def outward(self, place: Named) -> str:
        """The postcode district of the postcode nearest to a place."""
        tree, codes = self.postcodes
        return codes[int(tree.nearest(shapely.Point(place.easting_m, place.northing_m)))].split()[0]


def places_of(geography: Geography, sites: Sites) -> Places:
    """All nameable places; those in open country, which belong to no settlement, are left out."""
    streets, classes = _streets(geography)
    schools, premises = _schools(geography, sites), _premises(geography, sites)
    parks = [_park(geography.towns, p.name, p.geometry) for p in geography.shapes["park"] if p.name]
    stations = [
        _site(s.name, geography.towns[s.town].name, s.easting_m, s.northing_m, "station")
        for s in geography.rail.stations
    ]
    towns = [_locality(town) for town in geography.towns]
    holders: dict[str, list[Named]] = defaultdict(list)
    for place in (*streets.values(), *schools, *premises, *parks):
        holders[plain(place.name)].append(place)
    in_country = {
        plain(n) for n, t in zip(geography.streets.names, geography.streets.town, strict=True) if t < 0
    }
    return Places(
        streets=tuple(streets.values()),
        main_roads=tuple(place for key, place in streets.items() if classes[key] & {"A Road", "B Road"}),
        schools=tuple(schools),
        parks=tuple(parks),
        recs=tuple(_sole(p for p in parks if p.name.endswith(_RECS))),
        stations=tuple(_sole(stations)),
        takeaways=tuple(p for p in premises if p.sort == "takeaway"),
        hotels=tuple(p for p in premises if p.sort == "hotel"),
        towns=tuple(towns),
        junctions=tuple(_junctions(geography, streets)),
        by_station=tuple(_by_station(streets.values(), stations)),
        holders={name: tuple(found) for name, found in holders.items()},
        country=frozenset(in_country),
        postcodes=(
            shapely.STRtree(shapely.points(geography.postcodes.easting_m, geography.postcodes.northing_m)),
            geography.postcodes.codes,
        ),
    )


def _site(name: str, town: str, easting_m: float, northing_m: float, sort: str) -> Named:
    at = shapely.Point(easting_m, northing_m)
    return Named("site", name, town, STREET_OR_SITE, float(easting_m), float(northing_m), sort, at)


def _locality(town: Town) -> Named:
    at = shapely.Point(town.easting_m, town.northing_m)
    ground = at.buffer(town.radius_m)
    return Named("locality", town.name, town.name, LOCALITY, at.x, at.y, "town", ground)


def _park(towns: Sequence[Town], name: str, shape: shapely.Polygon) -> Named:
    at = shape.representative_point()
    gaps = [np.hypot(t.easting_m - at.x, t.northing_m - at.y) / t.radius_m for t in towns]
    town = towns[int(np.argmin(gaps))].name
    return Named("site", name, town, STREET_OR_SITE, at.x, at.y, "park", shape)


def _streets(geography: Geography) -> tuple[dict[tuple[str, int], Named], dict[tuple[str, int], set[str]]]:
    """Each street of each settlement with the stretch of the same name that leaves it for open country."""
    streets = geography.streets
    segments: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, (name, town) in enumerate(zip(streets.names, streets.town.tolist(), strict=True)):
        segments[name, town].append(i)
    found, classes = {}, {}
    for (name, town), inside in segments.items():
        if town < 0:
            continue
        home = geography.towns[town]
        at = shapely.Point(home.easting_m, home.northing_m)
        beyond = [
            i for i in segments.get((name, -1), []) if streets.geometries[i].distance(at) < COUNTRY_REACH_M
        ]
        longest = streets.geometries[max(inside, key=lambda i: float(streets.length_m[i]))]
        middle = longest.interpolate(0.5, normalized=True)
        ground = shapely.multilinestrings(list(streets.geometries[inside + beyond]))
        found[name, town] = Named(
            "street", name, home.name, STREET_OR_SITE, middle.x, middle.y, "road", ground
        )
        classes[name, town] = {streets.road_class[i] for i in inside}
    return found, classes


def _schools(geography: Geography, sites: Sites) -> list[Named]:
    schools, town = sites.schools, geography.streets.town
    rows = zip(schools.name, schools.segment, schools.easting_m, schools.northing_m, strict=True)
    return [
        _site(str(n), geography.towns[town[s]].name, e, m, "school") for n, s, e, m in rows if town[s] >= 0
    ]


def _premises(geography: Geography, sites: Sites) -> list[Named]:
    shops, town = sites.premises, geography.streets.town
    rows = zip(shops.name, shops.segment, shops.easting_m, shops.northing_m, shops.kind, strict=True)
    return [
        _site(str(n), geography.towns[town[s]].name, e, m, str(k)) for n, s, e, m, k in rows if town[s] >= 0
    ]


def _sole(places: Iterable[Named]) -> list[Named]:
    """Those that are the only one in their town."""
    by_town: dict[str, list[Named]] = defaultdict(list)
    for place in places:
        by_town[place.town].append(place)
    return [found[0] for found in by_town.values() if len(found) == 1]


def _junctions(geography: Geography, streets: dict[tuple[str, int], Named]) -> Iterable[tuple[Named, Named]]:
    """Pairs of streets that meet: the first with its point at the junction and the ground of both."""
    net = geography.streets
    meeting: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for i, key in enumerate(zip(net.names, net.town.tolist(), strict=True)):
        if key[1] >= 0:
            meeting[int(net.start_junction[i])].add(key)
            meeting[int(net.end_junction[i])].add(key)
    for junction, keys in sorted(meeting.items()):
        if len(keys) == 2 and len({town for _, town in keys}) == 1:
            one, other = (streets[key] for key in sorted(keys))
            x, y = float(net.junction_easting_m[junction]), float(net.junction_northing_m[junction])
            yield both(replace(one, easting_m=x, northing_m=y), other), other


def both(one: Named, other: Named) -> Named:
    """`one`, with the ground of either: what two places in one text mean."""
    return replace(one, ground=shapely.union(one.ground, other.ground), also=(other.name,))


def _by_station(streets: Iterable[Named], stations: list[Named]) -> Iterable[tuple[Named, Named]]:
    """Streets near their town's station, each with its point where it comes nearest."""
    for street in streets:
        for station in stations:
            if station.town == street.town and street.ground.distance(station.ground) < NEAR_STATION_M:
                at = shapely.get_point(shapely.shortest_line(street.ground, station.ground), 0)
                yield replace(street, easting_m=at.x, northing_m=at.y), station
