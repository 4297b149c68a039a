"""Pages of the website, their pictures and files, and the step by which they are approved."""

from dabir.editorial.models.approval import Approval
from dabir.editorial.models.base import EditorialPage, Fixed, Front, Section
from dabir.editorial.models.files import Paper, Picture, PictureRendition
from dabir.editorial.models.pages import (
    EventPage,
    GalleryPage,
    NewsPage,
    PaperPage,
    PlainPage,
    ViewPage,
)

__all__ = [
    "Approval",
    "EditorialPage",
    "EventPage",
    "Fixed",
    "Front",
    "GalleryPage",
    "NewsPage",
    "Paper",
    "PaperPage",
    "Picture",
    "PictureRendition",
    "PlainPage",
    "Section",
    "ViewPage",
]
