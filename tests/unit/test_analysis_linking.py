"""How a link is told in words."""

import numpy as np

from trigpoint.core.analysis.linking import among, reasons_in_words


def test_a_link_that_an_agency_said_gives_that_as_its_only_reason():
    assert reasons_in_words(-1) == ("said in a sense-check",) * 3
    assert len(set(reasons_in_words(0))) == 3


def test_nothing_is_among_nothing():
    some = np.array([1, 5], dtype=np.int64)
    assert among(some, some[:0]).tolist() == [False, False]
    assert among(some, np.array([5], dtype=np.int64)).tolist() == [False, True]
