"""The quadrants that the synthetic county's meetings are held in, as a definition of its home."""

from pathlib import Path

import yaml

from trigpoint.core.county.model import Areas

__all__ = ["write_quadrants"]

ORDER = ("North", "Mid", "South", "West")


def write_quadrants(file: Path, districts: Areas) -> None:
    """Write which districts lie in which quadrant, those with none left out; nothing for a county that has no quadrants."""
    if not districts.quadrants:
        return
    told = [
        {"code": name.lower(), "name": name, "districts": codes}
        for name in ORDER
        if (
            codes := [
                code
                for code, where in zip(districts.codes, districts.quadrants, strict=True)
                if where == name
            ]
        )
    ]
    file.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")
