"""What goes where: data to stdout, words to stderr, exit codes; real processes and odd consoles."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from command_line import CommandLine
from sat_desktop import __main__ as entry
from sat_desktop.runtime.paths import log_folder


def start(*words: object, **options: Any) -> "subprocess.Popen[bytes]":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment |= options.pop("env", {})
    return subprocess.Popen(
        [sys.executable, "-m", "sat_desktop", *map(str, words)],
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=options.pop("stderr", subprocess.PIPE),
        env=environment,
        **options,
    )


def test_a_reader_that_goes_early_is_no_error(demo: CommandLine) -> None:
    process = start("--workspace", demo.workspace, "results", "last", "--json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), said) == (0, b"")


def test_work_goes_on_when_nobody_reads(demo: CommandLine) -> None:
    target = demo.workspace.with_name("radar.svg")
    process = start(
        "--workspace", demo.workspace, "chart", "last", "--kind", "radar", "--out", target
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert target.read_bytes().startswith(b"<")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_data_that_cannot_be_written_are_an_error(demo: CommandLine) -> None:
    with Path("/dev/full").open("wb") as full:
        process = start(
            "--workspace", demo.workspace, "--lang", "en", "results", "last", "--json", stdout=full
        )
        _, said = process.communicate()
    assert process.returncode == 1
    assert said.startswith(b"What was asked for could not be written out")
    assert len(said.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
def test_closed_streams_change_nothing(demo: CommandLine) -> None:
    for closing in (">&-", "2>&-", ">&- 2>&-"):
        line = f'"$0" -m sat_desktop --workspace "$1" assessment list {closing}'
        done = subprocess.run(
            ["sh", "-c", line, sys.executable, str(demo.workspace)],
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
        assert b"Error" not in done.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1250"},
        {"PYTHONIOENCODING": "ascii:strict"},
    ],
    ids=str,
)
def test_a_console_that_knows_few_letters(demo: CommandLine, environment: dict[str, str]) -> None:
    if not Path(__file__).as_posix().isascii():
        pytest.skip("NOT TESTED: Python itself does not start here, its path needs other letters")
    here = {"cwd": demo.workspace.parent, "env": environment}
    shown = start("--workspace", demo.workspace, "assessment", "list", **here)
    out, said = shown.communicate()
    assert (shown.returncode, said) == (0, b"")
    assert "Wierzbogród" in out.decode()
    wrong = start(
        "--lang", "pl", "--workspace", demo.workspace, "results", "żółć", "--json", **here
    )
    out, said = wrong.communicate()
    assert (wrong.returncode, out) == (1, b"")
    assert len(said.splitlines()) == 1
    for words in (("--lang", "pl", "--help"), ("--lang", "pl", "results")):
        helped = start(*words, **here)
        out, said = helped.communicate()
        assert b"Traceback" not in said
        assert "użycie" in (out + said).decode(
            "cp1250" if "cp1250" in str(here) and said else "utf-8"
        )


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_ctrl_c_ends_with_one_word(demo: CommandLine, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    waiting = (
        "import signal, sys, threading, sat_desktop.cli.run as r\n"
        "from sat_desktop.__main__ import main\n"
        # A shell that runs the tests in the background ignores the signal, and children inherit it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def work(session, arguments):\n"
        f"    open({str(pipe)!r}).close()\n"
        # Not one long wait: a signal just before it would be seen only at its end.
        "    while True:\n"
        "        threading.Event().wait(0.01)\n"
        "r.COMMANDS['check', None] = work\n"
        "sys.exit(main(['--lang', 'en', 'check']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", waiting], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    # The other end opens when the command has reached its work.
    pipe.open("w").close()
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out, said) == (130, b"", b"Stopped before the end.\n")


def test_an_error_of_ours_is_one_calm_sentence(
    sat: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sat_desktop.cli import run

    def fails(*_: object) -> int:
        quoted = "Jan Kowalski answered"
        raise ValueError(quoted)

    monkeypatch.setitem(run.COMMANDS, ("check", None), fails)
    assert entry.main(["--lang", "en", "--workspace", str(sat.workspace), "check"]) == 1
    out, said = capsys.readouterr()
    (log,) = log_folder().iterdir()
    assert out == ""
    assert said == (
        "Something went wrong that should not have; this is a fault of the program. "
        f"Details are in the file {log}.\n"
    )
    written = log.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "sat_desktop/cli/run.py" in written
    assert "Kowalski" not in written
    assert str(Path(entry.__file__).parents[1]) not in written


def test_data_and_words_are_kept_apart(demo: CommandLine) -> None:
    for words, kinds in (
        (("assessment", "list"), (True, False)),
        (("results", "last", "--json"), (True, False)),
        (("plan", "project", "last", "--json"), (True, False)),
        (("plan", "check", "last"), (True, True)),
        (("plan", "draft", "last"), (False, True)),
        (("check",), (False, True)),
        (("backup", "--out", "b.db"), (False, True)),
        (("questionnaire", "list"), (True, False)),
    ):
        outcome = demo(*words)
        assert (bool(outcome.out), bool(outcome.err)) == kinds, words


WITHOUT_QT = """
import sys
sys.modules["PySide6"] = None
from sat_desktop.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_machine_without_what_qt_needs(sat: CommandLine) -> None:
    def run(*words: object) -> "subprocess.CompletedProcess[str]":
        given = [sys.executable, "-c", WITHOUT_QT, "--lang", "en", *map(str, words)]
        return subprocess.run(given, capture_output=True, check=False, encoding="utf-8")

    window = run("--workspace", sat.workspace)
    assert (window.returncode, window.stdout) == (1, "")
    assert window.stderr.startswith("The window cannot be opened, something it needs is missing")
    assert len(window.stderr.splitlines()) == 1
    target = sat.workspace.with_name("plan.pdf")
    demo = run("--workspace", sat.workspace, "demo", "--window", "--export", target)
    assert demo.returncode == 0, demo.stderr
    assert "There is no display here" in demo.stderr
    assert f"Written: {target}" in demo.stderr
    assert target.read_bytes().startswith(b"%PDF-")
