"""Pages for what cannot be shown, in calm words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trigpoint.changes.editing import ChangedMeanwhile

LOOK_AGAIN_S = 3


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 400, "This request cannot be read", ["Check the address, or go back and try again."]
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 403, "This page is not open to your role", ["Your account shows what your role may do."]
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "This form is too old to use",
        ["Nothing was changed. Go back, load the page again, and send the form once more."],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404, "There is no such page", ["If you typed the address, check that it is right."])


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        "Trigpoint could not answer",
        [
            "This is a fault of ours, not of your question. Nothing was changed or lost.",
            "The person who runs this home can see what happened in its log.",
        ],
    )


def denied_page(request: HttpRequest, *, reason: str, clause: str) -> HttpResponse:
    """403 with the reason the agreement gives, and the clause that gives it: of an agency or of a role, as it says."""
    sentences = [reason] if not clause or clause in reason else [reason, f"Clause {clause}."]
    return _page(request, 403, "Not shown to you", sentences)


def not_yours_page(request: HttpRequest, *, reason: str) -> HttpResponse:
    """403 with whom the page or the change is for: no agreement is in the way, but the account's role or agency."""
    return _page(request, 403, "Not open to your account", [reason])


def wrong_question_page(request: HttpRequest, *, reason: str) -> HttpResponse:
    return _page(request, 400, "This cannot be asked", [reason])


def being_made_anew_page(request: HttpRequest, *, reason: str) -> HttpResponse:
    """503, and the page looks again by itself; what was sent with a form was not done, and is said so."""
    asks = request.method == "GET"
    again = "This page looks again by itself." if asks else "Nothing was changed: go back and send it again."
    response = _page(request, 503, "One moment", [reason, again])
    if asks:
        response["Refresh"] = str(LOOK_AGAIN_S)
    return response


def both_versions_page(request: HttpRequest, meanwhile: ChangedMeanwhile) -> HttpResponse:
    """409: what somebody else saved beside what this person was about to save, so that nothing of either is lost."""
    yours = {
        name: value for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "version")
    }
    names = [name for name in meanwhile.now if name in yours]
    shown = {
        "sentence": str(meanwhile),
        "both": [(name.replace("_", " "), meanwhile.now[name], yours[name]) for name in names],
        "action": request.get_full_path(),
        "kept": yours.items(),
        "version": meanwhile.version,
    }
    return render(request, "pages/both_versions.html", shown, status=409)


def _page(request: HttpRequest, status: int, title: str, sentences: list[str]) -> HttpResponse:
    return render(request, "pages/refusal.html", {"title": title, "sentences": sentences}, status=status)
