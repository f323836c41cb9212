"""Search over all texts of 2,000 indicators, at every key.

The texts are those of the bundled edition repeated, with many of their words changed: a
questionnaire of this size has as many different words as a book, and every word is looked at.
"""

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from benchmarks.large import enlarged
from benchmarks.measuring import Report, seconds, take_turns
from sat_desktop.domain.questionnaire import Group, Indicator, Questionnaire, Text
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.formats.questionnaire_json import encode_questionnaire
from sat_desktop.runtime.folding import fold
from sat_desktop.runtime.i18n import language_of
from sat_desktop.runtime.resources import bundled_questionnaires
from sat_desktop.services.searching import SearchableTexts, passages_of
from sat_desktop.ui.pages.questionnaire.side import SidePanel
from sat_desktop.ui.theme import Theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ENDINGS = ("owy", "nego", "iem", "acja", "ność", "ów", "ych", "ami", "ić", "ki", "ze", "dła")
TYPED = ("rejestr umów", "strategia rozwoju", "art. 10e", "w urzędzie jest plan", "lodz", "qqqq")
QUERIES = [typed[:end] for typed in TYPED for end in range(1, len(typed) + 1)]


class Writer:
    """Changes every seventh word of a text, the same way every time."""

    def __init__(self) -> None:
        self.chance = random.Random(2026)  # noqa: S311 - made-up data, no secret

    def words(self, text: str | None) -> str | None:
        chance = self.chance
        return text and " ".join(
            word + "".join(chance.choices(ENDINGS, k=2)) if chance.random() < 1 / 7 else word
            for word in text.split()
        )

    def text(self, text: Text) -> Text:
        return Text(self.words(text.pl), self.words(text.en))

    def indicator(self, indicator: Indicator) -> Indicator:
        levels = tuple(
            replace(
                level,
                criteria=tuple(replace(c, text=self.text(c.text)) for c in level.criteria),
            )
            for level in indicator.levels
        )
        return replace(
            indicator,
            name=self.text(indicator.name),
            question=self.text(indicator.question),
            why=self.text(indicator.why) if indicator.why else None,
            evidence=tuple(map(self.text, indicator.evidence)),
            levels=levels,
        )

    def group(self, group: Group) -> Group:
        return replace(
            group,
            groups=tuple(map(self.group, group.groups)),
            indicators=tuple(map(self.indicator, group.indicators)),
        )


@dataclass(frozen=True)
class Case:
    bundled: Questionnaire
    large: Questionnaire
    texts: SearchableTexts
    stored: bytes
    whole: list[str]
    """All folded texts of an indicator, one string for each."""

    @property
    def megabytes(self) -> float:
        return sum(map(len, self.whole)) / 1e6


def folded(questionnaire: Questionnaire) -> SearchableTexts:
    texts = SearchableTexts(questionnaire, "pl")
    texts.prepare(len(questionnaire.indicators))
    return texts


@pytest.fixture(scope="module")
def case() -> Case:
    bundled = read_edition(bundled_questionnaires() / "sat-pl" / "1.0.0")
    large = enlarged(bundled, 2000)
    large = replace(large, groups=tuple(map(Writer().group, large.groups)))
    whole = [
        fold(" ".join(passage.text for passage in passages_of(large, indicator, "pl")))
        for indicator in large.indicators.values()
    ]
    return Case(bundled, large, folded(large), encode_questionnaire(large), whole)


def scan(case: Case, query: str) -> list[int]:
    """Look for the words by hand: no order, no passages."""
    words = fold(query).split()
    return [n for n, text in enumerate(case.whole) if all(word in text for word in words)]


def at_every_key(act: Callable[[str], object]) -> Iterator[float]:
    for query in QUERIES:
        yield seconds(partial(act, query))


def test_folding(report: Report, case: Case) -> None:
    small = [seconds(lambda: folded(case.bundled)) for _ in range(9)]
    report.add("texts of the bundled edition, folded at the first key", small)
    times = take_turns(3, lambda: folded(case.large), lambda: json.loads(case.stored))
    report.add(
        f"texts of 2,000 indicators ({case.megabytes:.0f} MB), folded in pieces, by json.loads",
        *times,
    )


def test_a_key_in_the_search(report: Report, case: Case) -> None:
    keys = list(at_every_key(case.texts.find))
    scans = list(at_every_key(lambda query: scan(case, query)))
    report.add("a key: 2,000 indicators found and ranked, by finding them only", keys, scans)
    report.add("  the same in milliseconds", [key * 1e3 for key in keys], goal=50, unit="ms")
    report.add("  the slowest key, in milliseconds", [max(keys) * 1e3], unit="ms")

    def with_passages(query: str) -> None:
        for key in case.texts.find(query)[:50]:
            case.texts.excerpt(key, query)

    keys = list(at_every_key(with_passages))
    report.add("  with the passages of 50 of them", keys, scans)
    loads = [seconds(lambda: json.loads(case.stored)) for _ in range(5)]
    report.add("  the slowest key of that, by json.loads", [max(keys)], loads, goal=0.3)


@pytest.mark.qt_log_ignore(r"does not support (propagateSizeHints|raise)\(\)", extend=True)
def test_a_key_at_the_side(report: Report, case: Case, qapp: QApplication) -> None:
    theme, polish = Theme.of("light"), language_of("pl")
    side = SidePanel(theme, polish)
    side.search_in(lambda: case.texts)
    side.resize(400, 700)
    side.show()
    side.model.load(case.large, {}, polish)
    side.use_levels(3)
    qapp.processEvents()

    def type_(query: str) -> None:
        side.search.setText(query)
        qapp.processEvents()

    keys = list(at_every_key(type_))
    loads = [seconds(lambda: json.loads(case.stored)) for _ in range(5)]
    report.add("a key at the side: the tree narrowed and painted, by json.loads", keys, loads)
    report.add("  the slowest of them", [max(keys)], loads)
    side.deleteLater()
