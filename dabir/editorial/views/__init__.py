"""The door to the editors' admin."""
