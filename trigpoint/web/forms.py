"""The forms of the pages."""

from collections.abc import Sequence
from datetime import datetime, time

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from trigpoint.changes.tokens import DAYS_CHOICES
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


class TokenForm(forms.Form):
    """A token for a program: what it is for, how long, and under which purpose its questions are recorded."""

    label = forms.CharField(
        label="What it is for",
        help_text="The program and the machine, such as QGIS on my laptop.",
        max_length=60,
        error_messages={"required": "Say what the token is for."},
    )
    days = forms.ChoiceField(
        label="How long it lasts",
        choices=tuple((str(days), f"{days} days") for days in DAYS_CHOICES),
        initial="30",
    )
    purpose = _purpose_field()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"auto_id": "token_%s"} | kwargs)  # type: ignore[arg-type]


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


Grouped = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def _date_field(label: str, help_text: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class BringForm(forms.Form):
    """What a file is and how old; the file itself goes another way (web/spooling.py)."""

    definition = forms.ChoiceField(
        label="What kind of file it is", error_messages={"required": "Choose what kind of file it is."}
    )
    extracted_on = _date_field(
        "When the extract was made", "It decides which of two files is newer. Left empty: the day of receipt."
    )
    received_on = _date_field("When it was received", "Left empty: now.")

    def __init__(self, definitions: Grouped, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choice = self.fields["definition"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", "Choose…"), *definitions]

    def received_at(self) -> datetime | None:
        """The instant of receipt: the day told, at this hour where it is today; None where none was told."""
        day, now = self.cleaned_data["received_on"], timezone.localtime()
        if day is None or day == now.date():
            return None
        return timezone.make_aware(datetime.combine(day, time(12)))


class SampleForm(forms.Form):
    """What a new definition will be called, and whose files it reads."""

    name = forms.CharField(
        label="Name",
        help_text="Lower case letters, digits and underscores: agency_extract.",
        max_length=60,
        error_messages={"required": "Give it a name."},
    )
    agency = forms.ChoiceField(
        label="Whose files it reads", error_messages={"required": "Choose whose files it reads."}
    )

    def __init__(self, agencies: Sequence[tuple[str, str]], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choice = self.fields["agency"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", "Choose…"), *agencies]
