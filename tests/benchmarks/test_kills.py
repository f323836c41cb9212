"""Programs that are killed while they answer and merge: nothing that was acknowledged is lost or torn.

SAT_KILLS=500 make bench ARGS="-k kills"
"""

import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.measuring import PROGRAMS, Report, environment, run_process
from sat_desktop.services.dossier import open_dossier
from sat_desktop.workspace import open_workspace

KILLS = int(os.environ.get("SAT_KILLS", "20"))


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, Path]:
    """Return a workspace with the demo city, and a copy that somebody else has."""
    mine, theirs = tmp_path / "mine.db", tmp_path / "theirs.db"
    run_process(["-m", "sat_desktop", "--workspace", mine, "demo"], tmp_path)
    shutil.copyfile(mine, theirs)
    return mine, theirs


def killed(place: Path, copy: Path, seed: int, seconds: float) -> dict[str, int]:
    """Return the change-sets that a program acknowledged, and their sizes, before it was killed."""
    words: list[str | Path] = [
        sys.executable,
        str(PROGRAMS / "answering_until_killed.py"),
        place,
        copy,
        str(seed),
    ]
    child = subprocess.Popen(
        words, stdout=subprocess.PIPE, env=environment(place.parent), encoding="utf-8"
    )
    assert child.stdout is not None
    with child.stdout:
        lines = [child.stdout.readline()]
        time.sleep(seconds)
        child.kill()
        lines += child.stdout.readlines()
    assert child.wait() == -9, "it ended by itself"
    # The last line may be cut: what it would have said was not said.
    return {i: int(size) for i, size in (line.split() for line in lines if line.endswith("\n"))}


def test_kills_lose_and_tear_nothing(report: Report, office: tuple[Path, Path]) -> None:
    chance = random.Random(2026)  # noqa: S311 - moments, no secret
    mine, theirs = office
    acknowledged: dict[str, int] = {}
    torn = 0
    for seed in range(KILLS):
        acknowledged |= killed(mine, theirs, seed, chance.uniform(0, 0.4))
        workspace = open_workspace(str(mine), "looking")
        with closing(workspace.store), workspace.store.begin() as work:
            workspace.store.full_check()
            ((row, _),) = work.assessments.all()
            open_dossier(workspace, row.id)
            found = {c.change_set.id: len(c.revisions) for c in work.history.all(row.id)}
            merged = {i: len(work.history.of_change_set(i)) for i in acknowledged}
            lost = [i for i in acknowledged if i not in found]
            torn += sum(merged[i] != size for i, size in acknowledged.items())
        assert not lost
        assert not torn
    print(f"\n{KILLS} kills, {len(acknowledged)} acknowledged change-sets: lost 0, torn {torn}")
    report.add("acknowledged change-sets for each kill", [len(acknowledged) / KILLS], unit="")
