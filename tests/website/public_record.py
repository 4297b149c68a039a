"""A small public record with something of everything: texts, tasks, organs, people, a member, a session."""

from __future__ import annotations

from dabir.decisions.models import Commitment
from dabir.meetings.services import foresee_meeting, record_meeting_held
from dabir.organs.models import Organ
from tests.editorial.written import a_page
from tests.factories.people import ON, SIGNED, a_mandate, a_person, a_post
from tests.membership.admitted import a_statute, an_entered
from tests.website.declared import a_declaration, a_followed_declaration


def a_public_record() -> Commitment:
    """Two declarations, one followed up; a session held, a President, a member city, a statute."""
    commitment = a_followed_declaration()
    assembly = Organ.objects.get(key="general-assembly")
    meeting = foresee_meeting(
        public_id="assembly-2",
        organ=assembly,
        names={"fa": "نشست دوم مجمع", "en": "Assembly, session 2"},
        ordinal=2,
        city=commitment.lead_city,
        planned={"en": "Tehran, 2025"},
        conflicts=[{"field": "city"}],
        **SIGNED,
    )
    record_meeting_held(meeting=meeting, starts_on=ON, ends_on=ON, **SIGNED)
    a_declaration(
        "second-2026",
        titles={"fa": "بیانیهٔ دوم", "en": "Second Declaration"},
        session=meeting.reference(),
    )
    president = a_person("Darya Test")
    a_mandate(president, a_post("president", name="President", organ_key="general-assembly"))
    a_statute()
    an_entered("Nemunak")
    news = a_page("harbour", "en")
    words = {"title": "بندر گشایش یافت", "intro": "بندر دوباره باز است."}
    a_page("harbour", "fa", version_of=news, **words)
    return commitment
