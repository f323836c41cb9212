"""The log file: it says where a fault lies, and nothing of what users typed."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import private_home
from sat_desktop.errors import SatError
from sat_desktop.runtime.logs import FILE, KEPT, LARGEST, LogFile, log_unexpected, start_logging

TYPED = "Jan Kowalski, Łódź"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "dzienniki" / "log"


@pytest.fixture
def logger(folder: Path) -> Iterator[logging.Logger]:
    """Return a logger that writes to the folder alone."""
    made = logging.getLogger("sat_desktop.test_logs")
    made.propagate = False
    handler = LogFile(lambda: folder)
    made.addHandler(handler)
    yield made
    made.removeHandler(handler)


def fails(error: BaseException) -> BaseException:
    """Return the error raised here, caused by another one that quotes what was typed."""
    answers: dict[str, int] = {}
    try:
        try:
            answers[TYPED] += 1
        except KeyError as cause:
            raise error from cause
    except BaseException as caught:  # noqa: BLE001 -- handed on
        return caught
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError(TYPED), "  ValueError"),
        (SatError("member-unknown", name=TYPED), "  sat_desktop.errors.SatError: member-unknown"),
        (
            FileNotFoundError(2, "No such file or directory", f"/home/{TYPED}/x"),
            "  FileNotFoundError: 2 No such file or directory",
        ),
        (ImportError("No module named 'x'"), "  ImportError: No module named 'x'"),
    ],
)
def test_an_error_is_told_by_kind_and_place(
    logger: logging.Logger, folder: Path, error: BaseException, said: str
) -> None:
    logger.critical("it failed", exc_info=fails(error))
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text.splitlines()[-1] == said
    assert "  KeyError\n" in text, "what caused it comes first"
    assert "in fails" in text
    for word in ("Kowalski", "Łódź", str(Path(__file__).parent)):
        assert word not in text


def test_what_a_message_quotes_is_discreet(logger: logging.Logger, folder: Path) -> None:
    logger.warning("not written: %s", SatError("file-not-written", path=f"/home/{TYPED}/x"))
    logger.warning("not read: %s (%d)", Path("/home") / TYPED / "settings.json", 3)
    logger.warning("100 % sure")
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    assert [line.split(": ", 1)[1] for line in lines] == [
        "not written: sat_desktop.errors.SatError: file-not-written",
        "not read: settings.json (3)",
        "100 % sure",
    ]


def test_files_are_put_aside_and_the_oldest_dropped(logger: logging.Logger, folder: Path) -> None:
    for number in range(KEPT + 3):
        logger.warning("number %d", number)
        with (folder / FILE).open("a", encoding="utf-8") as stream:
            stream.write("x" * LARGEST + "\n")
    logger.warning("the last one")
    assert sorted(p.name for p in folder.iterdir()) == [
        FILE, *(f"{FILE}.{n}" for n in range(1, KEPT + 1)),
    ]  # fmt: skip
    assert "the last one" in (folder / FILE).read_text(encoding="utf-8")
    youngest = (folder / f"{FILE}.1").read_text(encoding="utf-8")
    assert f"number {KEPT + 2}" in youngest


def test_little_things_are_not_written(logger: logging.Logger, folder: Path) -> None:
    logger.info("nothing of interest")
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_no_second_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    handler = LogFile(lambda: taken / "log")
    handler.handle(logging.LogRecord("x", logging.ERROR, "x.py", 1, "lost", None, None))
    assert capsys.readouterr() == ("", "")


def test_the_usual_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private_home(monkeypatch, tmp_path)
    start_logging()
    start_logging()
    path = log_unexpected(fails(RuntimeError()))
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert text.count("unexpected error") == 1
    assert f"Python {sys.version_info[0]}." in text
