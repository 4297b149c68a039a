"""Where a text of the register came from: the received files and their readings, on its own page."""

from __future__ import annotations

from django.db.models import IntegerField
from django.http import HttpRequest
from django.utils.http import urlencode

from dabir.core.addresses import address
from dabir.core.composed import Composed
from dabir.core.slots import Panel
from dabir.core.together import given
from dabir.documents.models import Document
from dabir.intake.models import Receipt
from dabir.intake.states import STATE_MARKS, Purpose, ReceiptState

RECEIVED = Composed(
    lambda: (
        Receipt.objects.filter(document=given("document", IntegerField()))
        .exclude(state=ReceiptState.DROPPED)
        .order_by("received_at", "id")
    )
)


def readings_of_document(request: HttpRequest, document: Document) -> Panel | None:
    """The received texts of a document; whoever may receive finds the way to a further language."""
    if not request.user.has_perm("intake.view_receipt"):
        return None
    found = [
        {
            "receipt": receipt,
            "mark": STATE_MARKS[ReceiptState(receipt.state)],
            "url": address("intake:compare", receipt.public_id)
            if receipt.state == ReceiptState.CONFIRMED
            else receipt.get_absolute_url(),
        }
        for receipt in RECEIVED.read(document=document.pk)
    ]
    receive = ""
    if request.user.has_perm("intake.receive_text"):
        purpose = Purpose.VERSION if document.text_held else Purpose.WORDS
        asked = urlencode({"document": document.public_id, "purpose": purpose})
        receive = f"{address('intake:receive')}?{asked}"
    if not found and not receive:
        return None
    return Panel("intake/document_panel.html", {"rows": found, "receive": receive})
