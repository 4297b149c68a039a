"""The practice union with what its loading leaves out of the kinds of page, and where each of them lies."""

from __future__ import annotations

from django.utils import timezone

from dabir.core.reference import Reference
from dabir.decisions.models import ActivityReport, Evidence, ProgressReport
from dabir.decisions.services.progress import draft_report, freeze_report, sign_off_report
from dabir.decisions.services.publishing import publish_edition
from dabir.decisions.services.reminders import send_reminders
from dabir.decisions.services.sending import Addressee, send_edition
from dabir.intake.models import Receipt
from dabir.membership.models import Application, Snapshot
from dabir.messaging.models import IncomingLetter, Letter
from dabir.organs.models import Organ
from dabir.readers.models import Enquiry, Issue
from dabir.registry.models import Mandate, Post
from dabir.registry.services import ask_own_address
from tests.factories.people import SIGNED, a_holder


def prepare() -> None:
    """A frozen and published report, its letter, reminders, and an address that waits to be confirmed."""
    organ = Organ.objects.get(key="executive-board")
    draft = draft_report(organ=organ, as_of=SIGNED["on"], **SIGNED)
    edition = freeze_report(report=sign_off_report(report=draft, **SIGNED), **SIGNED)
    publish_edition(edition=edition, **SIGNED)
    city = Addressee(Reference("city", "somewhere", {"en": "Somewhere", "fa": "جایی"}), "fa")
    send_edition(edition=edition, addressees=[city], address_of=lambda t, _l: f"#{t}#", **SIGNED)
    send_reminders(**SIGNED)
    user = a_holder("auditor", email="auditor@example.org")
    today = SIGNED | {"on": timezone.localdate()}
    ask_own_address(user=user, email="new@example.org", door=lambda t: f"#{t}#", **today)


def places() -> dict[str, str]:
    """What the addresses of the pages need."""
    waiting = ActivityReport.objects.filter(verdicts=None).order_by("-on").first()
    assert waiting is not None
    shown = Evidence.objects.filter(withdrawal=None).first()
    assert shown is not None
    return {
        "report": ProgressReport.objects.latest("id").public_id,
        "address": Letter.objects.get(kind="address").body.split("#")[1],
        "received": Letter.objects.get(kind="dispatch").body.split("#")[1],
        "mayor": str(Mandate.objects.exclude(post__city=None).order_by("id")[0].pk),
        "post": Post.objects.order_by("id")[0].public_id,
        "activity": waiting.public_id,
        "evidence": shown.public_id,
        "incoming": IncomingLetter.objects.get(number="IN-2026/0004").public_id,
        "enquiry": Enquiry.objects.get(number="Q-2026/0003").public_id,
        "issue": Issue.objects.get(state="checking").public_id,
        "review": Receipt.objects.get(state="review").public_id,
        "unread": Receipt.objects.get(state="refused").public_id,
        "application": Application.objects.get(is_open=True).public_id,
        "standing": Snapshot.objects.get().public_id,
        "letter": Letter.objects.order_by("id")[0].public_id,
    }
