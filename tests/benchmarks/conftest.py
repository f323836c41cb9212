"""One report for all benchmarks: a line each, a table at the end, `build/bench.json` for later."""

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.measuring import Report

KEY = pytest.StashKey[Report]()
RESULT = Path(__file__).parents[2] / "build" / "bench.json"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[KEY] = Report()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    # The plugin skips when a test is called: by then its fixtures have taken their minutes.
    if not item.config.getoption("benchmark_only"):
        pytest.skip("measured by make bench")


@pytest.fixture
def report(request: pytest.FixtureRequest, benchmark: BenchmarkFixture) -> Report:
    """The session's report; measuring is done here by turns, not by the plugin."""
    benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    return request.config.stash[KEY]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    report = config.stash.get(KEY, None)
    if report is None or not report.figures:
        return
    head = ("figure (medians)", "ours", "baseline", "ratio", "of least", "goal", "")
    rows = [head, *(f.cells() for f in report.figures)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    terminalreporter.section("speed and memory")
    for row in rows:
        first, *others = (
            c.ljust(w) if n in {0, 6} else c.rjust(w)
            for n, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        terminalreporter.write_line("  ".join((first, *others)).rstrip())
    report.write(RESULT)
    missed = [f.name for f in report.figures if f.met is False]
    terminalreporter.write_line(f"NOT MET: {'; '.join(missed)}" if missed else "All goals are met.")
