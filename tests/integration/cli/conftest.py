"""A command line per test; the demo city is made once and copied."""

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import CommandLine, copy_of, private_home
from sat_desktop.__main__ import main


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace file with the demo city, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    path = folder / "demo.db"
    with pytest.MonkeyPatch.context() as patch:
        private_home(patch, folder)
        assert main(["--workspace", str(path), "--lang", "pl", "demo"]) == 0
    assert not path.with_name("demo.db-wal").exists()
    return path


@pytest.fixture
def put_demo(demo_file: Path) -> Callable[[Path], Path]:
    """Return a function that puts a workspace with the demo city at a place."""
    return copy_of(demo_file)


@pytest.fixture
def sat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """Return the command line on a workspace that does not exist yet, in an awkward folder."""
    private_home(monkeypatch, tmp_path / "home")
    folder = tmp_path / "Zażółć gęślą"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return CommandLine(capsys, folder / "moja gmina.db")


@pytest.fixture
def demo(sat: CommandLine, put_demo: Callable[[Path], Path]) -> CommandLine:
    """Return the command line on a workspace with the demo city."""
    put_demo(sat.workspace)
    return sat


@pytest.fixture
def city(sat: CommandLine) -> CommandLine:
    """Return the command line on a workspace with one assessment without answers."""
    sat.ok(
        "assessment", "create", "--unit", "Gmina Próbna", "--kind", "gmina", "--teryt", "0201011",
        "--questionnaire", "sat-pl", "--period", "2026",
    )  # fmt: skip
    return sat
