"""A release through its pages, and what somebody who has its files could work out."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.small_county import DISTRICTS, WARDS
from trigpoint.changes.accounts import open_account
from trigpoint.changes.clearances import clear_records, list_clearances
from trigpoint.changes.release_building import build_release
from trigpoint.changes.release_papers import paper_of
from trigpoint.changes.release_proof import ReleaseRefused
from trigpoint.changes.release_reading import list_releases
from trigpoint.changes.releases import issue_release, propose_release
from trigpoint.core.disclosure.cells import CellKey, Counted, Layer, Within, relations_of
from trigpoint.core.disclosure.protect import still_narrowed
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.core.workflow.release import ReleaseMoveRefused
from trigpoint.db.models import AuditEvent, Release, User
from trigpoint.gate.release_paper import document_told
from trigpoint.gate.release_rules import shipped_release_rules

FIRST = "2026-01-01"
PEOPLE = (
    ("chair", "chair", "social_care"),
    ("officer", "member", "police"),
    ("sergeant", "member", "police"),
    ("teacher", "frontline", "education"),
    ("nurse", "frontline", "health"),
)
TRUTH = {"E05990001": 27, "E05990002": 6, "E05990003": 3, "E05990004": 0}
"""Violence in the quarter, as the small county's files have it: Quay tells of Market, if the district is told too."""


@pytest.fixture
def partnership(county, at):
    for user, role, agency in PEOPLE:
        open_account(user=user, role=role, agency=agency, password=None, by="analyst", at=at)
    return county


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def built(**more) -> int:
    answer = signed_in("analyst").post(
        "/releases/new/",
        {
            "audience": "behaviour_and_attendance",
            "first": FIRST,
            "quarters": "1",
            "recipient": ["education"],
            **more,
        },
    )
    assert answer.status_code == 302, answer.content
    return int(answer["Location"].strip("/").rpartition("/")[2])


def pressed(name: str, number: int, what: str, **more):
    return signed_in(name).post(f"/releases/{number}/move/", {"what": what, **more}, follow=True)


def issued() -> int:
    number = built()
    for name, what in (
        ("analyst", "propose"),
        ("officer", "approve"),
        ("chair", "approve"),
        ("analyst", "issue"),
    ):
        pressed(name, number, what)
    assert Release.objects.get(pk=number).state == "issued"
    return number


class Tables(HTMLParser):
    """The tables of a page: caption, then rows of cells' words."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[list[str]]]] = []
        self._in = ""

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append(("", []))
        if tag == "tr":
            self.tables[-1][1].append([])
        if tag in ("td", "th"):
            self.tables[-1][1][-1].append("")
        if tag in ("td", "th", "caption"):
            self._in = tag

    def handle_endtag(self, tag):
        if tag == self._in:
            self._in = ""

    def handle_data(self, data):
        if self._in == "caption":
            self.tables[-1] = (self.tables[-1][0] + data, self.tables[-1][1])
        elif self._in:
            self.tables[-1][1][-1][-1] += data


def numbers_of(tables) -> dict[tuple[str, str], int | None]:
    """Of the violence layer, each area's told number by kind and name, read back from the written file."""
    found: dict[tuple[str, str], int | None] = {}
    for caption, rows in tables:
        if caption.startswith("Violence"):
            kind = "ward" if ", by ward" in caption else "district"
            found |= {(kind, area): None if told == "withheld" else int(told) for area, told in rows[1:]}
    return found


def attacked(told: dict[tuple[str, str], int | None]):
    """Everything the written file tells, handed to the attacker, with the truth only to say which cells to guard."""
    layer = Layer(("violence",), (), "events")
    names = {("ward", f"{name}, {dict(DISTRICTS)[of]}"): (code, TRUTH[code]) for code, name, of in WARDS}
    for code, name in DISTRICTS:
        names["district", name] = (code, sum(TRUTH[ward] for ward, _, of in WARDS if of == code))
    cells = [
        Counted(
            CellKey(layer, Release.objects.first().first_on, "quarter", key[0], names[key][0]), names[key][1]
        )
        for key in told
    ]
    within = Within({code: of for code, _, of in WARDS}, {})
    relations = relations_of([one.key for one in cells], within)
    return still_narrowed(cells, list(told.values()), relations, shipped_release_rules())


