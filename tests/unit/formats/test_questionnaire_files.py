"""Editions in YAML and back, every depth and every text; the published schema says the same."""

import dataclasses
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sat_desktop.domain.questionnaire import (
    CoherenceRule,
    Condition,
    Criterion,
    GoodPractice,
    Group,
    Indicator,
    IndicatorLevel,
    LegalBasis,
    Level,
    Questionnaire,
    Step,
    Text,
    Tier,
    UnitKind,
)
from sat_desktop.errors import SatError
from sat_desktop.formats import questionnaire_files
from sat_desktop.formats.edition_writer import edition_files
from sat_desktop.formats.questionnaire_check import check_edition, count
from sat_desktop.formats.questionnaire_files import (
    questionnaire_schema,
    read_edition,
    write_edition,
)
from sat_desktop.runtime.resources import bundled_questionnaires
from small_edition import CONTENT, fields_left_out, renamed, small

DATA = Path(__file__).parents[2] / "data" / "questionnaires"
EDITIONS = sorted(
    p.parent
    for root in (DATA, bundled_questionnaires())
    for p in root.glob("*/*/questionnaire.yaml")
)
each_edition = pytest.mark.parametrize(
    "folder", EDITIONS, ids=lambda p: f"{p.parent.name}@{p.name}"
)


@each_edition
def test_every_edition_is_sound(folder: Path) -> None:
    assert check_edition(folder) == []


@each_edition
def test_an_edition_survives_being_written(folder: Path, tmp_path: Path) -> None:
    questionnaire = read_edition(folder)
    target = tmp_path / "out" / questionnaire.id / questionnaire.version
    write_edition(questionnaire, target)
    assert read_edition(target) == questionnaire
    assert [p.name for p in target.parent.iterdir()] == [target.name]


@each_edition
def test_the_schema_accepts_every_file(folder: Path) -> None:
    validator = Draft202012Validator(questionnaire_schema())
    for file in folder.glob("*.yaml"):
        assert list(validator.iter_errors(yaml.safe_load(file.read_text(encoding="utf-8")))) == []


@each_edition
def test_any_yaml_reader_finds_the_same_texts(folder: Path) -> None:
    head = yaml.safe_load((folder / "questionnaire.yaml").read_text(encoding="utf-8"))
    questionnaire = read_edition(folder)
    assert head["version"] == questionnaire.version
    assert head["name"]["pl"] == questionnaire.name.pl
    assert [g["code"] for g in head["groups"]] == [g.code for g in questionnaire.groups]


def test_the_schema_names_the_keys_of_the_records() -> None:
    schema = questionnaire_schema()
    Draft202012Validator.check_schema(schema)
    records = {
        "head": Questionnaire,
        "level": Level,
        "tier": Tier,
        "group": Group,
        "indicator": Indicator,
        "indicator_level": IndicatorLevel,
        "criterion": Criterion,
        "step": Step,
        "legal_basis": LegalBasis,
        "good_practice": GoodPractice,
        "rule": CoherenceRule,
        "condition": Condition,
        "text": Text,
    }
    extra = {"head": {"format"}, "group": {"file"}}
    for name, record in records.items():
        fields = dataclasses.fields(record)
        definition = schema["$defs"][name]
        assert set(definition["properties"]) - extra.get(name, set()) == {f.name for f in fields}
        required = {f.name for f in fields if f.default is dataclasses.MISSING}
        assert set(definition["required"]) - {"format"} == required
    kinds = schema["$defs"]["indicator"]["properties"]["applies_to"]["items"]["enum"]
    assert kinds == [str(kind) for kind in UnitKind]


def test_weights_are_read_exactly() -> None:
    library = read_edition(DATA / "library-care" / "1.0")
    assert library.nodes["storage"].weight == Fraction(1, 10)
    assert library.indicators["storage.climate"].weight == Fraction(1, 3)
    assert library.attainment == tuple(map(Fraction, ("1", "3/4", "2/3", "1/2")))


