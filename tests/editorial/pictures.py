"""A picture for tests."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dabir.editorial.models import Picture


def a_picture() -> Picture:
    held = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(held, "PNG")
    file = SimpleUploadedFile("sea.png", held.getvalue(), content_type="image/png")
    return Picture.objects.create(title="Sea", file=file)
