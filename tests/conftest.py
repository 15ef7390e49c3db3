"""What tests of several floors share: the two lengths of the test run and one headless Chromium."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

from benchmarks.running_app import FLAGS, chromium

# The same examples on every run: a failure can be repeated, a pass stays a pass.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` runs the list of its own."""
    parser.addoption("--long", action="store_true", help="run the tests marked long, and only those")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without `--long` the tests marked long are left out, with it all others."""
    wanted = config.getoption("--long")
    left_out = [item for item in items if bool(item.get_closest_marker("long")) != wanted]
    items[:] = [item for item in items if bool(item.get_closest_marker("long")) == wanted]
    config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After a long run: how many tests of each file were run."""
    if not terminalreporter.config.getoption("--long"):
        return
    said = [report for outcome in ("passed", "failed", "skipped") for report in terminalreporter.stats.get(outcome, [])]
    counts = Counter(report.nodeid.split("::")[0] for report in said)
    terminalreporter.section(f"{sum(counts.values())} long tests in {len(counts)} files")
    for file, count in sorted(counts.items()):
        terminalreporter.write_line(f"{count:5d}  {file}")


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
