"""A file as an answer: its name in any script, and nothing of the name that breaks the header."""

from __future__ import annotations

import pytest

from dabir.core.fileanswer import file_answer

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("name", "inline", "said"),
    [
        ("register.xlsx", False, 'attachment; filename="register.xlsx"'),
        ("register.pdf", True, 'inline; filename="register.pdf"'),
        ('a "b".pdf', False, 'attachment; filename="a \\"b\\".pdf"'),
        ("نامه.pdf", False, "attachment; filename*=utf-8''%D9%86%D8%A7%D9%85%D9%87.pdf"),
        ("a.pdf\r\nSet-Cookie: x=1", False, 'attachment; filename="a.pdf Set-Cookie: x=1"'),
        ("", True, "inline"),
    ],
)
def test_a_file_carries_its_name(name: str, inline: bool, said: str) -> None:
    answer = file_answer(b"%PDF-", "application/pdf", name, inline=inline)
    assert answer["Content-Disposition"] == said
    assert answer["Content-Type"] == "application/pdf"
