"""Browser tests drive the chromium that the system brings; Playwright cannot fetch its own."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium() -> str | None:
    """The program, where there is one."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


@pytest.hookimpl(trylast=True)  # after the folders have set their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser its tests are skipped and named, but in CI that is a fault."""
    wanted = [item for item in items if item.get_closest_marker("browser")]
    if not wanted or chromium():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError("CI must run the browser tests, and there is no chromium here")
    for item in wanted:
        item.add_marker(pytest.mark.skip(reason="no chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How to start it: no sandbox, since CI is root; no calls home."""
    return browser_type_launch_args | {
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
    }
