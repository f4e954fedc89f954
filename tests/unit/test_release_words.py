"""A release's page in people's words: agreements by their names, and which agencies may still approve."""

from types import SimpleNamespace

import pytest

from trigpoint.core.workflow.release import Word
from trigpoint.web.presenters.releases import still_may_approve
from trigpoint.web.presenters.words import clause_in_words

TITLES = {"police": "Police sharing agreement", "return_interviews": "Return interviews' agreement"}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("return_interviews v1 clause 6.1", "Return interviews' agreement, version 1, clause 6.1"),
        ("police v12", "Police sharing agreement, version 12"),
        ("Crime: police v1 clause 4.2 does not.", "Crime: Police sharing agreement, version 1, clause 4.2 does not."),
        ("Clause police v1 clause 6.", "Clause Police sharing agreement, version 1, clause 6."),
        ("strangers v1 clause 6", "strangers v1 clause 6"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_clause_is_told_by_its_agreements_name(told, words):
    assert clause_in_words(told, TITLES) == words


def test_agencies_that_may_still_approve_are_those_with_somebody_left():
    accounts = (("ann", "police"), ("bob", "education"), ("cem", "health"), ("dee", ""), ("eve", "education"))
    names = {"education": "Education", "health": "Health"}

    def left(*given):
        return still_may_approve(SimpleNamespace(given=given, author="cem"), accounts, names)

    assert left() == ("Education", "police")
    assert left(Word("bob", "education", True)) == ("police",)
    assert left(Word("ann", "police", False)) == ("Education",)
