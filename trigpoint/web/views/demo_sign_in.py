"""One-click sign-in as anyone in a demo home. In any other home this address does not exist."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from trigpoint.web.sign_in_record import WAY_KEY


@login_not_required
@require_http_methods(["GET", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """GET lists the demo's people; POST signs in as one of them."""
    if not settings.TRIGPOINT_DEMO:
        raise Http404
    people = get_user_model().objects.filter(is_active=True).select_related("agency").order_by("pk")
    if request.method == "GET":
        asked = {"people": people, "next": _safe_next(request, request.GET.get("next", ""))}
        return render(request, "account/demo_sign_in.html", asked)
    user = get_object_or_404(people, username=request.POST.get("username", ""))
    request.session[WAY_KEY] = "demo"
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(_safe_next(request, request.POST.get("next", "")) or "hot")


def _safe_next(request: HttpRequest, url: str) -> str:
    allowed = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if allowed else ""
