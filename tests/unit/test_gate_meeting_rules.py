"""The rules behind the meeting's questions: definitions that can be switched off, and questions that can be traced."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.factories.world import World, agreement, random_records
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, QuestionError, answer
from trigpoint.gate.meeting_asks import Asking, districts_told
from trigpoint.gate.meeting_rules import RulesFault, meeting_rules, package_rules
from trigpoint.gate.questions import Question, question_from_query
from trigpoint.gate.show import rows

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
MEMBER = Viewer("someone", "education", "member")


def asked(told=None, **words):
    agreements = (agreement("open_data"), agreement("social_care"), agreement("police"))
    world = World(random_records(3, 160), agreements)
    desk = Desk(world.version(), agreements, lambda *_: None, rules=told or package_rules())
    return answer(MEMBER, Question("questions", **words), AT, desk)


def test_each_rule_of_the_package_has_what_it_needs_and_its_own_name():
    rules = package_rules()
    assert len({one.code for one in rules}) == len(rules)
    assert all(one.weight > 0 and one.text.endswith("?") and one.title for one in rules)


def test_a_home_may_switch_a_rule_off_and_add_to_it(tmp_path):
    (tmp_path / "questions.yaml").write_text("- {rule: silent_feed, enabled: false}\n", encoding="utf-8")
    changed = {one.code: one for one in meeting_rules(tmp_path)}
    assert not changed["silent_feed"].on
    assert changed["silent_feed"].text == {one.code: one for one in package_rules()}["silent_feed"].text
    assert set(changed) == {one.code for one in package_rules()}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rule: alone", "a list of rules"),
        ("- {rule: silent_feed, colour: red}", "colour"),
        ("- {rule: another, weight: 1, enabled: true}", "owner, text, title"),
        ("- {rule: silent_feed, weight: 0}", "above nought"),
        ("- {rule: silent_feed, enabled: maybe}", "true or false"),
    ],
)
def test_a_definition_that_cannot_be_read_says_what_is_wrong(tmp_path, text, says):
    (tmp_path / "questions.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesFault, match=says):
        meeting_rules(tmp_path)


def test_a_question_is_of_the_district_whose_name_code_or_ward_it_tells():
    version = World(random_records(3, 160), ()).version()
    districts, wards = version.areas("district"), version.areas("ward")
    asking = Asking({one.code: one for one in package_rules()}, {}, districts_told(version))
    for told, code in (
        (districts.names[0], districts.codes[0]),
        (districts.codes[0], districts.codes[0]),
        (wards.codes[0], districts.codes[wards.parent[0]]),
        ("", ""),
    ):
        raised = asking.raised("one_source", "one source", 1.0, n=1, of=told)
        assert raised.district == code
    assert all("district" in one for one in rows(asked(level="cell").columns))


def test_a_rule_that_is_off_asks_nothing_and_the_answer_says_so():
    first = asked(level="cell")
    assert len(first)
    quiet = tuple(replace(one, on=False) for one in package_rules())
    answered = asked(quiet, level="cell")
    assert len(answered) == 0
    assert not any(answered.parts["rules"]["on"])


def test_only_the_rules_named_ask():
    every = list(rows(asked(level="cell").columns))
    one = every[0]["rule"]
    assert {row["rule"] for row in rows(asked(level="cell", rules=(one,)).columns)} == {one}
    with pytest.raises(QuestionError, match="no rule 'gossip'"):
        asked(rules=("gossip",))


def test_every_question_can_be_traced_to_another_question():
    for row in rows(asked(level="cell").columns):
        traced = question_from_query(row["kind"], row["words"])
        assert traced.kind == row["kind"]
        assert row["question"].endswith("?")
        assert "{" not in row["question"]
