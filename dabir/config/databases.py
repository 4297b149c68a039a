"""The two databases: SQLite embedded, PostgreSQL by `DATABASE_URL`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def sqlite_settings(path: Path | str) -> dict[str, Any]:
    """SQLite with one writer at a time; write-ahead logging is set once, when the file is made.

    What is deleted is overwritten in the file, so that a forgotten name stays nowhere.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
        },
    }


def postgresql_settings(url: str) -> dict[str, Any]:
    """PostgreSQL from an address such as `postgresql://user:password@host:5432/name`.

    A folder in the query (`?host=/run/postgresql`) means a local socket.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def database_settings(url: str | None, embedded: Path) -> dict[str, Any]:
    """The database named by `url`, else the embedded one at `embedded`."""
    if not url:
        return sqlite_settings(embedded)
    scheme = url.split(":", 1)[0]
    if scheme in {"postgres", "postgresql"}:
        return postgresql_settings(url)
    if scheme == "sqlite":
        return sqlite_settings(url.removeprefix("sqlite://"))
    raise ValueError(f"DATABASE_URL starts with {scheme}: use postgresql://… or sqlite://PATH")
