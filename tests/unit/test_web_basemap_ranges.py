"""Byte ranges of the base map: RFC 9110, section 14."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.web.views.basemap import MOST_BYTES, RangeNotSatisfiable, byte_range

sizes = st.integers(min_value=1, max_value=4 * MOST_BYTES)


@given(sizes, st.data())
def test_a_range_inside_the_file_is_given_from_where_it_was_asked(size, data):
    first = data.draw(st.integers(min_value=0, max_value=size - 1))
    last = data.draw(st.integers(min_value=first, max_value=2 * size))
    given_first, given_last = byte_range(f"bytes={first}-{last}", size)
    assert given_first == first
    assert given_last == min(last, size - 1, first + MOST_BYTES - 1)


@given(sizes, st.integers(min_value=1, max_value=MOST_BYTES))
def test_a_suffix_is_the_end_of_the_file(size, length):
    first, last = byte_range(f"bytes=-{length}", size)
    assert last == size - 1
    assert last - first + 1 == min(length, size)


def test_an_open_range_runs_to_the_end():
    assert byte_range("bytes=90-", 100) == (90, 99)


@pytest.mark.parametrize(
    "asked", ["bytes=100-", "bytes=-", "bytes=5-4", "bytes=-0", "rows=1-2", "bytes=0-1,5-6", ""]
)
def test_what_cannot_be_given_is_refused(asked):
    with pytest.raises(RangeNotSatisfiable):
        byte_range(asked, 100)
