"""Sense-checks: what may be said of what, by whom, what it does to a record, and what needs a second agency.

An agency says whether records or a place agree with what it knows. Everybody at the table may speak of an event's
place, a hotspot or a named place; only the agency that sent a record may correct it. Whoever speaks, the delivery stays
as it was sent: a correction is laid over it (`core/workflow/corrections.py`), and can be taken back.
"""

from dataclasses import dataclass

__all__ = [
    "EFFECT_WORDS",
    "MOVES",
    "NONE",
    "OPEN_ROLES",
    "OUTCOMES",
    "REASONS",
    "SUBJECTS",
    "CheckRefused",
    "Outcome",
    "Said",
    "corrects",
    "effect_of",
    "moved_to",
    "needs_second",
    "outcomes_for",
    "reasons_for",
    "require_second",
]

SUBJECTS = {"record": "a record", "event": "an event told twice", "hotspot": "a hotspot", "place": "a place"}

OPEN_ROLES = {
    0: "not known", 1: "where it happened", 2: "where somebody went missing from", 3: "where somebody was found",
    4: "where somebody was seen", 5: "where people met", 6: "a leg of a journey", 7: "a school",
    10: "where it was reported",
}  # fmt: skip
"""The roles a correction may give to the place of a record. A home or a placement is never among them, either way."""

REPORTING = 10
NONE = "none"

EFFECT_WORDS = {
    "withdrawn": "leaves the map",
    "moved": "lies elsewhere",
    "role": "its place plays another part",
    "same_event": "counts once with the other record",
    "apart": "counts by itself",
    "confidential": "is handled under conditions (C)",
    "discovered": "counts as found by our own work",
    NONE: "is noted; no figure changes",
}
LOWERS = frozenset({"withdrawn", "moved", "role", "same_event", "confidential", "discovered"})
"""Effects that can take a place below the line at which it is a hotspot, for somebody at the table."""


class CheckRefused(ValueError):
    """The check cannot be made as asked; the message is fit for a screen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be said, of which subjects. `effect` is what it does to a record; `reasoned` needs a reason."""

    words: str
    subjects: frozenset[str]
    effect: str = NONE
    reasoned: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is disputed: of which subjects it can be said, and what it does to a record."""

    words: str
    subjects: frozenset[str]
    effect: str = NONE


_OWN = frozenset({"record", "event"})
_TABLE = frozenset({"hotspot", "place"})
_ALL = _OWN | _TABLE

OUTCOMES = {
    "confirm": Outcome("Agrees with what we know", _ALL),
    "dispute": Outcome("Does not agree", _ALL, reasoned=True),
    "clarify": Outcome("Needs a word of explanation", _ALL),
    "merge": Outcome("Is the same as another", frozenset({"event", "place"}), "same_event"),
    "split": Outcome("Is not the same", frozenset({"event", "place"}), "apart"),
    "withdraw": Outcome("Withdraw it", frozenset({"record"}), "withdrawn"),
    "mark_confidential": Outcome("Mark it confidential", frozenset({"record"}), "confidential"),
}

REASONS = {
    "wrong_place": Reason("The place is wrong", frozenset({"record"}) | _TABLE, "moved"),
    "duplicate": Reason("It is there twice", frozenset({"record"}) | _TABLE, "withdrawn"),
    "default_address": Reason(
        "A default address, not where it happened", frozenset({"record"}) | _TABLE, "role"
    ),
    "same_source": Reason("Several reports of one source", _ALL, "same_event"),
    "operation_driven": Reason("Found because we were looking", frozenset({"record"}) | _TABLE, "discovered"),
    "out_of_date": Reason("Out of date", frozenset({"record"}) | _TABLE, "withdrawn"),
    "role_wrong": Reason("The place played another part", frozenset({"record"}) | _TABLE, "role"),
    "one_child": Reason("This is one child", _TABLE),
    "seasonal": Reason("A seasonal event", _TABLE),
}

MOVES: dict[str, frozenset[str]] = {
    "waiting": frozenset({"in_force", "undone"}),
    "in_force": frozenset({"undone"}),
    "undone": frozenset(),
}
"""The states of a check, and what each may become."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says in a check. `role` is a number of `OPEN_ROLES`, -1 for none; `other` a delivery and row."""

    subject: str
    outcome: str
    reason: str = ""
    moved: bool = False
    role: int = -1
    other: tuple[int, int] | None = None


def outcomes_for(subject: str) -> dict[str, str]:
    """What may be said of a subject, and its words."""
    return {name: one.words for name, one in OUTCOMES.items() if subject in one.subjects}


def reasons_for(subject: str) -> dict[str, str]:
    """Why a subject may be disputed, and the words."""
    return {name: one.words for name, one in REASONS.items() if subject in one.subjects}


def corrects(subject: str) -> bool:
    """Whether a check of this subject is about one agency's record, which only that agency may correct."""
    return subject in _OWN


def effect_of(said: Said) -> str:
    """What the check does to the record, a key of `EFFECT_WORDS`. Raises CheckRefused for what cannot be said."""
    outcome = OUTCOMES.get(said.outcome)
    if outcome is None or said.subject not in outcome.subjects:
        raise CheckRefused(f"That cannot be said of {SUBJECTS.get(said.subject, 'this')}.")
    if not outcome.reasoned:
        if said.reason:
            raise CheckRefused("A reason is given for a dispute only.")
        effect = outcome.effect
    else:
        effect = _disputed(said)
    return _complete(said, effect) if corrects(said.subject) else NONE


def _disputed(said: Said) -> str:
    reason = REASONS.get(said.reason)
    if reason is None or said.subject not in reason.subjects:
        raise CheckRefused("Say why it is disputed.")
    return reason.effect


def _complete(said: Said, effect: str) -> str:
    """The effect, where everything it needs was said."""
    if effect == "moved" and not said.moved:
        raise CheckRefused("Say where it lies instead, or that nobody can tell.")
    if effect == "role" and said.reason != "default_address" and said.role not in OPEN_ROLES:
        raise CheckRefused("Say which part the place played.")
    if effect == "same_event" and said.other is None:
        raise CheckRefused("Say which other record tells of it.")
    return effect


def moved_to(said: Said) -> int:
    """The role that a check of effect "role" gives to the place: a default address is where it was reported."""
    return REPORTING if said.reason == "default_address" else said.role


def needs_second(said: Said, effect: str, *, own_site: bool) -> bool:
    """Whether it waits for another agency: it could take away a place at a site that the agency answers for.

    `own_site` says that the record, or the place, lies at such a site. Every correction that lowers a count counts, and
    so does a dispute of the place itself: which places are hot hangs on the question, and the rule is not to.
    """
    if not own_site:
        return False
    return effect in LOWERS or (said.subject in _TABLE and said.outcome in ("dispute", "split"))


def require_second(*, agency: str, other: str) -> None:
    """Raise CheckRefused unless `other` is an agency, and not the one that made the check."""
    if not other:
        raise CheckRefused("A second agency confirms it: your account acts for none.")
    if other == agency:
        raise CheckRefused("Another agency has to confirm this: yours made it, about its own site.")
