"""The colours of paper: those of frontend/src/styles/tokens.css in the light, and an SVG's first and last words."""

from xml.sax.saxutils import escape, quoteattr

__all__ = [
    "BAND",
    "COUNTS",
    "GROUND",
    "HOT",
    "INK",
    "INK_2",
    "LINE",
    "NOTICE",
    "PAPER",
    "QUIET",
    "RING",
    "SILENT",
    "STREET",
    "STREET_EDGE",
    "TRANSPORT",
    "VULNERABLE",
    "line",
    "svg",
    "written",
]

INK, INK_2, LINE, PAPER = "#0f1b22", "#43525b", "#d3dade", "#ffffff"
HOT, QUIET, BAND, SILENT = "#97304a", "#b3bdc3", "#dde3e6", "#5e6a72"
GROUND, STREET, STREET_EDGE = "#f1efe9", "#ffffff", "#cfcac0"
VULNERABLE, TRANSPORT, NOTICE, RING = "#1d4e89", "#3d4a52", "#0f1b22", "#00606b"
COUNTS = ("#fbe6bc", "#f6c27b", "#e8924f", "#cb5a3f", "#97304a", "#571845")
FONT = "Public Sans"


def svg(wide: float, high: float, *parts: str) -> bytes:
    """A whole drawing, `wide` by `high` units."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" height="{high:g}">'
    return "".join((head, *parts, "</svg>")).encode()


def line(path: str, ink: str, wide: float, more: str = "") -> str:
    """A stroke without a fill."""
    return f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="{wide:g}" {more}/>' if path else ""


def written(
    words: str,
    x: float,
    y: float,
    size: float,
    ink: str = INK,
    *,
    weight: int = 400,
    anchor: str = "start",
    more: str = "",
) -> str:
    """Words with their baseline at y; `anchor` is start, middle or end."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family={quoteattr(FONT)} font-size="{size:g}" font-weight="{weight}" '
        f'fill="{ink}" text-anchor="{anchor}" {more}>{escape(words)}</text>'
    )