def test_a_model_of_one_tier_and_one_of_three() -> None:
    library = count(read_edition(DATA / "library-care" / "1.0"))
    assert (library.tiers, library.indicators, library.criteria) == ((("topic", 2),), 3, 12)
    practice = read_edition(DATA / "project-practice" / "2.1.0")
    counted = count(practice)
    assert counted.tiers == (("field", 2), ("process", 3), ("practice", 4))
    assert (counted.indicators, counted.criteria, counted.rules) == (5, 25, 1)
    assert counted.words["pl"] > 400
    assert practice.path["scope.list"] == ("doing", "planning", "planning.scope")
    assert practice.n == 5


def test_words_are_counted_in_each_language() -> None:
    one, three = count(small(Text("x", "one"))), count(small(Text("raz dwa trzy", "one")))
    assert three.words == {"pl": 3 * one.words["pl"], "en": one.words["en"]}


def test_files_follow_the_second_tier() -> None:
    practice = read_edition(DATA / "project-practice" / "2.1.0")
    assert list(edition_files(practice)) == [
        *("questionnaire.yaml", "A1-planning.yaml", "A2-control.yaml", "B1-knowledge.yaml")
    ]


def test_file_names_differ_where_capitals_are_not_told_apart() -> None:
    one = small(Text("x"))
    group = one.groups[0]
    twins = tuple(
        dataclasses.replace(
            group,
            id=name,
            code="//",
            indicators=(renamed(group.indicators[0], f"{name}-i"),),
        )
        for name in ("aa", "AA", "Aa")
    )
    names = list(edition_files(dataclasses.replace(one, groups=twins, rules=())))
    assert len({name.casefold() for name in names}) == 4


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    with pytest.raises(SatError) as caught:
        write_edition(small(Text("x")), tmp_path)
    assert caught.value.code == "questionnaire-folder-taken"
    assert [p.name for p in tmp_path.iterdir()] == ["kept.txt"]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    target = tmp_path / "empty"
    target.mkdir()
    write_edition(small(Text("x")), target)
    assert read_edition(target) == small(Text("x"))


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SatError) as caught:
        write_edition(small(Text("x")), tmp_path / "file" / "below")
    assert caught.value.code == "questionnaire-not-written"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_what_would_not_come_back_is_not_written(tmp_path: Path) -> None:
    empty = dataclasses.replace(small(Text("x")), groups=(Group("g", "", Text("x")),), rules=())
    with pytest.raises(SatError) as caught:
        write_edition(empty, tmp_path / "out")
    assert caught.value.code == "questionnaire-not-written"
    assert "group-empty" in str(caught.value.facts["reason"])
    assert list(tmp_path.iterdir()) == []


def test_a_difference_after_writing_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        questionnaire_files, "edition_files", lambda _: edition_files(small(Text("y")))
    )
    with pytest.raises(SatError) as caught:
        write_edition(small(Text("x")), tmp_path / "out")
    assert caught.value.facts["reason"] == "round-trip"
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=150)
@given(CONTENT, st.none() | CONTENT | st.just(""))
def test_every_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, polish: str, english: str | None
) -> None:
    questionnaire = small(Text(polish, english))
    target = tmp_path_factory.mktemp("written") / "edition"
    write_edition(questionnaire, target)
    assert read_edition(target) == questionnaire
    shutil.rmtree(target)


@settings(max_examples=60)
@given(st.fractions(min_value=Fraction(1, 10**20), max_value=10**20).filter(bool))
def test_every_weight_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, weight: Fraction
) -> None:
    one = small(Text("x"))
    questionnaire = dataclasses.replace(
        one, groups=(dataclasses.replace(one.groups[0], weight=weight),)
    )
    target = tmp_path_factory.mktemp("written") / "edition"
    write_edition(questionnaire, target)
    assert read_edition(target).groups[0].weight == weight


def test_the_small_edition_leaves_no_field_out() -> None:
    """Guard of the round trips: a new field of the domain must be in the example."""
    practice = read_edition(DATA / "project-practice" / "2.1.0")
    assert fields_left_out(small(Text("x", "y")), practice) == set()
