"""The weighted displacement quotient: did what left the target turn up round it, or did its surroundings gain too?

Source: Bowers, K. J. & Johnson, S. D. (2003), "Measuring the geographical displacement and diffusion of benefit effects
of crime prevention activity", Journal of Quantitative Criminology 19, 275–301; as set out in the POP Center's Tool
Guide 10. A ratio of ratios: unsteady where counts are small, so it stands beside the weighted displacement difference,
never instead of it.
"""

from dataclasses import dataclass
from math import nan
from typing import Literal

__all__ = ["Quotient", "Reading", "displacement_quotient"]

Reading = Literal[
    "undefined", "no success", "more diffusion", "diffusion", "none", "displacement", "more displacement"
]


@dataclass(frozen=True, slots=True)
class Quotient:
    """`success` (negative is good) and `buffer` are changes of the shares of control; `quotient` is buffer / success.

    `gross` is the target's fall in records, `net` its fall in shares of control, `total_net` the records prevented at
    the target and in its buffer together. All but `gross` are NaN where the control holds nothing before or after;
    `quotient` is NaN too where there is no success to set the buffer against.
    """

    success: float
    buffer: float
    quotient: float
    gross: float
    net: float
    total_net: float
    reading: Reading


def displacement_quotient(
    target: tuple[float, float], buffer: tuple[float, float], control: tuple[float, float]
) -> Quotient:
    """WDQ = (Ba/Ca − Bb/Cb) / (Ta/Ca − Tb/Cb), each argument the records before and after.

    Its reading: more than 1, the surroundings gained more than the target; between 0 and 1, they gained too; between
    −1 and 0, some moved there; less than −1, more arose there than left. Raises ValueError for a negative count.
    """
    (before, after), (near_before, near_after), (like_before, like_after) = target, buffer, control
    if min(*target, *buffer, *control) < 0:
        raise ValueError("counts are not negative")
    gross = float(before - after)
    if like_before == 0 or like_after == 0:
        return Quotient(nan, nan, nan, gross, nan, nan, "undefined")
    success = after / like_after - before / like_before
    moved = near_after / like_after - near_before / like_before
    change = like_after / like_before
    prevented = (before * change - after) + (near_before * change - near_after)
    if success >= 0:
        return Quotient(success, moved, nan, gross, -success, prevented, "no success")
    quotient = moved / success
    return Quotient(success, moved, quotient, gross, -success, prevented, _reading(quotient))


def _reading(quotient: float) -> Reading:
    if quotient == 0:
        return "none"
    if quotient > 0:
        return "more diffusion" if quotient > 1 else "diffusion"
    return "displacement" if quotient >= -1 else "more displacement"
