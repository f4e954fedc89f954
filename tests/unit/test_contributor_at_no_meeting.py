"""A contributor answers for its agency's own rows and is led to no page of the meeting (docs/decisions/0027)."""

from trigpoint.web.context import ONLY_FOR
from trigpoint.web.meeting_tabs import tabs


def test_a_contributor_is_led_to_its_own_rows_and_to_no_page_of_the_meeting():
    offered = [name for _, name in tabs("", "contributor")["meeting_tabs"]]
    assert offered == ["sense_check", "added", "year"]
    assert "contributor" not in ONLY_FOR["meetings"]
    assert "contributor" in ONLY_FOR["sense_check"]
    assert "contributor" in ONLY_FOR["deliveries"]


def test_whoever_sits_at_the_meeting_finds_sense_check_among_its_pages_alone():
    for role in ("analyst", "member", "chair"):
        assert role not in ONLY_FOR["sense_check"]
        assert "sense_check" in [name for _, name in tabs("", role)["meeting_tabs"]]
