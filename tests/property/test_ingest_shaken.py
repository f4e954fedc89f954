"""Whatever happens to a family of files on its way: the ledger balances, and the order of arrival changes nothing.

`python -m tests.soak_files` does the same with many more.
"""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.bringing import bring_file, check_family
from tests.factories.pictures import forget_everything
from tests.factories.shaken_files import FEEDS, family, write_definitions
from trigpoint.ingest.receipt import Receipt

FILES = 4
FAMILIES = 50
"""200 files in all: 2% of what the soak run does."""


def test_any_order_three_times_gives_the_same_picture_and_nothing_escapes(home, tmp_path):
    write_definitions(home.definitions / "extracts")
    seen = set()
    for number in range(FAMILIES // 2):
        rng = random.Random(f"test {number}")
        files = family(rng, FILES)
        seen |= {(file.definition, file.name.rsplit(".")[-1]) for file in files}
        assert check_family(tmp_path, files, rng)["tracebacks"] == 0
    assert seen == {(feed, ending) for feed in FEEDS for ending in ("csv", "xlsx")}


@settings(max_examples=FAMILIES // 2)
@given(st.randoms(use_true_random=False))
def test_hypothesis_finds_no_family_that_breaks_the_law(home, tmp_path, rng):
    write_definitions(home.definitions / "extracts")
    assert check_family(tmp_path, family(rng, FILES), rng)["tracebacks"] == 0


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_without_a_reason_a_batch_is_accepted_or_asked_about_and_balances_either_way(home, tmp_path, rng):
    write_definitions(home.definitions / "extracts")
    forget_everything()
    for file in family(rng, FILES):
        assert isinstance(bring_file(tmp_path, file, reason=False), Receipt | None)
