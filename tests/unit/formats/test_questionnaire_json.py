"""The stored form: lossless, the same bytes for the same content, polite to what is newer."""

import dataclasses
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from sat_desktop.domain.questionnaire import Questionnaire, Text
from sat_desktop.errors import SatError
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.formats.questionnaire_json import (
    decode_questionnaire,
    encode_questionnaire,
    fingerprint,
)
from sat_desktop.runtime.resources import bundled_questionnaires
from strategies import questionnaires

DATA = Path(__file__).parents[2] / "data" / "questionnaires"
EDITIONS = sorted(
    p.parent
    for root in (DATA, bundled_questionnaires())
    for p in root.glob("*/*/questionnaire.yaml")
)


@pytest.fixture
def library() -> Questionnaire:
    return read_edition(DATA / "library-care" / "1.0")


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda p: f"{p.parent.name}@{p.name}")
def test_every_edition_comes_back_whole(folder: Path) -> None:
    questionnaire = read_edition(folder)
    data = encode_questionnaire(questionnaire)
    again = decode_questionnaire(data)
    assert again == questionnaire
    assert encode_questionnaire(again) == data


@settings(max_examples=50)
@given(questionnaires())
def test_any_questionnaire_comes_back_whole(questionnaire: Questionnaire) -> None:
    again = decode_questionnaire(encode_questionnaire(questionnaire))
    assert again == questionnaire
    assert fingerprint(again) == fingerprint(questionnaire)


def test_the_form_is_plain_json_with_exact_numbers(library: Questionnaire) -> None:
    data = json.loads(encode_questionnaire(library))
    assert data["format"] == 1
    stored = data["questionnaire"]
    assert stored["attainment"] == ["1", "3/4", "2/3", "1/2"]
    assert stored["groups"][0]["weight"] == "1/10"
    assert "weight" not in stored["groups"][1]
    assert stored["below"] == {"pl": "poniżej minimum", "en": "below minimum"}
    assert "notice" not in stored


def test_a_required_text_is_stored_even_when_empty(library: Questionnaire) -> None:
    bare = dataclasses.replace(
        library, groups=tuple(dataclasses.replace(g, code="") for g in library.groups)
    )
    assert decode_questionnaire(encode_questionnaire(bare)) == bare


def test_the_fingerprint_changes_with_any_content(library: Questionnaire) -> None:
    other = dataclasses.replace(library, below=Text("niżej", "below minimum"))
    reweighted = dataclasses.replace(
        library,
        groups=tuple(dataclasses.replace(g, weight=Fraction(1, 9)) for g in library.groups),
    )
    prints = {fingerprint(q) for q in (library, other, reweighted)}
    assert len(prints) == 3
    assert all(len(p) == 64 for p in prints)


def refusal(data: bytes) -> SatError:
    with pytest.raises(SatError) as caught:
        decode_questionnaire(data)
    return caught.value


@pytest.mark.parametrize("body", [b'{"id": 5}', b"[]", b"null", b'{"whatever": {"is": "new"}}'])
def test_a_newer_format_is_refused_whatever_it_holds(body: bytes) -> None:
    error = refusal(b'{"format": 2, "questionnaire": %b}' % body)
    assert error.code == "questionnaire-format-newer"
    assert error.facts == {"format": 2, "newest": 1}


def test_a_newer_format_is_refused_though_we_could_read_it(library: Questionnaire) -> None:
    data = encode_questionnaire(library).replace(b'"format":1', b'"format":3', 1)
    assert refusal(data).code == "questionnaire-format-newer"
    data = data.replace(b'"format":3', b'"format":0', 1)
    assert refusal(data).code == "questionnaire-json-invalid"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"format":1}',
        b'{"format":1,"questionnaire":{"id":"x\xff"}}',
        b'{"format":"1","questionnaire":{}}',
        b'{"format":1,"questionnaire":' + b'{"groups":[' * 100_000,
    ],
)
def test_damaged_data_is_refused(data: bytes) -> None:
    assert refusal(data).code == "questionnaire-json-invalid"


@pytest.mark.parametrize("weight", ["1/0", "0.1", "1e999999999", "x", "", 1, 0.1, None, "9" * 5000])
def test_a_number_that_is_not_exact_is_refused(library: Questionnaire, weight: Any) -> None:
    data = json.loads(encode_questionnaire(library))
    data["questionnaire"]["groups"][0]["weight"] = weight
    assert refusal(json.dumps(data).encode()).code == "questionnaire-json-invalid"


def test_an_incoherent_edition_is_refused_with_its_defects(library: Questionnaire) -> None:
    data = json.loads(encode_questionnaire(library))
    data["questionnaire"]["groups"][0]["weight"] = "0"
    data["questionnaire"]["groups"][1]["id"] = "storage"
    error = refusal(json.dumps(data).encode())
    assert error.code == "questionnaire-invalid"
    assert [p.code for p in error.problems] == ["weight-not-positive", "id-duplicate"]
