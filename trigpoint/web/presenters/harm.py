"""What kind of harm is told of a place: the themes that lead there, in words."""

from collections.abc import Sequence

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.plain import whole, words

__all__ = ["harm_words", "leading_themes"]

LEADING_SHARE, MOST_THEMES = 0.25, 3
"""A theme leads where so large a share of the place's records tells of it; so many are named at most."""


def leading_themes(picture: Answer) -> tuple[tuple[str, int], ...]:
    """Name and records of the themes that lead, the busiest first. `picture` is of one place, grouped by theme too.

    A record may tell of several themes, so shares need not add up to one.
    """
    told = picture.parts["theme"]
    counts = zip(words(told["name"]), whole(told["count"]), strict=True)
    least = max(1.0, whole([picture.about["total"]])[0] * LEADING_SHARE)
    leading = sorted((-n, name) for name, n in counts if n >= least)
    return tuple((name, -n) for n, name in leading[:MOST_THEMES])


def harm_words(themes: Sequence[str]) -> str:
    """What kind of harm is told of a place; "" where nothing leads."""
    if not themes:
        return ""
    names = [_in_sentence(one) for one in themes]
    return f"Mostly {', '.join(names[:-1])}{' and ' if len(names) > 1 else ''}{names[-1]}."


def _in_sentence(name: str) -> str:
    """A name in the middle of a sentence: an abbreviation stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
