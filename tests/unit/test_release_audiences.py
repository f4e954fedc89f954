"""The presets of releases: what each may say, and that none can be finer than a release may be."""

import copy
from importlib.resources import files

import pytest
import yaml

from trigpoint.core.sharing.agreement import AgreementError, agreement_from
from trigpoint.gate.audiences import AudienceFault, audiences_of, read_audiences

SHIPPED = yaml.safe_load(files("trigpoint").joinpath("definitions", "audiences.yaml").read_text("utf-8"))
THEMES = {
    one["code"]
    for one in yaml.safe_load(files("trigpoint").joinpath("definitions", "themes.yaml").read_text("utf-8"))
}
FOUR = ("team_meetings", "development_sessions", "behaviour_and_attendance", "district_tasking")


@pytest.mark.parametrize("code", FOUR)
def test_each_preset_reads_and_differs_from_the_others(code):
    presets = audiences_of()
    assert tuple(presets) == FOUR
    one, others = presets[code], [presets[other] for other in FOUR if other != code]
    assert {theme for layer in one.layers for theme in layer.themes} <= THEMES
    assert all(
        (one.areas, one.months, one.layers) != (other.areas, other.months, other.layers) for other in others
    )
    assert all(one.heading != other.heading and one.purpose != other.purpose for other in others)


@pytest.mark.parametrize(
    ("part", "value", "match"),
    [
        ("areas", ["district", "street"], "nothing finer"),
        ("areas", ["ward"], "nothing finer"),
        ("areas", ["ward", "district"], "nothing finer"),
        ("areas", ["district", "named_area"], "beside wards"),
        ("expires_months", 0, "ends after"),
        ("expires_months", 13, "ends after"),
        ("layers", [], "has layers"),
        (
            "layers",
            [{"code": "x", "name": "X", "themes": ["missing"], "counts": "records"}],
            "people or events",
        ),
        ("layers", [{"code": "x", "name": "X", "themes": [], "counts": "people"}], "has themes"),
        ("layers", [{"code": "x", "name": "X", "themes": ["missing"]}], "says exactly"),
        ("sites", ["childrens_home"], "says exactly"),
    ],
)
@pytest.mark.parametrize("code", FOUR)
def test_a_preset_that_says_more_or_less_is_refused(code, part, value, match):
    text = copy.deepcopy({code: SHIPPED[code]})
    text[code][part] = value
    with pytest.raises(AudienceFault, match=match):
        read_audiences(text)


def test_a_home_has_its_own(tmp_path):
    own = copy.deepcopy(SHIPPED["team_meetings"]) | {"title": "Our teams"}
    (tmp_path / "audiences.yaml").write_text(yaml.safe_dump({"team_meetings": own}), encoding="utf-8")
    assert audiences_of(tmp_path)["team_meetings"].title == "Our teams"
    assert len(audiences_of(tmp_path)) == len(FOUR)


def agreed(**releases):
    return agreement_from({
        "code": "police", "version": 1, "title": "Police", "agency": "police", "feeds": "all", "purposes": "all",
        "audiences": [], "clauses": {"6.1": "releases"}, **({"releases": releases} if releases else {}),
    })  # fmt: skip


def test_an_agreement_that_says_nothing_of_releases_lets_nothing_leave():
    assert agreed().releases is None


def test_what_an_agreement_lets_leave():
    found = agreed(
        audiences=["team_meetings"], recipients=["education"], finest="ward", clause="6.1"
    ).releases
    assert found.allows("team_meetings", "ward")
    assert found.allows("team_meetings", "district")
    assert not found.allows("team_meetings", "named_area")
    assert not found.allows("district_tasking", "ward")
    assert found.reaches("education")
    assert not found.reaches("police")


@pytest.mark.parametrize(
    "releases",
    [
        {"audiences": "all", "recipients": "all", "finest": "street", "clause": "6.1"},
        {"audiences": "all", "recipients": "all", "finest": "ward", "clause": "7"},
        {"audiences": "all", "recipients": "all", "finest": "ward"},
        {"audiences": "all", "recipients": "all", "finest": "ward", "clause": "6.1", "points": True},
    ],
)
def test_a_part_that_cannot_be_obeyed_is_refused(releases):
    with pytest.raises(AgreementError):
        agreed(**releases)
