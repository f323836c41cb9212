"""`questionnaire check`: every problem at once, with its place and what was probably meant."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from sat_desktop.errors import Problem, SatError
from sat_desktop.formats.edition_reader import EditionReader
from sat_desktop.formats.questionnaire_check import check_edition
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.formats.strict_reader import VAGUE
from sat_desktop.runtime.folding import fold
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.wording import describe_problem

DATA = Path(__file__).parents[2] / "data" / "questionnaires"
HEAD = "questionnaire.yaml"
STORE = "S-storage.yaml"

Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound edition, in a folder whose name says nothing."""
    copy = tmp_path / "edition"
    shutil.copytree(DATA / "library-care" / "1.0", copy)
    return copy


@pytest.fixture
def edit(folder: Path) -> Edit:
    def replace_once(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace_once


def line_of(folder: Path, file: str, part: str, nth: int = 1) -> str:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return f"{file}:{[n for n, line in enumerate(lines, 1) if part in line][nth - 1]}"


def codes(problems: list[Problem]) -> list[str]:
    return [p.code for p in problems]


def only(folder: Path, *, strict: bool = False) -> Problem:
    problems = check_edition(folder, strict=strict)
    assert len(problems) == 1, [describe_problem(p, language_of("en")) for p in problems]
    return problems[0]


NAME = "  name:\n    pl: Warunki w magazynie\n    en: Climate in the store\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "at", "facts"),
    [
        # Keys
        (STORE, "weight: 1/3", "wieght: 1/3", "key-unknown", "wieght", {"closest": "weight"}),
        (STORE, "weight: 1/3", "zzz: 1", "key-unknown", "zzz", {"closest": "", "key": "zzz"}),
        (STORE, "    pl: Warunki", "    pll: Warunki", "key-unknown", "pll", {"closest": "pl"}),
        (STORE, NAME, "", "key-missing", "storage.climate", {"key": "name"}),
        (STORE, "group: storage\n", "", "key-missing", "- id: storage.climate", {"key": "group"}),
        (HEAD, "format: 1\n", "", "key-missing", "id: library-care", {"key": "format"}),
        (STORE, "  weight: 1/3", "  weight: 1\n  weight: 2", "key-duplicate", "weight: 2", {}),
        (STORE, "  weight: 1/3", "  [a]: 1", "key-not-text", "[a]", {}),
        # Kinds of value
        (STORE, "weight: 1/3", "weight: heavy", "expected-number", "heavy", {"value": "heavy"}),
        (STORE, "weight: 1/3", 'weight: "1"', "expected-number", 'weight: "1"', {}),
        (STORE, "weight: 1/3", "weight: [1]", "expected-number", "[1]", {}),
        (STORE, "weight: 1/3", "weight: 1/0", "expected-number", "1/0", {}),
        (STORE, "weight: 1/3", "weight: 1e400", "expected-number", "1e400", {}),
        (STORE, "weight: 1/3", "weight: .inf", "expected-number", ".inf", {}),
        (STORE, "weight: 1/3", "weight:", "value-missing", "weight:", {"key": "weight"}),
        (STORE, "weight: 1/3", "weight: 0", "weight-not-positive", "weight: 0", {"value": "0"}),
        (STORE, "weight: 1/3", "weight: -0.5", "weight-not-positive", "-0.5", {"value": "-1/2"}),
        (STORE, NAME, "  name: Warunki\n", "expected-languages", "name: Warunki", {}),
        (STORE, NAME, "  name: {pl: ''}\n", "text-missing", "name: {", {"field": "name"}),
        (STORE, NAME, "  name: {pl: no}\n", "quotes-missing", "name: {", {"value": "no"}),
        (STORE, NAME, "  name: {pl: [a]}\n", "expected-text", "name: {", {"key": "pl"}),
        (STORE, NAME, "  name: {pl: }\n", "value-missing", "name: {", {"key": "pl"}),
        (STORE, "code: S.1", "code: 1.10", "quotes-missing", "1.10", {"value": "1.10"}),
        (HEAD, 'version: "1.0"', "version: 1.0", "quotes-missing", "version", {"value": "1.0"}),
        (HEAD, 'version: "1.0"', 'version: "one"', "version-malformed", "version", {}),
        (STORE, "weight: 1/3", "evidence: paper", "expected-list", "paper", {}),
        (STORE, "weight: 1/3", "evidence: []", "list-empty", "evidence", {"key": "evidence"}),
        (
            STORE,
            "weight: 1/3",
            "applies_to: [gmin]",
            "unit-kind-unknown",
            "gmin]",
            {"closest": "gmina"},
        ),
        (STORE, "weight: 1/3", "good_practice: x", "expected-mapping", "good_practice", {}),
        (
            *(STORE, "weight: 1/3", "legal_basis: [{act: {pl: A}, obligatory: yes}]"),
            *("expected-boolean", "legal_basis", {"value": "yes"}),
        ),
        (
            *(STORE, "weight: 1/3", "legal_basis: [{act: {pl: A}, checked: 2026-11}]"),
            *("quotes-missing", "legal_basis", {"value": "2026-11"}),
        ),
        (
            *(STORE, "weight: 1/3", "legal_basis: [{act: {pl: A}, checked: '2026-13'}]"),
            *("month-malformed", "legal_basis", {"value": "2026-13"}),
        ),
        # Ids
        (STORE, "id: storage.fire\n", "id: storage fire\n", "id-malformed", "storage fire", {}),
        (STORE, "id: storage.fire\n", "id: total\n", "id-reserved", "id: total", {}),
        (STORE, "id: storage.fire\n", "id: storage.climate\n", "id-duplicate-at", "S.2", {}),
        # Levels
        (STORE, "level: 4", "level: 5", "level-out-of-range", "level: 5", {"highest": 4}),
        (STORE, "level: 4", "level: 3", "level-repeated", "level: 3", {"level": 3}),
        (STORE, "level: 2", "level: two", "expected-integer", "two", {"value": "two"}),
        (STORE, "level: 2", "level: 02", "expected-integer", "02", {"value": "02"}),
        (HEAD, "level: 1", "level: 0", "level-out-of-range", "level: 0", {"level": 0}),
        (HEAD, "- 0.5", "- 1.5", "attainment-range", "1.5", {"value": "3/2"}),
        (HEAD, "- 0.5\n", "", "attainment-length", "- 1", {"count": 3, "levels": 4}),
        (
            *(
                STORE,
                "- level: 4",
                "- step: {title: {pl: x}, description: {pl: x}, months: 0}\n    level: 4",
            ),
            *("months-not-positive", "months: 0", {"level": 4}),
        ),
        # Groups and their files
        (HEAD, "groups:", "groups:\n- x", "expected-mapping", "- x", {}),
        (
            HEAD,
            "file: S-storage",
            "file: S-storrage",
            "file-missing",
            "storrage",
            {"closest": STORE},
        ),
        (HEAD, "file: S-storage", "file: ../S", "file-name-unsafe", "../S", {}),
        (HEAD, "file: S-storage.yaml", "file: /etc/passwd", "file-name-unsafe", "passwd", {}),
        (HEAD, "file: S-storage.yaml", "file: questionnaire.yaml", "file-repeated", "file: q", {}),
        (HEAD, "  file: S-storage.yaml\n", "", "group-empty", "id: storage", {}),
        (
            *(HEAD, "  file: S-storage.yaml\n", "  file: S-storage.yaml\n  indicators: []\n"),
            *("list-empty", "indicators", {}),
        ),
        (
            STORE,
            "group: storage",
            "group: store",
            "group-file-mismatch",
            "group:",
            {"found": "store"},
        ),
        (HEAD, "scale:", "scale: x\nscale2:", "expected-list", "scale: x", {}),
    ],
)
def test_one_mistake_one_message_at_its_line(
    folder: Path,
    edit: Edit,
    file: str,
    old: str,
    new: str,
    code: str,
    at: str,
    facts: Mapping[str, Any],
) -> None:
    edit(file, old, new)
    problems = check_edition(folder)
    found = [p for p in problems if p.code == code]
    assert found, codes(problems)
    assert facts.items() <= dict(found[0].facts).items()
    file_, _, line = found[0].where.partition(":")
    text = (folder / file_).read_text(encoding="utf-8").splitlines()
    nearby = text[max(0, int(line) - 2) : int(line) + 1]
    assert any(at in row for row in nearby), (found[0].where, nearby)
    with pytest.raises(SatError):
        read_edition(folder)


