"""An edition or a text is shown to everybody, or taken down."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dabir.core.components.words import digits
from dabir.decisions.forms.publishing import PUBLICATION_ACTS, TEXT_PUBLICATION_ACTS
from dabir.decisions.models import Edition
from dabir.decisions.places import crumbs_to_document, document_url
from dabir.decisions.views.editions import edition_url
from dabir.decisions.views.progress import crumbs
from dabir.documents.models import Document
from dabir.registry.acting import act_page


def publication(request: HttpRequest, public_id: str, number: int, act: str) -> HttpResponse:
    """Publish an edition or take it down, after its consequence was read."""
    form_class = PUBLICATION_ACTS.get(act)
    if form_class is None:
        raise Http404
    editions = Edition.objects.select_related("report__organ")
    shown = get_object_or_404(editions, report__public_id=public_id, number=number)
    return act_page(
        request,
        form_class=form_class,
        record=shown,
        back=edition_url(shown),
        breadcrumbs=crumbs(shown.report, {"label": _("Edition %(n)s") % {"n": digits(number)}}),
    )


def text_publication(request: HttpRequest, document: str, act: str) -> HttpResponse:
    """Publish a resolution or minutes or take them down, after its consequence was read."""
    form_class = TEXT_PUBLICATION_ACTS.get(act)
    if form_class is None:
        raise Http404
    found = get_object_or_404(Document, public_id=document)
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=document_url(found),
        breadcrumbs=crumbs_to_document(found),
    )
