"""Pages of the organs."""
