"""Maps that a meeting kept, put into its page as they were drawn."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from trigpoint.changes.kept_pictures import KeptPicture

register = template.Library()


@register.simple_tag
def kept_picture(picture: KeptPicture) -> SafeString:
    """The map with the words that stand for it. Its SVG is the program's own: every name in it was escaped when drawn."""
    return format_html(
        '<div class="kept-picture" role="img" aria-label="{}">{}</div>', picture.alt, SafeString(picture.svg)
    )