def test_a_sound_edition_has_no_problems(folder: Path) -> None:
    assert check_edition(folder) == []


def test_one_mistake_is_not_reported_as_several(folder: Path, edit: Edit) -> None:
    edit(STORE, "weight: 1/3", "wieght: 1/3")
    edit(STORE, "level: 3", "level: 9")
    assert codes(check_edition(folder)) == ["key-unknown", "level-out-of-range"]


def test_all_mistakes_of_all_files_come_together_in_order(folder: Path, edit: Edit) -> None:
    edit(HEAD, 'version: "1.0"', "version: 1.0")
    edit(STORE, "weight: 1/3", "weight: 0")
    edit(STORE, "level: 2", "level: 7")
    edit("L-lending.yaml", "id: lending.rules.1.a", "id: storage.climate.1.a")
    edit("L-lending.yaml", "  question:", "  qestion:")
    problems = check_edition(folder)
    assert [(p.code, p.where) for p in problems] == [
        ("quotes-missing", line_of(folder, HEAD, "version")),
        ("weight-not-positive", line_of(folder, STORE, "weight: 0")),
        ("level-out-of-range", line_of(folder, STORE, "level: 7")),
        ("key-missing", line_of(folder, "L-lending.yaml", "id: lending.rules")),
        ("key-unknown", line_of(folder, "L-lending.yaml", "qestion")),
        ("id-duplicate-at", line_of(folder, "L-lending.yaml", "id: storage.climate.1.a")),
    ]
    with pytest.raises(SatError) as caught:
        read_edition(folder)
    assert caught.value.code == "questionnaire-folder-invalid"
    assert list(caught.value.problems) == problems


