"""Worlds with records that a viewer may not see, every kind of question, and all that the viewer receives in answer."""

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st

from tests.factories.world import RECORD_FEEDS, Worded, World, agreement, random_records, random_totals
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, QuestionError, ReadDenied, answer
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import FORMATS, show
from trigpoint.gate.work import WorkClass

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
CARE, POLICE, STREET = RECORD_FEEDS
CAWN, CLOSURES, NRM = 5, 6, 7
MEMBER = Viewer("someone", "education", "member")
EVERYONE = {"agencies": "all", "roles": "all", "hours": True, "clause": "4"}
HOMES_TO_WARD = [EVERYONE | {"finest": "ward"}]

AGREEMENTS = {
    "no agreement": (),
    "expired": (agreement("police", expires="2024-09-01", expires_clause="9"),),
    "another purpose": (agreement("police", purposes=["evaluation"]),),
    "another audience": (
        agreement("police", audiences=[EVERYONE | {"agencies": ["police"], "finest": "point"}]),
    ),
}
"""Ways in which police records are hidden from a member acting for education."""

QUESTIONS = (
    *({"kind": "counts", "level": level} for level in ("district", "ward", "lsoa", "street", "cell:7", "cell:10")),
    {"kind": "counts", "level": "ward", "within": "D1"},
    {"kind": "counts", "level": "cell:9", "within": "89194e636c3ffff"},
    {"kind": "counts", "level": "street", "within": "S03"},
    {"kind": "counts", "level": "ward", "known": "2024-07-03"},
    {"kind": "series"},
    {"kind": "series", "agency": "police"},
    *({"kind": "hotspots", "level": level} for level in ("street", "cell:8", "cell:9")),
    {"kind": "hotspots", "level": "cell:9", "variant": "fixed"},
    {"kind": "hotspots", "level": "cell:9", "within": "Wexby"},
    *({"kind": "hotspots", "level": level, "background": "children"} for level in ("cell:9", "ward")),
    {"kind": "hotspots", "level": "cell:9", "theme": "missing", "q": "0.5"},
    {"kind": "hotspots", "level": "street", "hours": "8-20", "q": "0.5"},
    {"kind": "hotspots", "level": "ward", "test": "moran"},
    {"kind": "hotspots", "level": "ward", "background": "records", "theme": "missing", "q": "0.5", "stability": "yes"},
    {"kind": "rates"},
    {"kind": "rates", "level": "district", "theme": "missing"},
    {"kind": "picture", "level": "street"},
    {"kind": "picture", "level": "cell:9"},
    {"kind": "picture", "level": "ward", "grouping": ["units", "month", "week", "district"]},
    {"kind": "picture", "level": "ward", "agency": "open_data", "theme": "missing", "hours": "8-20"},
    {"kind": "picture", "level": "cell:9", "category": "police_uk_street_a", "weekdays": "mon-thu", "names": "yes"},
    {"kind": "picture", "level": "street", "within": ["W01", "D1", "Wexby"], "agency": ["open_data", "social_care"]},
    {"kind": "picture", "level": "ward", "quality": ["B", "E"], "detection": "reported"},
    {"kind": "picture", "level": "ward", "grouping": "grade", "within": ["W01", "D1"]},
    {"kind": "hotspots", "level": "cell:9", "quality": ["A", "B", "C"], "q": "0.5"},
    *({"kind": "picture", "level": level, "measure": "people"} for level in ("district", "ward", "cell:9")),
    {"kind": "counts", "level": "ward", "within": ["W02", "S03", "89194e636c3ffff"]},
    {"kind": "events"},
    {"kind": "events", "level": "ward"},
    {"kind": "counts", "level": "ward", "counted": "events"},
    {"kind": "series", "counted": "events"},
    {"kind": "hotspots", "level": "cell:9", "counted": "events"},
    {"kind": "picture", "level": "ward", "counted": "events", "theme": "missing"},
    {"kind": "coverage"},
    {"kind": "sites"},
    {"kind": "sites", "within": ["W01", "W02"]},
    {"kind": "sites", "around": "W01", "radius": "3000"},
    {"kind": "notices"},
    {"kind": "routes"},
    *({"kind": "work", "level": level} for level in ("district", "ward", "street", "cell:10")),
    {"kind": "work", "level": "ward", "within": "D1", "class": "session", "from": "2024-03-01"},
    {"kind": "sites", "class": ["library", "school"]},
    {"kind": "places", "text": "on or near"},
    {"kind": "places", "text": "street"},
    {"kind": "shapes", "level": "ward"},
    {"kind": "choices"},
    {"kind": "unplaced"},
    {"kind": "questions", "level": "cell:9", "from": "2024-04-01"},
    {"kind": "questions", "level": "street", "on": "2024-06-01"},
    {"kind": "totals"},
    {"kind": "totals", "level": "district", "theme": "missing"},
    {"kind": "worth", "level": "cell:9", "q": "0.5"},
    {"kind": "worth", "level": "cell:8", "theme": "missing", "q": "0.5"},
    {"kind": "worth", "level": "street", "background": "even"},
    {"kind": "facilities", "level": "cell:9"},
    {"kind": "facilities", "level": "cell:8", "theme": "missing"},
    {"kind": "joint", "level": "cell:9"},
    {"kind": "joint", "level": "street", "theme": "missing", "q": "0.5"},
    {"kind": "joint", "level": "ward", "background": "children", "q": "0.5", "within": "D1"},
    {"kind": "totals", "within": ["W02", "D1"], "from": "2024-02-01", "to": "2024-06-01"},
    {"kind": "density", "from": "2024-02-01"},
    {"kind": "density", "within": "W02", "radius": "300", "counted": "events"},
    *({"kind": "repeats", "level": level, "replicates": "19"} for level in ("street", "cell")),
    {"kind": "repeats", "within": "W02", "bands": "0-300-900", "days": "0-30-90", "replicates": "19"},
    *({"kind": "concentration", "level": level} for level in ("street", "cell:9", "ward")),
    {"kind": "concentration", "level": "street", "within": "D0"},
    {"kind": "accuracy", "level": "cell:9", "to": "2024-09-01", "months": "2", "q": "0.3"},
    {"kind": "accuracy", "level": "street", "to": "2024-07-01", "step": "quarter", "months": "1"},
    {"kind": "scan", "level": "cell:9", "step": "month", "replicates": "19"},
    {"kind": "scan", "level": "street", "mode": "prospective", "ties": "one", "replicates": "19", "radius": "900"},
    {"kind": "scan", "level": "ward", "within": "W02", "months": "2", "replicates": "19"},
    {"kind": "evaluation", "level": "cell:9", "around": "89194e636c3ffff", "start": "2024-04-01", "months": "2"},
    {"kind": "evaluation", "level": "street", "around": "S03", "start": "2024-08-01"},
    {"kind": "evaluation", "level": "ward", "within": ["W02", "W05"], "start": "2024-03-15", "months": "1"},
    *({"kind": "emerging", "level": level, "step": "week"} for level in ("street", "cell:9", "ward")),
    {"kind": "emerging", "level": "cell:8", "step": "week", "esri": "2", "window": "step", "theme": "missing"},
    {"kind": "emerging", "level": "cell:9", "step": "week", "window": "neighbourhood", "within": "W02", "q": "0.5"},
    {"kind": "silence"},
    *({"kind": "silence", "level": level, "q": "0.5"} for level in ("street", "cell:9", "ward")),
    {"kind": "shifts"},
    {"kind": "shifts", "start": "2024-05-01", "months": "3", "theme": "missing"},
    {"kind": "shifts", "within": "D1"},
    *({"kind": "change", "level": level, "from": "2024-04-01", "to": "2024-07-01", "q": "0.5"}
      for level in ("district", "ward", "street", "cell:9")),
    {"kind": "change", "with": "2024-01-01..2024-03-01", "from": "2024-05-01", "to": "2024-07-01", "counted": "events"},
    {"kind": "change", "level": "cell:8", "within": "W02", "theme": "asb", "known": "2024-07-03"},
    {"kind": "times"},
    {"kind": "times", "within": "W02", "clock": "15:15-17:00", "weekdays": "mon-fri"},
    {"kind": "times", "around": "W02", "radius": "900", "clock": "22:00-02:00"},
    {"kind": "around", "level": "ward", "radius": "1500"},
    {"kind": "around", "around": "89194e636c3ffff", "radius": "1500"},
    {"kind": "flows", "level": "ward"},
    {"kind": "flows", "flow": "home"},
    {"kind": "own_records"},
    {"kind": "own_records", "within": "W02"},
)  # fmt: skip


