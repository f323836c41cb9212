"""What went wrong, in a sentence: the only place where the codes of `SatError` become words.

Window and commands both call `describe`. A new code gets its sentence in `runtime.sentences`; a
test finds every code that the program can raise and asks for one.
"""

from collections.abc import Mapping
from string import Formatter
from typing import Final, Protocol

from sat_desktop.errors import Problem, SatError
from sat_desktop.runtime.i18n import Language
from sat_desktop.runtime.names import CHAPTER_TITLES, FIELDS, PARTS
from sat_desktop.runtime.sentences import FINDINGS, SENTENCES, SUGGESTIONS, UNKNOWN

LONGEST_FACT: Final = 300
"""Characters of user text that a sentence repeats; the rest is cut."""


_CELL: Final = ("sheet", "row", "column")


class Coded(Protocol):
    """Anything that has a code of the table and the facts of its sentence."""

    @property
    def code(self) -> str:
        """A key of the table."""

    @property
    def facts(self) -> Mapping[str, object]:
        """Values the sentence needs."""


def describe(error: SatError, language: Language) -> str:
    """Return one sentence (with its suggestion) and below it one line for every problem."""
    head = _sentence(error.code, error.facts, language)
    return "\n".join([head, *(describe_problem(p, language) for p in error.problems)])


def describe_problem(problem: Problem, language: Language) -> str:
    """Return `place: entry: sentence. Suggestion`; place and entry only where there are any."""
    entry = problem.facts.get("entry", "")
    place = _place(problem, language)
    parts = [place, _shown(entry) if entry != problem.where else ""]
    parts.append(_sentence(problem.code, problem.facts, language))
    return ": ".join(part for part in parts if part)


def _place(problem: Problem, language: Language) -> str:
    """Return where a problem is; of a cell (facts `sheet`, `row`, `column`) in words."""
    facts = {name: _shown(problem.facts[name]) for name in _CELL if name in problem.facts}
    if facts.keys() == set(_CELL):
        return language.t("{sheet}, row {row}, column {column}", **facts)
    if "row" in facts and "sheet" in facts:
        return language.t("{sheet}, row {row}", **facts)
    return problem.where


def describe_finding(finding: Coded, language: Language) -> str:
    """Return in one sentence what a plan lacks (`domain.completeness`)."""
    facts = finding.facts
    if finding.code == "conflict-open":
        field = str(facts["field"]).partition("/")[0]
        facts = {
            "field": language.t(FIELDS.get(field, field)),
            "where": _called(str(facts["kind"]), _shown(facts["title"]), language),
        }
    return _filled(FINDINGS.get(finding.code, UNKNOWN), facts, language)


def _called(kind: str, title: str, language: Language) -> str:
    """Return what an item is called in the middle of a sentence."""
    words = PARTS.get(kind, "{title}")
    name = language.t(CHAPTER_TITLES.get(title, title)) if kind == "chapter" else title
    return language.t(words, title=name) if "{title}" in words else language.t(words)


def _sentence(code: str, facts: Mapping[str, object], language: Language) -> str:
    sentence = SENTENCES.get(code, UNKNOWN)
    words = [_filled(sentence, {"code": code, **facts}, language)]
    for suggestion in SUGGESTIONS.get(code, ()):
        if all(facts.get(name) not in (None, "") for name in _placeholders(suggestion)):
            words.append(_filled(suggestion, facts, language))
            break
    return " ".join(words)


def _filled(sentence: str, facts: Mapping[str, object], language: Language) -> str:
    """Put the facts in; a fact that was not given stays a question mark, never a second error."""
    given = {name: _shown(facts.get(name, "?")) for name in _placeholders(sentence)}
    reason = given.get("reason")
    if reason is not None:
        # Systems give their reasons in English; those of `REASONS` have a word of ours.
        given["reason"] = language.t(reason)
    return language.t(sentence, **given)


def _placeholders(sentence: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


def _shown(fact: object) -> str:
    """Return a fact as one line that cannot break the list nor drive the terminal."""
    line = " ".join(str(fact).split())
    line = "".join(c if c.isprintable() else "\ufffd" for c in line)
    return line if len(line) <= LONGEST_FACT else line[: LONGEST_FACT - 1] + "…"
