"""The pages of the website."""
