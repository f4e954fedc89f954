"""One line of a home's settings names its database."""

from dataclasses import replace

import pytest

from trigpoint.config.home_settings import (
    HomeSettingsError,
    database_settings,
    mail_settings,
    read_home_settings,
)


def settings_for(tmp_path, database):
    return database_settings(replace(read_home_settings(tmp_path), database=database))


def test_without_a_line_it_is_a_file_in_the_home(tmp_path):
    told = settings_for(tmp_path, None)
    assert (told["ENGINE"], told["NAME"]) == ("django.db.backends.sqlite3", tmp_path / "trigpoint.sqlite3")


def test_an_address_is_read_whole(tmp_path):
    address = "postgresql://county%40one:p%2Fw@db.example:6543/trigpoint?sslmode=verify-full&sslrootcert=/etc/ca%20one.pem"
    told = settings_for(tmp_path, address)
    assert (told["USER"], told["PASSWORD"], told["HOST"]) == ("county@one", "p/w", "db.example")
    assert (told["PORT"], told["NAME"]) == (6543, "trigpoint")
    assert told["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca one.pem"}


def test_an_address_without_more_has_no_options(tmp_path):
    assert settings_for(tmp_path, "postgresql://trigpoint@127.0.0.1/postgres")["OPTIONS"] == {}


def test_another_database_is_refused_in_words(tmp_path):
    with pytest.raises(HomeSettingsError, match="must be empty"):
        settings_for(tmp_path, "mysql://somebody@127.0.0.1/county")


def test_mail_is_written_to_files_of_the_home_unless_a_server_is_named(tmp_path):
    told = mail_settings(read_home_settings(tmp_path))
    assert told["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert told["EMAIL_FILE_PATH"] == tmp_path / "outbox"


def test_a_mail_server_is_asked_for_encryption_and_its_password_lies_with_the_keys(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "mail.password").write_text("quiet road\n", encoding="utf-8")
    (tmp_path / "home.yaml").write_text(
        "mail: {host: mail.example, user: trigpoint, from: map@county.example}\n"
        "agency_emails: {police: duty@police.example}\n",
        encoding="utf-8",
    )
    home = read_home_settings(tmp_path)
    told = mail_settings(home)
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"], told["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    assert (told["EMAIL_HOST_PASSWORD"], told["DEFAULT_FROM_EMAIL"]) == ("quiet road", "map@county.example")
    assert home.agency_emails == {"police": "duty@police.example"}


@pytest.mark.parametrize("line", ["mail: yes", "agency_emails: [police]", "mail: {password: secret}"])
def test_mail_lines_that_cannot_be_meant_are_refused(tmp_path, line):
    (tmp_path / "home.yaml").write_text(line, encoding="utf-8")
    with pytest.raises(HomeSettingsError):
        mail_settings(read_home_settings(tmp_path))
