"""Search: what is found, in which order, and with which passage."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.questionnaire import (
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
)
from sat_desktop.formats.questionnaire_files import read_edition
from sat_desktop.runtime.folding import fold
from sat_desktop.runtime.resources import bundled_questionnaires
from sat_desktop.services.searching import (
    Excerpt,
    Field,
    SearchableTexts,
    passages_of,
    words_of,
)


def both(pl: str, en: str = "") -> Text:
    return Text(pl=pl, en=en or f"english {len(pl)}")


def indicator(identifier: str, name: Text, **texts: object) -> Indicator:
    """Return an indicator of two levels; `criterion` and `step` are of the second one."""
    criterion, step = texts.pop("criterion", both("Tak")), texts.pop("step", None)
    assert isinstance(criterion, Text)
    assert isinstance(step, Step | None)
    levels = (
        IndicatorLevel(1, (Criterion(f"{identifier}.1.a", both("Tak")),)),
        IndicatorLevel(2, (Criterion(f"{identifier}.2.a", criterion),), step),
    )
    made = Indicator(identifier, texts.pop("code", ""), name, both("Czy?"), levels)  # type: ignore[arg-type]  # a str
    return replace(made, **texts)  # type: ignore[arg-type]  # each its own type


def asked(*indicators: Indicator, group: str = "Dział") -> Questionnaire:
    return Questionnaire(
        "small",
        "1.0",
        both("Mały"),
        (Level(1, "one", both("Jeden")), Level(2, "two", both("Dwa"))),
        (Fraction(1), Fraction(1)),
        (Tier("dimension", both("Dział")),),
        (Group("g", "7", both(group), indicators=indicators),),
    )


def found(query: str, *indicators: Indicator, language: str = "pl") -> list[str]:
    return list(SearchableTexts(asked(*indicators), language).find(query))


def excerpt(query: str, one: Indicator, group: str = "Dział") -> Excerpt:
    made = SearchableTexts(asked(one, group=group), "pl").excerpt(one.id, query)
    assert made is not None
    return made


def shown(query: str, one: Indicator) -> tuple[Field, int, list[str]]:
    """Return the field and level of what is shown, and the words that are marked in it."""
    made = excerpt(query, one)
    return made.field, made.level, [made.text[a:b] for a, b in made.places]


@pytest.fixture(scope="session", params=["pl", "en"])
def bundled(request: pytest.FixtureRequest) -> tuple[Questionnaire, SearchableTexts, str]:
    return _bundled(request.param)


@cache
def _bundled(language: str) -> tuple[Questionnaire, SearchableTexts, str]:
    questionnaire = read_edition(bundled_questionnaires() / "sat-pl" / "0.1.0")
    return questionnaire, SearchableTexts(questionnaire, language), language


FIELDS = {
    "name": indicator("name", both("Rejestr umów")),
    "question": indicator("question", both("A"), question=both("Czy jest rejestr?")),
    "criterion": indicator("criterion", both("A"), criterion=both("Rejestr prowadzi się.")),
    "why": indicator("why", both("A"), why=both("Rejestr chroni.")),
    "legal": indicator("legal", both("A"), legal_basis=(LegalBasis(both("Ustawa o rejestr")),)),
    "evidence": indicator("evidence", both("A"), evidence=(both("rejestr umów"),)),
    "practice": indicator("practice", both("A"), good_practice=GoodPractice(both("Rejestr"))),
    "step": indicator("step", both("A"), step=Step(both("Rejestr"), both("Jak"), 6)),
}


def test_names_come_before_questions_before_criteria_before_the_rest() -> None:
    order = list(FIELDS)
    assert found("rejestr", *(FIELDS[name] for name in order)) == order
    upside_down = found("rejestr", *(FIELDS[name] for name in reversed(order)))
    # The rest is equal: it stays in questionnaire order.
    assert upside_down == [*order[:3], *reversed(order[3:])]


def test_whole_words_come_before_beginnings_before_other_parts() -> None:
    names = {
        "part": "Nadplanowy",
        "beginning": "Planowanie",
        "within": "Budżet/plan-roczny",
        "whole": "Roczny (plan)",
        "later": "Preplan/plan",
    }
    some = [indicator(key, both(name)) for key, name in names.items()]
    assert found("plan", *some) == ["whole", "within", "later", "beginning", "part"]


def test_all_words_must_occur_wherever_they_stand() -> None:
    one = indicator("one", both("Rejestr"), why=both("Chroni umowy."))
    other = indicator("other", both("Rejestr"), criterion=both("Jest umowa."))
    assert found("umowy rejestr", one, other) == ["one"]
    assert found("umow rejestr", one, other) == ["other", "one"]
    assert found("umow rejestr skarga", one, other) == []


def test_what_stands_together_in_the_name_comes_first() -> None:
    apart = indicator("apart", both("Rejestr, w tym umów"))
    together = indicator("together", both("Ważny rejestr umów"))
    assert found("rejestr umów", apart, together) == ["together", "apart"]
    assert found("„rejestr”, umów.", apart, together) == ["together", "apart"]


@pytest.mark.parametrize("query", ["łódź", "LODZ", "Lódz", "„łódź”", "lodz,", "(lodz"])
def test_accents_case_and_punctuation_do_not_matter(query: str) -> None:
    assert found(query, indicator("a", both("Port")), indicator("b", both("Dla Łodzi: łódź."))) == [
        "b"
    ]


def test_one_sign_is_the_beginning_of_a_word() -> None:
    some = [indicator("inside", both("Mapa")), indicator("first", both("e-Akta"))]
    assert found("a", *some) == ["first"]
    assert found("e", *some) == ["first"]
    assert found("p", *some) == []


def test_what_is_searched_is_the_language_that_is_shown() -> None:
    one = indicator("one", both("Rejestr", "Register"))
    untranslated = indicator("two", Text(pl="Rejestr"))
    assert found("register", one, untranslated, language="en") == ["one"]
    assert found("rejestr", one, untranslated, language="en") == ["two"]
    assert found("rejestr", one, untranslated) == ["one", "two"]


def test_a_code_is_found_exactly_before_what_begins_or_ends_with_it() -> None:
    codes = {"end": "11.1", "deeper": "1.1.2", "begin": "1.12", "exact": "1.1"}
    some = [indicator(key, both("A"), code=code) for key, code in codes.items()]
    assert found("1.1", *some) == ["exact", "deeper", "begin", "end"]


def test_ids_of_indicators_and_criteria_count_as_a_whole() -> None:
    some = [indicator(key, both("A")) for key in ("plan.goals", "plan.goals-2")]
    assert found("Plan.Goals", *some) == ["plan.goals"]
    assert found("plan.goals.2.a", *some) == ["plan.goals"]
    assert found("plan", *some) == []
    texts = SearchableTexts(asked(*some), "pl")
    assert texts.excerpt("plan.goals", "plan.goals.2.a") is None


def test_without_words_everything_is_found_in_order() -> None:
    some = [indicator(key, both("A")) for key in ("b", "a")]
    assert found("", *some) == found(" §, ", *some) == ["b", "a"]
    assert found("", *()) == found("a", *()) == []


def test_a_group_leads_to_what_is_in_it() -> None:
    one = indicator("one", both("A"))
    assert SearchableTexts(asked(one, group="Budżet"), "pl").find("budzet") == ("one",)
    assert excerpt("budzet", one, "Budżet") == Excerpt(Field.GROUP, 0, "7 Budżet", ((2, 8),))


def test_folding_in_pieces_finds_the_same(
    bundled: tuple[Questionnaire, SearchableTexts, str],
) -> None:
    questionnaire, whole, language = bundled
    texts = SearchableTexts(questionnaire, language)
    assert [texts.prepare(7) for _ in range(4)] == [True, True, True, False]
    assert texts.find("budżet jst") == whole.find("budżet jst")
    assert not texts.prepare(7)


def test_a_query_folds_what_was_not_prepared(
    bundled: tuple[Questionnaire, SearchableTexts, str],
) -> None:
    questionnaire, whole, language = bundled
    texts = SearchableTexts(questionnaire, language)
    texts.prepare(7)
    assert texts.find("rada") == whole.find("rada")
    assert not texts.prepare(0)


@pytest.mark.parametrize(
    ("name", "field", "level"),
    [
        ("question", Field.QUESTION, 0),
        ("criterion", Field.CRITERION, 2),
        ("why", Field.WHY, 0),
        ("legal", Field.LEGAL_BASIS, 0),
        ("evidence", Field.EVIDENCE, 0),
        ("practice", Field.GOOD_PRACTICE, 0),
        ("step", Field.STEP, 2),
    ],
)
def test_the_passage_says_where_the_words_stand(name: str, field: Field, level: int) -> None:
    got = shown("rejestr", FIELDS[name])
    assert (got[0], got[1]) == (field, level)
    assert [fold(word) for word in got[2]] == ["rejestr"]


def test_a_name_that_holds_all_words_needs_no_passage() -> None:
    one = indicator("one", both("Rejestr umów"), why=both("Rejestr umów chroni."))
    texts = SearchableTexts(asked(one), "pl")
    assert texts.excerpt("one", "umów rejestr") is None
    assert texts.excerpt("one", "") is None


def test_the_passage_holds_what_the_name_lacks() -> None:
    one = indicator(
        "one",
        both("Rejestr"),
        question=both("Czy jest rejestr?"),
        criterion=both("Umowy są jawne."),
        why=both("Umowy w rejestrze chronią: rejestr."),
    )
    assert shown("rejestr umowy", one) == (Field.WHY, 0, ["Umowy", "rejestr", "rejestr"])
    assert shown("rejestr jawne umowy", one) == (Field.CRITERION, 2, ["Umowy", "jawne"])
    assert shown("chronią", one) == (Field.WHY, 0, ["chronią"])


def test_a_long_passage_begins_a_little_before_the_words() -> None:
    long = f"{'bardzo ' * 30}ważny rejestr\n {'umów ' * 40}"
    one = excerpt("rejestr", indicator("one", both("A"), why=both(long)))
    assert one.text.startswith("…bardzo ")
    assert one.places[0][0] < 45
    assert [one.text[a:b] for a, b in one.places] == ["rejestr"]
    stuck = excerpt("rejestr", indicator("one", both("A"), why=both(f"{'x' * 90}rejestr")))
    assert (stuck.text, stuck.places) == ("…rejestr", ((1, 8),))


def test_a_provision_is_searched_with_its_article_and_note() -> None:
    basis = LegalBasis(both("Ustawa"), "art. 10e", note=both("Od 2026 r."))
    one = indicator("one", both("A"), legal_basis=(basis,))
    assert excerpt("10e 2026", one).text == "Ustawa, art. 10e. Od 2026 r."


KEYS = st.integers(0, 23)
LANGUAGES = st.sampled_from(["pl", "en"])


def drawn(place: int, language: str) -> tuple[SearchableTexts, str, Sequence[str]]:
    """Return the bundled edition to search in, one of its indicators and the texts of that."""
    questionnaire, searched, _ = _bundled(language)
    key = list(questionnaire.indicators)[place]
    texts = [p.text for p in passages_of(questionnaire, questionnaire.indicators[key], language)]
    return searched, key, texts


@given(KEYS, LANGUAGES, st.data())
def test_every_indicator_is_found_by_any_words_of_its_texts(
    place: int, language: str, data: st.DataObject
) -> None:
    searched, key, texts = drawn(place, language)
    words = data.draw(st.lists(st.sampled_from(" ".join(texts).split()), max_size=4))
    hits = searched.find(" ".join(words))
    assert key in hits
    assert len(set(hits)) == len(hits)
    if words_of(" ".join(words)):
        made = searched.excerpt(key, " ".join(words))
        assert made is None or made.places


@given(KEYS, LANGUAGES, st.data())
def test_a_word_of_the_name_finds_it_among_the_names(
    place: int, language: str, data: st.DataObject
) -> None:
    questionnaire, searched, _ = _bundled(language)
    searched, key, texts = drawn(place, language)
    word = data.draw(st.sampled_from(texts[0].split()))
    hits = searched.find(word)
    named = [
        k
        for k, i in questionnaire.indicators.items()
        if set(words_of(word)) <= set(words_of(f"{i.code} {i.name.get(language)}"))
    ]
    assert key in named
    assert set(hits[: len(named)]) == set(named)


@given(KEYS, LANGUAGES, st.data())
def test_more_words_never_find_more(place: int, language: str, data: st.DataObject) -> None:
    searched, _, texts = drawn(place, language)
    parts = st.sampled_from(" ".join(texts).split()).flatmap(
        lambda word: st.integers(1, len(word)).map(lambda end: word[:end])
    )
    words = data.draw(st.lists(parts | st.text(max_size=4), min_size=1, max_size=4))
    fewer = data.draw(st.lists(st.sampled_from(words), max_size=3))
    assert set(searched.find(" ".join(words))) <= set(searched.find(" ".join(fewer)))


@given(st.text(max_size=8), LANGUAGES)
def test_what_is_found_holds_the_words_and_what_is_not_does_not(query: str, language: str) -> None:
    questionnaire, searched, _ = _bundled(language)
    hits = set(searched.find(query))
    for key, indicator in questionnaire.indicators.items():
        held = " ".join(fold(p.text) for p in passages_of(questionnaire, indicator, language))
        words = [word for word in words_of(query) if len(word) > 1]
        if key in hits:
            assert all(word in held for word in words)
        elif all(len(word) > 1 for word in words_of(query)):
            assert not all(word in held for word in words)


def test_a_sign_that_stands_for_a_space_parts_words() -> None:
    one = indicator("one", both("Rejestr\u00b4umów"))
    assert found("umów", one, indicator("other", both("Umówienie"))) == ["one", "other"]


def test_words_are_what_stands_between_spaces_without_the_punctuation_around() -> None:
    assert words_of(" „Dz.U.” – art. 10e, (e-usługi) ART ") == ("dz.u", "art", "10e", "e-uslugi")
