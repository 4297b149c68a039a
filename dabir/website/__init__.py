"""The public pages: what the association decided, what came of it, what is next."""
