"""Every address of the installation."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from dabir.office.views import doors
from dabir.website.api.machine import addresses
from dabir.website.views import editorial, machine, security

urlpatterns = [
    path("health", doors.health, name="health"),
    path("language/", include("django.conf.urls.i18n")),
    path("", doors.entrance, name="entrance"),
    path("robots.txt", machine.robots, name="robots"),
    path(".well-known/security.txt", security.security_txt, name="security_txt"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
    path("api/v1/", include(addresses())),
    path("pictures/<path:name>", editorial.picture_file, name="picture"),
    *i18n_patterns(
        path("first-run/", doors.first_run, name="first_run"),
        path("account/", include("dabir.accounts.urls")),
        path("", include("dabir.registry.urls")),
        path("account/", include("allauth.account.urls")),
        path("account/2fa/", include("allauth.mfa.urls")),
        path("", include("dabir.documents.urls")),
        path("", include("dabir.messaging.urls")),
        path("", include("dabir.membership.urls")),
        path("", include("dabir.organs.urls")),
        path("", include("dabir.meetings.urls")),
        path("", include("dabir.decisions.urls")),
        path("", include("dabir.intake.urls")),
        path("", include("dabir.readers.urls")),
        path("office/pages/", include("dabir.editorial.urls")),
        path("", include("dabir.office.urls")),
        path("", include("dabir.website.urls")),
        prefix_default_language=True,
    ),
]

handler400 = "dabir.office.views.faults.bad_request"
handler403 = "dabir.office.views.faults.forbidden"
handler404 = "dabir.office.views.faults.not_found"
handler500 = "dabir.office.views.faults.server_fault"
