"""The self-test proves the whole flow, the window included, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from sat_desktop.selftest import OUT_OF_TIME


def start(home: Path, *code: str) -> "subprocess.CompletedProcess[str]":
    folders = {f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CONFIG", "STATE")}
    return subprocess.run(
        [sys.executable, *code],
        env=os.environ | folders | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_every_step_is_passed(tmp_path: Path) -> None:
    done = start(tmp_path, "-m", "sat_desktop", "--lang", "pl", "selftest")
    assert done.returncode == 0, done.stdout + done.stderr
    *steps, _ = done.stdout.splitlines()
    assert [step[:2] for step in steps] == ["ok"] * 10
    assert steps[-1].endswith("start, questionnaire, results, plan, documents")
    assert "Traceback" not in done.stderr
    assert list(tmp_path.rglob("SAT Desktop")) == [], "the user's own folders are not touched"


def test_what_does_not_end_is_ended(tmp_path: Path) -> None:
    code = "from sat_desktop.selftest import run_selftest\nrun_selftest('en', 0.01)"
    done = start(tmp_path, "-c", code)
    assert done.returncode == OUT_OF_TIME
    assert "most recent call first" in done.stderr


def test_a_step_that_fails_is_named(tmp_path: Path) -> None:
    code = (
        "import sys, sat_desktop.exchange.open_data as data\n"
        "from sat_desktop.selftest import run_selftest\n"
        "data.write_open_json = lambda document: 1 / 0\n"
        "sys.exit(run_selftest('en'))"
    )
    done = start(tmp_path, "-c", code)
    assert done.returncode == 1
    assert done.stderr.startswith("FAILED: answers and open data as files: ZeroDivisionError")
    assert len(done.stdout.splitlines()) == 6
