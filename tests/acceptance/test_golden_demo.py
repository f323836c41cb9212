"""The demo city from end to end by command, against golden files; deterministic where promised."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import CommandLine

Golden = Callable[[str, str], None]


@pytest.fixture
def demo(sat: CommandLine) -> CommandLine:
    sat.ok("demo", lang="pl")
    return sat


def test_results(demo: CommandLine, golden: Golden) -> None:
    golden("results.json", demo.ok("results", "last", "--json"))


def test_projection(demo: CommandLine, golden: Golden) -> None:
    golden("projection.json", demo.ok("plan", "project", "last", "--json"))


def test_findings(demo: CommandLine, golden: Golden) -> None:
    golden("findings.txt", demo.ok("plan", "check", "last", lang="pl"))


@pytest.mark.parametrize("language", ["pl", "en"])
def test_open_data_as_rows(
    demo: CommandLine, golden: Golden, tmp_path: Path, language: str
) -> None:
    out = tmp_path / "wskaźniki.csv"
    demo.ok("export", "last", "--out", out, lang=language)
    golden(f"indicators.{language}.csv", out.read_bytes().decode("utf-8"))


def test_open_data_as_json(demo: CommandLine, golden: Golden, tmp_path: Path) -> None:
    out = tmp_path / "dane.json"
    demo.ok("export", "last", "--out", out, "--date", "2026-11-21")
    text = out.read_text(encoding="utf-8")
    # Ids are made anew every time: numbered in the order in which they stand in the file.
    seen: dict[str, str] = {}
    text = re.sub(r"\b[0-9a-f]{32}\b", lambda m: seen.setdefault(m[0], f"<{len(seen) + 1}>"), text)
    golden("open-data.json", text)


def test_open_data_name_nobody(demo: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "dane.json"
    demo.ok("export", "last", "--out", out)
    content = json.loads(out.read_text(encoding="utf-8"))
    assert content["assessment"]["members"] == 7
    shown = demo.ok("assessment", "show", "last", lang="pl")
    team = [line.split(":")[0] for line in shown.splitlines()[6:]]
    assert len(team) == 7
    people = json.dumps(content["assessment"], ensure_ascii=False)
    assert not any(name in people for name in team)


@pytest.mark.parametrize("extension", ["pdf", "json", "csv"])
def test_the_same_date_gives_the_same_bytes(
    demo: CommandLine, tmp_path: Path, extension: str
) -> None:
    written = []
    for number in (1, 2):
        out = tmp_path / f"plan {number}.{extension}"
        demo.ok("export", "last", "--out", out, "--date", "2026-11-21")
        written.append(out.read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize("kind", ["dimensions", "radar", "heatmap", "gaps"])
def test_charts_say_what_they_show(demo: CommandLine, tmp_path: Path, kind: str) -> None:
    for extension, start in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        out = tmp_path / f"wykres {kind}.{extension}"
        said = demo.ok("chart", "last", "--kind", kind, "--out", out, lang="pl")
        assert out.read_bytes().startswith(start)
        assert len(said.split()) > 10
