"""The table of duties is read from duties.txt: change who may change what there first."""

from pathlib import Path

import pytest

from trigpoint.core.sharing.duties import (
    DUTIES,
    ChangeDenied,
    require_contribution_of,
    require_duty,
    require_own_feed,
)
from trigpoint.core.sharing.viewer import ROLES

LINES = (Path(__file__).parent / "duties.txt").read_text("utf-8").splitlines()
HEADER, *TABLE = [
    [cell.strip() for cell in line.split("|")] for line in LINES if line.strip() and line[0] != "#"
]
CELLS = [
    (duty, role, told == "yes") for duty, *row in TABLE for role, told in zip(HEADER[1:], row, strict=True)
]


def test_the_table_has_every_duty_and_every_role():
    assert tuple(HEADER[1:]) == ROLES
    assert [row[0] for row in TABLE] == list(DUTIES)
    assert {cell for _, *row in TABLE for cell in row} == {"yes", "-"}


@pytest.mark.parametrize(("duty", "role", "may"), CELLS)
def test_the_table_is_what_is_required(duty, role, may):
    if may:
        require_duty(duty, role=role, user="someone")
        return
    with pytest.raises(ChangeDenied, match=r"\. The account someone is "):
        require_duty(duty, role=role, user="someone")


@pytest.mark.parametrize("duty", DUTIES)
def test_nobody_without_a_role_changes_anything(duty):
    with pytest.raises(ChangeDenied, match=r"\. The account someone has no role"):
        require_duty(duty, role="", user="someone")


def test_a_refusal_names_who_may():
    with pytest.raises(ChangeDenied) as refused:
        require_duty("manage_accounts", role="chair", user="someone")
    assert (
        str(refused.value)
        == "Managing accounts is for analysts and information governance. The account someone is a chair's."
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("agency", ["police", "education", ""])
def test_a_contributor_writes_the_rows_of_one_agency_and_no_other(role, agency):
    if role != "contributor" or agency == "police":
        require_own_feed(role=role, user="someone", agency=agency, owner="police")
        return
    with pytest.raises(
        ChangeDenied, match=f"contributes for {agency or 'no agency'}; this feed belongs to police"
    ):
        require_own_feed(role=role, user="someone", agency=agency, owner="police")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("own", ["police", "education", ""])
def test_what_an_agency_added_is_for_its_own_people_and_those_who_look_after_every_feed(role, own):
    if role in ("analyst", "governance") or (own == "police" and role in ("member", "chair", "contributor")):
        require_contribution_of("police", role=role, user="someone", own=own)
        return
    with pytest.raises(ChangeDenied, match=f"someone acts for {own or 'no agency'}"):
        require_contribution_of("police", role=role, user="someone", own=own)


def test_somebody_who_acts_for_no_agency_has_no_contribution_of_their_own():
    with pytest.raises(ChangeDenied, match="an agency added"):
        require_contribution_of("", role="member", user="someone", own="")
