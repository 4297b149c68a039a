"""What may be asked of the API: every parameter with its meaning, and nothing besides."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.conf import settings
from django.utils.translation import gettext_noop as _
from ninja import Path
from pydantic import BaseModel, Field

from dabir.core.keyset import LONGEST, Asked
from dabir.core.publicsearch import KINDS
from dabir.decisions.public import FORCE_CODES, STATUS_CODES
from dabir.editorial.public import KINDS as PAGE_KINDS

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
MOST = 100
SLUG = r"^[A-Za-z0-9_-]+$"


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def narrow(meaning: str, example: Any = None, **limits: Any) -> Any:
    """A parameter that may be left out; left out, it narrows nothing."""
    examples = [] if example is None else [example]
    return Field(
        default=None,
        description=meaning,
        examples=examples,
        json_schema_extra=_without_default,
        **limits,
    )


Slug = Annotated[str, Field(pattern=SLUG, max_length=120)]
Typed = Annotated[str, Field(max_length=200)]
Cursor = Annotated[str, Field(pattern=SLUG, max_length=LONGEST)]
Node = Annotated[str, Field(pattern=r"^[^/\x00]+$", max_length=40)]

# What stands in an address.
TextId = Annotated[Slug, Path(description=_("Permanent id of the text."), examples=["haikou-2014"])]
NodeId = Annotated[Node, Path(description=_("Id of the clause inside its text."), examples=["4.b"])]
TaskNumber = Annotated[
    Slug, Path(description=_("Id of the task inside its decision."), examples=["c1"])
]
OrganKey = Annotated[
    Slug, Path(description=_("Permanent key of the organ."), examples=["general-assembly"])
]
MemberId = Annotated[Slug, Path(description=_("Permanent id of the member."), examples=["tehran"])]
SessionId = Annotated[
    Slug, Path(description=_("Permanent id of the session."), examples=["assembly-4"])
]
PageKey = Annotated[
    Slug, Path(description=_("Permanent id of the page."),
               examples=["0b5c1a7e-3f0e-4d6a-9a55-5f3f6f0f9c11"])
]  # fmt: skip


class Spoken(BaseModel):
    """In which language is answered."""

    language: Literal[LANGUAGES] = narrow(  # type: ignore[valid-type]  # the languages are a setting
        _("Language of labels and messages; without it `Accept-Language` decides."), "en"
    )


class OnDay(Spoken):
    """As of which day."""

    on: date = narrow(_("The day for which it is told; without it, today."), "2014-11-25")


class Part(Spoken):
    """Which slice of a list."""

    limit: int = Field(
        default=20, ge=1, le=MOST, description=_("How many rows at most, 1 to 100."), examples=[20]
    )
    after: Cursor = narrow(_("Cursor of the row before the slice; taken from `next`."))
    before: Cursor = narrow(_("Cursor of the row after the slice; taken from `previous`."))

    def asked(self) -> Asked:
        """The slice as the lists read it."""
        return Asked(self.limit, self.after or "", self.before or "")


class PartOnDay(Part, OnDay):
    """Which slice of a list, as of which day."""


class TextsPart(Part):
    """Which texts."""

    kind: Literal["declaration", "resolution", "minutes", "page"] = narrow(
        _("Only texts of this kind."), "declaration"
    )
    session: Slug = narrow(_("Only texts adopted by this session."), "assembly-4")
    adopted_from: date = narrow(_("Only texts adopted on this day or later."), "2014-01-01")
    adopted_until: date = narrow(_("Only texts adopted on this day or earlier."), "2016-12-31")
    sort: Literal["-adopted_on", "adopted_on"] = Field(
        default="-adopted_on",
        description=_("The newest first (`-adopted_on`), or the oldest."),
        examples=["-adopted_on"],
    )


class DecisionsPart(Part):
    """Which decisions."""

    text: Slug = narrow(_("Only decisions of this text."), "haikou-2014")
    force: Literal[FORCE_CODES] = narrow(  # type: ignore[valid-type]  # the domain lists them
        _("Only decisions with this force."), "in_force"
    )
    organ: Slug = narrow(_("Only decisions of the organ with this key."), "general-assembly")
    decided_from: date = narrow(_("Only decisions of this day or later."), "2014-01-01")
    decided_until: date = narrow(_("Only decisions of this day or earlier."), "2016-12-31")
    sort: Literal["-decided_on", "decided_on"] = Field(
        default="-decided_on",
        description=_("The newest first (`-decided_on`), or the oldest."),
        examples=["-decided_on"],
    )


class TasksPart(Part):
    """Which tasks."""

    text: Slug = narrow(_("Only tasks from this text."), "haikou-2014")
    status: Literal[STATUS_CODES] = narrow(  # type: ignore[valid-type]  # the domain lists them
        _("Only tasks that stand so; `delayed` are those late today, counted nowhere else."),
        "under_way",
    )
    due_from: date = narrow(_("Only tasks due on this day or later."), "2026-01-01")
    due_until: date = narrow(_("Only tasks due on this day or earlier."), "2026-12-31")
    words: Typed = narrow(_("Only tasks with all these words, in any spelling."), "trees")
    sort: Literal["-since", "since"] = Field(
        default="-since",
        description=_("Those that changed last first (`-since`), or last."),
        examples=["-since"],
    )


class SessionsPart(Part):
    """Which sessions."""

    organ: Slug = narrow(_("Only sessions of the organ with this key."), "general-assembly")
    state: Literal["foreseen", "called", "held", "cancelled"] = narrow(
        _("Only sessions in this state."), "held"
    )


class PagesPart(Part):
    """Which pages."""

    kind: Literal[tuple(PAGE_KINDS)] = narrow(  # type: ignore[valid-type]  # the domain lists them
        _("Only pages of this kind; `papers` are documents, `plain` pages about the association."),
        "events",
    )


class Searched(Spoken):
    """What is searched for."""

    q: str = Field(
        min_length=2,
        max_length=200,
        description=_("Words that all have to be there, in any spelling and language."),
        examples=["trees"],
    )
    kind: Literal[tuple(KINDS)] = narrow(  # type: ignore[valid-type]  # the apps join their kinds
        _("Only things of this kind, slice by slice; without it, the first of each kind."), "clause"
    )
    limit: int = Field(
        default=20, ge=1, le=MOST, description=_("How many of each kind at most, 1 to 100."),
        examples=[20],
    )  # fmt: skip
    page: int = Field(
        default=1, ge=1, le=MOST, description=_("Which slice of the kind, 1 to 100."), examples=[1]
    )


class MembersPart(Part):
    """Which members."""

    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = narrow(
        _("Only members of the country with this code."), "IR"
    )
    category: Slug = narrow(_("Only members of this category."), "full")
    words: Typed = narrow(_("Only members with these words in a name."), "tehran")
