"""Questions about organs."""

from dabir.organs.queries.listing import (
    organ_with_key,
    organs_listed,
    posts_of_organ,
    seats_in_force,
)

__all__ = ["organ_with_key", "organs_listed", "posts_of_organ", "seats_in_force"]
