"""Tokens for a person's other programs, on the account page: made, shown once, revoked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from trigpoint.changes.tokens import TokenRefused, create_token, revoke_token
from trigpoint.web.forms import TokenForm
from trigpoint.web.viewer import viewer_of
from trigpoint.web.views.account import account_parts


@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """The key stands in this answer and nowhere else: no session, no address and no message carries it."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return render(request, "pages/account.html", account_parts(request, token_form=form), status=400)
    told = form.cleaned_data
    try:
        made = create_token(
            by=viewer_of(request).user,
            label=told["label"],
            purpose=told["purpose"],
            days=int(told["days"]),
            at=timezone.now(),
        )
    except TokenRefused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "pages/account.html", account_parts(request, token_form=form), status=400)
    shown = account_parts(request) | {"new_key": made.key, "new_label": told["label"]}
    return render(request, "pages/account.html", shown)


@require_POST
def end_token(request: HttpRequest, number: int) -> HttpResponse:
    try:
        revoke_token(number=number, by=viewer_of(request).user, at=timezone.now())
    except TokenRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The token is revoked. What used it can ask nothing more.")
    return redirect("account")
