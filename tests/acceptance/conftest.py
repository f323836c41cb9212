"""Golden files: what the demo city must say. Regenerate with `pytest tests/acceptance --update-golden`."""

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import CommandLine, private_home
from reference_validator import validate

__all__ = ["golden", "pytest_addoption", "sat", "validate"]

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; review the diff"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that compares a text with a golden file, or writes it."""
    update = bool(request.config.getoption("--update-golden", default=False))

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            path.write_text(text, encoding="utf-8", newline="")
        with path.open(encoding="utf-8", newline="") as stream:
            expected = stream.read()
        lines = difflib.unified_diff(expected.splitlines(), text.splitlines(), "golden", "now", n=2)
        assert text == expected, f"{name} (see tests/acceptance/conftest.py):\n" + "\n".join(lines)

    return compare


@pytest.fixture
def sat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """Return the command line on a workspace that does not exist yet."""
    private_home(monkeypatch, tmp_path / "home")
    return CommandLine(capsys, tmp_path / "workspace.db")
