"""Persian, Arabic and English documents, without any web framework."""
