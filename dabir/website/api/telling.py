"""How the values of an answer are written, and how each is told by its meaning."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo

NOT_GIVEN: Any = object()
SAMPLE_WORDS = {"fa": "بیانیهٔ هایکو", "en": "Haikou Declaration"}
SAMPLE_ADDRESS = "https://example.org/api/v1/texts/haikou-2014"


def told(meaning: str, example: Any = NOT_GIVEN) -> FieldInfo:
    """What a value means, with one example; a shape that has examples of its own needs none."""
    if example is NOT_GIVEN:
        return FieldInfo(description=meaning)
    return FieldInfo(description=meaning, examples=[example])


# An object of texts; a language that is not there has no text yet.
Words = Annotated[dict[str, str], Field(examples=[SAMPLE_WORDS])]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"}, examples=[SAMPLE_ADDRESS])]
Day = Annotated[str, Field(json_schema_extra={"format": "date"}, examples=["2014-11-25"])]
PartialDay = Annotated[
    str, Field(pattern=r"^\d{4}(-\d{2}){0,2}$", examples=["2014-11-25", "2014-11", "2014"])
]


class Coded(BaseModel):
    __doc__ = _("A value of a fixed list: the code for programs, the word for readers.")

    code: Annotated[str, told(_("Code that never changes."), "in_force")]
    label: Annotated[str, told(_("Word for it in the language of the answer."), "In force")]


class Problem(BaseModel):
    __doc__ = _("Why there is no answer, as RFC 9457 (problem details) says it.")

    type: Annotated[str, told(_("Address of the description of this kind of problem."),
                              "https://example.org/en/api/#problem-400")]  # fmt: skip
    title: Annotated[str, told(_("The kind of problem, in the reader's language."), "Not found")]
    status: Annotated[int, told(_("HTTP status."), 404)]
    detail: Annotated[
        str, told(_("What is wrong here, and what cures it."), "No text has this id.")
    ]
    instance: Annotated[str, told(_("The address that was asked for."), "/api/v1/texts/none")]
    errors: Annotated[
        list[dict[str, Any]],
        told(_("For a refused request: each parameter with what is wrong."), []),
        Field(default_factory=list),
    ]


def listing(
    name: str, shape: type[BaseModel], tag: str, summary: str, description: str
) -> dict[str, Any]:
    """How a list is described: its slice, and the refusals there may be."""
    fields: dict[str, Any] = {
        "items": (Annotated[list[shape], told(_("The rows of the slice."))], ...),  # type: ignore[valid-type]  # a shape is a type
        "next": (Annotated[Address | None, told(_("The slice after it; null at the end."))], ...),
        "previous": (
            Annotated[Address | None, told(_("The slice before it; null at the beginning."))],
            ...,
        ),
    }
    meaning = _("A slice of a list, with the way to the next one.")
    answer: type[BaseModel] = create_model(name, __doc__=meaning, **fields)
    return reading(name, answer, tag, summary, description)


def reading(
    name: str, answer: type[BaseModel], tag: str, summary: str, description: str
) -> dict[str, Any]:
    """How an answer is described, and the refusals there may be."""
    operation = name[:1].lower() + name[1:]
    return {
        "response": {200: answer, 400: Problem, 404: Problem, 429: Problem},
        "operation_id": operation,
        "url_name": operation,
        "summary": summary,
        "description": description,
        "tags": [tag],
    }
