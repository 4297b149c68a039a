"""What readers of the website write to the practice union, and what is sent to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser

from dabir.config.loading.reading import words
from dabir.core.actors import Actor
from dabir.messaging.services import record_letter_printed
from dabir.readers import services
from dabir.readers.public import clause_of

Act = dict[str, Any]
SITE = "https://practice.example"


class Readers:
    """The acts of a history that are done by readers and for them."""

    written: dict[str, Any]
    _author: Callable[[str, date], Actor]

    def _reader_writes(self, act: Act, stamp: Act) -> None:
        """Somebody sends a form of the website."""
        page = act.get("page", "")
        self.written[act["id"]] = services.receive_enquiry(
            kind=act["kind"],
            language=act["language"],
            text=act["text"],
            name=act.get("name", ""),
            address=act.get("address", ""),
            page=page,
            about=clause_of(page),
            on=stamp["on"],
            at=stamp["at"],
        )

    def _reader_taken(self, act: Act, stamp: Act) -> None:
        self.written[act["of"]] = services.take_enquiry(enquiry=self.written[act["of"]], **stamp)

    def _reader_answered(self, act: Act, stamp: Act) -> None:
        """The answer is written; the letter leaves."""
        letter = services.answer_enquiry(
            enquiry=self.written[act["of"]], subject=act["subject"], body=act["body"], **stamp
        )
        record_letter_printed(letter=letter, **stamp)

    def _reader_subscribes(self, act: Act, stamp: Act) -> None:
        """Somebody asks for the newsletter; with `confirmed` the link of the letter was pressed."""
        given = {"on": stamp["on"], "at": stamp["at"]}
        tokens: dict[str, str] = {}

        def address_of(door: str, token: str, language: str) -> str:
            tokens[door] = token
            return f"{SITE}/{language}/newsletter/{door}/{token}/"

        letter = services.ask_for_newsletter(
            address=act["address"], language=act["language"], address_of=address_of, **given
        )
        if letter and act["confirmed"]:
            record_letter_printed(letter=letter, **stamp)
            services.confirm_newsletter(token=tokens["confirm"], reader=AnonymousUser(), **given)

    def _newsletter(self, act: Act, stamp: Act) -> None:
        """A newsletter about a period is written; with `second`, that post sends it."""
        issue = services.begin_issue(
            since=date.fromisoformat(act["since"]), until=date.fromisoformat(act["until"]), **stamp
        )
        keys = [item["key"] for item in issue.items]
        issue = services.edit_issue(
            issue=issue, titles=issue.titles, words=words(act["words"]), chosen=keys, **stamp
        )
        issue = services.submit_issue(issue=issue, **stamp)
        if "second" in act:
            second = stamp | {"by": self._author(act["second"], stamp["on"])}
            issue = services.approve_issue(issue=issue, site=SITE, **second)
            services.deliver_issue(issue=issue, now=lambda: stamp["at"], on=stamp["on"])
            for delivery in issue.deliveries.select_related("letter").order_by("pk"):
                record_letter_printed(letter=delivery.letter, **stamp)
