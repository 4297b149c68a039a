"""How the language models are made; never needed when a text is repaired."""
