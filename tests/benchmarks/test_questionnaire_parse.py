"""What reading a questionnaire costs, beside the bare libraries in the same run.

`sat-pl` repeated to 2,000 indicators: the folder against PyYAML's safe C loader alone, the stored
form against `json.loads`. The two sides take turns, because the machine is not quiet.
"""

import gc
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml
from pytest_benchmark.fixture import BenchmarkFixture

from sat_desktop.domain.questionnaire import Group, Indicator, Questionnaire
from sat_desktop.formats import yaml_source
from sat_desktop.formats.edition_writer import edition_files
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.formats.questionnaire_json import decode_questionnaire, encode_questionnaire
from sat_desktop.runtime.resources import bundled_questionnaires

INDICATORS = 2_000
ROUNDS = 3


def renamed(indicator: Indicator, suffix: str) -> Indicator:
    levels = tuple(
        replace(level, criteria=tuple(replace(c, id=c.id + suffix) for c in level.criteria))
        for level in indicator.levels
    )
    return replace(indicator, id=indicator.id + suffix, levels=levels)


@pytest.fixture(scope="module")
def large() -> Questionnaire:
    """`sat-pl` with every indicator many times; the coherence rules keep the first of each."""
    (folder,) = (bundled_questionnaires() / "sat-pl").iterdir()
    questionnaire = read_edition(folder)
    times = -(-INDICATORS // len(questionnaire.indicators))

    def repeated(group: Group) -> Group:
        copies = (renamed(i, f"-{n}" if n else "") for n in range(times) for i in group.indicators)
        return replace(group, groups=tuple(map(repeated, group.groups)), indicators=tuple(copies))

    return replace(questionnaire, groups=tuple(map(repeated, questionnaire.groups)))


def ratio(ours: Callable[[], Any], bare: Callable[[], Any], name: str) -> float:
    """Return the median of our time by that of the bare library, turn by turn."""
    times: dict[Callable[[], Any], list[float]] = {ours: [], bare: []}
    for _ in range(ROUNDS):
        for work in (ours, bare):
            gc.collect()
            start = time.perf_counter()
            work()
            times[work].append(time.perf_counter() - start)
    mine, theirs = (median(times[work]) * 1_000 for work in (ours, bare))
    print(f"\n{name}: {mine:.0f} ms, bare library {theirs:.0f} ms, ratio {mine / theirs:.2f}")
    return mine / theirs


def test_reading_a_folder_costs_little_more_than_yaml_alone(
    large: Questionnaire,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    benchmark: BenchmarkFixture,
) -> None:
    # 2,000 indicators are more than the limits let in; they are not what is measured.
    monkeypatch.setattr(yaml_source, "FILE_LIMIT", 2**30)
    monkeypatch.setattr(yaml_source.load, "__defaults__", (2**30,))
    monkeypatch.setattr("sat_desktop.formats.edition_reader.FOLDER_LIMIT", 2**30)
    for name, content in edition_files(large).items():
        (tmp_path / name).write_text(content, encoding="utf-8")

    def bare() -> None:
        for path in tmp_path.glob("*.yaml"):
            yaml.load(path.read_bytes(), yaml.CSafeLoader)

    found = ratio(lambda: read_edition(tmp_path), bare, "folder of YAML")
    benchmark.extra_info["ratio"] = found
    benchmark.pedantic(read_edition, (tmp_path,), rounds=1)  # type: ignore[no-untyped-call]
    assert found <= 1.5


def test_opening_the_stored_form_costs_little_more_than_json_alone(
    large: Questionnaire, benchmark: BenchmarkFixture
) -> None:
    data = encode_questionnaire(large)
    assert decode_questionnaire(data) == large
    found = ratio(
        lambda: decode_questionnaire(data), lambda: json.loads(data), f"{len(data)} bytes of JSON"
    )
    benchmark.extra_info["ratio"] = found
    benchmark.pedantic(decode_questionnaire, (data,), rounds=1)  # type: ignore[no-untyped-call]
    assert found <= 2
