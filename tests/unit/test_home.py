"""A home is made whole or not at all, its secrets are its owner's, and what is wrong with it is said."""

import os
import stat

import pytest

from tests.conftest import AT
from trigpoint.config.home_settings import HomeSettingsError, database_settings, read_home_settings
from trigpoint.core.sharing.duties import ChangeDenied, require_duty, require_own_feed
from trigpoint.db.audit import record_event
from trigpoint.db.models import AdoptedAgreement, Agency, AuditEvent, User
from trigpoint.db.models.audit_event import AppendOnlyError
from trigpoint.upkeep.doctor import examine
from trigpoint.upkeep.new_home import HomeExistsError, write_home
from trigpoint.upkeep.prepare import prepare_home


def test_a_home_has_its_owner_its_agencies_and_the_shipped_agreement(home):
    assert User.objects.get(username="analyst").role == "analyst"
    assert Agency.objects.filter(code="police").exists()
    assert AdoptedAgreement.objects.filter(code="open_data", ended_at=None).exists()


def test_preparing_again_changes_nothing(home):
    before = (AuditEvent.objects.count(), AdoptedAgreement.objects.count())
    prepare_home(by="tests", at=AT)
    assert (AuditEvent.objects.count(), AdoptedAgreement.objects.count()) == before


def test_a_folder_that_holds_anything_is_refused_and_left_alone(tmp_path):
    (tmp_path / "precious.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(HomeExistsError, match="not empty"):
        write_home(tmp_path, county="Marlshire", districts=(), owner="analyst", demo=False, at=AT)
    assert [file.name for file in tmp_path.iterdir()] == ["precious.txt"]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_the_secret_key_is_readable_by_its_owner_only(home):
    assert stat.S_IMODE((home.keys / "secret.key").stat().st_mode) == 0o600


def test_a_home_made_without_the_demo_mark_never_becomes_a_demo(tmp_path):
    write_home(tmp_path / "h", county="Marlshire", districts=(), owner="analyst", demo=False, at=AT)
    file = tmp_path / "h" / "home.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("demo: false", "demo: true"), encoding="utf-8")
    with pytest.raises(HomeSettingsError, match="created"):
        read_home_settings(tmp_path / "h")


def test_a_home_made_as_a_demo_is_one(tmp_path):
    write_home(tmp_path / "h", county="Marlshire", districts=(), owner="analyst", demo=True, at=AT)
    assert read_home_settings(tmp_path / "h").demo is True


@pytest.mark.parametrize(
    ("demo", "line", "goes"), [(False, "true", True), (False, "false", False), (True, "true", False)]
)
def test_a_new_home_keeps_nothing_longer_than_agreed_unless_it_says_so_or_is_a_demo(
    tmp_path, demo, line, goes
):
    write_home(tmp_path / "h", county="Marlshire", districts=(), owner="analyst", demo=demo, at=AT)
    file = tmp_path / "h" / "home.yaml"
    told = file.read_text(encoding="utf-8")
    assert "retention: true" in told
    file.write_text(told.replace("retention: true", f"retention: {line}"), encoding="utf-8")
    assert read_home_settings(tmp_path / "h").erases_by_itself is goes


def test_home_yaml_that_is_no_mapping_is_refused_in_words(tmp_path):
    (tmp_path / "home.yaml").write_text("- a\n- b\n", encoding="utf-8")
    with pytest.raises(HomeSettingsError, match="name: value"):
        read_home_settings(tmp_path)


def test_one_setting_chooses_postgresql(tmp_path, monkeypatch):
    monkeypatch.setenv("TRIGPOINT_DATABASE_URL", "postgresql://trig:p%40ss@db.internal:5433/point")
    told = database_settings(read_home_settings(tmp_path))
    assert (told["NAME"], told["USER"], told["PASSWORD"], told["HOST"], told["PORT"]) == (
        "point", "trig", "p@ss", "db.internal", 5433,
    )  # fmt: skip
    monkeypatch.setenv("TRIGPOINT_DATABASE_URL", "mysql://trig@db/point")
    with pytest.raises(HomeSettingsError, match="postgresql://"):
        database_settings(read_home_settings(tmp_path))


def test_the_audit_is_added_to_and_nothing_else(home):
    record_event(event="tried", at=AT, user="tests")
    event = AuditEvent.objects.get(event="tried")
    event.event = "never happened"
    for change in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(user="x"),
    ):
        with pytest.raises(AppendOnlyError):
            change()
    assert AuditEvent.objects.filter(event="tried").count() == 1


def test_the_doctor_says_what_is_wrong_and_how_to_mend_it(home):
    assert examine() == ()
    (home.spool / "left-behind.csv").write_text("x", encoding="utf-8")
    home.quarantine.rmdir()
    wrong = " ".join(finding.wrong for finding in examine())
    assert "left-behind.csv" in wrong
    assert "quarantine" in wrong


@pytest.mark.parametrize(
    ("duty", "role", "may"),
    [
        ("load", "analyst", True),
        ("load", "contributor", True),
        ("load", "chair", False),
        ("publish", "analyst", True),
        ("publish", "contributor", False),
        ("manage_accounts", "governance", True),
        ("manage_accounts", "member", False),
        ("adopt_agreement", "analyst", False),
        ("load", "", False),
    ],
)
def test_who_may_change_what(duty, role, may):
    if may:
        require_duty(duty, role=role, user="somebody")
        return
    with pytest.raises(ChangeDenied, match="somebody"):
        require_duty(duty, role=role, user="somebody")


def test_a_contributor_brings_only_its_own_agencys_files():
    require_own_feed(role="contributor", user="c", agency="police", owner="police")
    require_own_feed(role="analyst", user="a", agency="", owner="police")
    with pytest.raises(ChangeDenied, match="belongs to police"):
        require_own_feed(role="contributor", user="c", agency="education", owner="police")
