"""The kinds of pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from dabir.editorial.blocks import Pictures
from dabir.editorial.models.base import EditorialPage, panels
from dabir.editorial.pageforms import EventForm, NewsForm


class NewsPage(EditorialPage):
    """Something that happened, with the day on which it did."""

    kind = "news"
    on = models.DateField(_("day of the news"), default=timezone.localdate)
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where it can be looked up.")
    )
    base_form_class = NewsForm
    content_panels: ClassVar[list[Any]] = panels(FieldPanel("on"), FieldPanel("source"))

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def __str__(self) -> str:
        return str(self.title)


class ViewPage(EditorialPage):
    """Somebody's opinion under their name; it is theirs and not the association's."""

    kind = "views"
    on = models.DateField(_("day"), default=timezone.localdate)
    author = models.CharField(_("who wrote it"), max_length=200)
    office = models.CharField(_("their office or work"), max_length=200, blank=True)
    base_form_class = NewsForm
    content_panels: ClassVar[list[Any]] = panels(
        FieldRowPanel([FieldPanel("author"), FieldPanel("office")]), FieldPanel("on")
    )

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")

    def __str__(self) -> str:
        return str(self.title)


class EventPage(EditorialPage):
    """Something to come or past that is no session of an organ: sessions stand in the record."""

    kind = "events"
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    base_form_class = EventForm
    content_panels: ClassVar[list[Any]] = panels(
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]), FieldPanel("place")],
            heading=_("When and where"),
        )
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """An event does not end before it begins."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day comes before the first one.")})


class GalleryPage(EditorialPage):
    """Pictures of one occasion, each saying what it shows."""

    kind = "galleries"
    on = models.DateField(_("day of the pictures"), default=timezone.localdate)
    pictures = StreamField(Pictures(), verbose_name=_("the pictures"))
    base_form_class = NewsForm
    content_panels: ClassVar[list[Any]] = [
        *panels(FieldPanel("on"))[:3],
        FieldPanel("pictures"),
    ]

    class Meta:
        verbose_name = _("gallery")
        verbose_name_plural = _("galleries")

    def __str__(self) -> str:
        return str(self.title)


class PaperPage(EditorialPage):
    """A file with its description: a study, a form, a presentation."""

    kind = "papers"
    paper = models.ForeignKey(
        "editorial.Paper",
        verbose_name=_("file"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    on = models.DateField(_("day of the document"), default=timezone.localdate)
    source = models.CharField(_("who wrote or issued it"), max_length=300)
    base_form_class = NewsForm
    content_panels: ClassVar[list[Any]] = panels(
        FieldPanel("paper"), FieldRowPanel([FieldPanel("source"), FieldPanel("on")])
    )

    class Meta:
        verbose_name = _("document page")
        verbose_name_plural = _("document pages")

    def __str__(self) -> str:
        return str(self.title)


class PlainPage(EditorialPage):
    """A page that stays: who we are, where we are, how to use this site."""

    kind = "plain"
    content_panels: ClassVar[list[Any]] = panels()

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def __str__(self) -> str:
        return str(self.title)
