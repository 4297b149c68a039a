"""Forms for visitors, who get no cookie: what protects them stands in the form itself.

A visitor has nothing that a foreign page could make use of, no session and no cookie, so a forged
form could only say what its author could say himself. Kept off are foreign pages all the same, and
programs: by what the browser says of the page it comes from, by a signed mark of when and for what
the form was drawn, by a field that people do not see, and by how often one address of the network writes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]
SALT = "dabir.website.form"
# Faster than people read, and longer than a page stays open.
QUICKEST_SECONDS, LONGEST_SECONDS = 3, 24 * 3600
OWN = {"same-origin", "none"}


def open_to_write(view: View) -> View:
    """The page is for everybody, takes what is written, and is kept by nobody."""

    @login_not_required
    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def _view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return _view


class VisitorForm(forms.Form):
    """A form that a visitor sends. `purpose` keeps its mark from being used for another form."""

    purpose = ""
    action = ""

    mark = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    further = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(
        self, sent: QueryDict | None = None, *, request: HttpRequest, **options: Any
    ) -> None:
        self.request = request
        self.status = 422
        self.typed = sent.copy() if sent is not None else QueryDict(mutable=True)
        super().__init__(None if sent is None else self.typed, **options)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs.setdefault("dir", "auto")
        if not self.is_bound:
            self.initial["mark"] = self._new_mark()

    def _new_mark(self) -> str:
        return signing.TimestampSigner(salt=SALT).sign(self.purpose)

    def clean(self) -> dict[str, Any]:
        """Only what a person sent from this site passes; nothing typed is lost by it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        refusal = self._why_not()
        if refusal:
            self.add_error(None, refusal)
        elif not self.errors and not ratelimit.consume(self.request, action=self.action):
            self.status = 429
            self.add_error(
                None,
                _(
                    "Much was sent from your connection just now. What you wrote is still here: "
                    "send it again in ten minutes."
                ),
            )
        return data

    def _why_not(self) -> str:
        if self.data.get("further"):
            self.typed["further"] = ""  # a person who cannot see it could not empty it
            return _(
                "A field that people do not see must stay empty; your browser may have filled it. "
                "It is empty again: send once more."
            )
        if not self._is_from_here():
            return _("This came from another site. Send it from here again.")
        signer = signing.TimestampSigner(salt=SALT)
        given = str(self.data.get("mark", ""))
        try:
            fits = signer.unsign(given, max_age=LONGEST_SECONDS) == self.purpose
        except signing.BadSignature:
            fits = False
        if not fits:
            self.typed["mark"] = self._new_mark()
            return _("The form was open too long. Nothing you typed is lost: send it once more.")
        if self._is_too_quick(signer, given):
            return _("That was quicker than one can read. Look at it once more and send it again.")
        return ""

    def _is_too_quick(self, signer: signing.TimestampSigner, given: str) -> bool:
        try:
            signer.unsign(given, max_age=QUICKEST_SECONDS - 1)
        except signing.SignatureExpired:
            return False
        return True

    def _is_from_here(self) -> bool:
        """What browsers say of the page that sent it; what says nothing is no browser's foreign page."""
        site = self.request.headers.get("Sec-Fetch-Site", "")
        if site and site not in OWN:
            return False
        origin = self.request.headers.get("Origin", "")
        if not origin or origin == "null":
            return not origin or site in OWN
        return urlsplit(origin).netloc == self.request.get_host()
