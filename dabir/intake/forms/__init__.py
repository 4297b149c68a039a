"""The forms of the intake."""
