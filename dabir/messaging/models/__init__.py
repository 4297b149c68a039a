"""Letters that leave, letters that arrive, and signed links."""

from dabir.messaging.models.digest import DeskMail
from dabir.messaging.models.incoming import IncomingLetter, LetterMovement
from dabir.messaging.models.outbox import Letter, SignedLink, _letter_id, _link_id
from dabir.messaging.models.templates import LetterTemplate, TemplateWording

# The first migration names the last two.
__all__ = [
    "DeskMail",
    "IncomingLetter",
    "Letter",
    "LetterMovement",
    "LetterTemplate",
    "SignedLink",
    "TemplateWording",
    "_letter_id",
    "_link_id",
]
