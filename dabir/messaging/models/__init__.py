"""Letters that leave, letters that arrive, and signed links."""

from dabir.messaging.models.incoming import IncomingLetter, LetterMovement
from dabir.messaging.models.outbox import Letter, SignedLink, _letter_id, _link_id

# The first migration names the last two.
__all__ = ["IncomingLetter", "Letter", "LetterMovement", "SignedLink", "_letter_id", "_link_id"]
