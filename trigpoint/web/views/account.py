"""The reader's own account: who they act for, the purpose they act under, a second step at sign-in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint.changes.tokens import tokens_of
from trigpoint.web.forms import PurposeForm, TokenForm
from trigpoint.web.viewer import PURPOSE_KEY, viewer_of


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """GET shows the account; POST sets the purpose of what is asked from now on."""
    viewer = viewer_of(request)
    form = PurposeForm(request.POST or None, initial={"purpose": viewer.purpose})
    if request.method == "POST" and form.is_valid():
        request.session[PURPOSE_KEY] = form.cleaned_data["purpose"]
        messages.success(request, "What you ask from now on is recorded under this purpose.")
        return redirect("account")
    return render(request, "pages/account.html", account_parts(request, form=form))


def account_parts(
    request: HttpRequest, *, form: PurposeForm | None = None, token_form: TokenForm | None = None
) -> dict[str, object]:
    """What the account page shows: the person, their purpose, their tokens."""
    viewer = viewer_of(request)
    purpose = {"purpose": viewer.purpose}
    return {
        "viewer": viewer,
        "form": form or PurposeForm(initial=purpose),
        "two_step": not settings.TRIGPOINT_DEMO,
        "tokens": tokens_of(viewer.user, timezone.now()),
        "token_form": token_form or TokenForm(initial=purpose, auto_id="token_%s"),
        "connect_url": request.build_absolute_uri(reverse("ogc")),
    }
