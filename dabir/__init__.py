"""Dabir, the digital secretariat of an association of cities."""

__version__ = "0.1.0"
