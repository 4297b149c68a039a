"""The review of a reading: its parts, its doubts, and what every step makes of them. Plain values only."""
