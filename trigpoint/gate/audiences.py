"""For whom releases are made: the presets of `definitions/audiences.yaml`, or of the home's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from trigpoint.core.sharing.agreement import RELEASE_AREAS

__all__ = ["Audience", "AudienceFault", "LayerAsked", "audiences_of", "read_audiences"]

KEYS = {"title", "areas", "months", "layers", "heading", "purpose", "use", "ask", "expires_months"}
LAYER_KEYS = {"code", "name", "themes", "counts"}
MOST_MONTHS = 12


class AudienceFault(ValueError):
    """A preset cannot be obeyed as written; the message says which part."""


@dataclass(frozen=True, slots=True)
class LayerAsked:
    """What one layer counts: records of any of these themes, as people or as linked events."""

    code: str
    name: str
    themes: tuple[str, ...]
    counts: Literal["people", "events"]


@dataclass(frozen=True, slots=True)
class Audience:
    """One preset. `areas` are of `RELEASE_AREAS`, coarse to fine; `months` tells whole districts by month too."""

    code: str
    title: str
    areas: tuple[str, ...]
    months: bool
    layers: tuple[LayerAsked, ...]
    heading: str
    purpose: str
    use: str
    ask: str
    expires_months: int

    @property
    def finest(self) -> str:
        return self.areas[-1]

    @property
    def finest_words(self) -> str:
        return self.finest.replace("_", " ")


def audiences_of(definitions: Path | None = None) -> dict[str, Audience]:
    """The package's presets by code, with the home's own over them. Raises AudienceFault."""
    shipped = files("trigpoint").joinpath("definitions", "audiences.yaml").read_text("utf-8")
    found = read_audiences(yaml.safe_load(shipped))
    own = definitions / "audiences.yaml" if definitions else None
    if own is not None and own.exists():
        found |= read_audiences(yaml.safe_load(own.read_text("utf-8")))
    return found


def read_audiences(text: Any) -> dict[str, Audience]:
    """Presets from their definition. Raises AudienceFault for anything missing, unknown or finer than may be told."""
    if not isinstance(text, Mapping):
        raise AudienceFault("audiences.yaml is a list of audiences by their codes")
    return {str(code): _audience(str(code), told) for code, told in text.items()}


def _audience(code: str, text: Any) -> Audience:
    if not isinstance(text, Mapping) or set(text) != KEYS:
        raise AudienceFault(f"audience {code} says exactly: {', '.join(sorted(KEYS))}")
    areas = tuple(str(one) for one in text["areas"])
    if not areas or areas != tuple(one for one in RELEASE_AREAS if one in areas) or areas[0] != "district":
        raise AudienceFault(
            f"audience {code}: areas are district, then ward, then named_area, and nothing finer"
        )
    if "named_area" in areas and "ward" not in areas:
        raise AudienceFault(f"audience {code}: named areas are told beside wards")
    months = int(text["expires_months"])
    if not 1 <= months <= MOST_MONTHS:
        raise AudienceFault(f"audience {code}: a release ends after 1 to {MOST_MONTHS} months")
    layers = tuple(_layer(code, one) for one in text["layers"])
    if not layers or len({one.code for one in layers}) != len(layers):
        raise AudienceFault(f"audience {code}: it has layers, each with a code of its own")
    words = {
        name: " ".join(str(text[name]).split()) for name in ("title", "heading", "purpose", "use", "ask")
    }
    return Audience(
        code=code, areas=areas, months=bool(text["months"]), layers=layers, expires_months=months, **words
    )


def _layer(code: str, text: Any) -> LayerAsked:
    if not isinstance(text, Mapping) or set(text) != LAYER_KEYS:
        raise AudienceFault(f"audience {code}: a layer says exactly {', '.join(sorted(LAYER_KEYS))}")
    if text["counts"] not in ("people", "events"):
        raise AudienceFault(f"audience {code}: a layer counts people or events")
    themes = tuple(sorted(str(one) for one in text["themes"]))
    if not themes:
        raise AudienceFault(f"audience {code}: a layer has themes")
    counts = cast(Literal["people", "events"], text["counts"])
    return LayerAsked(str(text["code"]), str(text["name"]), themes, counts)
