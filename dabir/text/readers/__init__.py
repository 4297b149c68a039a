"""Files read into text: PDF by the places of its letters, DOCX, plain text in any encoding.

from dabir.text.readers import read_document
read_document("declaration.pdf").text
"""

from dabir.text.readers.reading import Reading, page_images, read_document, read_folder
from dabir.text.readers.refusal import NOTICES, REFUSALS, Limits, Notice, ReadingRefused, safe_name

__all__ = [
    "NOTICES",
    "REFUSALS",
    "Limits",
    "Notice",
    "Reading",
    "ReadingRefused",
    "page_images",
    "read_document",
    "read_folder",
    "safe_name",
]
