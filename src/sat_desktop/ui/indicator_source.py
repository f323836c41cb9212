"""What the finder knows of indicators: all of their texts, with the passage that was found."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Final

from sat_desktop.runtime.folding import fold
from sat_desktop.runtime.i18n import Language
from sat_desktop.services.searching import Excerpt
from sat_desktop.ui.pages.questionnaire.keys import WITH_EXPLANATIONS
from sat_desktop.ui.pages.questionnaire.passages import EXPLAINED, place_words
from sat_desktop.ui.session import AssessmentSession
from sat_desktop.ui.shortcuts import Found, Rank

_MOST: Final = 50


class IndicatorSource:
    """A source of the finder: the indicators of the open assessment."""

    def __init__(
        self, session: AssessmentSession, language: Language, open_: Callable[[str], None]
    ) -> None:
        """Take what goes to an indicator, given by id (and `WITH_EXPLANATIONS` for its explanations)."""
        self._session, self._language, self._open = session, language, open_
        # Wanted at the first key: what takes long is begun now.
        session.searchable_texts(language.code)

    def __call__(self, query: str) -> Iterator[tuple[Rank, Found]]:
        """Yield what fits a query, best first; for an empty one the first indicators."""
        if not query.strip():
            for key in islice(self._session.dossier.questionnaire.indicators, _MOST):
                yield Rank.BEGINS, self._found(key, None)
            return
        texts = self._session.searchable_texts(self._language.code)
        begins = fold(query)
        for key in texts.find(query)[:_MOST]:
            excerpt = texts.excerpt(key, query)
            found = self._found(key, excerpt)
            if excerpt is not None:
                yield Rank.TEXT, found
            else:
                yield Rank.BEGINS if fold(found.title).startswith(begins) else Rank.TITLE, found

    def _found(self, key: str, excerpt: Excerpt | None) -> Found:
        questionnaire, code = self._session.dossier.questionnaire, self._language.code
        indicator = questionnaire.indicators[key]
        title = f"{indicator.code} {indicator.name.get(code)}".strip()
        group = questionnaire.nodes[questionnaire.group_of[key]].name.get(code)
        target, passage = key, ""
        places: tuple[tuple[int, int], ...] = ()
        if excerpt is not None:
            head = f"{place_words(excerpt, self._language)}: "
            passage = head + excerpt.text
            places = tuple((a + len(head), b + len(head)) for a, b in excerpt.places)
            if excerpt.field in EXPLAINED:
                target = key + WITH_EXPLANATIONS
        return Found(
            title, group, partial(self._open, target), "questionnaire", "", passage, places
        )
