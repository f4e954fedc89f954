"""How far a request to publish has come, in a sentence."""

from dataclasses import dataclass

from trigpoint.changes.publishing import PublicationRequest


@dataclass(frozen=True, slots=True)
class ProgressPage:
    id: str
    stage: str
    title: str
    sentence: str
    finished: bool
    publication: int | None

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "stage": self.stage,
            "sentence": self.sentence,
            "finished": self.finished,
            "publication": self.publication,
        }


def progress_page(request: PublicationRequest) -> ProgressPage:
    title, sentence = _words(request)
    return ProgressPage(
        id=request.id,
        stage=request.stage,
        title=title,
        sentence=sentence,
        finished=request.stage in {"done", "failed"},
        publication=request.publication,
    )


def _words(request: PublicationRequest) -> tuple[str, str]:
    if request.stage == "waiting":
        return "Waiting to start", "The worker takes it next. The pages keep showing the version before."
    if request.stage == "running":
        return "Building a new version", "The pages keep showing the version before until this one is whole."
    if request.stage == "done":
        return f"Version {request.publication} is in use", "Every page now answers from it."
    return "No new version was made", request.fault
