"""One line of a home's settings names its database."""

from dataclasses import replace

import pytest

from trigpoint.config.home_settings import HomeSettingsError, database_settings, read_home_settings


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
