"""How the information about a place was graded: the mix, and what it means for whoever reads the figures."""

from collections.abc import Mapping
from typing import Any

from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.presenters.words import counted

__all__ = ["told_grades"]

Json = dict[str, Any]


def told_grades(found: Answer | None) -> Json | None:
    """The mix of grades, and what it means for whoever reads the figures; None where it is not told."""
    if found is None:
        return None
    mix = {str(one["code"]): one for one in rows(found.parts["grade"])}
    told = sum(int(one["count"]) for one in mix.values())
    graded = told - int(mix["none"]["count"])
    most = max((int(one["count"]) for one in mix.values()), default=0) or 1
    lines = [
        {
            "name": f"{code.upper()}: {one['name'][:1].lower()}{one['name'][1:]}"
            if code != "none"
            else one["name"],
            "count": f"{one['count']:,}",
            "share": int(one["count"]) / most,
        }
        for code, one in mix.items()
    ]
    return {"rows": lines if graded else [], "means": _grades_mean(mix, graded, found)}


def _grades_mean(mix: Mapping[str, Mapping[str, Any]], graded: int, found: Answer) -> str:
    doubted = int(mix["d"]["count"]) + int(mix["e"]["count"])
    said = ["No record told here is graded: these are reports, not intelligence."]
    if graded:
        said = [
            f"{counted(graded, 'record is', 'records are')} graded intelligence, by the assessment of 3x5x2; an older "
            "5x5x5 is mapped so that nothing looks better than it was. What is not graded is a report."
        ]
    if false := int(mix["e"]["count"]):
        said.append(f"{counted(false, 'record is', 'records are')} suspected false and part of no test.")
    if graded and 2 * doubted >= graded:
        said.append(
            "Half of what is graded, or more, is not known or suspected false: ask before it is relied on."
        )
    if kept := int(str(found.about["without_grade"])):
        said.append(f"Of {counted(kept, 'record', 'records')} the grade is not shown here.")
    return " ".join(said)
