"""The worked example of the model through the real commands, and the shape of the results."""

import json
import shutil
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_line import CommandLine
from sat_desktop.domain.answers import Answer, State
from sat_desktop.exchange.answers_csv import read_answers_csv, write_answers_csv
from sat_desktop.exchange.answers_json import read_answers_json, write_answers_json
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.services.ports import GivenAnswer

FOLDER = Path(__file__).parents[1] / "data" / "worked-example" / "1.0.0"
ANSWERS = {
    "a": {"level": 3},
    "b": {"met": ["b1"]},
    "d": {"level": 2},
    "e": {"not_applicable": "Nie dotyczy"},
}


def pair(exact: str | None) -> dict[str, Any] | None:
    if exact is None:
        return None
    value = Fraction(exact)
    rounded = (value * 10**7 * 2 + 1) // 2
    return {"exact": exact, "decimal": int(rounded) / 10**7}


def node(
    index: str, low: str, high: str, wanted: str, coverage: str, attained: int, attainable: int
) -> dict[str, Any]:
    return {
        "index": pair(index),
        "low": pair(low),
        "high": pair(high),
        "wanted": pair(wanted),
        "coverage": pair(coverage),
        "attained": attained,
        "attainable": attainable,
    }


def assess(sat: CommandLine, folder: Path, answers: Mapping[str, object] = ANSWERS) -> Any:
    """Take in a questionnaire, answer it and return the results."""
    sat.ok("questionnaire", "import", folder)
    sat.ok(
        "assessment", "create", "--unit", "Gmina", "--kind", "gmina", "--teryt", "0201011",
        "--questionnaire", "worked-example", "--period", "2026",
    )  # fmt: skip
    path = sat.workspace.with_name("odpowiedzi.json")
    path.write_text(json.dumps(answers), encoding="utf-8")
    sat.ok("answers", "import", "last", path)
    return json.loads(sat.ok("results", "last", "--json"))


def test_the_worked_example(sat: CommandLine) -> None:
    found = assess(sat, FOLDER)
    whole = node("2/3", "5/9", "13/18", "3/4", "3/4", 0, 1)
    expected = {
        "format": 1,
        "questionnaire": {"id": "worked-example", "version": "1.0.0", "levels": 3},
        "nodes": {
            "total": {**whole, "wanted": pair("11/12")},
            "P": {**whole, "wanted": pair("11/12")},
            "D1": node("2/3", "4/9", "7/9", "5/6", "2/3", 0, 1),
            "D2": node("2/3", "2/3", "2/3", "1", "1", 2, 2),
        },
        "indicators": {
            "a": {
                "state": "rated", "level": 3, "wanted": 3, "gap": 0, "distance": 0,
                "priority": pair("0"), "met": ["a1", "a2", "a3"],
            },
            "b": {
                "state": "rated", "level": 1, "wanted": 2, "gap": 1, "distance": 2,
                "priority": pair("1"), "met": ["b1"],
            },
            "c": {
                "state": "unanswered", "level": None, "wanted": None, "gap": None,
                "distance": None, "priority": None, "met": [],
            },
            "d": {
                "state": "rated", "level": 2, "wanted": 3, "gap": 1, "distance": 1,
                "priority": pair("1"), "met": ["d1", "d2"],
            },
            "e": {
                "state": "not_applicable", "level": None, "wanted": None, "gap": None,
                "distance": None, "priority": None, "met": [],
            },
        },
        "consensus": {
            key: {"agreement": None, "suggested": None, "rated": 0, "not_applicable": 0}
            for key in "abcde"
        },
        "conflicts": [],
    }  # fmt: skip
    # As texts: the order of the keys belongs to the shape.
    assert json.dumps(found, indent=1) == json.dumps(expected, indent=1)


def test_nothing_answered_is_null_everywhere(sat: CommandLine) -> None:
    found = assess(sat, FOLDER, {})
    assert found["nodes"]["total"] == {
        "index": None,
        "low": pair("0"),
        "high": pair("1"),
        "wanted": None,
        "coverage": pair("0"),
        "attained": None,
        "attainable": None,
    }
    away = {key: {"not_applicable": "Nie dotyczy"} for key in "abcde"}
    path = sat.workspace.with_name("nic.json")
    path.write_text(json.dumps(away), encoding="utf-8")
    sat.ok("answers", "import", "last", path)
    found = json.loads(sat.ok("results", "last", "--json"))
    assert set(map(str, found["nodes"]["total"].values())) == {"None"}


