"""Writers that are loaded when the first paper is asked of them: most starts of Dabir need none."""

from __future__ import annotations

from dabir.documents.typesetting.blocks import Paper


def write_docx(paper: Paper) -> bytes:
    """The paper as DOCX; equal papers give equal bytes."""
    from dabir.documents.typesetting import word

    return word.write_docx(paper)
