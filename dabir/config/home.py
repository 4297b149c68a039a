"""Where an installation keeps what is its own: the database, files, secrets and outputs.

Everything lies under one folder, so that copying the folder copies the association.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home_folder() -> Path:
    """The folder of this installation: `DABIR_HOME`, else `var/` below the working folder."""
    return Path(os.environ.get("DABIR_HOME") or "var").resolve()


def secret(name: str) -> str:
    """A secret of this installation, made once and readable by its owner only."""
    path = home_folder() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
