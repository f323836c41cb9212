"""The window against the least window that PySide6 can show: time to paint, to use, and memory."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.measuring import PROGRAMS, Report, Run, run_process, run_turns

ROUNDS, ROUNDS_OF_MEMORY = 15, 5
REMEMBER = """
import sys
from sat_desktop.runtime.paths import settings_file
from sat_desktop.runtime.settings import SettingsFile
SettingsFile(settings_file()).change(last_assessment=sys.argv[1])
"""
BARE = [PROGRAMS / "window_bare.py"]


@dataclass(frozen=True)
class Office:
    """A user's home: a workspace with the demo city, which was open last; an empty one beside."""

    home: Path
    demo: Path
    empty: Path

    def ours(self, mode: str, workspace: Path) -> list[str | Path]:
        return [PROGRAMS / "window_ours.py", mode, workspace]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    home = tmp_path_factory.mktemp("home")
    office = Office(home, home / "demo.db", home / "empty.db")
    run_process(["-m", "sat_desktop", "--workspace", office.demo, "demo"], home)
    run_process(["-m", "sat_desktop", "--workspace", office.empty, "assessment", "list"], home)
    run_process(["-c", REMEMBER, "last"], home)
    return office


def fact(runs: list[Run], name: str) -> list[float]:
    return [run.facts[name] for run in runs]


def test_first_paint_and_first_answer(report: Report, office: Office) -> None:
    bare, empty, demo, page, usable = run_turns(
        ROUNDS,
        office.home,
        BARE,
        office.ours("paint", office.empty),
        office.ours("paint", office.demo),
        office.ours("page", office.demo),
        office.ours("usable", office.demo),
    )
    base, cpu = fact(bare, "at_paint"), fact(bare, "cpu")
    report.add(
        "first paint, empty workspace, by bare window", fact(empty, "at_paint"), base, goal=1.6
    )
    report.add("  its processor time", fact(empty, "cpu"), cpu)
    report.add("first paint, demo city, by bare window", fact(demo, "at_paint"), base, goal=1.6)
    report.add("  its processor time", fact(demo, "cpu"), cpu)
    report.add("first page painted in it", fact(page, "at_page"), base)
    report.add("  its processor time", fact(page, "cpu"), cpu)
    report.add("last assessment open", fact(usable, "at_open"), base)
    report.add("a key pressed and saved, by bare window", fact(usable, "at_saved"), base, goal=6)
    report.add("  its processor time", fact(usable, "cpu"), cpu)


def test_memory(report: Report, office: Office) -> None:
    bare, questionnaire, results = run_turns(
        ROUNDS_OF_MEMORY,
        office.home,
        BARE,
        office.ours("questionnaire", office.demo),
        office.ours("results", office.demo),
    )
    base = fact(bare, "memory")
    report.add(
        "memory on Questionnaire, by bare window",
        fact(questionnaire, "memory"),
        base,
        goal=2.2,
        unit="MB",
    )
    report.add(
        "memory on Results, by bare window", fact(results, "memory"), base, goal=3.6, unit="MB"
    )
