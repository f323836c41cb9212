"""Full-text search over a questionnaire: every text of an indicator in one language, best first.

There is no index. `SearchableTexts` folds all texts once and looks through them at every key, which
takes a few milliseconds for thousands of indicators. A passage is looked up in the questionnaire
when it is to be shown.

Words are what stands between spaces, folded (`runtime.folding`) and without the punctuation at
their ends. A query finds the indicators in which every word of it occurs, also as a part of a word;
a word of one sign only as the beginning of one.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from sat_desktop.domain.questionnaire import Indicator, LegalBasis, Questionnaire
from sat_desktop.runtime.folding import fold, places_of


class Field(StrEnum):
    """Where in an indicator a text stands."""

    NAME = "name"
    """Code and name."""
    QUESTION = "question"
    CRITERION = "criterion"
    WHY = "why"
    LEGAL_BASIS = "legal-basis"
    EVIDENCE = "evidence"
    GOOD_PRACTICE = "good-practice"
    STEP = "step"
    GROUP = "group"
    """Code and name of a group above the indicator."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of an indicator; `level` is 0 where it belongs to no level."""

    field: Field
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a passage to show, and where in `text` the words of the query stand."""

    field: Field
    level: int
    text: str
    places: tuple[tuple[int, int], ...]


_TIERS: Final = {Field.NAME: 0, Field.QUESTION: 1, Field.CRITERION: 2}
"""A word counts by the best place it stands in: names, questions, criteria, all the rest."""

_REST: Final = 3
_KINDS: Final = 4
"""Within a tier: all between two spaces, a whole word of it, the beginning of one, any part."""

_BEFORE: Final = 36
"""Signs of a passage at most that are shown before the first word found in it."""

_BETWEEN: Final = " \t "
"""Stands between two words of a folded text (`_joined`)."""

_PUNCTUATION: Final = ".,;:!?()[]\"'„”–-"
"""What most often stands around words: taken off at once, the rest sign by sign."""


def passages_of(
    questionnaire: Questionnaire, indicator: Indicator, language: str
) -> Iterator[Passage]:
    """Yield every text that is searched as it is shown in a language, the best places first."""
    yield Passage(Field.NAME, f"{indicator.code} {indicator.name.get(language)}".strip())
    yield Passage(Field.QUESTION, indicator.question.get(language))
    for level in indicator.levels:
        for criterion in level.criteria:
            yield Passage(Field.CRITERION, criterion.text.get(language), level.level)
    if indicator.why:
        yield Passage(Field.WHY, indicator.why.get(language))
    for basis in indicator.legal_basis:
        yield Passage(Field.LEGAL_BASIS, _provision(basis, language))
    for evidence in indicator.evidence:
        yield Passage(Field.EVIDENCE, evidence.get(language))
    practice = indicator.good_practice
    if practice is not None:
        yield Passage(Field.GOOD_PRACTICE, f"{practice.text.get(language)} {practice.source}")
    for level in indicator.levels:
        step = level.step
        if step is not None:
            words = f"{step.title.get(language)}. {step.description.get(language)}"
            yield Passage(Field.STEP, words, level.level)
    for key in questionnaire.path[indicator.id]:
        group = questionnaire.nodes[key]
        yield Passage(Field.GROUP, f"{group.code} {group.name.get(language)}".strip())


def _provision(basis: LegalBasis, language: str) -> str:
    words = basis.act.get(language)
    if basis.article:
        words += f", {basis.article}"
    return f"{words}. {basis.note.get(language)}" if basis.note else words


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text or a query as they are compared, each once, in order."""
    return tuple(dict.fromkeys(_words(fold(text))))


def _words(folded: str) -> Iterator[str]:
    return filter(None, map(_bare, folded.split()))


def _bare(word: str) -> str:
    """Return a word without the punctuation at its ends; nothing where there is nothing else."""
    start, end = 0, len(word)
    while start < end and not word[start].isalnum():
        start += 1
    while end > start and not word[end - 1].isalnum():
        end -= 1
    return word[start:end]


def _spaced(word: str) -> str:
    """Return a word with a space wherever letters or digits meet other signs: "e - uslugi"."""
    return " ".join("".join(run) for _, run in groupby(word, str.isalnum))


def _joined(words: Iterable[str]) -> str:
    """Return folded words as a text to look through.

    Words are parted by tabs, and in each a space stands before and after every run of letters and
    digits. So what begins or ends a word, or a part of one, is found as a plain part of the text.
    """
    return f"\t {_BETWEEN.join(words)} \t"


class _SpacedWords(dict[str, str]):
    """What stands between two spaces, as it is searched: worked out once, however often it occurs."""

    def __missing__(self, written: str) -> str:
        folded = fold(written)
        made = folded.strip(_PUNCTUATION)
        if not made.isalnum():
            made = _BETWEEN.join(map(_spaced, _words(folded)))
        self[written] = made
        return made


