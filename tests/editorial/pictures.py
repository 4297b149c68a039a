"""Pictures for tests."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dabir.editorial.models import Picture


def png() -> bytes:
    """The bytes of a picture of the sea."""
    held = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(held, "PNG")
    return held.getvalue()


def a_picture() -> Picture:
    """The same, brought in."""
    file = SimpleUploadedFile("sea.png", png(), content_type="image/png")
    return Picture.objects.create(title="Sea", file=file)
