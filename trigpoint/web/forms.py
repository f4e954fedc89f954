"""The forms of the pages."""

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest, HttpResponse

from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, PURPOSES
from trigpoint.web.viewer import PURPOSE_KEY


def _purpose_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Purpose",
        help_text="Why you are looking. It is recorded with every question you ask.",
        choices=tuple((code, words[0].upper() + words[1:]) for code, words in PURPOSES.items()),
        initial=DEFAULT_PURPOSE,
    )


class PurposeForm(forms.Form):
    """The purpose somebody acts under for the rest of the session."""

    purpose = _purpose_field()


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password, and the purpose of the session that begins."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"] = _purpose_field()
        self.fields["login"].label = "User name"
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        request.session[PURPOSE_KEY] = self.cleaned_data["purpose"]
        answer: HttpResponse = super().login(request, redirect_url=redirect_url)
        return answer
