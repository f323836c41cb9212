"""The rules of the house as tests: who may import whom, and what never belongs into the tree."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sat_desktop"

VIOLATIONS = {
    "the command line opens the window itself": (
        "layers", "cli/run.py", "import sat_desktop.app",
    ),
    "a use case reaches for the database, lazily": (
        "layers", "services/derived.py", "def f():\n    import sat_desktop.storage",
    ),
    "a use case knows the window, for types only": (
        "layers", "services/derived.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import sat_desktop.ui.shell",
    ),
    "the window reads files by itself": ("layers", "ui/shell.py", "import sat_desktop.exchange"),
    "the window composes": ("layers", "ui/shell.py", "import sat_desktop.workspace"),
    "the domain speaks": ("layers", "domain/scores.py", "import sat_desktop.runtime.i18n"),
    "a room without a place": ("layers", "misc.py", ""),
    "an earlier stage sees a later one": (
        "flow", "domain/answers.py", "import sat_desktop.domain.scores",
    ),
    "a stage without a place": ("flow", "domain/afterthought.py", ""),
    "a library in the domain": ("pure-domain", "domain/scores.py", "import msgspec"),
    "an adapter with a use case of its own": (
        "ports-only", "exchange/open_data.py", "import sat_desktop.services.assessments",
    ),
    "a command with Qt": ("qt-in-ui", "cli/run.py", "import PySide6"),
    "SQL in a use case": ("sql-in-storage", "services/derived.py", "import sqlite3"),
    "a document made by the window": ("pdf-in-reporting", "ui/shell.py", "import reportlab"),
    "a picture drawn by the window": ("figures-in-charts", "ui/shell.py", "import matplotlib"),
}  # fmt: skip
"""What happens: the contract that it breaks, the module, the line planted there."""

TRY_THEM = """
import contextlib, io, json, re, sys
from pathlib import Path
from importlinter.cli import lint_imports

def broken():
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        lint_imports(config_filename="pyproject.toml", no_cache=True)
    return re.findall(r"^(.+) BROKEN\\b", out.getvalue(), re.MULTILINE)

found = {"": broken()}
for name, (module, line) in json.load(sys.stdin).items():
    path = Path("sat_desktop", module)
    before = path.read_text() if path.exists() else None
    path.write_text((before or "") + line + "\\n")
    found[name] = broken()
    path.unlink() if before is None else path.write_text(before)
json.dump(found, sys.stdout)
"""


def contracts() -> dict[str, str]:
    """Return the names of the contracts by id."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {c["id"]: c["name"] for c in config["tool"]["importlinter"]["contracts"]}


def tracked() -> list[Path]:
    """Return the text files that belong to the project."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("NOT TESTED: only a checkout tells which files belong to the project")
    listed = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [p for p in paths if p.is_file() and b"\0" not in p.read_bytes()]


def test_the_contracts_are_kept() -> None:
    # In a process of its own: the linter sets up the logging of the whole process it runs in.
    lint = "import sys, importlinter.cli as cli; sys.exit(cli.lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", lint], cwd=ROOT, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Plant each violation in a tree of the same modules without content; return what breaks."""
    stub = tmp_path_factory.mktemp("stub")
    for source in PACKAGE.rglob("*.py"):
        target = stub / "sat_desktop" / source.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    # The one exception that the contracts name has to exist.
    (stub / "sat_desktop/reporting/figures.py").write_text("import matplotlib\n", encoding="utf-8")
    shutil.copyfile(ROOT / "pyproject.toml", stub / "pyproject.toml")
    planted = {name: (module, line) for name, (_, module, line) in VIOLATIONS.items()}
    done = subprocess.run(
        [sys.executable, "-c", TRY_THEM],
        input=json.dumps(planted),
        cwd=stub,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_a_tree_without_violations_is_kept(broken: dict[str, list[str]]) -> None:
    assert broken[""] == []


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_violation_is_found(broken: dict[str, list[str]], name: str) -> None:
    assert contracts()[VIOLATIONS[name][0]] in broken[name]


def test_every_contract_has_been_seen_to_fail() -> None:
    assert {contract for contract, _, _ in VIOLATIONS.values()} == set(contracts())


def test_every_use_case_is_kept_from_the_adapters() -> None:
    """All of `services` but the ports: the linter knows no rule by exclusion, so the list is checked."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (rule,) = (c for c in config["tool"]["importlinter"]["contracts"] if c["id"] == "ports-only")
    modules = {p.stem for p in (PACKAGE / "services").glob("*.py")} - {"__init__", "ports"}
    assert set(rule["forbidden_modules"]) == {f"sat_desktop.services.{m}" for m in modules}


def test_what_is_installed_is_what_the_locks_name_and_nothing_else() -> None:
    """A resolver would look for newer releases, and an old checkout would break of one."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (install,) = re.findall(r"^INSTALL = .+$", makefile, re.MULTILINE)
    assert "--no-deps" in install
    assert len(re.findall(r"pip install", makefile)) == 1
    for lock in (path.name for path in ROOT.glob("requirements*.lock")):
        assert f"@$(INSTALL) --require-hashes -r {lock}" in makefile
    stamps = re.findall(
        r"^\$\(VENV\)/(?!python)\w+\.stamp:.*?@touch", makefile, re.MULTILINE | re.DOTALL
    )
    assert len(stamps) == 3
    assert all("@$(VERIFY)" in stamp for stamp in stamps)


def test_lock_files_are_hashed_and_name_no_registry() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert len(locks) >= 3
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock
        assert "index-url" not in text, lock
        assert "find-links" not in text, lock
        pinned = [line for line in text.splitlines() if line and line[0] not in " #"]
        assert pinned
        assert all(re.match(r"[A-Za-z0-9._\[\]-]+==", line) for line in pinned), lock
        assert text.count("--hash=sha256:") >= len(pinned), lock


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    here = sorted({str(ROOT), str(Path.home())} - {"/"})
    homes = re.compile("|".join(rf"{re.escape(place)}(?![\w-])" for place in here))
    known = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path != Path(__file__)
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").split("\n")
        )
        if homes.search(line)
    }
    assert known == set()
