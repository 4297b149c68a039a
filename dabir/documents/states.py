"""Kinds of documents and clauses, and the states of a language version."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What a document is."""

    DECLARATION = "declaration", _("declaration")
    MINUTES = "minutes", _("minutes")
    RESOLUTION = "resolution", _("resolution")
    PAGE = "page", _("page of the association")


# Texts that everybody may read only after an act by which they were shown.
SHOWN_BY_ACT = (DocumentKind.RESOLUTION, DocumentKind.MINUTES)

DOCUMENT_KINDS = {c.value: c.label for c in DocumentKind}


class VersionState(models.TextChoices):
    """What a language version is worth; at most one is authentic."""

    AUTHENTIC = "authentic", _("authentic")
    OFFICIAL = "official", _("official translation")
    RECEIVED = "received", _("as received; which language is authentic is unknown")
    UNOFFICIAL = "unofficial", _("unofficial working translation")


VERSION_STATES = {c.value: c.label for c in VersionState}

CLAUSE_KINDS = {
    "recital": _("recital"),
    "thanks": _("thanks"),
    "encouragement": _("encouragement"),
    "commitment": _("commitment"),
    "priority": _("priority"),
    "task": _("task"),
    "request": _("request"),
    "approval": _("approval"),
    "appreciation": _("appreciation"),
    "election": _("election"),
    "appointment": _("appointment"),
    "honorary_membership": _("honorary membership"),
    "award_scheme": _("award scheme"),
    "award_category": _("award category"),
    "budget_approval": _("approval of the budget"),
    "spending_authority": _("authority to spend"),
    "dues_request": _("request to pay dues"),
    "host_candidacy": _("candidacy to host"),
    "body_foundation": _("foundation of a body"),
    "follow_up_mandate": _("mandate to follow up"),
}
