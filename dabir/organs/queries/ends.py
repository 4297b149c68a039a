"""Which terms and mandates end, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.errors import Words
from dabir.core.words import as_words, say
from dabir.organs.models import Organ, Seat
from dabir.registry.models import Mandate


@dataclass(frozen=True)
class Ending:
    """A term, a seat or a mandate that ends: its first day after."""

    key: str
    on: date
    kind: str
    who: dict[str, str]
    where: dict[str, str]
    url: str

    @property
    def kind_label(self) -> Words:
        """What ends."""
        return {
            "term": gettext_lazy("term"),
            "seat": gettext_lazy("seat"),
            "mandate": gettext_lazy("mandate"),
        }[self.kind]

    def said(self, language: str) -> str:
        """What ends, in one line."""
        words = {"who": say(self.who, language), "where": say(self.where, language)}
        sentence = {
            "term": _("End of term: %(who)s in %(where)s"),
            "seat": _("End of seat: %(who)s in %(where)s"),
            "mandate": _("End of mandate: %(who)s, %(where)s"),
        }[self.kind]
        return sentence % words


def terms_ending(*, since: date, until: date | None = None) -> list[Ending]:
    """Seats whose term ends, or that end before, from a day on; the earliest first."""
    rows = Seat.objects.filter(is_annulled=False, organ__is_annulled=False).filter(
        Q(ends_on__gte=since) | Q(ends_on=None, term_ends_on__gte=since)
    )
    found = []
    for seat in rows.select_related("organ", "city", "post"):
        day = seat.ends_on or seat.term_ends_on
        holder = seat.holder()
        if day is None or (until is not None and day > until):
            continue
        found.append(
            Ending(
                key=f"seat-{seat.organ.key}-{seat.number or seat.pk}",
                on=day,
                kind="seat" if seat.ends_on else "term",
                who=holder.labels if holder else {"en": "unknown", "fa": "نامعلوم"},
                where=as_words(seat.organ.names),
                url=seat.organ.get_absolute_url(),
            )
        )
    return sorted(found, key=lambda ending: (ending.on, ending.key))


def mandates_ending(*, since: date) -> list[Ending]:
    """Mandates in posts of organs that end from a day on; the earliest first."""
    urls = {organ.key: organ.get_absolute_url() for organ in Organ.objects.all()}
    rows = Mandate.objects.filter(ends_on__gte=since).exclude(post__organ_key="")
    return [
        Ending(
            key=f"mandate-{mandate.pk}",
            on=mandate.ends_on,
            kind="mandate",
            who=as_words(mandate.person.names),
            where=as_words(mandate.post.names),
            url=urls.get(mandate.post.organ_key, ""),
        )
        for mandate in rows.select_related("person", "post").order_by("ends_on", "id")
        if mandate.ends_on
    ]
