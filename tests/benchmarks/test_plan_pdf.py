"""The plan's PDF, whole process, against the same content through other tools.

100 indicators, 60 undertakings, all charts: written by the command line out of a workspace, as a
user has it done, and by the writer alone out of a prepared document; the baselines get the words
prepared as well. Then the same with 300 undertakings.
"""

import json
import pickle
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from benchmarks.large import make_large_plan
from benchmarks.measuring import PROGRAMS, Report, Run, run_process, run_turns
from benchmarks.plan_content import content_of
from sat_desktop.reporting.plan_pdf import write_plan_pdf
from sat_desktop.services.derived import Derived
from sat_desktop.services.ports import Workspace
from sat_desktop.storage.opening import open_store

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
INDICATORS = 100
ROUNDS, ROUNDS_OF_WEASYPRINT = 7, 3


@dataclass(frozen=True)
class Case:
    """One plan, in every form the programs read.

    Attributes:
        command: our command line that exports it.
        writer, reportlab, weasyprint: the programs that write it from prepared data.
    """

    folder: Path
    command: list[str | Path]
    writer: list[str | Path]
    reportlab: list[str | Path]
    weasyprint: list[str | Path]


def make_case(folder: Path, undertakings: int) -> Case:
    place = folder / "office.db"
    numbers = count(1)
    with closing(open_store(place)) as store:
        workspace = Workspace(
            store, clock=lambda: NOW, new_id=lambda: f"{next(numbers):032x}", writer="writer"
        )
        dossier = make_large_plan(workspace, INDICATORS, undertakings)
        document = Derived(dossier).document(DAY)
    assert len(document.indicators) == INDICATORS
    assert len(document.undertakings) == undertakings
    content = content_of(write_plan_pdf(document), document)
    pickled, prepared = folder / "document.pickle", folder / "content.json"
    pickled.write_bytes(pickle.dumps(document))
    prepared.write_text(json.dumps(content), encoding="utf-8")
    return Case(
        folder,
        [
            "-m",
            "sat_desktop",
            "--workspace",
            place,
            "export",
            dossier.assessment.id,
            "--out",
            folder / "command.pdf",
        ],
        [PROGRAMS / "plan_ours.py", pickled, folder / "ours.pdf"],
        [PROGRAMS / "plan_reportlab.py", prepared, folder / "reportlab.pdf"],
        [PROGRAMS / "plan_weasyprint.py", prepared, folder / "weasyprint.pdf"],
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_case(tmp_path_factory.mktemp("plan60"), 60)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_case(tmp_path_factory.mktemp("plan300"), 300)


def wall(runs: list[Run]) -> list[float]:
    return [run.wall for run in runs]


def cpu(runs: list[Run]) -> list[float]:
    return [run.cpu for run in runs]


def test_against_plain_reportlab(report: Report, small: Case) -> None:
    command, writer, plain = run_turns(
        ROUNDS, small.folder, small.command, small.writer, small.reportlab
    )
    report.add("plan PDF, command line, by plain reportlab", wall(command), wall(plain), goal=2)
    report.add("  its processor time", cpu(command), cpu(plain))
    report.add("plan PDF, writer alone, by plain reportlab", wall(writer), wall(plain), goal=2)
    for name in ("command.pdf", "ours.pdf", "reportlab.pdf"):
        size = (small.folder / name).stat().st_size / 1e6
        report.add(
            f"size of {name}", [size], goal=1 if name != "reportlab.pdf" else None, unit="MB"
        )


def test_against_weasyprint(report: Report, small: Case) -> None:
    try:
        run_process(["-c", "import weasyprint"], small.folder)
    except RuntimeError:
        pytest.skip("WeasyPrint needs Pango: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0")
    command, theirs = run_turns(ROUNDS_OF_WEASYPRINT, small.folder, small.command, small.weasyprint)
    report.add("plan PDF, command line, by WeasyPrint", wall(command), wall(theirs), goal=0.5)


def test_five_times_the_undertakings(report: Report, small: Case, large: Case) -> None:
    much, little = run_turns(ROUNDS, large.folder, large.command, small.command)
    report.add("plan PDF of 300 undertakings, by 60", wall(much), wall(little), goal=3.5)
    many, few = run_turns(ROUNDS, large.folder, large.writer, small.writer)
    report.add("  writer alone", wall(many), wall(few), goal=3.5)
    size = (large.folder / "command.pdf").stat().st_size / 1e6
    report.add("size of 300 undertakings", [size], unit="MB")
