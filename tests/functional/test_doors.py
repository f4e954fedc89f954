"""Who gets in, and what every answer carries whoever asked."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import get_resolver

from trigpoint.changes.accounts import open_account
from trigpoint.db.models import AuditEvent, User

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a quiet road by the sea"
OPEN_TO_ALL = {"account_login", "account_inactive", "demo_sign_in", "account_logout", "mfa_authenticate"}


@pytest.fixture
def chair(home, at):
    cache.clear()
    open_account(user="chair", role="chair", agency=None, password=PASSWORD, by="analyst", at=at)
    return "chair"


@pytest.fixture
def as_demo(home, settings):
    settings.TRIGPOINT_DEMO = True
    settings.HOME = replace(settings.HOME, demo=True)
    return home


def sign_in(client, name, password=PASSWORD, purpose="safeguarding", **more):
    return client.post("/sign-in/", {"login": name, "password": password, "purpose": purpose}, **more)


def addresses() -> list[tuple[str, str]]:
    """Every address, its parameters filled with something, and its name."""
    filled = {"number": "1", "kind": "counts", "form": "csv", "level": "ward", "collection": "wards", "feature_id": "x",
              "letter": "A", "code": "x", "dose_number": "1",
              "request_id": "6f1f4a3e-3df4-4f5e-9a37-0b3f9d7d5a11",
              "run_id": "6f1f4a3e-3df4-4f5e-9a37-0b3f9d7d5a11",
              "sample_id": "6f1f4a3e-3df4-4f5e-9a37-0b3f9d7d5a11",
              "upload_id": "6f1f4a3e-3df4-4f5e-9a37-0b3f9d7d5a11"}  # fmt: skip
    found = []

    def walk(patterns, prefix):
        for one in patterns:
            route = prefix + str(one.pattern)
            if hasattr(one, "url_patterns"):
                walk(one.url_patterns, route)
            else:
                for name, value in filled.items():
                    for kind in ("int", "slug", "uuid", "str"):
                        route = route.replace(f"<{kind}:{name}>", value)
                    route = route.replace(f"<{name}>", value)
                found.append(("/" + route, one.name or ""))

    walk(get_resolver().url_patterns, "")
    return found


def test_every_address_but_the_doors_needs_a_session(home, client):
    for url, name in addresses():
        answer = client.get(url)
        if name in OPEN_TO_ALL:
            continue
        sent_away = answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")
        assert sent_away or answer.status_code == 401, (url, answer.status_code)


def test_no_one_can_sign_themselves_up(home, client):
    for url in ("/sign-up/", "/signup/", "/accounts/signup/", "/sign-in/signup/", "/admin/"):
        assert client.get(url).status_code == 404


def test_every_answer_forbids_keeping_framing_and_outside_sources(chair, client):
    sign_in(client, chair)
    for url in (
        "/sign-in/",
        "/deliveries/",
        "/meetings/",
        "/account/",
        "/no-such-page",
        "/about/",
        "/api/nothing",
    ):
        answer = client.get(url)
        assert answer["Cache-Control"] == "private, no-store", url
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert "http" not in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_pages_hold_no_inline_script_or_style(chair, client):
    sign_in(client, chair)
    for url in (
        "/sign-in/",
        "/deliveries/",
        "/meetings/",
        "/account/",
        "/no-such-page",
        "/about/",
        "/account/two-step/",
        "/actions/",
        "/actions/new/",
        "/places/",
    ):
        page = client.get(url, follow=True).content.decode()
        assert "style=" not in page, url
        assert "<style" not in page, url
        assert "onclick" not in page, url
        for script in page.split("<script")[1:]:
            assert 'src="/static/' in script.split(">")[0], url


def test_a_password_opens_the_door_and_goes_on_record(chair, client):
    answer = sign_in(client, chair, purpose="meeting")
    assert answer.status_code == 302
    assert client.session["purpose"] == "meeting"
    assert AuditEvent.objects.filter(event="signed_in", user="chair", allowed=True).count() == 1


def test_a_purpose_nobody_knows_is_refused(chair, client):
    assert sign_in(client, chair, purpose="curiosity").status_code == 200
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_and_the_right_password_no_longer_helps(chair, client):
    for _ in range(5):
        assert sign_in(client, chair, password="wrong wrong wrong").status_code == 200
    sign_in(client, chair)
    assert "_auth_user_id" not in client.session
    assert AuditEvent.objects.filter(event="sign_in_failed", subject="chair").count() >= 5


def test_signing_out_needs_a_press_and_ends_the_session(chair, client):
    sign_in(client, chair)
    assert client.get("/sign-out/").status_code == 200
    assert client.get("/account/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/account/").status_code == 302


def test_a_form_without_its_token_changes_nothing(chair, django_user_model):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.get(username=chair))
    answer = strict.post("/account/", {"purpose": "audit"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()


def test_one_click_sign_in_does_not_exist_in_a_real_home(chair, client):
    assert client.get("/sign-in/demo/").status_code == 404
    assert client.post("/sign-in/demo/", {"username": "chair"}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert "sign-in/demo" not in client.get("/sign-in/").content.decode()


def test_one_click_sign_in_lists_the_demo_and_opens_it(as_demo, chair, client):
    page = client.get("/sign-in/demo/?next=/deliveries/").content.decode()
    assert 'value="chair"' in page
    answer = client.post("/sign-in/demo/", {"username": "chair", "next": "/deliveries/"})
    assert answer["Location"] == "/deliveries/"
    assert AuditEvent.objects.get(event="signed_in").detail == {"way": "demo"}


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_one_click_sign_in_leads_nowhere_else(as_demo, chair, client, elsewhere):
    answer = client.post("/sign-in/demo/", {"username": "chair", "next": elsewhere})
    assert answer["Location"] == "/"


def test_a_closed_account_is_not_offered_and_cannot_be_used(as_demo, chair, client):
    User.objects.filter(username=chair).update(is_active=False)
    assert 'value="chair"' not in client.get("/sign-in/demo/").content.decode()
    assert client.post("/sign-in/demo/", {"username": "chair"}).status_code == 404


def test_the_demo_is_marked_as_invented_and_a_real_home_is_marked_sensitive(as_demo, chair, client, settings):
    assert "SYNTHETIC COUNTY" in client.get("/sign-in/demo/").content.decode()
    settings.TRIGPOINT_DEMO = False
    assert "OFFICIAL-SENSITIVE" in client.get("/sign-in/").content.decode()


def test_production_settings_pass_djangos_own_check(tmp_path):
    environment = {
        **os.environ,
        "TRIGPOINT_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "trigpoint.config.settings",
    }
    environment.pop("TRIGPOINT_LOOPBACK", None)
    words = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    checked = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "0 silenced" in checked.stdout
