"""The admin of the pages, behind the house's own front door."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from dabir.editorial.views.door import behind_the_door
from dabir.editorial.views.words import WordsForScripts

to_desk = RedirectView.as_view(pattern_name="office:desk")
to_account = RedirectView.as_view(pattern_name="accounts:account")


def no_door(request: HttpRequest, **_parts: Any) -> HttpResponse:
    """What Wagtail offers here is not offered by the house."""
    raise Http404


urlpatterns = decorate_urlpatterns(
    [
        # One front door: Wagtail's own sign-in, sign-out and account are the house's.
        path("login/", to_desk, name="wagtailadmin_login"),
        path("logout/", to_account, name="wagtailadmin_logout"),
        path("account/", to_account, name="wagtailadmin_account"),
        path("jsi18n/", WordsForScripts.as_view(), name="wagtailadmin_javascript_catalog"),
        # Acts of Wagtail's interface for programs: its pages need none, and some pass by approval.
        path("api/main/pages/<int:number>/action/<str:act>/", no_door),
        path("", include(admin_urls)),
    ],
    behind_the_door,
)
