"""What lies along a route: as its slow twin tells it, the same whatever is hidden, for whoever may see it."""

import math
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import (
    SIDE_M,
    SOUTH_M,
    WEST_M,
    World,
    agreement,
    cell_centre,
    open_agreements,
    random_records,
    ward_code,
    write_file,
)
from tests.property import twin_of_gate as twin
from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import decide
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, QuestionError, ReadDenied, answer
from trigpoint.gate.facts import facts_of, question_grain
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import show
from trigpoint.gate.version import Version
from trigpoint.gate.within import find_place

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
MEMBER = Viewer("someone", "education", "member")
ANALYST = Viewer("another", "police", "analyst")
OWNER = Viewer("an officer", "police", "member")
POLICE, OPEN_SITES, HOMES = 1, 3, 4
WARD_ONLY_AUDIENCES = [{"agencies": "all", "roles": "all", "finest": "ward", "hours": True, "clause": "4"}]
WARD_ONLY = agreement("police", audiences=WARD_ONLY_AUDIENCES)
RADIUS_M = 250.0
FEW = settings(max_examples=max(settings.default.max_examples // 25, 2))


@dataclass(frozen=True)
class Line:
    """A route: its corners in metres from the south-west corner of the ground."""

    code: str
    name: str
    corners: tuple[tuple[float, float], ...]
    feed: int = OPEN_SITES
    mode: str = "bus"

    @property
    def points(self):
        return [(WEST_M + x, SOUTH_M + y) for x, y in self.corners]


BUS = Line("7", "7 West – East", ((-700, 500), (2.5 * SIDE_M, 480), (3.5 * SIDE_M, 900)))
BACK = replace(BUS, corners=((3.5 * SIDE_M, 900), (2.5 * SIDE_M, 520), (-700, 520)))
CLOSED = Line("9", "9 Not open", ((0, 500), (SIDE_M, 500)), feed=HOMES)


def desk_of(world, *lines, record=lambda *_: None):
    """A desk over a world with these routes, each line a direction."""
    path = Path(tempfile.mkdtemp()) / "along.duckdb"
    write_file(path, world)
    connection = duckdb.connect(str(path))
    for at, one in enumerate(lines):
        row = (
            at,
            one.feed,
            one.code,
            0,
            one.name,
            one.mode,
            "",
            shapely.to_wkb(shapely.LineString(one.points)),
        )
        connection.execute("INSERT INTO route VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return Desk(Version(1, connection.cursor), world.agreements, record)


def metres_from(point, line):
    """The plain distance of a point from a line, corner by corner."""
    return min(_from_part(point, a, b) for a, b in zip(line.points, line.points[1:], strict=False))


def _from_part(point, a, b):
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / math.dist(a, b) ** 2
    along = min(max(along, 0.0), 1.0)
    return math.dist(point, (a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])))


def lies_along(one, lines):
    cell = one.cell(10)
    return cell is not None and any(metres_from(cell_centre(cell), line) <= RADIUS_M for line in lines)


def asked(desk, kind, viewer=MEMBER, **words):
    return answer(viewer, question_from_words(kind, words), AT, desk)


@FEW
@given(st.integers(0, 10_000), st.sampled_from(["district", "ward", "street", "cell:8", "cell:9", "cell:10"]))
def test_counts_along_a_route_are_those_of_the_slow_twin(seed, level):
    world = World(random_records(seed, 60), open_agreements())
    desk = desk_of(world, BUS, BACK)
    found = asked(desk, "counts", level=level, within="route:7")
    grants = tuple(twin_grants(desk))
    question = question_from_words("counts", {"level": level})
    along = [pair for pair in twin.selected(world, question, grants) if lies_along(pair[0], (BUS, BACK))]
    told = Counter(twin.units(along, question, False))
    got = dict(zip(found.columns["code"], found.columns["count"].tolist(), strict=True))
    assert {code: count for code, count in got.items() if count} == {
        c: n for c, n in told.items() if c is not None
    }
    assert (found.about["total"], found.about["unplaced"]) == (len(along), told[None])
    picture = asked(desk, "picture", level=level, within="route:7").parts["units"]
    assert dict(zip(picture["code"], picture["count"].tolist(), strict=True)) == {
        c: n for c, n in got.items() if n
    }


def twin_grants(desk):
    """What a member is granted of the records of a world that is shared whole."""
    question = question_from_words("counts", {"level": "cell:10"})
    return decide(
        MEMBER, facts_of(question, desk.version, ()), desk.agreements, AT.date()
    ).restrictions.grants


def test_wards_that_a_route_passes_are_listed_with_their_noughts():
    found = asked(desk_of(World((), open_agreements()), BUS), "counts", level="ward", within="route:7")
    assert list(found.columns["code"]) == [ward_code(ward) for ward in range(4)]


QUESTIONS = (
    *({"kind": "counts", "level": level} for level in ("ward", "street", "cell:8", "cell:10")),
    {"kind": "picture", "level": "cell:9", "hours": "15-16", "weekdays": "mon-fri", "names": "yes"},
    {"kind": "picture", "level": "ward", "measure": "people"},
    *({"kind": "hotspots", "level": level, "q": "0.5"} for level in ("street", "cell:8", "cell:9", "ward")),
    {"kind": "times", "clock": "15:15-17:00", "weekdays": "mon-fri"},
    {"kind": "series"},
    {"kind": "concentration", "level": "street"},
    {"kind": "change", "level": "ward", "from": "2024-04-01", "to": "2024-07-01", "with": "2024-01-01..2024-04-01"},
)  # fmt: skip
OTHERWISE = {
    "an expired agreement": (agreement("police", expires="2024-09-01", expires_clause="9"),),
    "none": (),
}


def received(desk, words, viewer):
    told = {"within": "route:7"} | words
    try:
        return show(asked(desk, told.pop("kind"), viewer, **told), "json")
    except (ReadDenied, QuestionError) as refusal:
        return f"{type(refusal).__name__}: {refusal}"


@FEW
@given(st.integers(0, 10_000), st.sampled_from([*OTHERWISE.values(), (WARD_ONLY,)]), st.booleans())
def test_hidden_records_along_a_route_change_nothing(seed, police, anchors):
    shared = (agreement("open_data"), agreement("social_care"), *police)
    world = World(random_records(seed, 40), shared, anchors)
    one, other = desk_of(world, BUS, BACK), desk_of(world.without(POLICE), BUS, BACK)
    for words in QUESTIONS:
        assert received(one, words, MEMBER) == received(other, words, MEMBER), words


def test_two_viewers_are_told_what_each_may_be_told_as_finely_as_a_hexagon():
    """Police records are shared to the ward: the police count them along the route, a school does not, and is told why."""
    (ward,) = WARD_ONLY_AUDIENCES
    own = ward | {"agencies": ["police"], "finest": "point"}
    finely = agreement("police", audiences=[own, ward])
    desk = desk_of(
        World(random_records(3, 60), (agreement("open_data"), agreement("social_care"), finely)), BUS
    )
    school, police = (asked(desk, "counts", who, level="ward", within="route:7") for who in (MEMBER, OWNER))
    assert [one["code"] for one in school.about["why"]] == ["police_crime"]
    assert police.about["why"] == []
    assert 0 < school.about["total"] < police.about["total"]
    wards = asked(desk, "counts", MEMBER, level="ward", within="D1").about
    assert wards["why"] == []


def test_hotspots_stay_those_of_the_county_and_only_those_along_it_are_listed():
    thick = tuple(one for one in random_records(8, 300) if one.easting_m is not None)
    desk = desk_of(World(thick, open_agreements()), Line("7", "7", ((2400, 500), (2800, 500))))
    words = {"level": "cell:9", "q": "0.5"}
    county = asked(desk, "hotspots", ANALYST, **words).columns
    along = asked(desk, "hotspots", ANALYST, **words, within="route:7").columns
    chance = dict(zip(county["code"], county["p"].tolist(), strict=True))
    assert 0 < len(along["code"]) < len(county["code"])
    assert all(chance[code] == p for code, p in zip(along["code"], along["p"].tolist(), strict=True))


@pytest.mark.parametrize("text", ["route:7", "ROUTE:7", "route: 7 west – east", "7 West – East", "7"])
def test_a_route_is_found_by_number_or_name_and_told_as_finely_as_a_hexagon(text):
    version = desk_of(World((), open_agreements()), BUS, BACK).version
    place = find_place(text, version)
    assert (place.kind, place.code, place.name, place.column) == ("route", "route:7", BUS.name, "cell_10")
    assert question_grain(question_from_words("counts", {"level": "ward"}), (place,)) == Grain.CELL


@pytest.mark.parametrize("text", ["route:404", "route:9", "route:"])
def test_a_route_that_is_not_there_or_not_open_is_said_alike(text):
    version = desk_of(World((), open_agreements()), BUS, CLOSED).version
    with pytest.raises(QuestionError, match="no bus route or railway line"):
        find_place(text, version)


def test_a_number_that_two_routes_share_must_be_told_by_name():
    rail = replace(BUS, name="7 the railway", mode="rail")
    version = desk_of(World((), open_agreements()), BUS, rail).version
    with pytest.raises(QuestionError, match="More than one route is called 7"):
        find_place("route:7", version)
    assert find_place("route:7 the railway", version).code == "route:7 the railway"


def test_distances_are_not_measured_from_a_route():
    desk = desk_of(World(random_records(1, 5), open_agreements()), BUS)
    with pytest.raises(QuestionError, match="not from a route"):
        asked(desk, "sites", around="route:7")


def test_the_ground_that_is_drawn_is_the_ground_that_is_counted():
    found = asked(desk_of(World((), open_agreements()), BUS, BACK), "routes", text="route:7")
    (wkb,) = found.parts["corridor"]["wkb"]
    ground = shapely.from_wkb(wkb)
    assert found.parts["corridor"]["within"] == ["route:7"]
    assert ground.hausdorff_distance(shapely.MultiLineString([BUS.points, BACK.points]).buffer(RADIUS_M)) < 10


def test_the_audit_says_along_which_route_was_asked():
    heard = []
    desk = desk_of(
        World(random_records(1, 5), open_agreements()), BUS, record=lambda *told: heard.append(told)
    )
    asked(desk, "counts", level="ward", within="route:7")
    (told,) = heard
    assert told[1].to_dict()["within"] == ["route:7"]
