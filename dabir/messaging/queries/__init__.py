"""Questions to the outbox and to the letter book."""

from dabir.messaging.queries.outbox import (
    counts_by_state,
    letters_listed,
    readers_of_link,
    readings_of,
)

__all__ = ["counts_by_state", "letters_listed", "readers_of_link", "readings_of"]
