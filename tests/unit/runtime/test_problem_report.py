"""The parcel of "Report a problem": versions and log, and nothing of the machine's user."""

import getpass
import io
import zipfile
from pathlib import Path

from sat_desktop import __version__
from sat_desktop.runtime.problem_report import pack_problem_report


def contents(folder: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack_problem_report(folder))) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


def test_it_holds_the_versions_and_every_log_file(tmp_path: Path) -> None:
    (tmp_path / "sat-desktop.log").write_text("now", encoding="utf-8")
    (tmp_path / "sat-desktop.log.1").write_text("before", encoding="utf-8")
    (tmp_path / "other.txt").write_text("not ours", encoding="utf-8")
    found = contents(tmp_path)
    assert set(found) == {"versions.txt", "sat-desktop.log", "sat-desktop.log.1"}
    assert f"SAT Desktop {__version__}" in found["versions.txt"].decode()
    assert "SQLAlchemy 2" in found["versions.txt"].decode()


def test_a_folder_without_logs_or_none_at_all_gives_the_versions(tmp_path: Path) -> None:
    assert set(contents(tmp_path)) == set(contents(tmp_path / "missing")) == {"versions.txt"}


def test_it_names_neither_the_user_nor_the_home_folder(tmp_path: Path) -> None:
    words = contents(tmp_path)["versions.txt"].decode()
    assert str(Path.home()) not in words
    assert getpass.getuser() not in words.replace("Windows", "")
