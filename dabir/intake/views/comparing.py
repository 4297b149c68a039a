"""What was received, what the machine read, what was confirmed: side by side, for ever."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from dabir.core.fileanswer import file_answer
from dabir.documents.services import read_file
from dabir.intake.models import Receipt
from dabir.intake.queries.reviews import review_of, steps_of
from dabir.intake.review.fold import in_force
from dabir.intake.states import ROLES, VERBS, ReceiptState
from dabir.intake.views.receiving import crumbs
from dabir.intake.views.showing import received_lines
from dabir.registry.acting import needs
from dabir.text.readers import ReadingRefused, page_images


def _read(public_id: str) -> Receipt:
    rows = Receipt.objects.select_related("reading", "file", "document", "confirmed")
    found = get_object_or_404(rows, public_id=public_id)
    if not hasattr(found, "reading") or found.file is None:
        raise Http404
    return found


@needs("intake.view_receipt")
def compare(request: HttpRequest, receipt: str) -> HttpResponse:
    """Received, read and confirmed, part by part, with who changed what."""
    found = _read(receipt)
    review = review_of(found)
    machine = {part["key"]: part for part in found.reading.parts}
    acts = list(found.acts.order_by("number"))
    kept = {step.number for step in in_force(steps_of(acts))}
    of_part: dict[str, list[Any]] = {}
    for act in acts:
        of_part.setdefault(act.data.get("part", ""), []).append(act)
    rows = [
        {
            "part": part,
            "original": received_lines(part),
            "role": ROLES[part["role"]],
            "machine": machine.get(part["key"]),
            "is_changed": part["text"] != (machine.get(part["key"]) or {}).get("text"),
            "acts": [_told(act, kept) for act in of_part.get(part["key"], [])],
        }
        for part in review.parts
    ]
    shown = {part["key"] for part in review.parts}
    rest = [act for key, those in of_part.items() if key not in shown for act in those]
    rest.sort(key=lambda act: act.number)
    confirmed = getattr(found, "confirmed", None)
    words = {
        "receipt": found,
        "rows": rows,
        "others": [_told(act, kept) for act in rest],
        "confirmed": confirmed,
        "is_confirmed": found.state == ReceiptState.CONFIRMED,
        "breadcrumbs": crumbs({"label": found.name, "url": found.get_absolute_url()}),
    }
    return render(request, "intake/compare.html", words)


def _told(act: Any, kept: set[int]) -> dict[str, Any]:
    moving = act.verb in ("make_ready", "send_back", "undo_act")
    return {
        "act": act,
        "said": VERBS[act.verb],
        "is_taken_back": act.number not in kept and not moving,
    }


@needs("intake.view_receipt")
def original(request: HttpRequest, receipt: str) -> HttpResponse:
    """The bytes as they were received, always as a file to save."""
    found = _read(receipt)
    assert found.file is not None  # noqa: S101  _read gives none without its bytes
    return file_answer(read_file(found.file), "application/octet-stream", found.name)


@needs("intake.view_receipt")
def page_image(request: HttpRequest, receipt: str, number: int) -> HttpResponse:
    """The picture of one page of a PDF, to lay beside the reading."""
    found = _read(receipt)
    pages = found.reading.reading["pages"]
    if found.reading.reading["kind"] != "pdf" or not 1 <= number <= pages:
        raise Http404
    assert found.file is not None  # noqa: S101  _read gives none without its bytes
    try:
        pictures = page_images(read_file(found.file), numbers=[number])
    except ReadingRefused as refusal:
        raise Http404 from refusal
    answer = HttpResponse(pictures[0], content_type="image/png")
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
