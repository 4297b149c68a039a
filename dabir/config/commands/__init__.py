"""The commands of `dabir`, one module for each kind of work."""
