"""Where a text of the register came from: the received files and their readings, on its own page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from dabir.core.slots import Panel
from dabir.documents.models import Document
from dabir.intake.models import Receipt
from dabir.intake.states import STATE_MARKS, Purpose, ReceiptState


def readings_of_document(request: HttpRequest, document: Document) -> Panel | None:
    """The received texts of a document; whoever may receive finds the way to a further language."""
    if not request.user.has_perm("intake.view_receipt"):
        return None
    rows = Receipt.objects.filter(document=document).order_by("received_at", "id")
    found = [
        {
            "receipt": receipt,
            "mark": STATE_MARKS[ReceiptState(receipt.state)],
            "url": reverse("intake:compare", args=[receipt.public_id])
            if receipt.state == ReceiptState.CONFIRMED
            else receipt.get_absolute_url(),
        }
        for receipt in rows.exclude(state=ReceiptState.DROPPED)
    ]
    receive = ""
    if request.user.has_perm("intake.receive_text"):
        purpose = Purpose.VERSION if document.text_held else Purpose.WORDS
        asked = urlencode({"document": document.public_id, "purpose": purpose})
        receive = f"{reverse('intake:receive')}?{asked}"
    if not found and not receive:
        return None
    return Panel("intake/document_panel.html", {"rows": found, "receive": receive})
