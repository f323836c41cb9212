"""Full-text search over a questionnaire: every text of an indicator in one language, best first.

An `Indexing` reads a questionnaire in pieces, so that a window need not wait for it; what it makes,
a `SearchIndex`, answers at every key. The index knows which words stand where and keeps no texts: a
passage is looked up in the questionnaire when it is to be shown.

Words are what stands between spaces, folded (`runtime.folding`) and without the punctuation at
their ends. A query finds the indicators in which every word of it occurs, also as a part of a word;
a word of one sign only as the beginning of one.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
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

_REMEMBERED: Final = 200
"""Words of queries whose finds are kept: at every key all of them but one are the same again."""


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
    return tuple(dict.fromkeys(filter(None, map(_bare, fold(text).split()))))


def _bare(word: str) -> str:
    """Return a word without the punctuation at its ends; nothing where there is nothing else."""
    start, end = 0, len(word)
    while start < end and not word[start].isalnum():
        start += 1
    while end > start and not word[end - 1].isalnum():
        end -= 1
    return word[start:end]


class _Words(dict[str, tuple[str, ...]]):
    """The words in what stands between two spaces: folded once, however often it occurs."""

    def __missing__(self, written: str) -> tuple[str, ...]:
        folded = fold(written)
        if folded.isalnum():
            words: tuple[str, ...] = (folded,)
        elif " " in folded:
            words = words_of(folded)
        else:
            bare = _bare(folded)
            words = (bare,) if bare else ()
        self[written] = words
        return words


class SearchIndex:
    """Which words stand where; made by `Indexing`.

    A set of indicators is an integer, one bit each, in questionnaire order. For every word there
    are four such sets in one integer: the rest of the texts lowest, the names highest.
    """

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self._questionnaire, self._language = questionnaire, language
        self._keys = tuple(questionnaire.indicators)
        self._all = (1 << len(self._keys)) - 1
        self._where: dict[str, int] = {}
        self._titles: list[str] = []
        self._ids: dict[str, int] = {}
        self._folded: dict[str, tuple[tuple[Passage, str], ...]] = {}
        self._asked: dict[str, tuple[int, ...]] = {}

    def add(self, indicator: Indicator, words: _Words) -> None:
        """Read the next indicator in questionnaire order."""
        written: tuple[set[str], ...] = (set(), set(), set(), set())
        for passage in passages_of(self._questionnaire, indicator, self._language):
            written[_TIERS.get(passage.field, _REST)].update(passage.text.split())
        place = len(self._titles)
        where = self._where
        for tier, signs in enumerate(written):
            bit = 1 << (place + (_REST - tier) * len(self._keys))
            for word in {word for sign in signs for word in words[sign]}:
                where[word] = where.get(word, 0) | bit
        self._titles.append(fold(f"{indicator.code} {indicator.name.get(self._language)}"))
        for key in (indicator.id, *indicator.criteria):
            self._ids[key.lower()] = 1 << place

    def find(self, query: str) -> tuple[str, ...]:
        """Return the ids of the indicators in which every word occurs, the best first.

        The id of an indicator or criterion counts as its name, but only as a whole. A query
        without words finds all. What is equally good stays in questionnaire order.
        """
        words = words_of(query)
        ways = [self._ways(word) for word in words]
        found = self._all
        for way in ways:
            found &= self._anywhere(way)
        cost = dict.fromkeys(_places(found), 0)
        for way in ways:
            for place, rank in self._ranks(way, found):
                cost[place] += rank
        together = fold(query)
        order = sorted(
            cost, key=lambda place: (cost[place], together not in self._titles[place], place)
        )
        return tuple(self._keys[place] for place in order)

    def excerpt(self, key: str, query: str) -> Excerpt | None:
        """Return what to show of an indicator that was found; None where its name says it all."""
        words = words_of(query)
        (_name, title), *others = self._passages(key)
        missing = [word for word in words if not _holds(title, word)]
        if not missing or fold(query) in self._ids:
            return None

        def worth(entry: tuple[Passage, str]) -> tuple[int, int]:
            text = entry[1]
            return sum(_holds(text, w) for w in missing), sum(_holds(text, w) for w in words)

        # The first of the best ones: places come in their order.
        passage, _text = max(others, key=worth)
        return _cut(passage, words)

    def _passages(self, key: str) -> tuple[tuple[Passage, str], ...]:
        """Return the passages of an indicator with what is searched in them."""
        if key not in self._folded:
            indicator = self._questionnaire.indicators[key]
            self._folded[key] = tuple(
                (passage, fold(passage.text))
                for passage in passages_of(self._questionnaire, indicator, self._language)
            )
        return self._folded[key]

    def _ways(self, word: str) -> tuple[int, ...]:
        """Return by kind where a word of a query occurs."""
        if word in self._asked:
            return self._asked[word]
        ways = [0] * _KINDS
        for known in self._beginning(word) if len(word) == 1 else self._holding(word):
            ways[_kind(word, known)] |= self._where[known]
        if word in self._ids:
            ways[0] |= self._ids[word] << (_REST * len(self._keys))
        if len(self._asked) >= _REMEMBERED:
            self._asked.clear()
        self._asked[word] = tuple(ways)
        return self._asked[word]

    @cached_property
    def _lines(self) -> str:
        """All words, a line each: one long text is looked through in no time."""
        return "\n".join(["", *self._where, ""])

    @cached_property
    def _compounds(self) -> tuple[str, ...]:
        """The words that hold other signs than letters and digits, such as "e-usługa"."""
        return tuple(known for known in self._where if not known.isalnum())

    def _holding(self, part: str) -> Iterator[str]:
        """Yield the words that hold a part, which may begin with the end of the line before."""
        lines = self._lines
        at = lines.find(part)
        while at >= 0:
            end = lines.index("\n", at + 1)
            yield lines[lines.rindex("\n", 0, at + 1) + 1 : end]
            at = lines.find(part, end)

    def _beginning(self, sign: str) -> Iterator[str]:
        """Yield the words that begin with a sign, or in which a word begins with it."""
        yield from self._holding(f"\n{sign}")
        for known in self._compounds:
            if known[0] != sign and sign in known and _kind(sign, known) < _KINDS - 1:
                yield known

    def _anywhere(self, ways: Iterable[int]) -> int:
        """Return the set of indicators that a word occurs in."""
        found = 0
        for way in ways:
            for tier in range(_REST + 1):
                found |= way >> (tier * len(self._keys)) & self._all
        return found

    def _ranks(self, ways: tuple[int, ...], wanted: int) -> Iterator[tuple[int, int]]:
        """Yield the place of every wanted indicator, with how good the best find in it is."""
        for tier in range(_REST + 1):
            for kind, way in enumerate(ways):
                here = (way >> ((_REST - tier) * len(self._keys))) & wanted
                wanted ^= here
                for place in _places(here):
                    yield place, tier * _KINDS + kind


class Indexing:
    """Reads a questionnaire in one language, some indicators at a time."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self._index = SearchIndex(questionnaire, language)
        self._unread = deque(questionnaire.indicators.values())
        self._words = _Words()

    def read(self, indicators: int) -> SearchIndex | None:
        """Read so many more; return the index once all are read, None before."""
        for _ in range(min(indicators, len(self._unread))):
            self._index.add(self._unread.popleft(), self._words)
        return None if self._unread else self._index


def _places(found: int) -> Iterator[int]:
    """Yield the positions of the bits of a set."""
    while found:
        lowest = found & -found
        found ^= lowest
        yield lowest.bit_length() - 1


def _kind(word: str, known: str) -> int:
    """Return how a word of a query occurs in one of the index: 0 is best."""
    if word == known:
        return 0
    if known.isalnum():
        return 2 if known.startswith(word) else 3
    best = 3
    at = known.find(word)
    while at >= 0:
        end = at + len(word)
        if at == 0 or not known[at - 1].isalnum():
            best = min(best, 1 if end == len(known) or not known[end].isalnum() else 2)
        at = known.find(word, at + 1)
    return best


def _holds(text: str, word: str) -> bool:
    """Tell whether a word stands in a folded text."""
    return word in text if len(word) > 1 else f" {word}" in f" {text}"


def _cut(passage: Passage, words: tuple[str, ...]) -> Excerpt:
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
