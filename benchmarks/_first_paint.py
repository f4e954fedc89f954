"""How long until a page that nothing is kept of shows what it is for, and how much it sends for that."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks._signed_in import LONGEST_MS, SIGNED_IN_AS, sign_in

GOAL_S, GOAL_MB = 2.0, 1.0
VISITS = 5
PAGES = {
    "the map": ("/map/", "() => performance.getEntriesByName('trigpoint:asked-to-painted').length > 0"),
    "the landing": (
        "/",
        "() => document.querySelector('.place-card:not(.is-watched), #agenda[data-waits]:not([data-waits=first]) h1')",
    ),
}
"""Each page, and what is true once what it is for has been painted: the first counts on the map, the first card."""
_FOUND = """() => {
  const painted = performance.getEntriesByName('trigpoint:asked-to-painted')[0];
  const first = performance.getEntriesByName('first-contentful-paint')[0];
  const sent = performance.getEntriesByType('resource').filter((e) => e.name.includes('/static/'));
  return {
    frame: first ? first.startTime : null,
    whole: painted ? painted.startTime + painted.duration : performance.now(),
    sent: sent.reduce((sum, e) => sum + e.encodedBodySize, 0),
  };
}"""


def first_paints(browser: Any, address: str) -> Iterator[str]:
    """A line for each page: of several visits, each by a browser that has kept nothing, while the server is awake."""
    for name, (path, shown) in PAGES.items():
        found = [_visit(browser, address, path, shown) for _ in range(VISITS)]
        whole = [one["whole"] / 1000 for one in found]
        frames = [one["frame"] / 1000 for one in found if one["frame"] is not None]
        met = "met" if max(whole) <= GOAL_S else "NOT met"
        frame = f"something {np.median(frames):.2f} s, " if frames else ""
        yield (
            f"first paint of {name}: {frame}what it is for median {np.median(whole):.2f}, "
            f"most {max(whole):.2f} s of {VISITS} visits as {SIGNED_IN_AS}; goal ≤ {GOAL_S:g} s: {met}"
        )
        sent = max(one["sent"] for one in found) / 1e6
        met = "met" if sent <= GOAL_MB else "NOT met"
        yield f"sent for it, compressed: {sent:.2f} MB of scripts, styles and letters; goal ≤ {GOAL_MB:g} MB: {met}"


def _visit(browser: Any, address: str, path: str, shown: str) -> dict[str, float]:
    context = browser.new_context(
        locale="en-GB", reduced_motion="reduce", viewport={"width": 1280, "height": 800}
    )
    try:
        page = context.new_page()
        sign_in(page, address)
        # signing in has fetched the page's frame: a browser that comes back later has kept nothing
        page.goto("about:blank")
        context.new_cdp_session(page).send("Network.clearBrowserCache")
        page.goto(address + path, wait_until="commit")
        page.wait_for_function(shown, timeout=LONGEST_MS)
        return page.evaluate(_FOUND)
    finally:
        context.close()
