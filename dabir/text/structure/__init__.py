"""Documents taken apart: recitals, clauses, items, and what their words suggest.

from dabir.text.structure import structure_text
structure_text(text).to_json()
"""

from dabir.text.structure.document import language_of, structure_text
from dabir.text.structure.located import Span
from dabir.text.structure.nodes import Found, Node, Person, Structure

__all__ = ["Found", "Node", "Person", "Span", "Structure", "language_of", "structure_text"]