FEWER = settings(max_examples=max(settings.default.max_examples // 4, 1))
"""An example here is dozens of questions."""


NO_CONCERNS = frozenset({("police_crime", "police_crime_a"), ("care_missing", "care_missing_b")})
"""Categories that are no concerns here, of a feed that is hidden and of one that is not."""


WORK = (
    WorkClass(
        "session", "Youth session", "Youth sessions",
        frozenset({("police_crime", "police_crime_a"), ("care_missing", "care_missing_b")}),
    ),
    WorkClass("patrol", "Patrol", "Patrols", frozenset({("police_crime", "police_crime_b")})),
    WorkClass("awareness", "Awareness visit", "Awareness visits", frozenset()),
)  # fmt: skip
"""Work of our own that is told by a feed that is hidden and by one that is not, by a hidden one alone, and by none."""


def desk_of(world: World) -> Desk:
    return Desk(world.version(), world.agreements, lambda *_: None, exposure=NO_CONCERNS, work=WORK)


def everything_received(desk: Desk, words, viewer=MEMBER) -> list[str]:
    """All texts that the viewer can be shown in answer to a question, refusals included, as they are shown."""
    told = dict(words)
    kind = told.pop("kind")
    geometry = {"geometry": "yes"} if kind in ("counts", "hotspots", "picture", "shapes") else {}
    received = []
    try:
        found = answer(viewer, question_from_words(kind, told | geometry), AT, desk)
    except (ReadDenied, QuestionError) as refusal:
        return [type(refusal).__name__, str(refusal), getattr(refusal, "clause", "")]
    for format in FORMATS:
        try:
            received.append(show(found, format))
        except QuestionError as refusal:
            received.append(str(refusal))
    return received


def worlds_with_hidden(hidden_feeds):
    return st.builds(
        lambda seed, count, agreements, anchors: World(
            random_records(seed, count), (agreement("open_data"), agreement("social_care"), *agreements), anchors,
            wordings=tuple(Worded(feed, seed % 7, 3, 1.0) for feed in RECORD_FEEDS), totals=random_totals(seed, 12),
        ),
        st.integers(0, 10_000), st.integers(1, 50), hidden_feeds, st.booleans(),
    )  # fmt: skip


def assert_told_apart_nowhere(world: World, other: World, questions=QUESTIONS) -> None:
    one, another = desk_of(world), desk_of(other)
    for words in questions:
        assert everything_received(one, words) == everything_received(another, words), words
