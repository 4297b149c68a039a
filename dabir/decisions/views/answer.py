"""A report by a signed link, without an account; and the paper form that does the same by post."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from dabir.accounts.public import seconds_to_wait
from dabir.core.actors import Actor
from dabir.core.fileanswer import file_answer
from dabir.decisions.forms.activity import ReportFields
from dabir.decisions.models import ActivityReport, Commitment
from dabir.decisions.places import commitment_url, crumbs_to_commitment
from dabir.decisions.queries.chain import commitment_with_all, standings_of
from dabir.decisions.report_form import report_form_paper
from dabir.decisions.services import activity
from dabir.decisions.services.asking import REPORT_PURPOSE, ask_for_report
from dabir.documents.models import NodeText
from dabir.messaging.models import SignedLink
from dabir.messaging.services import LinkRefused, open_link, use_link
from dabir.messaging.services.reading import record_reading
from dabir.registry.acting import attempt, needs, stamp

TRIES_AN_HOUR = 60


class AnswerForm(ReportFields):
    """What a city answers by its link."""

    name = forms.CharField(label=_("Your name and post"), max_length=200)
    field_order = ("text", "happened_on", "claims_done", "files", "link", "name")


def slow_down(request: HttpRequest) -> bool:
    """Whether this address has tried too many links in the last hour."""
    return seconds_to_wait(request, "link", most=TRIES_AN_HOUR, within=3600) > 0


@login_not_required
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a signed link: what is asked, and the short form to answer."""
    if slow_down(request):
        return render(request, "429.html", status=429)
    try:
        link = open_link(
            token=token, purpose=REPORT_PURPOSE, on=timezone.localdate(), reader=request.user
        )
        if link.used_at:
            raise LinkRefused(_("This link was already used: what you sent has arrived."))
    except LinkRefused as refusal:
        return render(
            request, "decisions/answer_refused.html", {"refusal": refusal}, status=refusal.status
        )
    commitment = commitment_with_all(link.target["id"])
    if commitment is None:
        raise Http404
    initial = {"language": translation.get_language()[:2]}
    form = AnswerForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        report = attempt(form, lambda: _file_answer(form, commitment, link))
        if report is not None:
            return render(request, "decisions/answered.html", {"report": report})
    texts = NodeText.objects.filter(node=commitment.decision.node).order_by("revision")
    context = {
        "form": form,
        "link": link,
        "commitment": commitment,
        "texts": {t.language: t.text for t in texts},
        "standing": standings_of(commitment.decision, timezone.localdate()).get(
            commitment.public_id
        ),
    }
    status = 422 if form.is_bound else 200
    return render(request, "decisions/answer.html", context, status=status)


@transaction.atomic
def _file_answer(form: AnswerForm, commitment: Commitment, link: SignedLink) -> ActivityReport:
    """File the answer in the name of the one to whom the link was given."""
    data, now = form.cleaned_data, timezone.now()
    use_link(link=link, at=now)
    giver = link.recipient
    labels = {language: f"{name} ({data['name']})" for language, name in giver["labels"].items()}
    by = Actor(giver["kind"], giver["id"], labels)
    moment: dict[str, Any] = {"by": by, "on": timezone.localdate(now), "at": now}
    report = activity.file_report(
        commitment=commitment,
        text=data["text"],
        language=data["language"],
        claims_done=data["claims_done"],
        link=link,
        **(moment | {"on": min(data["happened_on"] or moment["on"], moment["on"])}),
    )
    form.attach_to(report, by=by, stamp=moment)
    return report


class AskForm(forms.Form):
    """To whom the link goes and how long it opens."""

    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=lambda: settings.LANGUAGES
    )
    days = forms.IntegerField(
        label=_("Days until the link ends"), min_value=1, max_value=180, initial=30
    )


@needs("decisions.ask_for_report")
def ask(request: HttpRequest, document: str, node: str, number: str) -> HttpResponse:
    """Send whoever leads a commitment a link by which to report without an account."""
    found = commitment_with_all(f"{document}/{node}/{number}")
    if found is None:
        raise Http404
    form = AskForm(request.POST or None, initial={"language": "fa"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def address(token: str) -> str:
            with translation.override(data["language"]):
                return request.build_absolute_uri(reverse("decisions:answer", args=[token]))

        asked = attempt(
            form,
            lambda: ask_for_report(
                commitment=found,
                language=data["language"],
                days=data["days"],
                address_of=address,
                **stamp(request),
            ),
        )
        if asked is not None:
            shows_link = not (settings.EMAIL_HOST and asked.letter.mail_address())
            if shows_link:
                record_reading(letter=asked.letter, how="screen", **stamp(request))
            messages.success(request, plain("The letter with the link waits in the outbox."))
            return render(
                request,
                "decisions/asked.html",
                {
                    "commitment": found,
                    "asked": asked,
                    "shows_link": shows_link,
                    "back": commitment_url(found),
                    "breadcrumbs": crumbs_to_commitment(found),
                },
            )
    context = {
        "form": form,
        "record": found,
        "lead": found.leader,
        "cancel_url": commitment_url(found),
        "breadcrumbs": crumbs_to_commitment(found),
    }
    return render(request, "decisions/ask.html", context, status=422 if form.errors else 200)


@needs("decisions.ask_for_report")
def paper_form(
    request: HttpRequest, document: str, node: str, number: str, language: str, fmt: str
) -> HttpResponse:
    """The printed form (PDF) or the form to fill in a word processor (DOCX)."""
    found = commitment_with_all(f"{document}/{node}/{number}")
    if found is None or fmt not in ("pdf", "docx") or language not in dict(settings.LANGUAGES):
        raise Http404
    data, media_type = report_form_paper(found, language, fmt, on=timezone.localdate())
    name = found.public_id.replace("/", "-")
    return file_answer(data, media_type, f"report-{name}.{language}.{fmt}")
