"""Every error has its sentence, and a sentence never breaks on what users wrote."""

import ast
import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sat_desktop
from sat_desktop.errors import Problem, SatError
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.sentences import FINDINGS, SENTENCES, SUGGESTIONS
from sat_desktop.runtime.wording import (
    LONGEST_FACT,
    describe,
    describe_finding,
    describe_problem,
)

SOURCES = Path(sat_desktop.__file__).parent
# What makes an error, and which of its arguments is the code: `problem`, `_unexpected` and
# `_finding` are short ways to the others.
RAISERS = {
    "SatError": (0, SENTENCES),
    "Problem": (0, SENTENCES),
    "problem": (0, SENTENCES),
    "_unexpected": (0, SENTENCES),
    "Finding": (0, FINDINGS),
    "_finding": (1, FINDINGS),
}


def codes() -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield the place, the code and the table of every error and finding in the program."""
    for path in sorted(SOURCES.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(module):
            if not isinstance(node, ast.Call):
                continue
            name = (
                node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            )
            position, table = RAISERS.get(name, (0, SENTENCES))
            if name in RAISERS and len(node.args) > position:
                for code in literals(node.args[position], module):
                    yield f"{path.relative_to(SOURCES)}:{node.lineno}", code, table


def literals(node: ast.expr, module: ast.Module) -> Iterator[str]:
    """Yield the texts that an expression can be: itself, a branch, what a name was set to."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body, module)
        yield from literals(node.orelse, module)
    elif isinstance(node, ast.Name):
        for other in ast.walk(module):
            if isinstance(other, ast.Assign) and ast.unparse(other.targets[0]) == node.id:
                yield from literals(other.value, module)


def test_every_code_has_a_sentence() -> None:
    found = list(codes())
    assert len(found) > 100
    assert {code: place for place, code, table in found if code not in table} == {}


def test_suggestions_belong_to_sentences() -> None:
    assert set(SUGGESTIONS) <= set(SENTENCES)


@pytest.mark.parametrize("code", sorted({*SENTENCES, *FINDINGS}))
def test_sentences_are_sentences(code: str) -> None:
    own = [table[code] for table in (SENTENCES, FINDINGS) if code in table]
    for sentence in (*own, *SUGGESTIONS.get(code, ())):
        assert sentence[-1] in ".?", sentence
        assert all(
            name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(sentence)
        )


def test_a_problem_reads_place_entry_sentence_suggestion() -> None:
    facts = {"entry": "planning.goals", "key": "wieght", "closest": "weight", "known": "id, weight"}
    problem = Problem("key-unknown", "1-planning.yaml:37", facts)
    assert describe_problem(problem, language_of("en")) == (
        "1-planning.yaml:37: planning.goals: The key “wieght” is not known here. "
        "Did you mean “weight”?"
    )
    far = dataclasses.replace(problem, facts={**facts, "closest": ""})
    assert describe_problem(far, language_of("en")).endswith("here. Known here: id, weight.")


def test_a_place_is_not_said_twice() -> None:
    problem = Problem("criteria-missing", "planning.goals", {"entry": "planning.goals", "level": 2})
    assert describe_problem(problem, language_of("en")).startswith("planning.goals: Level 2 has no")


def test_an_error_is_one_sentence_and_a_line_for_every_problem() -> None:
    problems = [Problem("weight-not-positive", "a.yaml:3", {"value": "0"}), Problem("yaml-empty")]
    error = SatError("questionnaire-folder-invalid", problems, folder="q/1.0", count=2)
    assert describe(error, language_of("en")).splitlines() == [
        "The questionnaire in the folder “q/1.0” cannot be used.",
        "a.yaml:3: The weight 0 is not above 0. Write a number above 0, or leave “weight” out.",
        "The file is empty.",
    ]


def test_what_is_not_known_is_still_said() -> None:
    assert describe(SatError("brand-new"), language_of("en")) == "This did not work (brand-new)."
    assert "?" in describe(SatError("teryt-malformed"), language_of("en"))


def test_a_finding_is_worded_without_a_place() -> None:
    finding = Problem("plan-without-goals", "somewhere")
    assert describe_finding(finding, language_of("en")) == FINDINGS["plan-without-goals"]


@pytest.mark.parametrize("code", ["pl", "en"])
@given(st.dictionaries(st.sampled_from(["key", "value", "entry"]), st.text()))
def test_whatever_users_wrote_stays_one_line(code: str, facts: Mapping[str, object]) -> None:
    error = SatError("expected-number", [Problem("expected-integer", "f:1", facts)], **facts)
    text = describe(error, language_of(code))
    assert len(text.split("\n")) == 2
    assert all(c.isprintable() for c in text.replace("\n", ""))


def test_braces_of_users_are_not_placeholders_and_long_texts_are_cut() -> None:
    said = describe(SatError("expected-number", key="{oops}", value="x" * 1_000), language_of("en"))
    assert "{oops}" in said
    assert "x" * (LONGEST_FACT - 1) + "…" in said
    assert "x" * (LONGEST_FACT + 1) not in said
