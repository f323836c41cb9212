"""Workspaces by command: damaged, foreign, newer, in use; backup, restore, check, copy."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from command_line import CommandLine
from sat_desktop.storage.opening import open_store

PutDemo = Callable[[Path], Path]


@contextmanager
def in_use(path: Path) -> Iterator[None]:
    """Hold a workspace open and half-way through writing, as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("SELECT count(*) FROM meta").fetchall()
        yield
        other.execute("ROLLBACK")


def damage(path: Path) -> None:
    """Overwrite the middle of a database."""
    content = bytearray(path.read_bytes())
    content[8192 : 8192 + 60_000] = b"\xa5" * 60_000
    path.write_bytes(content)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 no database", b"\0" * 5000, b"SQLite format 3\0" + b"x" * 3000]
)
@pytest.mark.parametrize(
    "words",
    [("assessment", "list"), ("demo",), ("check",), ("backup", "--out", "b.db")],
)
def test_a_file_that_is_no_workspace(
    sat: CommandLine, content: bytes, words: tuple[str, ...]
) -> None:
    sat.workspace.write_bytes(content)
    said = sat.refused(*words)
    assert str(sat.workspace) in said
    assert len(said.splitlines()) == 1


def test_a_database_of_another_program(sat: CommandLine) -> None:
    with closing(sqlite3.connect(sat.workspace)) as other:
        other.execute("CREATE TABLE meta (name, value)")
        other.commit()
    assert "another program" in sat.refused("assessment", "list")


def test_a_newer_workspace_is_refused_politely(demo: CommandLine) -> None:
    with closing(sqlite3.connect(demo.workspace)) as other:
        other.execute("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
        other.commit()
    assert "newer version" in demo.refused("results", "last", "--json")
    assert "nowsz" in demo.refused("assessment", "list", lang="pl")


def test_a_damaged_workspace_is_told_and_kept(demo: CommandLine) -> None:
    damage(demo.workspace)
    said = demo.refused("check")
    assert "damaged" in said or "defects" in said


def test_a_workspace_that_somebody_writes_to(demo: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("indicator,level\nplanning.strategy,0\n", encoding="utf-8")
    with in_use(demo.workspace):
        outcome = demo("answers", "import", "last", path)
    assert (outcome.code, "in use" in outcome.err) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("backup", "--out", "b.db"),
        ("results", "last", "--json"),
        ("assessment", "show", "abc"),
        ("export", "last", "--out", "x.csv"),
        ("answers", "export", "last", "--out", "x.csv"),
        ("plan", "check", "last"),
    ],
)
def test_looking_for_something_makes_no_workspace(sat: CommandLine, words: tuple[str, ...]) -> None:
    sat.refused(*words)
    assert not sat.workspace.exists()


