"""The reader's own account: who they act for, the purpose they act under, a second step at sign-in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trigpoint.web.forms import PurposeForm
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
    shown = {"viewer": viewer, "form": form, "two_step": not settings.TRIGPOINT_DEMO}
    return render(request, "pages/account.html", shown)
