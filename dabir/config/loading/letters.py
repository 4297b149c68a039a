"""The letter book of the practice union: what arrived, where it lay, what was answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from dabir.config.loading.reading import Stage, words
from dabir.core.reference import Reference
from dabir.documents.services import store_file
from dabir.messaging import services
from dabir.registry.models import Post

Act = dict[str, Any]


class Correspondence:
    """The acts of a history that are done to letters."""

    stage: Stage
    received: dict[str, Any]

    def _letter_in(self, act: Act, stamp: Act) -> None:
        """A letter arrives and is laid on a desk."""
        files = [
            store_file(
                data=item["content"].encode(),
                name=item["file"],
                media_type="text/plain; charset=utf-8",
                at=stamp["at"],
            )
            for item in act.get("files", [])
        ]
        self.received[act["id"]] = services.register_letter(
            sender=self._correspondent(act["from"]),
            subject=act["subject"],
            summary=act.get("summary", ""),
            received_on=stamp["on"],
            dated_on=_day(act.get("dated_on")),
            their_number=act.get("their_number", ""),
            channel=act["channel"],
            language=act["language"],
            holder=_post(act["desk"]),
            answer_by=_day(act.get("answer_by")),
            is_confidential=act.get("confidential", False),
            files=files,
            **stamp,
        )

    def _correspondent(self, name: str | dict[str, str]) -> Reference:
        if isinstance(name, dict):
            return Reference("words", "", words(name))
        known = self.stage.cities.get(name)
        found: Reference = (known or self.stage.people[name]).reference()
        return found

    def _letter_forward(self, act: Act, stamp: Act) -> None:
        services.forward_letter(
            letter=self.received[act["of"]],
            holder=_post(act["desk"]),
            words=act.get("note", ""),
            **stamp,
        )

    def _letter_answer(self, act: Act, stamp: Act) -> None:
        """The reply is written, leaves, and answers the letter."""
        letter = self.received[act["of"]]
        reply, _new = services.write_letter(
            key=f"reply/{letter.public_id}",
            kind="reply",
            language=letter.language,
            recipient=Reference.from_dict(letter.sender),
            subject=act["subject"],
            body=act["body"],
            about=letter.reference(),
            **stamp,
        )
        services.record_letter_printed(letter=reply, **stamp)
        services.answer_letter(letter=letter, reply=reply, **stamp)

    def _letter_model(self, act: Act, stamp: Act) -> None:
        """A model letter is entered."""
        services.write_template(
            public_id=act["id"],
            names=words(act["name"]),
            subjects=words(act["subject"]),
            bodies=words(act["body"]),
            **stamp,
        )

    def _letter_file(self, act: Act, stamp: Act) -> None:
        services.file_letter(letter=self.received[act["of"]], words=act["reason"], **stamp)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _post(public_id: str) -> Post:
    return Post.objects.get(public_id=public_id)
