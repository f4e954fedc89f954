"""Hidden records change no byte of any file: the workbook, the GeoPackage and the rest are as the screen is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import World, agreement, random_records
from tests.property.hiding import (
    AGREEMENTS,
    CAWN,
    CLOSURES,
    MEMBER,
    NRM,
    POLICE,
    desk_of,
    worlds_with_hidden,
)
from trigpoint.gate.ask import QuestionError, ReadDenied, answer
from trigpoint.gate.export import FORMS, file_of
from trigpoint.gate.export_words import Made
from trigpoint.gate.questions import question_from_words

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
MADE = Made(MEMBER, AT, "Marlshire", "OFFICIAL-SENSITIVE")
QUESTIONS = (
    {"kind": "counts", "level": "ward", "geometry": "yes"},
    {"kind": "counts", "level": "cell:9"},
    {"kind": "hotspots", "level": "street", "geometry": "yes"},
    {"kind": "sites"},
    {"kind": "notices"},
)


def files(desk, words, folder):
    told = dict(words)
    try:
        found = answer(MEMBER, question_from_words(told.pop("kind"), told), AT, desk)
    except (ReadDenied, QuestionError) as refusal:
        return [str(refusal)]
    made = [file_of(found, form, MADE, folder) for form in FORMS]
    return [(one.name, one.content) for one in made]


@settings(max_examples=max(settings.default.max_examples // 10, 1))
@given(world=worlds_with_hidden(st.sampled_from(list(AGREEMENTS.values()))))
def test_hidden_records_change_no_byte_of_a_file(world, tmp_path):
    one, another = desk_of(world), desk_of(world.without(POLICE, CAWN, CLOSURES, NRM))
    for words in QUESTIONS:
        assert files(one, words, tmp_path) == files(another, words, tmp_path), words


@pytest.mark.parametrize("form", list(FORMS))
def test_a_file_is_made_twice_alike_and_leaves_nothing_behind(form, tmp_path):
    world = World(random_records(1, 20), (agreement("open_data"),), False)
    found = answer(MEMBER, question_from_words("shapes", {"level": "ward"}), AT, desk_of(world))
    assert file_of(found, form, MADE, tmp_path) == file_of(found, form, MADE, tmp_path)
    assert list(tmp_path.iterdir()) == []
