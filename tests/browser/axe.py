"""What axe finds on a page; only violations are told back, since what is in order is most of the page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def findings(page: Page, **options: Any) -> list[dict[str, Any]]:
    """Every rule that the page breaks."""
    told = {"resultTypes": ["violations"]} | options
    return list(Axe().run(page, options=told).response["violations"])