class _Wanted:
    """A word of a query, with the ways in which it can stand in a folded text.

    Attributes:
        anywhere: what stands in every folded text that holds the word.
    """

    def __init__(self, word: str) -> None:
        self.word = word
        here = _spaced(word)
        self._whole, self._part, self._begun = _joined([here]), f" {here} ", f" {here}"
        # A part of one sign would stand everywhere.
        self.anywhere = here if len(word) > 1 else self._begun

    def rank(self, folded: "_Folded") -> int:
        """Return how good its best find is in a text in which it stands; 0 is the best."""
        text, ends = folded.text, folded.ends
        tier = bisect_right(ends, text.find(self.anywhere))
        start, end = (ends[tier - 1] if tier else 0), ends[tier]
        kind = 3
        if text.find(self._begun, start, end) >= 0:
            kind = 2
            if text.find(self._part, start, end) >= 0:
                kind = 0 if text.find(self._whole, start, end) >= 0 else 1
        return tier * _KINDS + kind


@dataclass(frozen=True, slots=True)
class _Folded:
    """All texts of an indicator as they are looked through, a line each, and where its tiers end."""

    text: str
    ends: tuple[int, ...]

    @property
    def title(self) -> str:
        """The line of code and name."""
        return self.text[: self.ends[0]]


class SearchableTexts:
    """The texts of a questionnaire in one language: folded once, looked through for every query."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self._questionnaire, self._language = questionnaire, language
        self._folded: dict[str, _Folded] = {}
        self._unread = deque(questionnaire.indicators.values())
        self._words = _SpacedWords()
        self._ids = {
            key.lower(): indicator.id
            for indicator in questionnaire.indicators.values()
            for key in (indicator.id, *indicator.criteria)
        }

    def prepare(self, indicators: int) -> bool:
        """Fold the texts of so many more indicators; tell whether there are others left.

        Nothing depends on it: the first query folds what is left.
        """
        for _ in range(min(indicators, len(self._unread))):
            indicator = self._unread.popleft()
            self._folded[indicator.id] = self._fold(indicator)
        if not self._unread:
            self._words.clear()
        return bool(self._unread)

    def find(self, query: str) -> tuple[str, ...]:
        """Return the ids of the indicators in which every word occurs, the best first.

        The id of an indicator or criterion counts as its name, but only as a whole. A query
        without words finds all. What is equally good stays in questionnaire order.
        """
        self.prepare(len(self._unread))
        words = [_Wanted(word) for word in words_of(query)]
        together = _BETWEEN.join(map(_spaced, _words(fold(query))))
        # What is longest is rarest: most indicators are left out by their first word.
        rarest_first = sorted(words, key=lambda wanted: -len(wanted.word))
        ids = self._ids
        found: list[tuple[int, bool, str]] = []
        for key, folded in self._folded.items():
            for wanted in rarest_first:
                if wanted.anywhere not in folded.text and ids.get(wanted.word) != key:
                    break
            else:
                cost = sum(w.rank(folded) for w in words if ids.get(w.word) != key)
                found.append((cost, together not in folded.title, key))
        found.sort(key=lambda entry: entry[:2])
        return tuple(key for _, _, key in found)

    def excerpt(self, key: str, query: str) -> Excerpt | None:
        """Return what to show of an indicator that was found; None where its name says it all."""
        self.prepare(len(self._unread))
        words = [_Wanted(word) for word in words_of(query)]
        title, *others = self._folded[key].text.split("\n")
        missing = [wanted for wanted in words if wanted.anywhere not in title]
        if not missing or fold(query) in self._ids:
            return None

        def worth(entry: tuple[Passage, str]) -> tuple[int, int]:
            text = entry[1]
            return sum(w.anywhere in text for w in missing), sum(w.anywhere in text for w in words)

        indicator = self._questionnaire.indicators[key]
        _name, *passages = passages_of(self._questionnaire, indicator, self._language)
        # The first of the best ones: places come in their order.
        passage, _text = max(zip(passages, others, strict=True), key=worth)
        return _cut(passage, [wanted.word for wanted in words])

    def _fold(self, indicator: Indicator) -> _Folded:
        lines: list[str] = []
        ends = [0] * (_REST + 1)
        length = 0
        for passage in passages_of(self._questionnaire, indicator, self._language):
            words = map(self._words.__getitem__, passage.text.split())
            lines.append(_joined(filter(None, words)))
            length += len(lines[-1]) + 1
            for tier in range(_TIERS.get(passage.field, _REST), _REST + 1):
                ends[tier] = length
        return _Folded("\n".join(lines), tuple(ends))


def _cut(passage: Passage, words: Sequence[str]) -> Excerpt:
    """Return a passage from a little before the first word found."""
    text = " ".join(passage.text.split())
    places = places_of(words, text)
    first = places[0][0] if places else 0
    start = 0
    if first > _BEFORE:
        start = text.find(" ", first - _BEFORE, first) + 1 or first
        text = f"…{text[start:]}"
        start -= 1
    return Excerpt(
        passage.field, passage.level, text, tuple((a - start, b - start) for a, b in places)
    )