def test_a_duplicate_id_names_both_places(folder: Path, edit: Edit) -> None:
    edit("L-lending.yaml", "id: lending.rules\n", "id: storage.fire\n")
    problem = only(folder)
    assert problem.where == line_of(folder, "L-lending.yaml", "id: storage.fire")
    assert problem.facts["first"] == line_of(folder, STORE, "id: storage.fire")


def test_levels_in_a_wrong_order(folder: Path, edit: Edit) -> None:
    edit(STORE, "level: 1", "level: x")
    edit(STORE, "level: 2", "level: 1")
    edit(STORE, "level: x", "level: 2")
    assert only(folder).code == "levels-out-of-order"
    edit(STORE, "level: 1", "level: 2")
    assert codes(check_edition(folder)) == ["level-repeated"]


def test_a_level_that_is_left_out(folder: Path, edit: Edit) -> None:
    path = folder / "L-lending.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("  - level: 4")[0], encoding="utf-8")
    problem = only(folder)
    assert (problem.code, problem.facts["level"]) == ("level-missing", 4)
    assert problem.facts["entry"] == "lending.rules"


def test_rules_must_name_indicators_and_levels(folder: Path, edit: Edit) -> None:
    rules = """rules:
- id: rule.one
  conditions:
  - {indicator: storage.climat, at_least: 2}
  - {indicator: storage.fire, below: 9}
  - {indicator: storage.fire}
  text: {pl: Dlaczego?}
format:"""
    edit(HEAD, "format:", rules)
    assert [(p.code, p.where) for p in check_edition(folder)] == [
        ("rule-unknown-indicator", f"{HEAD}:4"),
        ("rule-bound", f"{HEAD}:5"),
        ("rule-bound", f"{HEAD}:6"),
    ]
    assert check_edition(folder)[0].facts["closest"] == "storage.climate"


