"""Grid references: against Ordnance Survey's own example, and the shapes in which people write them."""

import numpy as np
import pytest

from trigpoint.core.geography.grid_reference import grid_references, points_of_grid_references


def point(word):
    east, north, side = points_of_grid_references([word])
    return east[0], north[0], side[0]


def test_the_published_example():
    """Caister water tower, E 651409 N 313177, is TG 51409 13177 (OS, "A guide to coordinate systems in Great Britain")."""
    assert point("TG 51409 13177") == (651409.5, 313177.5, 1.0)
    assert grid_references(np.array([651409.9]), np.array([313177.2]), 10) == ["TG5140913177"]


@pytest.mark.parametrize("word", ["TQ 712 945", "TQ712945", "tq712 945", " Tq 712945 ", "TQ 712, 945"])
def test_spaces_and_capitals_do_not_matter(word):
    assert point(word) == (571250.0, 194550.0, 100.0)


@pytest.mark.parametrize(
    ("word", "side"), [("TQ 79", 10_000), ("TQ 71 94", 1000), ("TQ 7123 9456", 10), ("TQ 71234 94567", 1)]
)
def test_any_even_number_of_digits_names_a_square_of_that_size(word, side):
    east, north, found = point(word)
    assert found == side
    assert 570_000 <= east < 580_000
    assert 190_000 <= north < 200_000


@pytest.mark.parametrize(
    "word",
    [
        "",
        "TQ",
        "TQ 7",
        "TQ 712 94",
        "TQ 71 945",
        "TI 712 945",
        "712 945",
        "XX 12 34",
        "TQ 712345 945678",
        "T5 12 34",
    ],
)
def test_what_is_no_reference_of_the_grid_is_nowhere(word):
    assert np.isnan(point(word)).all()


def test_the_corners_of_the_grid():
    """SV lies at the false origin; HP is Shetland's north."""
    assert point("SV 00 00") == (500.0, 500.0, 1000.0)
    assert point("HP 60 10")[:2] == (460_500.0, 1_210_500.0)
    assert grid_references(np.array([-1.0, np.nan, 700_000.0]), np.array([0.0, 0.0, 0.0]), 6) == ["", "", ""]


@pytest.mark.parametrize("digits", [0, 3, 12])
def test_an_impossible_number_of_digits_is_refused(digits):
    with pytest.raises(ValueError, match="even"):
        grid_references(np.array([1.0]), np.array([1.0]), digits)
