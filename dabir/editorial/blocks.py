"""What a page is made of. Each part has a template of its own; no foreign HTML, nothing from other hosts."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

FEATURES = ["h3", "h4", "bold", "ol", "ul", "link", "document-link"]
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?")


class PictureBlock(blocks.StructBlock):
    """A picture, and in words what it shows."""

    picture = ImageChooserBlock(label=_("picture"))
    alternative = blocks.CharBlock(
        label=_("what it shows, in words"),
        max_length=300,
        help_text=_("Read to people who do not see the picture, and shown while it loads."),
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)

    class Meta:
        template = "editorial/blocks/picture.html"
        icon = "image"
        label = _("Picture")


class QuoteBlock(blocks.StructBlock):
    """Somebody's own words, and whose they are."""

    text = blocks.TextBlock(label=_("the words"), rows=3, max_length=1500)
    by = blocks.CharBlock(label=_("whose words they are"), max_length=200)

    class Meta:
        template = "editorial/blocks/quote.html"
        icon = "openquote"
        label = _("Quotation")


class FigureBlock(blocks.StructBlock):
    """A number, what it counts, and where it comes from."""

    number = blocks.CharBlock(label=_("number"), max_length=40)
    counts = blocks.CharBlock(label=_("what it counts"), max_length=300)
    source = blocks.CharBlock(label=_("source"), max_length=300)
    source_url = blocks.URLBlock(label=_("address of the source"), required=False)

    class Meta:
        template = "editorial/blocks/figure.html"
        icon = "table"
        label = _("Figure with its source")


class PaperBlock(blocks.StructBlock):
    """A file to take along."""

    paper = DocumentChooserBlock(label=_("document"))
    about = blocks.CharBlock(label=_("what it is"), required=False, max_length=300)

    class Meta:
        template = "editorial/blocks/paper.html"
        icon = "doc-full"
        label = _("Document")


class CodeBlock(blocks.CharBlock):
    """The permanent code of a public text or clause; a code that opens nothing is refused."""

    def clean(self, value: Any) -> Any:
        """The code as typed, if strangers may read what it names."""
        cleaned = str(super().clean(value)).strip().strip("/")
        if cleaned and not titles_behind(cleaned):
            raise ValidationError(_("No public text or clause has this code."), code="no_such_code")
        return cleaned


class ClauseBlock(blocks.StructBlock):
    """A link to a declaration or clause by its permanent code."""

    code = CodeBlock(
        label=_("code of the text or clause"),
        max_length=120,
        help_text=_("As it stands on its page, for example haikou-2014/4.b."),
    )
    why = blocks.CharBlock(label=_("why it matters here"), required=False, max_length=300)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The title and the address beside the code."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        code = str(value.get("code") or "")
        context["titles"] = titles_behind(code)
        context["address"] = address_of_code(code) if context["titles"] else ""
        return context

    class Meta:
        template = "editorial/blocks/clause.html"
        icon = "link"
        label = _("Declaration or clause")


def titles_behind(code: str) -> dict[str, str]:
    """The names of the public text or clause with this code; nothing where strangers see none."""
    # Models hold these blocks, and what decisions show can be read only when all models are there.
    from dabir.decisions import public

    return public.titles_behind(code) if CODE.fullmatch(code) else {}


def address_of_code(code: str) -> str:
    """The permanent public address behind a code."""
    document, _slash, node = code.partition("/")
    if node:
        return reverse("website:clause", args=[document, node])
    return reverse("website:text", args=[document])


class Body(blocks.StreamBlock):
    """The parts of a page, in any order."""

    text = blocks.RichTextBlock(
        features=FEATURES,
        label=_("Text"),
        icon="pilcrow",
        template="editorial/blocks/text.html",
    )
    quote = QuoteBlock()
    picture = PictureBlock()
    figure = FigureBlock()
    paper = PaperBlock()
    clause = ClauseBlock()


class Pictures(blocks.StreamBlock):
    """The pictures of a gallery."""

    picture = PictureBlock()


class Features(blocks.StreamBlock):
    """What the secretariat puts on the first page, above what was decided."""

    text = blocks.RichTextBlock(
        features=["bold", "ul", "link"], label=_("Notice"), template="editorial/blocks/text.html"
    )
    page = blocks.PageChooserBlock(label=_("A page"), template="editorial/blocks/page.html")
    clause = ClauseBlock()
