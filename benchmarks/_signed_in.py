"""Somebody of the demo at its pages, in a browser."""

from typing import Any

LONGEST_MS = 20_000
SIGNED_IN_AS = "analyst"


def sign_in(page: Any, address: str) -> None:
    page.goto(f"{address}/sign-in/demo/")
    page.locator(f'button[name="username"][value="{SIGNED_IN_AS}"]').click()
    page.wait_for_load_state("domcontentloaded")
