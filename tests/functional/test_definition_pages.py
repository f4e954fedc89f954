"""A definition finished beside what it makes of a sample: nothing is loaded by it, and nothing of the sample stays."""

import io

import pytest
from django.test import Client

from tests.factories.browser_files import SENTINEL, asb_file, asb_row
from trigpoint.db.models import AuditEvent, Delivery, Upload, User
from trigpoint.ingest.definitions import load_definitions

NAME = "community_safety_new"
SAMPLE = asb_file([asb_row(n) for n in range(30)])


def sent(content=SAMPLE, name=NAME, agency="community_safety"):
    file = io.BytesIO(content)
    file.name = "sample.csv"
    return {"name": name, "agency": agency, "file": file}


@pytest.fixture
def analyst(as_person):
    return as_person("analyst")


@pytest.fixture
def drafted(analyst):
    answer = analyst.post("/definitions/new/", sent())
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def text_of(client, url):
    return client.get(url).context["text"]


def test_a_sample_becomes_a_draft_that_is_tried_saved_and_gone(people, analyst, drafted):
    page = analyst.get(drafted).content.decode()
    assert "30" in page.split("rows in")[0][-30:]
    assert SENTINEL not in page
    text = text_of(analyst, drafted)
    assert "complainant" not in text.replace("# ", "").split("title:")[1]
    answer = analyst.post(drafted, {"act": "save", "name": NAME, "text": text}, follow=True)
    assert f"{NAME} is saved." in answer.content.decode()
    assert NAME in load_definitions(people)
    assert f'value="{NAME}"' in analyst.get("/deliveries/new/").content.decode()
    assert not list(people.spool.iterdir())
    kept = Upload.objects.get()
    assert (kept.stage, "sample" in kept.preview) == ("done", False)
    assert analyst.get(drafted).status_code == 404
    events = AuditEvent.objects.filter(event__startswith="definition.").values_list("event", "subject")
    assert list(events) == [("definition.drafted", NAME), ("definition.saved", NAME)]
    assert Delivery.objects.count() == 0


def test_an_edit_is_tried_at_once_and_stores_nothing(people, analyst, drafted):
    text = text_of(analyst, drafted)
    trial = analyst.post(f"{drafted}trial/", {"text": text.replace("%d/%m/%Y %H:%M", "%Y")}).content.decode()
    assert "<html" not in trial
    assert "not a date" in trial
    assert "30 quarantined" in trial
    assert NAME not in load_definitions(people)
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda text: text + "\nnonsense: [", "not valid YAML"),
        (lambda text: text.replace("kind: records", "kind: something"), "kind"),
        (lambda text: text.replace("agency:", "agenci:"), "agenc"),
        (lambda text: "", "must be a list"),
        (lambda text: "x" * 100_001, "too long"),
    ],
)
def test_what_is_wrong_with_a_definition_is_said_and_it_is_not_saved(people, analyst, drafted, edit, said):
    text = edit(text_of(analyst, drafted))
    assert said in analyst.post(f"{drafted}trial/", {"text": text}).content.decode()
    answer = analyst.post(drafted, {"act": "save", "name": NAME, "text": text})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert NAME not in load_definitions(people)


@pytest.mark.parametrize("name", ["community_safety_asb", "Has Capitals", "../../x", "a", "x" * 61])
def test_a_name_that_is_taken_or_no_name_is_refused(people, analyst, name):
    answer = analyst.post("/definitions/new/", sent(name=name))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not list(people.spool.iterdir())


def test_a_file_that_is_no_table_is_refused_with_a_sentence(people, analyst):
    answer = analyst.post("/definitions/new/", sent(content=b"\x89PNG\r\n\x1a\n" + b"\x00" * 99))
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()
    assert not list(people.spool.iterdir())


def test_giving_up_removes_the_sample(people, analyst, drafted):
    assert analyst.post(drafted, {"act": "give up"})["Location"] == "/definitions/"
    assert not list(people.spool.iterdir())
    assert Upload.objects.get().stage == "cancelled"


@pytest.mark.parametrize("name", ["asb", "chair", "frontline", "governance"])
def test_only_analysts_define(as_person, analyst, drafted, name):
    person = as_person(name)
    for url in ("/definitions/", "/definitions/new/", drafted):
        assert person.get(url).status_code == 403, url
    assert person.post("/definitions/new/", sent(name="other_name")).status_code == 403
    assert person.post(f"{drafted}trial/", {"text": "x"}).status_code == 403
    assert 'href="/definitions/"' not in person.get("/deliveries/").content.decode()


def test_a_sample_is_no_upload_that_could_be_accepted(analyst, drafted):
    sample = Upload.objects.get()
    assert analyst.get(f"/deliveries/uploads/{sample.pk}/").status_code == 404
    answer = analyst.post(f"/deliveries/uploads/{sample.pk}/decide/", {"decision": "accept"})
    assert answer.status_code == 404
    assert "sample.csv" not in analyst.get("/deliveries/").content.decode()


def test_without_the_forms_token_nothing_is_drafted_or_saved(people, analyst, drafted):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="analyst"))
    assert strict.post("/definitions/new/", sent(name="other_name")).status_code == 403
    assert strict.post(drafted, {"act": "save", "name": NAME, "text": "x"}).status_code == 403
    assert strict.post(f"{drafted}trial/", {"text": "x"}).status_code == 403
    assert Upload.objects.count() == 1
