"""Where whoever finds a weakness tells of it: for programs by RFC 9116, for people as a page."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.translation import gettext as _
from django.utils.translation import override

from dabir.core.kept import open_to_all
from dabir.registry.public import public_association
from dabir.website.pages import show

# The standard asks for less than a year; it is renewed every day that it is asked for.
HOLDS = timedelta(days=180)
PLAIN = "text/plain; charset=utf-8"
WAYS = ("mailto:", "https://", "tel:")


def security_contacts() -> list[str]:
    """The ways to tell, as set; the first is the preferred one."""
    return [way for way in settings.SECURITY_CONTACTS if way.startswith(WAYS)]


@open_to_all
def security_txt(request: HttpRequest) -> HttpResponse:
    """The file; where the standard's fields cannot be filled it is refused, naming them."""
    lacking = [] if security_contacts() else ["Contact (DABIR_SECURITY_CONTACT)"]
    if not settings.ADDRESS.startswith("https://"):
        lacking.append("Canonical, Policy (DABIR_ADDRESS, https)")
    if lacking:
        return HttpResponse(f"Not set: {'; '.join(lacking)}.\n", content_type=PLAIN, status=404)
    site = settings.ADDRESS.rstrip("/")
    languages = public_association().languages or ("en",)
    midnight = datetime.combine(clock.now().astimezone(UTC).date(), time(), UTC)
    lines = [f"Contact: {way}" for way in security_contacts()]
    lines.append(f"Expires: {(midnight + HOLDS).strftime('%Y-%m-%dT%H:%M:%SZ')}")
    lines.append(f"Preferred-Languages: {', '.join(languages)}")
    lines.append(f"Canonical: {site}{reverse('security_txt')}")
    for language in languages:
        with override(language):
            lines.append(f"Policy: {site}{reverse('website:security')}")
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@open_to_all
def security(request: HttpRequest) -> HttpResponse:
    """What whoever finds a weakness may expect, and what is asked of them."""
    mails = [
        way.removeprefix("mailto:") for way in security_contacts() if way.startswith("mailto:")
    ]
    pages = [way for way in security_contacts() if way.startswith("https://")]
    context = {"mails": mails, "pages": pages}
    crumbs = [(_("Safety of this website"), "")]
    return show(request, "website/security.html", "", context, crumbs=crumbs)
