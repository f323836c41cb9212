"""What reading a questionnaire costs, beside the bare libraries in the same run.

`sat-pl` repeated to 2,000 indicators: the folder against PyYAML's safe C loader alone, the stored
form against `json.loads`. The two sides take turns, because the machine is not quiet.
"""

import json
from pathlib import Path

import pytest
import yaml

from benchmarks.large import enlarged, smallest_edition
from benchmarks.measuring import Report, take_turns
from sat_desktop.domain.questionnaire import Questionnaire
from sat_desktop.formats import yaml_source
from sat_desktop.formats.edition_writer import edition_files
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.formats.questionnaire_json import decode_questionnaire, encode_questionnaire

INDICATORS = 2_000
ROUNDS = 5


@pytest.fixture(scope="module")
def large() -> Questionnaire:
    return enlarged(smallest_edition(), INDICATORS)


def test_reading_a_folder_costs_little_more_than_yaml_alone(
    large: Questionnaire,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    report: Report,
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

    times = take_turns(ROUNDS, lambda: read_edition(tmp_path), bare)
    report.add("a folder of YAML of 2,000 indicators, by the bare loader", *times, goal=1.5)


def test_opening_the_stored_form_costs_little_more_than_json_alone(
    large: Questionnaire, report: Report
) -> None:
    data = encode_questionnaire(large)
    assert decode_questionnaire(data) == large
    times = take_turns(ROUNDS, lambda: decode_questionnaire(data), lambda: json.loads(data))
    report.add("the stored questionnaire of 2,000, by json.loads", *times, goal=2)
