"""The built front end's files, by the entry that asks for them."""

import json
from dataclasses import dataclass
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
BUILT = "trigpoint/dist"


@dataclass(frozen=True, slots=True)
class Built:
    """What one entry needs: its own script and every style sheet of it and of what it imports."""

    script: str
    styles: tuple[str, ...]


def built_entry(manifest: dict[str, dict[str, object]], entry: str) -> Built:
    """Look an entry up in Vite's manifest. Raises KeyError when the build does not hold it."""
    styles: dict[str, None] = {}
    seen: set[str] = set()

    def gather(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        chunk = manifest[name]
        for imported in _names(chunk, "imports"):
            gather(imported)
        styles.update(dict.fromkeys(_names(chunk, "css")))

    gather(entry)
    return Built(script=str(manifest[entry]["file"]), styles=tuple(styles))


def _names(chunk: dict[str, object], key: str) -> list[str]:
    told = chunk.get(key)
    return [str(name) for name in told] if isinstance(told, list) else []


@register.simple_tag
def frontend_assets(*entries: str) -> SafeString:
    """`<link>` and `<script>` tags for the entries, each file once; nothing where the front end was not built."""
    manifest = _manifest()
    if manifest is None:
        return SafeString("")
    built = [built_entry(manifest, entry) for entry in entries]
    styles = dict.fromkeys(style for each in built for style in each.styles)
    links = format_html_join("\n", '<link rel="stylesheet" href="{}">', ((_url(style),) for style in styles))
    scripts = format_html_join(
        "\n", '<script type="module" src="{}"></script>', ((_url(each.script),) for each in built)
    )
    return format_html("{}\n{}", links, scripts)


@register.simple_tag
def frontend_missing() -> bool:
    """Whether this installation lacks its built front end; the pages then say so."""
    return _manifest() is None


def _url(file: str) -> str:
    return static(f"{BUILT}/{file}")


def _manifest() -> dict[str, dict[str, object]] | None:
    found = finders.find(f"{BUILT}/manifest.json")
    if not isinstance(found, str):
        return None
    read: dict[str, dict[str, object]] = json.loads(Path(found).read_text(encoding="utf-8"))
    return read
