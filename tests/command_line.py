"""Runs the program's commands in this process, with a home and a workspace of their own."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sat_desktop.__main__ import main
from sat_desktop.runtime.paths import log_folder


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str


class CommandLine:
    """Commands against one workspace."""

    def __init__(self, capsys: pytest.CaptureFixture[str], workspace: Path) -> None:
        self._capsys = capsys
        self.workspace = workspace

    def __call__(self, *words: object, lang: str = "en") -> Outcome:
        """Run a command; an error that nobody expected fails the test."""
        given = ["--workspace", str(self.workspace), "--lang", lang, *map(str, words)]
        self._capsys.readouterr()
        try:
            code = main(given)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        out, err = self._capsys.readouterr()
        logs = [path.read_text(encoding="utf-8") for path in log_folder().glob("*")]
        assert logs == [], f"unexpected error in {given}: {logs}"
        assert "Traceback" not in err
        return Outcome(code, out, err)

    def ok(self, *words: object, lang: str = "en") -> str:
        """Run a command that must succeed; return its data."""
        outcome = self(*words, lang=lang)
        assert outcome.code == 0, outcome
        return outcome.out

    def refused(self, *words: object, lang: str = "en") -> str:
        """Run a command that must be refused and change nothing; return what was said."""
        before = self.content()
        outcome = self(*words, lang=lang)
        assert outcome.code == 1, outcome
        assert outcome.out == ""
        assert outcome.err.endswith(("\n", "?\n"))
        assert self.content() == before
        return outcome.err.rstrip("\n")

    def content(self) -> dict[str, object]:
        """Return what the workspace's folder holds, the database as its rows."""
        folder = self.workspace.parent
        if not folder.is_dir():
            return {}
        return {
            path.relative_to(folder).as_posix(): _rows(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


def private_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Let the process live in `home`: settings, logs and the usual workspace are there."""
    monkeypatch.delenv("SAT_WORKSPACE", raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("APPDATA", str(home / "roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))


def copy_of(original: Path) -> Callable[[Path], Path]:
    """Return a function that puts a copy of a closed workspace at a place."""

    def put(place: Path) -> Path:
        place.parent.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copyfile(original, place))

    return put


def _rows(path: Path) -> object:
    import sqlite3
    from contextlib import closing

    content = path.read_bytes()
    if not content.startswith(b"SQLite format 3\0"):
        return content
    with closing(sqlite3.connect(path)) as connection:
        try:
            return tuple(connection.iterdump())
        except sqlite3.Error:
            return content
