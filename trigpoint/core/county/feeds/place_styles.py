"""The habits of each agency in writing down a place: their templates, their vague words, how often they slip."""

from collections.abc import Mapping
from typing import NamedTuple


class Style(NamedTuple):
    """An agency's habits: templates for a street and for a named thing (with weights), vague words, shares."""

    street: Mapping[str, float]
    thing: Mapping[str, float]
    vague: tuple[str, ...]
    names_thing: float
    nicknamed: float
    slips: float
    gives_vague: float
    capitals: bool = False


STYLES: Mapping[str, Style] = {
    "police": Style(
        {
            "{street}, {town}": 70,
            "{street_} {town}": 10,
            "o/s shops {street_}, {town}": 4,
            "{street}": 10,
            "rear of {street}, {town}": 6,
        },
        {
            "{name}, {town}": 50,
            "o/s {name}, {street}": 18,
            "{name}, {street}, {town}": 26,
            "car park {name}": 6,
        },
        ("unknown", "n/k", "in public", "vehicle - location not known", "on foot patrol"),
        0.18,
        0.0,
        0.01,
        0.25,
        True,
    ),
    "social_care": Style(
        {
            "{street}, {town}": 46,
            "{street_}, {town}": 18,
            "found nr {street_}": 8,
            "at friends in {street}, {town}": 10,
            "{street} area": 6,
            "walking along {street_} in {town}": 12,
        },
        {
            "{name}": 24,
            "{name}, {town}": 34,
            "outside {name}": 16,
            "near {nick} in {town}": 16,
            "at {nick}": 10,
        },
        (
            "returned of own accord",
            "friend's address",
            "not disclosed",
            "unknown",
            "up London",
            "at boyfriend's",
            "in town",
        ),
        0.40,
        0.15,
        0.03,
        0.35,
    ),
    "school": Style(
        {
            "{street_}": 30,
            "{street}": 22,
            "walking home along {street_}": 12,
            "bus stop {street_}": 14,
            "alley off {street_}": 12,
            "top of {street_}": 10,
        },
        {
            "{nick}": 36,
            "{name}": 20,
            "behind {nick}": 12,
            "behind {name}": 10,
            "outside {nick}": 12,
            "by {name}": 10,
        },
        (
            "gates",
            "school gate",
            "online",
            "playground",
            "toilets",
            "the field",
            "round the back",
            "on the bus",
        ),
        0.55,
        0.55,
        0.05,
        0.60,
    ),
    "interview": Style(
        {
            "near {street_}": 16,
            "{street_}": 20,
            "{street}, {town}": 22,
            "a house on {street_}": 18,
            "{street_} in {town}": 18,
            "flats off {street_}": 6,
        },
        {
            "{nick}": 26,
            "{name}": 20,
            "round {nick}": 12,
            "by {name}": 12,
            "{nick} in {town}": 20,
            "hung about outside {nick}": 10,
        },
        (
            "up London",
            "a flat on the front",
            "round a mate's",
            "by the shops",
            "in town",
            "someone's car",
            "didn't want to say",
            "Nan's",
        ),
        0.55,
        0.50,
        0.05,
        0.75,
    ),
    "youth": Style(
        {"{street}": 40, "{street_}": 30, "{street_} estate": 16, "garages, {street_}": 14},
        {"{name}": 36, "{nick}": 52, "{nick}, {town}": 12},
        ("Central Park", "mobile", "various", "town centre", "outreach - walkabout"),
        0.75,
        0.60,
        0.03,
        0.70,
    ),
    "council": Style(
        {
            "{street}": 30,
            "{street}, {town}": 34,
            "{street_}": 12,
            "corner of {street_}": 8,
            "alleyway off {street}": 8,
            "garages {street_}": 8,
        },
        {
            "{name}": 34,
            "{name}, {street}": 26,
            "car park behind {name}": 14,
            "behind {nick}, {street_}": 16,
            "{nick}, {town}": 10,
        },
        (
            "no address given",
            "see attached",
            "whole estate",
            "various locations",
            "by the shops",
            "caller would not say",
        ),
        0.40,
        0.20,
        0.04,
        0.35,
    ),
    "hospital": Style(
        {"{street_}, {town}": 40, "{street}": 20, "street - {street_}": 20, "{town}, {street_}": 20},
        {"outside {name}": 40, "{name} {town}": 30, "{name}": 30},
        ("street", "home", "declined", "out with friends", "park", "pub", "unknown"),
        0.45,
        0.15,
        0.04,
        0.70,
    ),
}
