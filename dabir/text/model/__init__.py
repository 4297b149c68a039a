"""Trained models of Persian, see README.md for where they come from."""
