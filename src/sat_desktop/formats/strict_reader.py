"""What a finished questionnaire has besides what can be read at all: `check --strict`.

Both languages, short criteria, a step for every level, no word that leaves open what is asked, no
sentence twice, and for every legal basis the month in which it was read, or the plain word that it
was not.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

from sat_desktop.domain.questionnaire import (
    CoherenceRule,
    Criterion,
    GoodPractice,
    Indicator,
    IndicatorLevel,
    LegalBasis,
    Step,
    Text,
)
from sat_desktop.formats.edition_reader import EditionReader
from sat_desktop.formats.records import LANGUAGES
from sat_desktop.formats.yaml_source import Node, Source
from sat_desktop.runtime.folding import fold

LONGEST_CRITERION: Final = 25
"""Words; an official should be able to say yes or no at a glance."""


VAGUE: Final = {
    "pl": re.compile(
        r"\b(?:nie)?(?:odpowiedni(?!k)\w*|wlasciw(?!osc)\w*|nalezyt\w*|adekwatn\w*|stosown(?!an|yw)\w*"
        r"|efektywn\w*|skuteczn\w*|optymaln\w*|kompleksow\w*|regularn\w*|sprawnie|systematyczn\w*"
        r"|na biezaco)\b"
    ),
    "en": re.compile(
        r"\b(?:in)?(?:adequate|appropriate|proper(?!t)|suitabl[ey]|relevant|effective|efficient|optimal"
        r"|comprehensive|regularly|regular|sufficient|robust|ongoing)(?:ly)?\b"
    ),
}
"""Words after which two officials would answer differently; matched against folded text."""

_SENTENCE_END: Final = re.compile(r"(?<=[.?!])\s+")
_SHORTEST_SENTENCE: Final = 4
"""Words; shorter ones ("Tak samo jak rok temu.") may well occur twice."""


class StrictReader(EditionReader):
    """Reads as `EditionReader` and asks for what a finished text has besides."""

    def __init__(self, folder: Path, *, head: Source | None = None) -> None:
        super().__init__(folder, strict=True, head=head)
        self._sentences: dict[tuple[str, str], str] = {}

    def check_criterion(self, node: Node, values: dict[str, Any]) -> None:
        """A criterion is short enough to be answered at a glance."""
        text = values.get("text", Text())
        for language in LANGUAGES:
            words = len((getattr(text, language) or "").split())
            if words > LONGEST_CRITERION:
                self.problem(
                    "criterion-long", node, words=words, limit=LONGEST_CRITERION, language=language
                )
        self._check_wording(node, values, asks=("text",))

    def check_indicator(self, node: Node, values: dict[str, Any]) -> None:
        """The question says what is asked."""
        self._check_wording(node, values, asks=("question",), tells=("why",))

    def check_step(self, node: Node, values: dict[str, Any]) -> None:
        """A step says what to do."""
        self._check_wording(node, values, asks=("title", "description"))

    def check_telling(self, node: Node, values: dict[str, Any]) -> None:
        """What only tells something says nothing twice either."""
        self._check_wording(node, values, tells=("text",))

    def check_level(self, node: Node, values: dict[str, Any]) -> None:
        """A level says how it is reached."""
        if not _has(node, "step"):
            self.problem("step-missing", node, level=values.get("level", "?"))

    def check_basis(self, node: Node, values: dict[str, Any]) -> None:
        """A legal basis says when it was read last, or what is still to be looked up."""
        if not _has(node, "checked") and not (values.get("unconfirmed") and values.get("note")):
            self.problem("check-date-missing", node)

    def _check_wording(
        self,
        node: Node,
        values: dict[str, Any],
        *,
        asks: tuple[str, ...] = (),
        tells: tuple[str, ...] = (),
    ) -> None:
        """Look for vague words in what asks, and for sentences said before in both."""
        for key in (*asks, *tells):
            if key not in values:
                continue
            place = _value(node, key)
            for language, words in _languages(values[key]):
                if key in asks and (found := VAGUE[language].search(fold(words))):
                    self.problem("word-vague", place, word=found.group(), language=language)
                self._claim_sentences(place, words, language)

    def _claim_sentences(self, place: Node, words: str, language: str) -> None:
        for sentence in _SENTENCE_END.split(words):
            folded = fold(sentence).rstrip(".?!")
            if len(folded.split()) < _SHORTEST_SENTENCE:
                continue
            here = self.source.place(place)
            first = self._sentences.setdefault((language, folded), here)
            if first != here:
                self.problem("sentence-repeated", place, sentence=sentence, first=first)

    checks: ClassVar[Mapping[type, Callable[[Any, Node, dict[str, Any]], None]]] = {
        **EditionReader.checks,
        Criterion: check_criterion,
        IndicatorLevel: check_level,
        LegalBasis: check_basis,
        Indicator: check_indicator,
        Step: check_step,
        GoodPractice: check_telling,
        CoherenceRule: check_telling,
    }


def _languages(text: Text) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        words = getattr(text, language)
        if words:
            yield language, words


def _value(node: Node, wanted: str) -> Node:
    found: Node = next(value for key, value in node.value if key.value == wanted)
    return found


def _has(node: Node, wanted: str) -> bool:
    return any(key.value == wanted for key, _ in node.value)
