"""What all pages have in common: where they lie, their address, what must stand before they are shown."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester

from dabir.core.errors import InvalidInput
from dabir.core.slots import supplied
from dabir.editorial.blocks import Body, Features
from dabir.editorial.pageforms import CopyForm
from dabir.editorial.states import CHOICES, KINDS

LONGEST_ID = 160  # as the trail and the search take it


class HouseAddress:
    """Addresses that carry the language, built from the part of the site and the page's own word."""

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str]:
        """As Wagtail asks for them: site, its root, the path."""
        return 1, settings.ADDRESS, self.get_url()

    def get_url(self, request: Any = None, current_site: Any = None) -> str:
        """The path on this site."""
        with translation.override(self.language):  # type: ignore[attr-defined]  # of the page below
            return self.path_here()

    def get_full_url(self, request: Any = None) -> str:
        """The whole address."""
        return (
            request.build_absolute_uri(self.get_url())
            if request
            else settings.ADDRESS + self.get_url()
        )

    url = property(get_url)
    full_url = property(get_full_url)

    def path_here(self) -> str:
        """The path in the language that is active."""
        raise NotImplementedError


class Housed(HouseAddress, Page):
    """A page of the house's tree."""

    private_page_options: ClassVar[list[str]] = []
    show_in_menus_default = False

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The language of the tree in which it lies."""
        return str(self.locale.language_code)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """As strangers would see it, drawn by the website."""
        answer: HttpResponse = supplied("editorial page as shown", request, self)[0]
        return answer


class FixedTester(PagePermissionTester):
    """The parts of the site are there for good: nobody deletes, moves, copies or takes them down."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class Fixed(Housed):
    """A page that belongs to the building."""

    parent_page_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> FixedTester:
        """Only its contents may be changed."""
        return FixedTester(user, self)


class Front(Fixed):
    """The first page of a language: what the secretariat puts above what was decided."""

    features = StreamField(
        Features(required=False, max_num=4), verbose_name=_("on the first page"), blank=True
    )
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [FieldPanel("features")]
    promote_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("first page")

    def __str__(self) -> str:
        return str(self.title)

    def path_here(self) -> str:
        """The address of the language."""
        return reverse("website:home")


class Section(Fixed):
    """A part of the site in one language: news, views, events, galleries, documents, about us."""

    kind = models.CharField(_("kind"), max_length=12, choices=CHOICES, editable=False)
    intro = models.TextField(
        _("what stands here"), blank=True, max_length=400, help_text=_("Shown below its name.")
    )
    content_panels: ClassVar[list[Any]] = [FieldPanel("intro")]
    promote_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("part of the site")

    def __str__(self) -> str:
        return str(self.title)

    def path_here(self) -> str:
        """The address of the list."""
        return reverse(f"website:{self.kind}")


class EditorialPage(Housed):
    """A page that somebody writes, others approve, and everybody reads."""

    kind: ClassVar[str]
    intro = models.TextField(
        _("in two sentences"),
        max_length=500,
        help_text=_("Stands below the title, in lists and where the page is found by search."),
    )
    lead = models.ForeignKey(
        "editorial.Picture",
        verbose_name=_("picture at the top"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lead_alternative = models.CharField(
        _("what that picture shows, in words"),
        max_length=300,
        blank=True,
        help_text=_("Read to people who do not see it. Needed as soon as there is a picture."),
    )
    body = StreamField(Body(required=False), verbose_name=_("the page"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["editorial.Section"]
    subpage_types: ClassVar[list[str]] = []
    copy_form_class = CopyForm
    content_panels: ClassVar[list[Any]] = []
    promote_panels: ClassVar[list[Any]] = [
        FieldPanel(
            "slug",
            heading=_("word in the address"),
            help_text=_(
                "The end of the page's address; it stays for good once the page was published."
            ),
        )
    ]

    class Meta:
        abstract = True

    @classmethod
    def can_exist_under(cls, parent: Any) -> bool:
        """Each kind in its own part of the site: made there, copied there, never moved elsewhere."""
        inside = parent.specific
        return isinstance(inside, Section) and inside.kind == cls.kind

    @property
    def public_id(self) -> str:
        """Language, part of the site and own word: what the trail and the search call it."""
        return f"{self.language}/{KINDS[self.kind].path}/{self.slug}"

    def path_here(self) -> str:
        """The address that is cited; it never changes once the page was published."""
        return reverse(f"website:{self.kind}_page", args=[self.slug])

    def clean(self) -> None:
        """A picture says what it shows, and an address that was public stays."""
        super().clean()
        faults: dict[str, Any] = {}
        if self.lead_id and not self.lead_alternative.strip():
            faults["lead_alternative"] = _("Say in words what the picture at the top shows.")
        if self.first_published_at:
            known = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first()
            if known and known != self.slug:
                faults["slug"] = _("The page was published at “%(slug)s”: people may cite it.") % {
                    "slug": known
                }
        if len(self.public_id) > LONGEST_ID:
            faults["slug"] = _("Choose a shorter word for the address.")
        if faults:
            raise ValidationError(faults)

    def streams(self) -> list[str]:
        """The fields that are made of parts."""
        return [f.name for f in self._meta.get_fields() if isinstance(f, StreamField)]

    def publish(self, revision: Any, *args: Any, **named: Any) -> Any:
        """Show it to everybody, if nothing is missing; raises InvalidInput and says what."""
        refuse_incomplete(revision.as_object())
        return super().publish(revision, *args, **named)


def refuse_incomplete(page: Any) -> None:
    """Raise InvalidInput unless the page may be shown: every picture says what it shows, and so on.

    Drafts may be incomplete, and approval or a set hour publish without a form; so it is asked here.
    """
    try:
        page.full_clean()
        for name in page.streams():
            block = page._meta.get_field(name).stream_block
            block.clean(getattr(page, name))
    except ValidationError as fault:
        raise incomplete(page) from fault


def incomplete(page: Any) -> InvalidInput:
    """The refusal of a page in which something is missing."""
    return InvalidInput(
        _("“%(title)s” cannot be published yet: something is missing in it.")
        % {"title": page.title},
        cure=_("Open the page, choose Publish there, and mend what is marked."),
    )


def panels(*own: Any) -> list[Any]:
    """The fields of a page in the order in which they are read."""
    return [
        *Page.content_panels,
        *own,
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("lead"), FieldPanel("lead_alternative")], heading=_("Picture at the top")
        ),
        FieldPanel("body"),
    ]