def test_nothing_withheld_can_be_had_from_the_files_as_written(partnership):
    number = issued()
    page = signed_in("teacher").get(f"/shared/{number}/page/").content.decode()
    reader = Tables()
    reader.feed(page)
    told = numbers_of(reader.tables)
    assert len(told) == len(WARDS) + len(DISTRICTS)
    assert told["ward", "Quay, Westmark"] is None or told["district", "Westmark"] is None
    assert any(one is not None for one in told.values())
    assert attacked(told) == ()
    alone = told | {("ward", "Quay, Westmark"): 25, ("district", "Westmark"): 35}
    assert attacked(alone) != (), "rounding alone would have given Market away"


def test_the_pdf_tells_the_same_and_no_more(partnership):
    number = issued()
    row = Release.objects.get(pk=number)
    told, pictures = document_told(paper_of(row))
    reader = Tables()
    reader.feed(bytes(row.page).decode())
    assert [(one["caption"], [one["head"], *one["rows"]]) for one in told["tables"]] == reader.tables
    document = bytes(row.document)
    assert document.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    whole = (str(told) + "".join(one.decode() for one in pictures.values())).lower()
    assert "small" not in whole.replace("small ones", "")
    assert "secondary" not in whole


def test_the_page_needs_nothing_and_holds_no_place_finer_than_its_areas(partnership):
    number = issued()
    answer = signed_in("teacher").get(f"/shared/{number}/html/")
    page = answer.content.decode()
    assert "sha256-" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    for never in (
        "<script",
        "javascript:",
        " src=",
        "<link",
        "High Street",
        "police_uk",
        "E0599",
        "SMALL",
        "secondary",
    ):
        assert never not in page, never
    assert set(re.findall(r'https?://[^"<\s]+', page)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b5[89]\d{4}\b|\b21\d{4}\b", page), "no grid reference"
    assert page.count(Release.objects.get(pk=number).marking) == 3
    signed_in("teacher").get(f"/shared/{number}/pdf/")
    assert AuditEvent.objects.filter(event="release.opened", user="teacher").count() == 2


def test_two_agencies_approve_and_the_author_cannot(partnership):
    number = built()
    assert b"Propose it" in signed_in("analyst").get(f"/releases/{number}/").content
    assert "cannot become issued" in pressed("analyst", number, "issue").content.decode()
    pressed("analyst", number, "propose")
    assert (
        "Whoever made a release cannot approve it" in pressed("analyst", number, "approve").content.decode()
    )
    pressed("officer", number, "approve")
    assert Release.objects.get(pk=number).state == "proposed"
    assert "another&#x27;s" in pressed("sergeant", number, "approve").content.decode()
    pressed("chair", number, "approve")
    assert Release.objects.get(pk=number).state == "approved"
    assert AuditEvent.objects.filter(event="release.approved", subject=f"release {number}").count() == 2


def test_one_refusal_ends_it_and_its_reason_is_kept(partnership):
    number = built()
    pressed("analyst", number, "propose")
    assert "the reason is empty" in pressed("chair", number, "refuse").content.decode().lower()
    page = pressed("chair", number, "refuse", reason="The autumn is missing.").content.decode()
    assert "The autumn is missing." in page
    assert Release.objects.get(pk=number).state == "refused"
    assert Release.objects.get(pk=number).cells.exists(), "kept for the proofs to come"


def test_a_release_is_open_to_its_recipients_until_its_last_day(partnership, at):
    number = issued()
    assert f"/shared/{number}/html/" in signed_in("teacher").get("/shared/").content.decode()
    assert "Nothing is released to your agency" in signed_in("nurse").get("/shared/").content.decode()
    assert signed_in("nurse").get(f"/shared/{number}/html/").status_code == 404
    assert signed_in("teacher").get(f"/releases/{number}/").status_code == 404
    Release.objects.filter(pk=number).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert signed_in("teacher").get(f"/shared/{number}/html/").status_code == 404
    Release.objects.filter(pk=number).update(expires_on=timezone.localdate())
    assert signed_in("teacher").get(f"/shared/{number}/html/").status_code == 200
    pressed("analyst", number, "withdraw", reason="A feed was wrong.")
    assert signed_in("teacher").get(f"/shared/{number}/html/").status_code == 404
    assert list_releases(by="teacher") == ()


def test_the_front_line_sees_released_cells_and_nothing_else(partnership):
    issued()
    teacher = signed_in("teacher")
    assert teacher.get("/releases/").status_code == 403
    assert teacher.post("/releases/new/", {}).status_code == 403
    page = teacher.get("/planning/?area=ward|E05990001").content.decode()
    assert "What is known of Quay" in page
    assert not re.search(r"\b27\b|\b30\b", page), "the exact counts"
    assert "Education: the school&#x27;s designated safeguarding lead" in page
    unknown = teacher.get("/planning/?area=ward|E05999999").content.decode()
    assert "What is known of" not in unknown
    assert "<input" not in re.sub(r'<input type="hidden"[^>]*>', "", page), "nothing can be typed"
    assert "<textarea" not in page


def test_who_cannot_be_a_recipient_is_said(partnership):
    answer = signed_in("analyst").post(
        "/releases/new/",
        {"audience": "team_meetings", "first": FIRST, "quarters": "1", "recipient": ["the_press"]},
    )
    assert answer.status_code == 400
    assert "There is no agency &#x27;the_press&#x27;" in answer.content.decode()
    assert not Release.objects.exists()


def test_the_same_release_again_tells_the_same_cells(partnership, at):
    first, second = issued(), issued()
    cells = [
        list(Release.objects.get(pk=one).cells.values_list("area", "first_on", "theme", "told"))
        for one in (first, second)
    ]
    assert cells[0] == cells[1]


def test_a_release_that_gives_another_away_is_not_issued(partnership, at):
    """A second one was made before the first was issued: beside it, its cells would tell too much."""
    number = built()
    other = built()
    for one in (number, other):
        for name, what in (("analyst", "propose"), ("officer", "approve"), ("chair", "approve")):
            pressed(name, one, what)
    issue_release(number=number, by="analyst", at=at)
    hidden = Release.objects.get(pk=other).cells.filter(withheld="secondary").first()
    assert hidden is not None
    hidden.told, hidden.withheld = 25 if hidden.area_kind == "ward" else 35, ""
    hidden.save()
    page = pressed("analyst", other, "issue").content.decode()
    assert "tell too much beside it" in page
    assert Release.objects.get(pk=other).state == "approved"


def test_only_the_originator_clears_records(partnership, at):
    with pytest.raises(ChangeDenied, match="only somebody who speaks for open_data"):
        clear_records(feed="police_uk_street", audience="team_meetings", by="officer", at=at)
    with pytest.raises(ChangeDenied):
        clear_records(feed="police_uk_street", audience="team_meetings", by="analyst", at=at)
    assert list_clearances(by="analyst") == ()


def test_who_may_not_make_or_propose(partnership, at):
    with pytest.raises(ChangeDenied):
        build_release(
            audience="team_meetings", first_on=timezone.localdate(), quarters=1, districts=(), recipients=("education",),
            by="officer", at=at,
        )  # fmt: skip
    number = built()
    with pytest.raises(ChangeDenied):
        propose_release(number=number, by="chair", at=at)
    with pytest.raises(ReleaseMoveRefused):
        issue_release(number=number, by="analyst", at=at)
    assert list_releases(by="analyst")[0].state == "draft"


def test_a_quarter_that_is_not_over_is_not_released(partnership, at):
    with pytest.raises(ReleaseRefused, match="not over before 1 January 2027"):
        build_release(
            audience="team_meetings", first_on=date(2026, 10, 1), quarters=1, districts=(),
            recipients=("education",), by="analyst", at=at,
        )  # fmt: skip