def test_a_rule_may_name_an_indicator_that_is_broken_itself(folder: Path, edit: Edit) -> None:
    rules = (
        "rules: [{id: r, conditions: [{indicator: storage.climate, below: 2}], text: {pl: x}}]\n"
    )
    edit(HEAD, "format:", rules + "format:")
    edit(STORE, "weight: 1/3", "weight: 0")
    assert only(folder).code == "weight-not-positive"


def test_a_rule_is_not_blamed_for_a_file_that_could_not_be_read(folder: Path, edit: Edit) -> None:
    rules = "rules: [{id: r, conditions: [{indicator: storage.fire, below: 2}], text: {pl: x}}]\n"
    edit(HEAD, "format:", rules + "format:")
    (folder / STORE).unlink()
    assert only(folder).code == "file-missing"


def test_groups_must_fit_the_tiers(folder: Path, edit: Edit) -> None:
    second = "- {id: second, name: {pl: drugi}}\ngroups:"
    edit(HEAD, "groups:", second)
    assert codes(check_edition(folder)) == ["tier-depth", "tier-depth"]


def test_groups_deeper_than_the_tiers_are_not_followed(folder: Path, edit: Edit) -> None:
    nested = "  groups: [{id: a, code: a, name: {pl: a}, groups: [{id: b}]}]\n"
    edit(HEAD, "  file: S-storage.yaml\n", nested)
    assert only(folder).code == "tier-depth"


def test_files_that_name_each_other_end(folder: Path, edit: Edit) -> None:
    edit(HEAD, "tiers:", "tiers: 5\ntears:")
    (folder / STORE).write_text(
        "group: storage\ngroups: [{id: x, code: x, name: {pl: x}, file: S-storage.yaml}]\n"
    )
    assert "file-repeated" in codes(check_edition(folder))


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    (folder / STORE).rename(outside)
    (folder / STORE).symlink_to(outside)
    assert only(folder).code == "file-outside"


def test_a_folder_named_like_a_file_is_no_file(folder: Path) -> None:
    (folder / STORE).unlink()
    (folder / STORE).mkdir()
    assert only(folder).code == "file-outside"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\0\1\2", "file-binary"),
        ("group: ł".encode("cp1250"), "encoding-not-utf8"),
        (b"group: [", "yaml-syntax"),
        (b"a: &b c", "yaml-anchor"),
        (b"- a", "expected-mapping"),
        (b"just text", "expected-mapping"),
        (b"", "yaml-empty"),
    ],
)
def test_a_file_that_is_none(folder: Path, content: bytes, code: str) -> None:
    (folder / STORE).write_bytes(content)
    assert only(folder).code == code
    (folder / HEAD).write_bytes(content)
    assert only(folder).code == code


def test_no_folder_and_no_head(tmp_path: Path) -> None:
    assert only(tmp_path / "nowhere").code == "folder-missing"
    assert only(tmp_path).code == "file-missing"


def test_a_newer_format_is_refused_by_its_number_alone(folder: Path) -> None:
    (folder / HEAD).write_text("format: 2\nquite: other\n")
    problem = only(folder)
    assert (problem.code, problem.where) == ("questionnaire-format-newer", f"{HEAD}:1")


@pytest.mark.parametrize("number", [0, 1, 11])
def test_a_scale_has_two_to_ten_levels(folder: Path, edit: Edit, number: int) -> None:
    levels = "".join(f"- {{level: {n + 1}, id: x, name: {{pl: x}}}}\n" for n in range(number))
    edit(HEAD, "scale:", f"scale:\n{levels}" + "skale:" if number else "scale: []\nskale:")
    problems = check_edition(folder)
    assert ("scale-length" if number else "list-empty") in codes(problems)


def test_a_folder_named_like_an_edition_must_be_that_edition(folder: Path, tmp_path: Path) -> None:
    for place, matches in (
        ("library-care/1.0", True),
        ("library-care/1.1", False),
        ("x/1.0", False),
    ):
        copy = tmp_path / "q" / place
        shutil.copytree(folder, copy)
        assert (codes(check_edition(copy)) == []) is matches
    assert only(tmp_path / "q" / "x" / "1.0").facts["expected"] == "library-care/1.0"


