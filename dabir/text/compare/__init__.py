"""Language versions of one document compared clause by clause.

from dabir.text.compare import compare_texts
[difference.to_json() for difference in compare_texts(persian, english)]
"""

from dabir.text.compare.versions import Difference, compare_texts

__all__ = ["Difference", "compare_texts"]
