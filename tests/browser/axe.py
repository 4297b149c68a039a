"""What axe finds on a page; only violations are told back, since what is in order is most of the page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

AXE: str = Axe().axe_script
# What a page must not have. A rule's own impact is that of all its findings, so the rules of the
# lighter impacts need not be tried. Contrast is a matter of look: texts of one look (their own and
# their ancestors' tags, classes, colours and sizes) are measured until one of them is in order.
GRAVE = """async () => {
  if (!window.axe) return null;
  const grave = axe._audit.rules.filter((rule) => rule.enabled
    && ['serious', 'critical'].includes(rule.impact) && !rule.tags.includes('experimental'));
  const parts = ['color', 'backgroundColor', 'backgroundImage', 'opacity', 'fontSize', 'fontWeight',
    'textShadow', 'filter', 'mixBlendMode', 'position', 'overflow'];
  const numbers = new Map(), looks = new Map(), inOrder = new Set();
  const look = (element) => {
    if (!element) return 0;
    if (looks.has(element)) return looks.get(element);
    const style = getComputedStyle(element);
    const told = JSON.stringify([look(element.parentElement), element.tagName,
      element.getAttribute('class'), ...parts.map((part) => style[part])]);
    if (!numbers.has(told)) numbers.set(told, numbers.size + 1);
    looks.set(element, numbers.get(told));
    return numbers.get(told);
  };
  const contrast = axe._audit.checks['color-contrast'], measure = contrast.evaluate;
  contrast.evaluate = function (element, ...others) {
    if (inOrder.has(look(element))) return true;
    const found = measure.call(this, element, ...others);
    if (found === true) inOrder.add(look(element));
    return found;
  };
  const options = {resultTypes: ['violations'], runOnly: grave.map((rule) => rule.id)};
  const told = await axe.run(options).finally(() => { contrast.evaluate = measure; });
  return told.violations.map((found) => [found.id, found.nodes[0].html]);
}"""


def bring(context: BrowserContext) -> None:
    """Have axe in every page of a browser from now on, where nearly all of them are looked at."""
    context.add_init_script(AXE)


def findings(page: Page, **options: Any) -> list[dict[str, Any]]:
    """Every rule that the page breaks."""
    told = {"resultTypes": ["violations"]} | options
    return list(Axe().run(page, options=told).response["violations"])


def grave_findings(page: Page) -> list[tuple[str, str]]:
    """Each rule whose breach axe calls serious or critical, and the first element that breaks it."""
    found = page.evaluate(GRAVE)
    if found is None:
        page.evaluate(AXE)
        found = page.evaluate(GRAVE)
    return [(rule, html) for rule, html in found]


def no_grave_findings(page: Page) -> None:
    """What axe calls serious or critical is a fault."""
    assert grave_findings(page) == [], page.url