def test_strict_asks_for_a_finished_text(folder: Path, edit: Edit) -> None:
    edit(STORE, "weight: 1/3", "legal_basis: [{act: {pl: Ustawa}}]")
    edit(STORE, "Humidity in the store is measured.", "word " * 26)
    lending = folder / "L-lending.yaml"
    text = lending.read_text(encoding="utf-8")
    lending.write_text(re.sub(r"    step:\n(?: {6}.*\n)+", "", text, count=1), encoding="utf-8")
    (folder / "old.yaml").write_text("x")
    assert check_edition(folder) == []
    problems = check_edition(folder, strict=True)
    legal = line_of(folder, STORE, "legal_basis")
    assert sorted((p.code, p.where) for p in problems) == sorted(
        [
            ("step-missing", line_of(folder, "L-lending.yaml", "level: 1")),
            ("criterion-long", line_of(folder, STORE, "id: storage.climate.1.a")),
            ("language-missing", legal),
            ("check-date-missing", legal),
            ("file-unused", "old.yaml"),
        ]
    )


def test_strict_takes_an_open_question_of_law_if_it_says_which(folder: Path, edit: Edit) -> None:
    open_ = "legal_basis: [{act: {pl: Ustawa, en: Act}, unconfirmed: true"
    edit(STORE, "weight: 1/3", open_ + ", note: {pl: Ustęp., en: Paragraph.}}]")
    assert "check-date-missing" not in codes(check_edition(folder, strict=True))
    edit(STORE, open_ + ", note: {pl: Ustęp., en: Paragraph.}}]", open_ + "}]")
    assert "check-date-missing" in codes(check_edition(folder, strict=True))


@pytest.mark.parametrize(
    ("words", "vague"),
    [
        ("Humidity is measured adequately.", "adequately"),
        ("Measures are inappropriate.", "inappropriate"),
        ("There is a regular review.", "regular"),
        ("Properties are listed.", None),
        ("Proper property is listed.", "proper"),
    ],
)
def test_strict_names_words_that_leave_open_what_is_asked(
    folder: Path, edit: Edit, words: str, vague: str | None
) -> None:
    edit(STORE, "Humidity in the store is measured.", words)
    found = [p for p in check_edition(folder, strict=True) if p.code == "word-vague"]
    assert [p.facts["word"] for p in found] == ([vague] if vague else [])


@pytest.mark.parametrize(
    ("words", "vague"),
    [
        ("Są odpowiednie zasoby.", True),
        ("Kontrola jest niewłaściwa.", True),
        ("Przegląd odbywa się na bieżąco.", True),
        ("Odpowiednik karty jest w rejestrze.", False),
        ("Mieszkańcy znają właściwości gruntu.", False),
        ("Zastosowano wzór pisma.", False),
    ],
)
def test_strict_knows_polish_words_in_all_their_forms(words: str, vague: bool) -> None:
    assert bool(VAGUE["pl"].search(fold(words))) is vague


def test_strict_finds_a_sentence_that_stands_elsewhere(folder: Path, edit: Edit) -> None:
    edit(
        STORE,
        "weight: 1/3",
        "good_practice: {text: {pl: x, en: Humidity in the store is measured}}",
    )
    found = [p for p in check_edition(folder, strict=True) if p.code == "sentence-repeated"]
    places = {line_of(folder, STORE, t) for t in ("good_practice", "jest mierzona.")}
    assert [{p.where, p.facts["first"]} for p in found] == [places]


def test_strict_is_content_with_a_finished_text() -> None:
    for edition in ("library-care/1.0", "project-practice/2.1.0"):
        assert check_edition(DATA / edition, strict=True) == []


def test_what_only_the_domain_notices_still_has_a_place(
    folder: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EditionReader, "_check_attainment", lambda *_: None)
    edit(HEAD, "- 0.5\n", "")
    problem = only(folder)
    assert (problem.code, problem.where) == ("attainment-length", HEAD)
