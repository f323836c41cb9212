"""What becomes of indicators and criteria from one edition to the next: ids decide, wording never."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.domain.answers import UNANSWERED, mark_not_applicable, rate
from sat_desktop.domain.questionnaire import (
    Criterion,
    Group,
    Indicator,
    IndicatorLevel,
    Questionnaire,
    Text,
    version_order,
)
from sat_desktop.domain.succession import Place, carry_over, compare


def indicator(key: str, *levels: str, words: str = "") -> Indicator:
    """Return an indicator whose levels hold criteria named by single letters."""
    made = tuple(
        IndicatorLevel(k, tuple(Criterion(f"{c}", Text(f"Tak {c}{words}")) for c in letters))
        for k, letters in enumerate(levels, 1)
    )
    return Indicator(key, key, Text(key), Text(f"Czy {key}?"), made)


def edition(base: Questionnaire, version: str, **groups: tuple[Indicator, ...]) -> Questionnaire:
    made = tuple(Group(key, key, Text(key), indicators=held) for key, held in groups.items())
    return replace(base, version=version, groups=made, tiers=base.tiers[:1], rules=())


def changed(before: Questionnaire, after: Questionnaire) -> dict[str, list[str]]:
    found = compare(before, after)
    return {
        name: [c.id for c in getattr(found, name)]
        for name in ("kept", "moved", "reworded", "altered", "added", "removed")
        if getattr(found, name)
    }


def test_an_edition_succeeds_itself_unchanged(example: Questionnaire) -> None:
    old = edition(example, "1", P=(indicator("a", "b", "c", "d"),))
    assert changed(old, replace(old, version="2")) == {"kept": ["a"]}


def test_codes_and_order_do_not_count(example: Questionnaire) -> None:
    first, second = indicator("a", "b", "c", "d"), indicator("e", "f", "g", "h")
    old = edition(example, "1", P=(first, second))
    new = edition(example, "2", P=(replace(second, code="1.1"), replace(first, code="1.2")))
    assert changed(old, new) == {"kept": ["e", "a"]}


def test_moved_reworded_added_and_removed_are_told_apart(example: Questionnaire) -> None:
    stays, goes = indicator("stays", "b", "c", "d"), indicator("goes", "e", "f", "g")
    moves, says = indicator("moves", "h", "i", "j"), indicator("says", "k", "l", "m")
    old = edition(example, "1", P=(stays, goes, moves), Q=(says,))
    new = edition(
        example,
        "2",
        P=(stays, replace(says, name=Text("inaczej"))),
        Q=(moves, indicator("new", "n", "o", "p")),
    )
    assert changed(old, new) == {
        "kept": ["stays"],
        "moved": ["says", "moves"],
        "reworded": ["says"],
        "added": ["new"],
        "removed": ["goes"],
    }


def test_a_criterion_says_where_it_went(example: Questionnaire) -> None:
    old = edition(example, "1", P=(indicator("a", "b", "cd", "e"), indicator("f", "g", "h", "i")))
    new = edition(example, "2", P=(indicator("a", "bd", "c", "j"), indicator("f", "g", "h", "ie")))
    found = compare(old, new)
    assert changed(old, new) == {"altered": ["a", "f"]}
    moves = {c.id: (c.before, c.after, c.moved) for c in found.indicators[0].criteria}
    assert moves == {
        "b": (Place("a", 1), Place("a", 1), False),
        "c": (Place("a", 2), Place("a", 2), False),
        "d": (Place("a", 2), Place("a", 1), True),
        "e": (Place("a", 3), Place("f", 3), True),
        "j": (None, Place("a", 3), False),
    }


def test_a_reworded_criterion_makes_its_indicator_reworded(example: Questionnaire) -> None:
    old = edition(example, "1", P=(indicator("a", "b", "c", "d"),))
    new = edition(example, "2", P=(indicator("a", "b", "c", "d", words="!"),))
    assert changed(old, new) == {"reworded": ["a"]}


def test_a_tick_goes_with_its_criterion_where_it_is_rated(example: Questionnaire) -> None:
    old = edition(example, "1", P=(indicator("a", "bc", "d", "e"), indicator("f", "g", "h", "i")))
    new = edition(example, "2", P=(indicator("a", "b", "d", "e"), indicator("f", "gc", "h", "i")))
    there = rate(UNANSWERED, {"b", "c"})
    rated = rate(UNANSWERED, {"g"})
    assert carry_over({"a": there, "f": rated}, old, new) == {"f": rate(UNANSWERED, {"g", "c"})}
    for unable in (
        UNANSWERED,
        mark_not_applicable(UNANSWERED, "nie mamy"),
        rate(UNANSWERED, {"c"}),
    ):
        assert carry_over({"a": there, "f": unable}, old, new) == {}
    assert carry_over({"a": there}, old, new) == {}
    assert carry_over({"f": rated}, old, new) == {}
    assert carry_over({"a": rate(UNANSWERED, {"b"}), "f": rated}, old, new) == {}


@given(st.frozensets(st.sampled_from("bcde")), st.frozensets(st.sampled_from("ghi")))
def test_carrying_over_only_adds(
    example: Questionnaire, met: frozenset[str], other: frozenset[str]
) -> None:
    old = edition(example, "1", P=(indicator("a", "bc", "d", "e"), indicator("f", "g", "h", "i")))
    new = edition(example, "2", P=(indicator("a", "b", "d", "j"), indicator("f", "gc", "h", "ie")))
    answers = {"a": rate(UNANSWERED, met), "f": rate(UNANSWERED, other)}
    carried = carry_over(answers, old, new)
    assert carried == (
        {"f": rate(UNANSWERED, other | met & {"c", "e"})} if met & {"c", "e"} else {}
    )


def test_versions_count_by_their_numbers() -> None:
    in_order = ["q@0.9", "q@1.0-rc.1", "q@1.0", "q@1.0+pl", "q@1.0.1", "q@1.9", "q@1.10", "q@2"]
    shuffled = [*in_order[4:], *in_order[:4]]
    assert sorted(shuffled, key=version_order) == in_order
