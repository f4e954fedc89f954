"""Questions for the meeting: what all the analyses together would ask the people in the room."""

import numpy as np

from trigpoint.core.analysis.meeting_questions import ranked
from trigpoint.gate.answers import Answer
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.meeting_asks import Asking, districts_told, of_hotspots
from trigpoint.gate.meeting_asks_feeds import of_feeds
from trigpoint.gate.meeting_evidence import Evidence
from trigpoint.gate.meeting_rules import MeetingRule
from trigpoint.gate.runs import Progress, Worked, worked

__all__ = ["answer_questions"]

METHOD = (
    "Rules look at the other answers, under the same agreements and filters, and raise questions. A question is ranked by "
    "its rule's weight and how plainly the evidence raises it; of one place at most two are asked. Rules are definitions "
    "and can be switched off."
)
SENTENCE = "These are questions to ask, not findings. An agency named could answer; it is not to blame."


def answer_questions(asked: Asked) -> Answer:
    """Columns rank, rule, title, question, place, district, owner, told, kind, words: one row a question, the first first.

    `owner` is the code of an agency that could answer; `district` the code of the place's district, empty for the whole
    county; `told` what it rests on; `kind` and `words` the further question
    behind it, as an address has it. Part "rules": every rule, whether it is on and how many questions it asks.
    Raises QuestionError for a rule that there is not.
    """
    rules = {one.code: one for one in asked.rules}
    for code in asked.question.rules:
        if code not in rules:
            raise QuestionError(f"There is no rule '{code}': choose {', '.join(sorted(rules))}.")
    names = {one.code: one.name for one in asked.version.vocabulary.agencies}
    found = _found(asked, rules, names)
    asks, many = found.tables["asks"], found.facts["asks"]
    chosen = [
        row
        for row, code in enumerate(asks["rule"])
        if not asked.question.rules or code in asked.question.rules
    ]
    columns = {
        "rank": list(range(1, len(chosen) + 1)),
        **{name: [column[row] for row in chosen] for name, column in asks.items()},
    }
    part: dict[str, list[object]] = {
        "rule": list(rules),
        "title": [one.title for one in rules.values()],
        "on": [one.on for one in rules.values()],
        "weight": [one.weight for one in rules.values()],
        "asks": [many[code] for code in rules],
    }
    about = asked.about(
        total=len(chosen), method=METHOD, sentence=SENTENCE, passed_over=found.facts["passed_over"]
    )
    return Answer("questions", columns, about, {"rules": part})


def _found(asked: Asked, rules: dict[str, MeetingRule], names: dict[str, str]) -> Worked:
    """Every rule's questions, kept: they rest on a dozen further answers."""
    question, found = asked.question, Evidence(asked)
    depends = (
        question.level_word,
        question.q,
        question.background,
        question.within,
        found.day.isoformat(),
        tuple(rules.values()),
    )

    def make(_rng: np.random.Generator, _progress: Progress) -> Worked:
        asking = Asking(rules, names, districts_told(asked.version))
        raised = [*of_hotspots(found, asking), *of_feeds(found, asking)]
        asks = ranked(raised, {code: one.ranking for code, one in rules.items()})
        table = {
            "rule": [one.rule for one in asks],
            "title": [rules[one.rule].title for one in asks],
            "question": [one.text for one in asks],
            "place": [one.place for one in asks],
            "district": [one.district for one in asks],
            "owner": [one.owner for one in asks],
            "told": [one.told for one in asks],
            "kind": [one.evidence[0] for one in asks],
            "words": [one.evidence[1] for one in asks],
        }
        many = {code: sum(one.rule == code for one in asks) for code in rules}
        return Worked({"asks": table}, {"asks": many, "passed_over": sorted(found.passed_over.values())})

    return worked(asked, "questions", 5, depends, make)
