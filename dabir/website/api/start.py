"""Where programs begin: whose data it is, under which terms, and where everything is."""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from dabir.core.words import reader_language, say
from dabir.registry.public import public_association
from dabir.website.api import shapes_forum as shapes
from dabir.website.api.answering import Addresses, Data
from dabir.website.api.asking import Spoken
from dabir.website.api.problems import NotThere
from dabir.website.api.telling import reading

router = Router()
VERSION = "1.0"
LISTS = (
    "texts", "decisions", "follow-up", "reports", "organs", "people", "sessions", "rules",
    "members", "cities", "pages",
)  # fmt: skip


def citation(name: str) -> str:
    """How the data is cited, as of today."""
    return gettext("%(association)s, public record, as of %(day)s") % {
        "association": name, "day": timezone.localdate().isoformat(),
    }  # fmt: skip


@router.get("", **reading(
    "Start", shapes.Start, _("Beginning"), _("Beginning"),
    _("Whose data this is, under which terms it may be used, and where the lists are."),
))  # fmt: skip
def start(request: HttpRequest, asked: Annotated[Spoken, Query()]) -> Data:
    """Whose data this is, and where to go from here."""
    association = public_association()
    if association is None:
        raise NotThere("association")
    to, language = Addresses(request), reader_language()
    others = {
        "feed": to.page("decisions.atom"),
        "calendar": to.page("meetings.ics"),
        "popolo": to.page("forum/popolo.json"),
        "sitemap": f"{to.site}/sitemap.xml",
        "directory": to.page("cities/members.json"),
    }
    return {
        "association": association.names,
        "is_practice": association.is_practice,
        "version": VERSION,
        "licence": {
            "name": settings.DATA_LICENCE or None,
            "citation": citation(say(association.names)),
        },
        "description": f"{to.api('openapi.json')}?language={language}",
        "documentation": to.page("api/"),
        "links": {name: to.api(name) for name in LISTS} | others,
    }
