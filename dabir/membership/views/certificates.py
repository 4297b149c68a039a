"""Certificates: printed, read in the office, and verified by anybody who holds one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dabir.documents.downloads import stored_answer
from dabir.membership.models import Certificate
from dabir.membership.places import member_url
from dabir.membership.queries.members import members_listed
from dabir.membership.services.certificates import certificate_with_code, issue_certificate
from dabir.registry.acting import needs, stamp


@require_POST
@needs("membership.record_membership")
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Print the certificate of a member that has none yet."""
    member = get_object_or_404(members_listed(), public_id=code)
    issue_certificate(member=member, **stamp(request))
    messages.success(request, _("The certificate is printed."))
    return redirect(member_url(member))


@needs("membership.view_members")
def certificate(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The certificate as it was printed, in one language."""
    found = get_object_or_404(
        Certificate.objects.select_related("persian", "english"), verification_code=code
    )
    files = {"fa": found.persian, "en": found.english}
    if language not in files:
        raise Http404
    return stored_answer(files[language], inline=True)


@login_not_required
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a certificate was given by this association, and what stands of the membership today."""
    asked = (code or request.GET.get("code", "")).strip()[:40]
    found = certificate_with_code(asked) if asked else None
    context = {"asked": asked, "certificate": found}
    status = 404 if asked and found is None else 200
    return render(request, "membership/verify.html", context, status=status)
