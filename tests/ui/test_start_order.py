"""What a start may import, and when: each thing that comes earlier makes every start slower."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

START = """
import sys
import sat_desktop.app
from sat_desktop.__main__ import main
from sat_desktop.ui.frame import Frame

class Watched(Frame):
    def __init__(self, settings):
        super().__init__(settings)
        self.painted.connect(self._tell)
        if {page}:
            self.painted.connect(self._watch_page)

    def _tell(self):
        if not {page}:
            tell()

    def _watch_page(self):
        from sat_desktop.ui import shell
        shell.Shell.begin = lambda _shell: tell()

def tell():
    from PySide6.QtCore import QCoreApplication
    print("\\n".join(sys.modules))
    QCoreApplication.exit(0)

sat_desktop.app.Frame = Watched
sys.exit(main(["--workspace", {workspace!r}]))
"""
OURS = {"sat_desktop.domain", "sat_desktop.services", "decimal", "fractions"}
HEAVY = {
    "sat_desktop.storage",
    "sat_desktop.formats",
    "sat_desktop.workspace",
    "sat_desktop.cli",
    "sat_desktop.charts",
    "sat_desktop.reporting",
    "sqlalchemy",
    "sqlite3",
    "alembic",
    "matplotlib",
    "numpy",
    "reportlab",
    "pikepdf",
    "babel",
    "yaml",
    "msgspec",
}


def imported(tmp_path: Path, *, page: bool) -> set[str]:
    """Return the modules that are there when the frame, or the first page, has been painted."""
    profile = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    ended = subprocess.run(
        [sys.executable, "-c", START.format(page=page, workspace=str(tmp_path / "w.db"))],
        env={**os.environ, **profile, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(ended.stdout.split())


@pytest.mark.parametrize("page", [False, True])
def test_nothing_heavy_is_there_at_the_first_paint(tmp_path: Path, page: bool) -> None:
    found = imported(tmp_path, page=page)
    assert "sat_desktop.ui.frame" in found
    assert not found & HEAVY


def test_the_frame_comes_before_the_window_and_what_it_works_with(tmp_path: Path) -> None:
    found = imported(tmp_path, page=False)
    assert not found & OURS
    assert not found & {
        "sat_desktop.ui.shell",
        "sat_desktop.ui.theme",
        "PySide6.QtSvg",
    }
