"""The acts of the intake: receive and read, review, confirm."""
