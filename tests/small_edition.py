"""An edition that has everything once, and the texts that are hardest to keep: for round trips."""

import dataclasses
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from sat_desktop.domain import questionnaire as domain
from sat_desktop.domain.questionnaire import (
    CoherenceRule,
    Condition,
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
    UnitKind,
)


def renamed(indicator: Indicator, identifier: str) -> Indicator:
    levels = tuple(
        dataclasses.replace(
            level,
            criteria=tuple(
                dataclasses.replace(c, id=f"{identifier}.{level.level}.{n}")
                for n, c in enumerate(level.criteria)
            ),
        )
        for level in indicator.levels
    )
    return dataclasses.replace(indicator, id=identifier, levels=levels)


def small(text: Text) -> Questionnaire:
    """Make an edition that has everything once, with one text everywhere."""
    step = Step(text, text, 3, text, text)
    levels = tuple(
        IndicatorLevel(k, (Criterion(f"i.{k}", text),), step if k == 2 else None) for k in (1, 2)
    )
    first = Indicator(
        *("i", "1.10", text, text, levels),
        why=text,
        applies_to=(UnitKind.CITY,),
        weight=Fraction(7, 6),
        evidence=(text, text),
        legal_basis=(
            LegalBasis(text, "art. 1", True, "2026-11", source="x", unconfirmed=True, note=text),
        ),
        good_practice=GoodPractice(text, "Somewhere"),
    )
    second = Indicator("j", "", text, text, tuple(renamed(first, "j").levels))
    return Questionnaire(
        id="small",
        version="1.10",
        name=text,
        scale=(Level(1, "one", text, text), Level(2, "2", text)),
        attainment=(Fraction(1), Fraction("0.125")),
        tiers=(Tier("t", text, text),),
        groups=(Group("g", "1", text, text, Fraction(1, 10), indicators=(first, second)),),
        notice=text,
        description=text,
        below=text,
        rules=(CoherenceRule("r", (Condition("i", 1, 2), Condition("j", below=1)), text),),
    )


# What YAML could take for something else, and whatever people paste out of other programs.
TRICKY = st.sampled_from(
    [
        *("no", "null", "~", "1.10", "2026-11", "1e3", "0x1F", "12:30", "=", "<<", "- a", "a: b"),
        *("# a", "&a", "*a", "!a", "%a", "@a", "`a`", "'a'", '"a"', "{a}", "[a]", "a #b", "a:"),
        *(" a ", "a\n", "\na", "a\n\n b\n", "\ta", "a\t\nb", "...", "---", "a\u2028b", "\u00a0"),
        *(
            "a\x85b",
            "\x00\x07\x1b",
            "\ufeffa",
            "\ufffe",
            "👩‍👩‍👧",
            "<b>&amp;",
            "=1+1",
            "\r\n",
            "a\r\nb",
            "?",
        ),
        "słowo " * 2_000,
    ]
)
CONTENT = st.text(min_size=1, max_size=200) | TRICKY


def fields_left_out(*editions: Questionnaire) -> set[tuple[type, str]]:
    """Return the fields of the domain's records that say nothing in any of the editions."""
    seen: set[tuple[type, str]] = set()

    def visit(value: Any) -> None:
        for item in value if isinstance(value, tuple) else ():
            visit(item)
        if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                content = getattr(value, field.name)
                if content not in (None, (), "", False):
                    seen.add((type(value), field.name))
                visit(content)

    for edition in editions:
        visit(edition)
    records = [
        r
        for r in vars(domain).values()
        if isinstance(r, type) and dataclasses.is_dataclass(r) and r.__module__ == domain.__name__
    ]
    return {(r, f.name) for r in records for f in dataclasses.fields(r)} - seen
