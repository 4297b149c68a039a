"""Progress reports of an example: drafted, introduced, signed, frozen and shown to everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from dabir.config.loading.reading import Stage, words
from dabir.decisions.services import progress
from dabir.decisions.services.publishing import publish_edition

Act = dict[str, Any]


class Reporting:
    """The acts of a history that are done to progress reports."""

    stage: Stage

    def _progress_report(self, act: Act, stamp: Act) -> None:
        """A report to an organ as of a day, as far as everybody may read it in the end."""
        report = progress.draft_report(
            organ=self.stage.organs[act["organ"]],
            as_of=date.fromisoformat(act["as_of"]),
            titles=words(act["title"]),
            **stamp,
        )
        report = progress.edit_report(
            report=report, introduction=words(act["introduction"]), **stamp
        )
        report = progress.sign_off_report(report=report, **stamp)
        publish_edition(edition=progress.freeze_report(report=report, **stamp), **stamp)
