"""Questions for the meeting, each with the place it is about and where to look."""

from collections.abc import Mapping

from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.card import Asked
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.analysis_questions import evidence_href

__all__ = ["questions_of"]


def questions_of(
    answer: Answer,
    agencies: Mapping[str, str],
    places: Mapping[str, tuple[str, str]],
    districts: Mapping[str, str],
) -> tuple[Asked, ...]:
    """First things first. `places` gives letter and address by "name, ward"; `districts` a code by a ward's name or
    its own. A question about a place that has no letter leads to the analysis behind it.
    """
    found = []
    for row in rows(answer.columns):
        letter, href = places.get(row["place"], ("", ""))
        found.append(
            Asked(
                rank=row["rank"],
                rule=row["rule"],
                title=row["title"],
                text=said(row["question"]),
                place=row["place"],
                owner=agencies.get(row["owner"], row["owner"]),
                told=said(row["told"]),
                letter=letter,
                href=href or evidence_href(row["kind"], row["words"]),
                district=districts.get(row["place"], districts.get(row["place"].rpartition(", ")[2], "")),
            )
        )
    return tuple(found)
