"""Published values of the statistics of an evaluation."""

from collections.abc import Callable
from functools import partial

from trigpoint.core.analysis.detectable import detectable, errors_needed
from trigpoint.core.analysis.displacement_quotient import displacement_quotient
from trigpoint.core.analysis.e_test import e_test
from trigpoint.core.analysis.published.check import Check
from trigpoint.core.analysis.weighted_displacement import weighted_displacement

__all__ = ["CHECKS"]

TARGET, CONTROL, BUFFER, BUFFER_CONTROL = (207, 110), (308, 318), (178, 157), (150, 140)
AREAS = (1.2, 0.9, 1.5, 1.6)
HARM = (3, 2, 5, 7, 10)
HARM_TREATED = ((130, 74), (327, 202), (398, 190), (144, 92), (183, 96))
HARM_CONTROL = ((133, 91), (388, 305), (148, 97), (86, 64), (94, 67))
PAPER = "Wheeler & Ratcliffe 2018, Crime Science 7:11"
EXTENDED = "Wheeler's crimepy, tests of the weighted displacement difference"
TOOL_GUIDE = "Bowers & Johnson 2003 (POP Center Tool Guide 10), on the counts of Wheeler & Ratcliffe 2018"
RECOMPUTED = "recomputed independently from the published counts"


def _paper(part: str, name: str) -> float:
    found = weighted_displacement(TARGET, CONTROL, BUFFER, BUFFER_CONTROL)
    return float(getattr(getattr(found, part), name))


def _by_area(name: str) -> float:
    found = weighted_displacement(TARGET, CONTROL, BUFFER, BUFFER_CONTROL, areas=AREAS)
    return float(getattr(found.total, name))


def _by_harm(name: str) -> float:
    return float(getattr(weighted_displacement(HARM_TREATED, HARM_CONTROL, harm=HARM).total, name))


def _simple(name: str, target: tuple[int, int], control: tuple[int, int], times: tuple[int, int]) -> float:
    return float(getattr(weighted_displacement(target, control, times=times).total, name))


def _quotient(name: str) -> float:
    return float(getattr(displacement_quotient(TARGET, BUFFER, CONTROL), name))


def _difference(
    what: str, source: str, published: float, tolerance: float, ours: Callable[[], float]
) -> Check:
    return Check(f"Weighted displacement difference: {what}", source, published, tolerance, ours)


CHECKS: tuple[Check, ...] = (
    _difference("local", PAPER, -107.0, 1e-9, partial(_paper, "local", "value")),
    _difference("round it", PAPER, -11.0, 1e-9, partial(_paper, "buffer", "value")),
    _difference("total", PAPER, -118.0, 1e-9, partial(_paper, "total", "value")),
    _difference("error", PAPER, 39.598, 5e-4, partial(_paper, "total", "se")),
    _difference("z", PAPER, -2.98, 5e-3, partial(_paper, "total", "z")),
    _difference("lower limit", PAPER, -196.0, 0.5, partial(_paper, "total", "lower")),
    _difference("upper limit", PAPER, -40.0, 0.5, partial(_paper, "total", "upper")),
    _difference(
        "C 20→20, T 20→10", PAPER, -10.0, 1e-9, partial(_simple, "value", (20, 10), (20, 20), (1, 1))
    ),
    _difference(
        "C 100→90, T 100→80, error", PAPER, 19.235, 5e-4, partial(_simple, "se", (100, 80), (100, 90), (1, 1))
    ),
    _difference("areas", EXTENDED, -99.69444444, 5e-9, partial(_by_area, "value")),
    _difference("areas, error", EXTENDED, 35.4280755, 5e-8, partial(_by_area, "se")),
    _difference("areas, z", EXTENDED, -2.813995483, 5e-10, partial(_by_area, "z")),
    _difference("areas, lower limit", EXTENDED, -169.1321965, 5e-8, partial(_by_area, "lower")),
    _difference("areas, upper limit", EXTENDED, -30.25669241, 5e-9, partial(_by_area, "upper")),
    _difference(
        "times 2 and 1", EXTENDED, -20.0, 1e-9, partial(_simple, "value", (80, 20), (100, 50), (2, 1))
    ),
    _difference(
        "times 2 and 1, error",
        EXTENDED,
        115.0**0.5,
        1e-9,
        partial(_simple, "se", (80, 20), (100, 50), (2, 1)),
    ),
    _difference("harm", EXTENDED, -1721.0, 1e-9, partial(_by_harm, "value")),
    _difference("harm, error", EXTENDED, 304.1036008, 5e-8, partial(_by_harm, "se")),
    _difference("harm, z", EXTENDED, -5.65925558, 5e-9, partial(_by_harm, "z")),
    _difference("harm, lower limit", EXTENDED, -2317.03, 5e-3, partial(_by_harm, "lower")),
    _difference("harm, upper limit", EXTENDED, -1124.97, 5e-3, partial(_by_harm, "upper")),
    *(
        Check(
            f"Weighted displacement quotient: {what}", TOOL_GUIDE, value, tolerance, partial(_quotient, name)
        )
        for what, name, value, tolerance in (
            ("success", "success", -0.32617, 5e-6),
            ("buffer", "buffer", -0.08421, 5e-6),
            ("quotient", "quotient", 0.2582, 5e-5),
            ("gross effect", "gross", 97.0, 1e-9),
            ("net effect", "net", 0.32617, 5e-6),
            ("total net effect", "total_net", 130.5, 5e-2),
        )
    ),
    *(
        Check(
            f"E-test of {one} and {other}",
            "Krishnamoorthy & Thomson 2004, J. Statist. Plann. Inference 119",
            value,
            5e-5,
            partial(e_test, one, other),
            RECOMPUTED,
        )
        for one, other, value in ((0, 3, 0.0884), (6, 2, 0.1749), (20, 10, 0.0688))
    ),
    Check(
        "Smallest fall that can be seen, 20 and 20",
        "2.8 standard errors of the difference (80% power, two-sided 5%)",
        25.04,
        5e-3,
        lambda: detectable(20, 20).fall,
    ),
    Check("Errors for 80% power", "Normal quantiles", 2.8016, 5e-5, lambda: errors_needed(0.8, 0.05)),
)
