"""What tests of several floors share: one headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from benchmarks.running_app import FLAGS, chromium

# The same examples on every run: a failure can be repeated, a pass stays a pass.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Headless Chromium, or a skip that says why there is none."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine (Debian package chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()
