"""Pictures and files that pages show. Only what a published page uses is given to strangers."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class Picture(AbstractImage):
    """A picture as it was brought in; what it shows is said where it is used, in that page's language."""

    credit = models.CharField(
        _("whose picture it is"),
        max_length=200,
        blank=True,
        help_text=_("Name of the photographer or institution, and the licence; shown below it."),
    )
    admin_form_fields = ("title", "file", "credit", "focal_point_x", "focal_point_y",
                         "focal_point_width", "focal_point_height")  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return str(self.title)

    def get_upload_to(self, filename: str) -> str:
        """Apart from the files of records, which are named by their content."""
        return f"pictures/{super().get_upload_to(filename).rpartition('/')[2]}"


class PictureRendition(AbstractRendition):
    """A picture made smaller for a page; it can be made again at any time."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("picture made smaller")
        constraints = (
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="rendition_made_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"

    def get_upload_to(self, filename: str) -> str:
        """Below the hash of the picture: an address that nobody guesses before it is published."""
        name = super().get_upload_to(filename).rpartition("/")[2]
        return f"{self.image.get_file_hash()}/{name}"


class Paper(AbstractDocument):
    """A file to take along: checked by its content, always given as a download."""

    admin_form_fields = ("title", "file")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return str(self.title)

    @property
    def url(self) -> str:
        """Where strangers reach it once a published page uses it."""
        return reverse("website:paper_file", args=[self.pk, self.filename])
