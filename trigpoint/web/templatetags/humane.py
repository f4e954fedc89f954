"""Numbers as pages write them."""

from collections.abc import Mapping

from django import template

from trigpoint.web.presenters.words import plain_formats

register = template.Library()


@register.filter
def thousands(n: int) -> str:
    return f"{n:,}"


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """What people call something; its code where nobody has named it."""
    return names.get(code, code)


@register.filter
def svg(x: float) -> str:
    """A coordinate: a point for the decimals whatever the reader's language."""
    return f"{x:.2f}"


@register.filter
def rate(x: float | None) -> str:
    """A rate to one place; an en dash where there is no denominator."""
    return "–" if x is None or x != x else f"{x:.1f}"


@register.filter
def unlocalised(x: float) -> str:
    """A number as a program reads it, to about a decimetre of longitude."""
    return f"{x:.6f}"


@register.filter
def formats(advice: str) -> str:
    """Date formats as people read them."""
    return plain_formats(advice)
