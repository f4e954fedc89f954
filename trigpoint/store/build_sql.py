"""The build's SQL, one file a step, in sql/building."""

from functools import cache
from importlib.resources import files

__all__ = ["build_sql"]


def build_sql(name: str, **numbers: float) -> str:
    """The statements of one step, with `$name` replaced by the numbers given. Never used for text."""
    sql = _text(name)
    for word, number in numbers.items():
        sql = sql.replace(f"${word}", repr(number))
    return sql


@cache
def _text(name: str) -> str:
    return files("trigpoint.store").joinpath("sql", "building", f"{name}.sql").read_text(encoding="utf-8")