def test_a_folder_and_an_environment_variable_mean_a_workspace(
    sat: CommandLine, put_demo: PutDemo, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sat_desktop.__main__ import main

    put_demo(sat.workspace.parent / "biuro" / "workspace.db")
    sat.workspace = sat.workspace.parent / "biuro"
    assert "\tMiasto" in sat.ok("assessment", "list")
    monkeypatch.setenv("SAT_WORKSPACE", str(sat.workspace))
    assert main(["assessment", "show", "last"]) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a folder nobody may write")
def test_a_place_where_nothing_can_be_written(
    demo: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (
        ("export", "last", "--out", "/proc/x.csv"),
        ("answers", "export", "last", "--out", "/proc/x.json"),
        ("chart", "last", "--kind", "radar", "--out", "/proc/x.svg"),
        ("questionnaire", "export", "sat-pl", "--out", "/proc/x"),
        ("backup", "--out", "/proc/x.db"),
        ("workspace", "copy", demo.workspace, "/proc/x.db"),
        ("demo", "--export", "/proc/nowhere/x.pdf"),
    ):
        outcome = demo(*words)
        assert (outcome.code, outcome.out) == (1, ""), words
        assert len(outcome.err.splitlines()) == 1, outcome
    demo.workspace = Path("/proc/x.db")
    outcome = demo("assessment", "list")
    assert (outcome.code, len(outcome.err.splitlines())) == (1, 1)


def test_a_backup_can_be_restored(demo: CommandLine) -> None:
    before = demo.ok("results", "last", "--json")
    copy = demo.workspace.with_name("kopia zapasowa.db")
    demo.ok("backup", "--out", copy)
    first = json.loads(before)["indicators"]["planning.strategy"]["level"]
    path = demo.workspace.with_name("a.csv")
    path.write_text(f"indicator,level\nplanning.strategy,{3 - first}\n", encoding="utf-8")
    demo.ok("answers", "import", "last", path)
    after = demo.ok("results", "last", "--json")
    assert after != before
    demo.ok("restore", copy)
    assert demo.ok("results", "last", "--json") == before
    kept = demo.workspace.with_name("moja gmina.before-restore-1.db")
    demo.workspace = kept
    assert demo.ok("results", "last", "--json") == after


def test_a_backup_overwrites_nothing(demo: CommandLine) -> None:
    for name in ("taken.db", "moja gmina.db"):
        path = demo.workspace.with_name(name)
        path.touch()
        assert "already a file" in demo.refused("backup", "--out", path)


def test_restoring_where_there_was_no_workspace(sat: CommandLine, put_demo: PutDemo) -> None:
    copy = put_demo(sat.workspace.with_name("kopia.db"))
    sat.workspace = sat.workspace.parent / "nowy folder" / "w.db"
    outcome = sat("restore", copy)
    assert outcome.code == 0
    assert "kept as" not in outcome.err
    assert "\tMiasto" in sat.ok("assessment", "list")


def test_a_bad_copy_leaves_the_workspace_as_it_is(demo: CommandLine, tmp_path: Path) -> None:
    bad = tmp_path / "damaged.db"
    shutil.copyfile(demo.workspace, bad)
    damage(bad)
    newer = tmp_path / "newer.db"
    shutil.copyfile(demo.workspace, newer)
    with closing(sqlite3.connect(newer)) as other:
        other.execute("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
        other.commit()
    text = tmp_path / "text.db"
    text.write_text("no database", encoding="utf-8")
    empty = tmp_path / "empty.db"
    empty.touch()
    for copy in (bad, newer, text, empty, tmp_path, tmp_path / "none.db"):
        content = copy.read_bytes() if copy.is_file() else None
        said = demo.refused("restore", copy)
        assert copy.name in said
        assert ".restore-" not in said
        assert content is None or copy.read_bytes() == content
    demo.ok("check")


def test_an_older_copy_is_brought_up_to_date_but_stays_as_it_is(demo: CommandLine) -> None:
    older = Path(__file__).parents[2] / "data" / "workspace-schema-1.db"
    copy = demo.workspace.with_name("older.db")
    shutil.copyfile(older, copy)
    demo.ok("restore", copy)
    demo.ok("check")
    assert copy.read_bytes() == older.read_bytes()
    assert sorted(p.name for p in demo.workspace.parent.iterdir()) == [
        "moja gmina.before-restore-1.db", "moja gmina.db", "older.db",
    ]  # fmt: skip


def test_nothing_is_restored_over_a_workspace_in_use(demo: CommandLine) -> None:
    copy = demo.workspace.with_name("kopia.db")
    demo.ok("backup", "--out", copy)
    with in_use(demo.workspace):
        outcome = demo("restore", copy)
    assert (outcome.code, "in use" in outcome.err) == (1, True)
    demo.ok("check")


def test_nothing_is_restored_over_a_workspace_that_is_merely_open(demo: CommandLine) -> None:
    copy = demo.workspace.with_name("kopia.db")
    demo.ok("backup", "--out", copy)
    store = open_store(demo.workspace)
    try:
        with store.begin() as work:
            work.assessments.all()
        outcome = demo("restore", copy)
        assert (outcome.code, "in use" in outcome.err) == (1, True)
        store.full_check()
    finally:
        store.close()
    demo.ok("restore", copy)


def test_restoring_over_a_damaged_workspace_keeps_it(demo: CommandLine) -> None:
    copy = demo.workspace.with_name("kopia.db")
    demo.ok("backup", "--out", copy)
    demo.workspace.write_bytes(b"\0" * 4000)
    demo.ok("restore", copy)
    demo.ok("check")
    kept = demo.workspace.with_name("moja gmina.before-restore-1.db")
    assert kept.read_bytes() == b"\0" * 4000


CRASH = """
import os, sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("PRAGMA journal_mode = WAL")
other.execute("UPDATE person SET name = 'after the crash'")
os._exit(1)
"""


def test_what_a_crash_left_belongs_to_the_former_workspace(demo: CommandLine) -> None:
    copy = demo.workspace.with_name("kopia.db")
    demo.ok("backup", "--out", copy)
    subprocess.run([sys.executable, "-c", CRASH, str(demo.workspace)], check=False)
    assert demo.workspace.with_name(demo.workspace.name + "-wal").stat().st_size
    demo.ok("restore", copy)
    demo.ok("check")
    assert "after the crash" not in demo.ok("assessment", "show", "last")
    demo.workspace = demo.workspace.with_name("moja gmina.before-restore-1.db")
    assert "after the crash" in demo.ok("assessment", "show", "last")


def test_the_workspace_itself_is_no_danger_as_a_copy(demo: CommandLine) -> None:
    before = demo.ok("assessment", "list")
    demo.ok("restore", demo.workspace)
    assert demo.ok("assessment", "list") == before


def test_copying_a_workspace(demo: CommandLine) -> None:
    target = demo.workspace.with_name("kopia robocza.db")
    before = demo.ok("results", "last", "--json")
    assert "no file" in demo.refused("workspace", "copy", "none.db", target)
    assert not target.exists()
    demo.ok("workspace", "copy", demo.workspace, target)
    assert "already holds" in demo.refused("workspace", "copy", demo.workspace, target)
    assert "already holds" in demo.refused("workspace", "copy", demo.workspace, demo.workspace)
    demo.workspace = target
    assert demo.ok("results", "last", "--json") == before
    demo.ok("check")


def test_a_copy_that_fails_leaves_nothing(demo: CommandLine) -> None:
    damage(demo.workspace)
    target = demo.workspace.with_name("kopia.db")
    outcome = demo("workspace", "copy", demo.workspace, target)
    assert outcome.code == 1
    assert not target.exists()


@pytest.mark.parametrize(
    "address",
    ["mysql://host/base", "postgresql://127.0.0.1:1/base", "postgresql://u:secret@127.0.0.1:1/b"],
)
def test_addresses_that_lead_nowhere(sat: CommandLine, address: str) -> None:
    from sat_desktop.__main__ import main

    outcome = sat("assessment", "list", "--workspace", address)
    assert (outcome.code, outcome.out) == (1, "")
    assert "secret" not in outcome.err
    assert main(["restore", "x.db", "--workspace", "postgresql://host/base"]) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs a disk of a given size")
def test_a_really_full_disk_loses_nothing(sat: CommandLine, put_demo: PutDemo) -> None:
    disk = sat.workspace.parent / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED: no right to mount a disk")
    try:
        copy = put_demo(sat.workspace.with_name("kopia.db"))
        sat.workspace = put_demo(disk / "w.db")
        before = sat.ok("results", "last", "--json")
        fill(disk / "ballast")
        for words in (
            ("results", "last", "--json"),
            ("restore", copy),
            ("workspace", "copy", copy, disk / "n.db"),
            ("demo", "--workspace", disk / "new.db"),
        ):
            outcome = sat(*words)
            assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (1, "", 1), words
            assert f"The disk with “{disk}" in outcome.err, words
        (disk / "ballast").unlink()
        assert sat.ok("results", "last", "--json") == before
        sat.ok("check")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def fill(ballast: Path) -> None:
    """Write to a disk until nothing more goes onto it."""
    with suppress(OSError), ballast.open("wb", buffering=0) as stream:
        while True:
            stream.write(b"x" * 4096)
