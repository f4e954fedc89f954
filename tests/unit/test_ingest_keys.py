"""Keys of windows: made when asked for, destroyed for good at roll-over; their tokens stay as they are."""

from datetime import date

import pyarrow as pa
import pytest

from trigpoint.ingest.keys import destroy_keys_before, open_window, token_key, tokens, window_of

PEOPLE = pa.array(["ZZ-000001", "ZZ-000002", ""])
OLD_DAY, NEW_DAY = date(2023, 6, 1), date(2026, 6, 1)
OLD, NEW = window_of(OLD_DAY), window_of(NEW_DAY)


def test_at_roll_over_the_key_goes_and_the_tokens_stay(tmp_path):
    kept = token_key(tmp_path, "police", "nominal", NEW)
    made = tokens(PEOPLE, token_key(tmp_path, "police", "nominal", OLD)).to_pylist()
    token_key(tmp_path, "education", "pupil", OLD)
    assert destroy_keys_before(tmp_path, NEW) == 2
    assert [file.name for file in tmp_path.glob("token-*")] == [f"token-police-nominal-{NEW}.key"]
    assert token_key(tmp_path, "police", "nominal", NEW) == kept
    assert made[0] != made[1] != 0
    assert made[2] == 0
    assert destroy_keys_before(tmp_path, NEW) == 0


def test_nothing_can_be_tokenised_in_a_window_whose_keys_are_gone(tmp_path):
    token_key(tmp_path, "police", "nominal", OLD)
    assert open_window(tmp_path, OLD_DAY) == OLD
    destroy_keys_before(tmp_path, NEW)
    with pytest.raises(ValueError, match="destroyed"):
        token_key(tmp_path, "police", "nominal", OLD)
    assert open_window(tmp_path, OLD_DAY) == open_window(tmp_path, NEW_DAY) == NEW


def test_a_window_once_closed_is_not_opened_by_closing_an_older_one(tmp_path):
    destroy_keys_before(tmp_path, NEW)
    destroy_keys_before(tmp_path, OLD)
    assert open_window(tmp_path, OLD_DAY) == NEW


def test_a_key_is_overwritten_before_its_name_goes(tmp_path):
    secret = token_key(tmp_path, "police", "nominal", OLD)
    file = next(tmp_path.glob("token-*.key"))
    other_name = tmp_path / "kept-by-a-hard-link"
    other_name.hardlink_to(file)
    destroy_keys_before(tmp_path, NEW)
    assert not file.exists()
    assert other_name.read_bytes() == bytes(len(secret))


def test_the_keys_and_the_note_of_closed_windows_are_the_owners_only(tmp_path):
    folder = tmp_path / "keys"
    token_key(folder, "police", "nominal", OLD)
    destroy_keys_before(folder, OLD)
    assert {file.stat().st_mode & 0o077 for file in folder.iterdir()} == {0}
