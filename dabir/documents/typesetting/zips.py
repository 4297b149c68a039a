"""Writes office files so that equal content has equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file can hold: no clock is read."""


def fixed_zip(packed: bytes, change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """The same archive in its own order with fixed times; `change` may rewrite a member."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            info = zipfile.ZipInfo(member.filename, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            new.writestr(info, change(member.filename, content) if change else content)
    return out.getvalue()
