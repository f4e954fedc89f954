"""What people type about places, actions and questions: kept only where it names nobody."""

from trigpoint.ingest.steps.scanner import found_in

__all__ = ["TextRefused", "told"]


class TextRefused(ValueError):
    """The text cannot be kept; the message says why and never repeats it."""


def told(text: str, *, what: str, longest: int, needed: bool = True) -> str:
    """The text with its spaces tidied. Raises TextRefused where it is missing, too long, or seems to tell of somebody.

    `what` names the field, as in "the answer".
    """
    tidy = " ".join(text.split())
    if needed and not tidy:
        raise TextRefused(f"{what[:1].upper()}{what[1:]} is empty.")
    if len(tidy) > longest:
        raise TextRefused(
            f"{what[:1].upper()}{what[1:]} has at most {longest} letters; this has {len(tidy)}."
        )
    if (found := found_in(tidy)) is not None:
        raise TextRefused(
            f"{what[:1].upper()}{what[1:]} seems to tell of {found}. Name roles, agencies and places."
        )
    return tidy
