"""The pages of letters: the outbox and the letter book."""