def test_weights_are_exact(sat: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "worked-example" / "1.0.0"
    shutil.copytree(FOLDER, folder)
    file = folder / "questionnaire.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("weight: 1", "weight: 2", 1)  # D1
    text = text.replace("weight: 1", "weight: 0.1", 1)  # a
    file.write_text(text, encoding="utf-8")
    nodes = assess(sat, folder)["nodes"]
    assert nodes["D1"]["index"] == pair("13/33")
    assert nodes["P"]["index"] == pair(str((2 * Fraction(13, 33) + Fraction(2, 3)) / 3))


def test_members_who_disagree(sat: CommandLine) -> None:
    assess(sat, FOLDER)
    path = sat.workspace.with_name("osoba.csv")
    for name, level in (("Anna", 1), ("Bogdan", 3), ("Celina", 3)):
        path.write_text(f"indicator,level\na,{level}\n", encoding="utf-8")
        sat.ok("answers", "import", "last", path, "--member", name)
    path.write_text("indicator,not_applicable\na,Nie u nas\n", encoding="utf-8")
    sat.ok("answers", "import", "last", path, "--member", "Dorota")
    found = json.loads(sat.ok("results", "last", "--json"))["consensus"]["a"]
    # Three pairs, 2, 2 and 0 levels apart.
    assert found == {"agreement": pair("5/9"), "suggested": 3, "rated": 3, "not_applicable": 1}


def test_an_edition_never_changes(sat: CommandLine, tmp_path: Path) -> None:
    sat.ok("questionnaire", "import", FOLDER)
    other = tmp_path / "worked-example" / "1.0.0"
    shutil.copytree(FOLDER, other)
    file = other / "questionnaire.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Wskaźnik a", "Inny"), encoding="utf-8"
    )
    for words in ((other,), (other, "--dry-run"), (other.parent,)):
        assert "never changes" in sat.refused("questionnaire", "import", *words)


def test_a_folder_of_editions(sat: CommandLine, tmp_path: Path) -> None:
    parent = tmp_path / "q"
    for version in ("1.0.0", "1.1.0"):
        shutil.copytree(FOLDER, parent / "worked-example" / version)
    file = parent / "worked-example" / "1.1.0" / "questionnaire.yaml"
    text = file.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.1.0")
    file.write_text(text, encoding="utf-8")
    assert sat.ok("questionnaire", "check", parent).count("indicators 5") == 2
    file.write_text(text.replace("id: e\n", "id: d\n"), encoding="utf-8")
    outcome = sat("questionnaire", "check", parent / "worked-example")
    assert outcome.code == 1
    assert "1.1.0/questionnaire.yaml:" in outcome.out
    sat.refused("questionnaire", "import", parent)
    assert not sat.workspace.exists()
    file.write_text(text, encoding="utf-8")
    sat.ok("questionnaire", "import", parent)
    listed = [line.split("\t")[0] for line in sat.ok("questionnaire", "list").splitlines()]
    assert listed[-2:] == ["worked-example@1.0.0", "worked-example@1.1.0"]


def test_an_edition_goes_out_and_comes_back(sat: CommandLine, tmp_path: Path) -> None:
    sat.ok("questionnaire", "import", FOLDER)
    out = tmp_path / "wyjście" / "worked-example" / "1.0.0"
    sat.ok("questionnaire", "export", "worked-example@1.0.0", "--out", out)
    assert read_edition(out) == read_edition(FOLDER)
    sat.ok("questionnaire", "import", out)
    assert "not empty" in sat.refused("questionnaire", "export", "worked-example", "--out", out)


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
reasons = texts.map(str.strip).filter(bool) | st.sampled_from(["tak", "nie", "'x", "-", "=1"])
answers = st.one_of(
    st.builds(Answer, note=texts.filter(bool)),
    st.builds(
        lambda met, note: Answer(State.RATED, frozenset(met), note=note),
        st.sets(st.sampled_from(["a1", "a2", "a3"])),
        texts,
    ),
    st.builds(
        lambda reason, note: Answer(State.NOT_APPLICABLE, reason=reason, note=note), reasons, texts
    ),
)


@pytest.mark.parametrize(
    ("write", "read"),
    [(write_answers_csv, read_answers_csv), (write_answers_json, read_answers_json)],
    ids=["csv", "json"],
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=answers)
def test_any_answer_comes_back_as_it_was(write: Any, read: Any, answer: Answer) -> None:
    questionnaire = read_edition(FOLDER)
    rows: tuple[GivenAnswer, ...] = read(write(questionnaire, {"a": answer}), "x")
    (row,) = [r for r in rows if r.indicator == "a"]
    assert (row.note or "") == answer.note
    assert row.not_applicable == (answer.reason or None)
    if answer.state is State.RATED:
        assert row.met == answer.met or (row.level == 0 and not answer.met)
    else:
        assert (row.level, row.met) == (None, None)
